"""Messages wait as rows and are sent by a job: no click waits for the mail server, and no secret stays."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from structlog.testing import capture_logs

from review_app import worker
from review_app.accounts.one_time import new_one_time
from review_app.accounts.permissions import Action
from review_app.db import utc_now
from review_app.errors import NotAllowed
from review_app.jobs.service import ask_for, get_job
from review_app.jobs.states import JobState
from review_app.jobs.tables import Job
from review_app.notifications.letters import LETTERS, written
from review_app.notifications.links import kept_link, with_link
from review_app.notifications.mail import SEND_MAIL, add_due_mail, can_send, send, waiting_mail
from review_app.notifications.tables import Mail
from review_app.settings import Settings, link_key
from tests.houses import House
from tests.notifications.post_office import PostOffice, post_office

INVITATION = {"site": "Älvby kommun", "inviter": "Carin", "until": "1 december 2026 kl. 12.00"}


@dataclass
class Post:
    house: House
    office: PostOffice
    settings: Settings
    tokens: list[str] = field(default_factory=list)

    def send(self, to: str = "dina@alvby.example", language: str = "sv", **more) -> None:
        with self.house.database.writing() as session:
            link = new_one_time(link_key(self.settings))
            self.tokens.append(link.token)
            values = {**INVITATION, **kept_link("/invitation", link)}
            send(session, to=to, letter="invitation", values=values, language=language, **more)

    def work(self) -> list[JobState]:
        """Do what a worker's sweep finds."""
        jobs = add_due_mail(self.settings, self.house.database)
        return [self.again(job_id) for job_id in jobs]

    def again(self, job_id: str) -> JobState:
        worker.run(self.settings, self.house.database, job_id)
        with self.house.database.reading() as session:
            return get_job(session, self.house.town.carin, job_id).state

    def rows(self) -> list[Mail]:
        with self.house.database.reading() as session:
            return list(session.scalars(select(Mail).order_by(Mail.id)))

    def set(self, table: type, **columns: object) -> None:
        with self.house.database.writing() as session:
            session.execute(update(table).values(**columns))


@pytest.fixture
def post(house: House, tmp_path: Path) -> Iterator[Post]:
    with post_office() as (office, port):
        settings = Settings(
            data_dir=tmp_path,
            base_url="https://granska.alvby.example/",
            smtp_url=f"smtp://127.0.0.1:{port}",
            mail_from="Granska <granska@alvby.example>",
        )
        yield Post(house, office, settings)


def test_what_is_sent_arrives_in_the_persons_language_and_leaves_nothing_behind(post: Post) -> None:
    post.send()
    post.send("erik@alvby.example", "en")
    assert post.office.messages == []
    assert post.work() == [JobState.DONE]
    swedish, english = post.office.messages
    assert (swedish["Subject"], english["Subject"]) == ("Inbjudan till Älvby kommun", "Invitation to Älvby kommun")
    for letter, token in zip((swedish, english), post.tokens, strict=True):
        assert f"\nhttps://granska.alvby.example/invitation?token={token}\n" in letter.get_content().replace(
            "\r\n", "\n"
        )
    assert post.rows() == []
    assert post.work() == []


def test_what_waits_does_not_hold_the_link(post: Post) -> None:
    """Whoever reads the database, or a backup of it, must not get into somebody's account."""
    post.send()
    with post.house.database.reading() as session:
        waiting = session.execute(text("SELECT * FROM mail")).all()
    assert "/invitation" in str(waiting)
    assert post.tokens[0] not in str(waiting)
    stolen = post.settings.model_copy(update={"secret_key": "another installation's"})
    (row,) = post.rows()
    link = with_link(row.values, stolen.base_url, link_key(stolen))["link"]
    assert post.tokens[0] not in link
    post.office.refusals = {"dina@alvby.example": "452 Mailbox full"}
    post.work()
    post.office.refusals = {}
    post.set(Mail, not_before=utc_now())
    post.work()
    assert post.tokens[0] in post.office.messages[0].get_content()  # sent again, it is the same link


