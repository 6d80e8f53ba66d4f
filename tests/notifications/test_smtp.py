"""Mail goes to a real server: encrypted or not at all, one message a person, no header but ours."""

import socket
from pathlib import Path

import pytest

from review_app.errors import BadInput, MailFailed, MailResting, ReviewAppError
from review_app.notifications.smtp import Server, connected, hand_in, mail_server, message
from review_app.settings import Settings
from tests.notifications.post_office import PASSWORD, USER, certified, knows, post_office

SENDER = "Översättningar <granska@alvby.example>"
LOGIN = "review%20app:h%3Am%2Flig%40het"


def server(url: str, sender: str = SENDER) -> Server:
    found = mail_server(Settings(smtp_url=url, mail_from=sender))
    assert found is not None
    return found


def deliver(at: Server, to: str = "anna@alvby.example", subject: str = "Hej", text: str = "Fem sidor väntar.") -> None:
    with connected(at) as connection:
        refused = hand_in(connection, at, message(at, to, subject, text, "sv", "1"))
    if refused:
        raise refused


def test_a_message_arrives_as_it_was_written() -> None:
    with post_office() as (office, port):
        deliver(server(f"smtp://127.0.0.1:{port}"))
    (got,) = office.messages
    assert (got["From"], got["To"], got["Subject"]) == (SENDER, "anna@alvby.example", "Hej")
    assert got.get_content().strip() == "Fem sidor väntar."
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "sv")
    assert got["Message-ID"] == "<1@alvby.example>"


def test_it_is_encrypted_and_signed_in_where_the_server_offers_that(tmp_path: Path, monkeypatch) -> None:
    with (
        certified("localhost", tmp_path, monkeypatch) as context,
        post_office(tls_context=context, require_starttls=True, authenticator=knows, auth_required=True) as (
            office,
            port,
        ),
    ):
        deliver(server(f"smtp://{LOGIN}@localhost:{port}"))
        with pytest.raises(MailResting, match="refuses the name or password") as refused:
            deliver(server(f"smtp://{USER.split()[0]}:wrong@localhost:{port}"))
    assert office.encrypted == [True]
    assert "wrong" not in str(refused.value)


def test_it_is_encrypted_from_the_first_byte(tmp_path: Path, monkeypatch) -> None:
    with (
        certified("localhost", tmp_path, monkeypatch) as context,
        post_office(ssl_context=context) as (office, port),
    ):
        deliver(server(f"smtps://localhost:{port}"))  # the server knows nothing else
    assert office.recipients == ["anna@alvby.example"]


def test_a_certificate_of_another_host_is_refused(tmp_path: Path, monkeypatch) -> None:
    with (
        certified("mail.other.example", tmp_path, monkeypatch) as context,
        post_office(tls_context=context, require_starttls=True) as (office, port),
        pytest.raises(MailResting, match="certificate"),
    ):
        deliver(server(f"smtp://localhost:{port}"))
    assert office.messages == []


def test_another_machine_without_encryption_gets_nothing(monkeypatch) -> None:
    monkeypatch.setattr(Server, "is_here", False)
    with (
        post_office() as (office, port),
        pytest.raises(MailFailed, match="offers no encryption"),
    ):
        deliver(server(f"smtp://127.0.0.1:{port}"))
    assert office.messages == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_known(host: str) -> None:
    assert server(f"smtp://{host}:25").is_here
    assert not server("smtp://mail.alvby.example").is_here


def test_a_subject_or_an_address_cannot_add_headers() -> None:
    with post_office() as (office, port):
        at = server(f"smtp://127.0.0.1:{port}")
        for address in (
            "anna@alvby.example\nBcc: eve@evil.example",
            "a@b.example, eve@evil.example",
            "<a@b>",
            "anna",
            "@",
        ):
            with pytest.raises(MailFailed):
                deliver(at, to=address)
        with pytest.raises(ValueError, match=r"linefeed|newline"):
            deliver(at, subject="Hej\r\nBcc: eve@evil.example")
    assert office.messages == []


def test_a_domain_with_swedish_letters_is_written_as_mail_needs_it() -> None:
    with post_office() as (office, port):
        deliver(server(f"smtp://127.0.0.1:{port}"), to="anna@älvby.example")
    assert office.recipients == ["anna@xn--lvby-koa.example"]


def test_what_the_server_says_decides_whether_it_is_tried_again() -> None:
    with post_office() as (office, port):
        at = server(f"smtp://127.0.0.1:{port}")
        office.refusals = {"no@alvby.example": "550 No such user", "full@alvby.example": "452 Mailbox full"}
        with pytest.raises(MailFailed, match="550") as never:
            deliver(at, to="no@alvby.example")
        with pytest.raises(MailResting, match="452"):
            deliver(at, to="full@alvby.example")
        office.sender_refused = "550 Who are you"
        with pytest.raises(MailResting, match="MAIL_FROM"):
            deliver(at)
    assert not isinstance(never.value, MailResting)
    assert "no@alvby" not in str(never.value)


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(MailResting, match="does not answer"):
        deliver(server(f"smtp://127.0.0.1:{port}"))


def test_a_password_is_shown_by_nothing() -> None:
    settings = Settings(smtp_url=f"smtp://{LOGIN}@mail.alvby.example", mail_from=SENDER)
    found = mail_server(settings)
    assert found is not None
    assert (found.user, found.password) == (USER, PASSWORD)
    assert "lig" not in repr(settings) + repr(found)


@pytest.mark.parametrize(
    "url", ["mail.alvby.example", "http://mail.example", "smtp://", "smtp://mail:99999", "smtp://a/b"]
)
def test_an_address_that_is_no_mail_server_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(BadInput, match="REVIEW_APP_SMTP_URL"):
        server(url)


@pytest.mark.parametrize("sender", ["", "Granska", "a@b@c", "Granska <granska>"])
def test_a_sender_that_is_no_address_is_told_in_a_sentence(sender: str) -> None:
    with pytest.raises(ReviewAppError, match="REVIEW_APP_MAIL_FROM"):
        server("smtp://127.0.0.1:25", sender)


def test_without_a_server_there_is_none() -> None:
    assert mail_server(Settings()) is None
