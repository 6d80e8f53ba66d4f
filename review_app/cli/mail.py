"""Commands about mail."""

import click

from review_app.cli.installation import open_installation, read_settings
from review_app.db import utc_now
from review_app.errors import BadInput
from review_app.locale import INTERFACE_LANGUAGES
from review_app.notifications.letters import written
from review_app.notifications.mail import waiting_mail
from review_app.notifications.smtp import NO_SERVER, connected, hand_in, mail_server, message


@click.group()
def mail() -> None:
    """See whether mail is sent."""


@mail.command("test")
@click.argument("address")
@click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), help="Language of the message.")
def test_command(address: str, language: str | None) -> None:
    """Send a message to ADDRESS, and say what the mail server answered."""
    settings = read_settings()
    server = mail_server(settings)
    if server is None:
        raise BadInput(NO_SERVER)
    chosen = language or settings.default_language
    subject, text = written("test", {"base_url": settings.base_url}, chosen)
    made = message(server, address, subject, text, chosen, f"{utc_now():%Y%m%d%H%M%S%f}.test.review-app")
    with connected(server) as connection:
        refused = hand_in(connection, server, made)
    if refused is not None:
        raise refused
    click.echo(f"{server.host} took the message for {address}.")


@mail.command("waiting")
def waiting_command() -> None:
    """List the messages that were not sent yet, or never will be; never what they say."""
    with open_installation().database.reading() as session:
        for one in waiting_mail(session):
            state = "given up" if one.failed else "waiting"
            reason = (one.error or "").format(**one.error_values)
            click.echo(f"{one.created_at:%Y-%m-%d %H:%M}\t{one.letter}\t{one.address}\t{state}\t{reason}")