def test_no_log_and_no_audit_row_holds_the_link_or_the_address(post: Post) -> None:
    with capture_logs() as lines:
        post.send()
        post.work()
    with post.house.database.reading() as session:
        audit = session.execute(text("SELECT action, subject, before, after FROM audit_entry")).all()
        jobs = session.execute(text("SELECT name, payload FROM job")).all()
    assert any(line["event"] == "mail sent" for line in lines)
    told = json.dumps([str(part) for part in (*lines, *audit, *jobs)])
    assert post.tokens[0] not in told
    assert "dina@" not in told


def test_a_mail_server_that_is_away_makes_the_job_rest_and_go_on(post: Post) -> None:
    post.send()
    away = post.settings.model_copy(update={"smtp_url": Settings(smtp_url="smtp://127.0.0.1:1").smtp_url})
    (job_id,) = add_due_mail(away, post.house.database)
    worker.run(away, post.house.database, job_id)
    with post.house.database.reading() as session:
        job = get_job(session, post.house.town.carin, job_id)
    assert (job.state, job.error) == (JobState.WAITING, "The mail server {host} does not answer: {reason}.")
    assert job.resting_until is not None
    assert post.work() == []  # it is under way
    post.set(Job, not_before=utc_now())
    assert post.again(job_id) is JobState.DONE
    assert post.office.recipients == ["dina@alvby.example"]


def test_one_address_that_is_refused_does_not_stop_the_others(post: Post) -> None:
    post.office.refusals = {"no@alvby.example": "550 No such user", "full@alvby.example": "452 Mailbox full"}
    for name in ("no", "full", "dina"):
        post.send(f"{name}@alvby.example")
    assert post.work() == [JobState.DONE]
    assert post.office.recipients == ["dina@alvby.example"]
    never, later = post.rows()
    assert never.failed_at is not None
    assert never.values == {}
    assert later.failed_at is None
    assert later.not_before > utc_now()
    with post.house.database.reading() as session:
        assert [(one.address, one.failed) for one in waiting_mail(session)] == [
            ("no@alvby.example", True),
            ("full@alvby.example", False),
        ]
    assert post.work() == []
    post.office.refusals = {}
    post.set(Mail, not_before=utc_now())
    assert post.work() == [JobState.DONE]
    assert post.office.recipients == ["dina@alvby.example", "full@alvby.example"]


def test_a_link_that_has_expired_is_not_sent(post: Post) -> None:
    post.send(expires_at=utc_now() - timedelta(seconds=1))
    assert post.work() == [JobState.DONE]
    assert post.office.messages == []
    (mail,) = post.rows()
    assert (mail.error, mail.values) == ("The message was not sent in time.", {})
    post.set(Mail, failed_at=utc_now() - timedelta(days=31))
    post.send()
    post.work()
    assert post.rows() == []


def test_what_is_rolled_back_is_not_sent(post: Post) -> None:
    with suppress(ZeroDivisionError), post.house.database.writing() as session:
        values = {**INVITATION, "link": "x"}
        send(session, to="dina@alvby.example", letter="invitation", values=values, language="sv")
        1 / 0  # noqa: B018
    assert post.rows() == []


def test_without_a_mail_server_nothing_is_tried(post: Post, tmp_path: Path) -> None:
    bare = Settings(data_dir=tmp_path)
    post.send()
    assert not can_send(bare)
    assert add_due_mail(bare, post.house.database) == []


def test_a_person_cannot_ask_for_the_installations_jobs(house: House) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as session:
        ask_for(session, house.town.carin, SEND_MAIL, None, {}, needs=Action.READ)


def test_every_letter_is_written_in_both_languages_and_its_subject_is_one_line() -> None:
    names = ("base_url", "first", "lines", "settings", "count", "link", *INVITATION)
    values = dict.fromkeys(names, "Älvby\nBcc: eve@evil.example")
    for name in LETTERS:
        swedish, english = (written(name, values, language) for language in ("sv", "en"))
        assert "\n" not in swedish[0] + english[0]
        assert swedish != english
    assert written("test", {"base_url": "x"}, "ar") == written("test", {"base_url": "x"}, "sv")
    with pytest.raises(KeyError):
        written("invitation", {}, "sv")
