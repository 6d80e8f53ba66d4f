"""Commands about the log of changes: seal it, verify it, keep its head elsewhere, forget people."""

import re
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy.orm import Session

from review_app.accounts import redacting, sealing
from review_app.accounts.service import get_person_id
from review_app.accounts.verifying import Verified, verify
from review_app.cli.installation import Opened, open_installation
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.settings import audit_key

_HASH = re.compile(r"\b[0-9a-fA-F]{64}\b")


@click.group()
def audit() -> None:
    """Seal the log of changes and find out whether somebody altered it."""


@audit.command("seal")
def seal() -> None:
    """Seal every row that is not sealed yet, and print the head; workers do it every minute."""
    opened = open_installation()
    key = audit_key(opened.settings)
    rows = _all_batches(opened, lambda session: sealing.seal_batch(session, key))
    click.echo(f"Sealed {rows} rows.", err=True)
    _show_head(opened)


@audit.command("head")
def head() -> None:
    """Print the newest seal, to be kept where nobody can change it together with the log."""
    _show_head(open_installation())


@audit.command("verify")
@click.option("--head", "known", metavar="FILE|HEX", help="Heads that were kept: a file of them, or one in hex.")
def verify_command(known: str | None) -> None:
    """Find every row that was altered, deleted, reordered or cut off since it was sealed; exit status 1 if any was.

    Rows that wait for a seal are counted; those that have waited for long, and a log without seals, are found, too.
    """
    heads = _heads(known) if known else []
    opened = open_installation()
    with opened.database.reading() as session:
        done = verify(session, audit_key(opened.settings), heads)
    for finding in done.findings:
        click.echo(finding.message.format(**finding.values))
    click.echo(f"{done.rows} rows in {done.seals} seals, people redacted in {done.redacted}: {_verdict(done)}.")
    if done.oldest:
        click.echo(f"{done.unsealed} rows are not sealed yet, the oldest of {done.oldest:%Y-%m-%d %H:%M:%S} UTC.")
    if not known:
        click.echo("The end of the log was not compared with a head that was kept: name one with --head.")
    if done.findings:
        click.get_current_context().exit(1)


@audit.command("redact")
@click.argument("email")
def redact(email: str) -> None:
    """Forget a person in the log: their name, address and hours, and what was written of them. It cannot be undone."""
    opened = open_installation()
    key = audit_key(opened.settings)
    _all_batches(opened, lambda session: sealing.seal_batch(session, key))
    rows = _all_batches(opened, lambda session: redacting.redact_person(session, key, email))
    if not rows:
        with opened.database.reading() as session:
            get_person_id(session, email)  # raises where the address is nobody's
    click.echo(f"Redacted {rows} rows.")


def _verdict(done: Verified) -> str:
    if done.findings:
        return f"{len(done.findings)} do not agree"
    return "all agree" if done.seals else "there is nothing to compare"


def _all_batches(opened: Opened, do: Callable[[Session], int]) -> int:
    total = 0
    while True:
        with opened.database.writing() as session:
            rows = do(session)
        total += rows
        if not rows:
            return total


def _show_head(opened: Opened) -> None:
    with opened.database.reading() as session:
        newest = sealing.head(session)
    if newest is None:
        raise BadInput(N_("Nothing is sealed yet. Run: review-app audit seal"))
    click.echo(f"{newest.number} {newest.hash}")


def _heads(known: str) -> list[str]:
    if _HASH.fullmatch(known):
        return [known]
    try:
        found = _HASH.findall(Path(known).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            N_("{file} cannot be read. Name a file with heads, or one head of 64 hex digits."), file=known
        ) from error
    if not found:
        raise BadInput(N_("{file} holds no head: a head has 64 hex digits."), file=known)
    return found
