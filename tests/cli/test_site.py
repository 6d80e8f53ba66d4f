"""``review-app site`` and ``review-app user``: what an administrator sets up before anything else."""

import pytest

from review_app.accounts.signing_in import sign_in
from tests.cli.administrator import PASSWORD, Administrator

NORRBY = ("site", "add", "norrby", "--name", "Norrby", "--url", "https://www.norrby.example/")


def test_a_site_is_added_with_its_languages_and_listed(admin: Administrator) -> None:
    told = admin.does(*NORRBY, "--language", "EN", "--language", "en", "--language", "zh-hant")
    assert told == "Added Norrby (norrby) with en, zh-Hant.\n"
    assert admin.lines("site", "list") == [["norrby", "Norrby", "en, zh-Hant"], ["alvby", "Älvby kommun", "ar, en"]]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["alvby", "--name", "A", "--url", "https://a.se", "--language", "en"], "already a site with the short name"),
        (["Norr by", "--name", "A", "--url", "https://a.se", "--language", "en"], "cannot be a site's short name"),
        (["norrby", "--name", " ", "--url", "https://a.se", "--language", "en"], "A site needs a name"),
        (["norrby", "--name", "A", "--url", "a.se", "--language", "en"], "“a.se” is not the address of a website."),
        (["norrby", "--name", "A", "--url", "https://a.se", "--language", "xx"], "“xx” is not a language tag"),
        (
            ["norrby", "--name", "A", "--url", "https://a.se", "--language", "sv"],
            "The site is written in this language",
        ),
    ],
)
def test_a_site_that_cannot_be_is_told_why(admin: Administrator, arguments: list[str], told: str) -> None:
    assert told in admin.fails("site", "add", *arguments)


def test_a_language_is_added_and_its_policy_changed(admin: Administrator) -> None:
    assert admin.does("site", "language", "alvby", "FIT", "--policy", "human_only") == "fit: human_only\n"
    assert admin.lines("site", "list") == [["alvby", "Älvby kommun", "ar, en, fit"]]


def test_another_policy_keeps_the_engine(admin: Administrator) -> None:
    database = admin.database
    admin.does("site", "language", "alvby", "en", "--policy", "human_only", "--engine", "recorded")
    admin.does("site", "language", "alvby", "en", "--policy", "machine_at_once")
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT policy, engine FROM site_language WHERE language = 'en'").all()
        log = connection.exec_driver_sql("SELECT actor FROM audit_entry WHERE action = 'site.language'").all()
    database.dispose()
    assert [tuple(row) for row in rows] == [("machine_at_once", "recorded")]
    assert [row.actor for row in log] == ["command line"] * 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("norrby", "en"), "There is no site with the short name norrby."),
        (("alvby", "xx"), "“xx” is not a language tag"),
        (("alvby", "sv"), "The site is written in this language"),
    ],
)
def test_a_language_that_cannot_be_is_told_why(admin: Administrator, arguments: tuple[str, str], told: str) -> None:
    assert told in admin.fails("site", "language", *arguments, "--policy", "human_only")


@pytest.mark.parametrize(
    ("arguments", "choices"),
    [
        (["site", "language", "alvby", "en", "--policy", "hope"], "machine_at_once"),
        (["user", "grant", "anna@alvby.example", "--site", "alvby", "--role", "king"], "translator"),
        (["translate", "--site", "alvby", "--to", "en", "--engine", "hope"], "gloss"),
    ],
)
def test_a_wrong_choice_is_told_the_right_ones(admin: Administrator, arguments: list[str], choices: str) -> None:
    result = admin.run(*arguments)
    assert result.exit_code == 2
    assert choices in result.stderr


# People

ANNA = ("user", "add", "anna@alvby.example", "--name", "Anna", "--site", "alvby", "--role", "translator")


def test_a_person_is_added_with_roles_and_can_sign_in(admin: Administrator) -> None:
    told = admin.does(*ANNA, "--role", "approver")
    assert told == "Added Anna <anna@alvby.example> to alvby as translator, approver.\n"
    database = admin.database
    with database.writing() as session:
        assert sign_in(session, email="anna@alvby.example", password=PASSWORD, days=1)
    database.dispose()


def test_the_password_is_asked_for_twice_and_not_shown(admin: Administrator) -> None:
    asked = admin.run(*ANNA, PASSWORD=None, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert asked.exit_code == 0
    assert asked.stdout.startswith("Password")
    assert PASSWORD not in asked.output


@pytest.mark.parametrize(
    ("arguments", "password", "told"),
    [
        (ANNA, "kort", "The password is too short. Use at least 10 characters."),
        (("user", "add", "anna", *ANNA[3:]), PASSWORD, "“anna” is not an e-mail address."),
        ((*ANNA, "--name", " "), PASSWORD, "A new person needs a name."),
        ((*ANNA, "--site", "norrby"), PASSWORD, "There is no site with the short name norrby."),
    ],
)
def test_a_person_who_cannot_be_added_is_told_why(
    admin: Administrator, arguments: tuple[str, ...], password: str, told: str
) -> None:
    assert told in admin.fails(*arguments, PASSWORD=password)


def test_a_person_gets_another_role_and_is_added_once(admin: Administrator) -> None:
    admin.does(*ANNA)
    for _ in range(2):
        told = admin.does("user", "grant", "Anna@alvby.example", "--site", "alvby", "--role", "approver")
        assert told == "Anna@alvby.example is now approver at alvby.\n"
    assert admin.contents()["membership"] == 2
    assert admin.fails(*ANNA) == "There is already a person with the address anna@alvby.example."
    told = admin.fails("user", "grant", "bo@alvby.example", "--site", "alvby", "--role", "approver")
    assert told == "There is no person with the address bo@alvby.example."
    assert "norrby" in admin.fails("user", "grant", "anna@alvby.example", "--site", "norrby", "--role", "approver")
