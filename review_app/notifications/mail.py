"""Mail that waits to be sent. A click only adds a row; a job hands it to the mail server, again if it has to.

    send(session, to=person.email, letter="invitation", values={…}, language="sv", expires_at=…)

What waits is found by the worker's sweep, within seconds. A one-time link stands in the values as its seed
(``kept_link``) and is made when the message is sent: the row opens nothing. Values are never logged, no audit row
has them, and they are gone with the row when the message is sent, or emptied when it is given up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTP
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import Database, utc_now
from review_app.errors import MailFailed, MailResting
from review_app.jobs.runner import Running
from review_app.jobs.service import ask_for, unfinished_job
from review_app.locale import N_
from review_app.notifications.letters import written
from review_app.notifications.links import with_link
from review_app.notifications.smtp import NO_SERVER, Server, connected, hand_in, mail_server, message
from review_app.notifications.tables import Mail
from review_app.settings import Settings, link_key

SEND_MAIL = "send_mail"

PATIENCE = timedelta(days=3)
"""How long a message may wait that does not say how long it is worth anything."""

FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
"""How long one message waits that the server does not take now, though it takes others."""

KEPT = timedelta(days=30)
"""How long it is kept that a message was given up."""

EXPIRED = N_("The message was not sent in time.")

_LOG = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits or was given up, without what it says. ``error`` is filled with ``error_values``."""

    mail_id: int
    address: str
    letter: str
    created_at: datetime
    attempts: int
    error: str | None
    error_values: Mapping[str, Any]
    failed: bool


def can_send(settings: Settings) -> bool:
    """Say whether there is a mail server; without one, show what would have been sent, or leave it."""
    return bool(settings.smtp_url.get_secret_value())


def send(
    session: Session,
    *,
    to: str,
    letter: str,
    values: Mapping[str, Any],
    language: str,
    expires_at: datetime | None = None,
) -> None:
    """Have a message sent once this is committed; ``expires_at``: after that it is of no use, and not sent any more.

    ``letter`` is one of ``LETTERS``; it is written now, so that a value that is missing fails here.
    """
    written(letter, values, language)
    until = expires_at or utc_now() + PATIENCE
    session.add(Mail(address=to, letter=letter, language=language, values=dict(values), expires_at=until))
    session.flush()


def add_due_mail(settings: Settings, database: Database) -> list[str]:
    """Add the job that sends what waits, unless it is under way, and return its id."""
    if not can_send(settings):
        return []
    with database.reading() as session:
        if not _is_due(session) or unfinished_job(session, SEND_MAIL, None, {}):
            return []
    with database.writing() as session:
        job_id, is_new = ask_for(session, COMMAND_LINE, SEND_MAIL, None, {}, needs=Action.READ)
        return [job_id] if is_new else []


def send_waiting(settings: Settings, job: Running) -> None:
    """Send everything that waits; a job's function. Raises ``MailResting`` when the server cannot be used now.

    A message is sent again if the process dies before that is stored: better twice than never.
    """
    server = mail_server(settings)
    if server is None:
        raise MailFailed(NO_SERVER)
    with job.writing() as session:
        _clear(session)
    done = 0
    with connected(server) as connection:
        while mail := _next(job):
            refused = _send(connection, server, settings, mail)
            with job.writing() as session:
                _note(session, session.get_one(Mail, mail.id), refused)
            done += 1
            job.progress(done, done + 1)
    job.progress(done, done)


def waiting_mail(session: Session) -> list[Waiting]:
    """Return what waits and what was given up, oldest first."""
    return [
        Waiting(
            one.id, one.address, one.letter, one.created_at, one.attempts,
            one.error, one.error_values or {}, one.failed_at is not None,
        )
        for one in session.scalars(select(Mail).order_by(Mail.id))
    ]  # fmt: skip


def _is_due(session: Session) -> bool:
    due = select(func.count()).select_from(Mail).where(Mail.failed_at.is_(None), Mail.not_before <= utc_now())
    return bool(session.scalar(due))


def _next(job: Running) -> Mail | None:
    due = select(Mail).where(Mail.failed_at.is_(None), Mail.not_before <= utc_now()).order_by(Mail.id).limit(1)
    with job.reading() as session:
        mail = session.scalar(due)
        if mail is not None:
            session.expunge(mail)
        return mail


def _send(connection: SMTP, server: Server, settings: Settings, mail: Mail) -> MailFailed | None:
    """Hand a message in and return why it was refused."""
    values = with_link(mail.values, settings.base_url, link_key(settings))
    subject, text = written(mail.letter, values, mail.language)
    number = f"{mail.created_at:%Y%m%d%H%M%S}.{mail.id}.review-app"
    try:
        made = message(server, mail.address, subject, text, mail.language, number)
    except MailFailed as no_address:
        return no_address
    return hand_in(connection, server, made)


def _note(session: Session, mail: Mail, refused: MailFailed | None) -> None:
    """Keep what became of a message."""
    if refused is None:
        _LOG.info("mail sent", mail=mail.id, letter=mail.letter)
        session.delete(mail)
        return
    mail.attempts += 1
    mail.error = refused.template
    mail.error_values = {name: str(value) for name, value in refused.values.items()}
    if isinstance(refused, MailResting):
        mail.not_before = utc_now() + min(FIRST_REST * 2 ** (mail.attempts - 1), LONGEST_REST)
    else:
        _give_up(mail)


def _give_up(mail: Mail) -> None:
    mail.failed_at, mail.values = utc_now(), {}
    _LOG.warning("mail given up", mail=mail.id, letter=mail.letter, error=mail.error)


def _clear(session: Session) -> None:
    """Give up what is of no use any more, and forget what was given up long ago."""
    now = utc_now()
    for mail in session.scalars(select(Mail).where(Mail.failed_at.is_(None), Mail.expires_at < now)):
        mail.error = mail.error or EXPIRED
        _give_up(mail)
    for mail in session.scalars(select(Mail).where(Mail.failed_at < now - KEPT)):
        session.delete(mail)
