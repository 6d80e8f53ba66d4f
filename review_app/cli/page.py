"""Commands about one page file, without a database."""

import json
import sys
from pathlib import Path

import click

from review_app.checks.source import notes_on, tell
from review_app.errors import BadFile, BadPage
from review_app.locale import INTERFACE_LANGUAGES, N_
from review_app.pages.decode import byte_order_mark, encode
from review_app.pages.document import DEFAULT_LANGUAGE, Document, read_document
from review_app.segments.cutting import cut
from review_app.segments.weave import Passage, weave

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def page() -> None:
    """See how an HTML file is cut into segments and put together again."""


@page.command()
@click.argument("file", type=FILE)
def segments(file: Path) -> None:
    """Print every segment of FILE in page order as JSON lines: block, kind, text."""
    for piece in cut(_read(file)[1]):
        click.echo(json.dumps({"block": piece.block, "kind": piece.kind, "text": piece.text}, ensure_ascii=False))


@page.command()
@click.argument("file", type=FILE)
@click.option("--pseudo", is_flag=True, help="Put ⟦…⟧ around the text of every segment.")
def roundtrip(file: Path, pseudo: bool) -> None:
    """Print FILE rebuilt with each segment's own source: byte for byte the same."""
    body, document = _read(file)
    before, after = ("⟦", "⟧") if pseudo else ("", "")
    texts = {(piece.block, piece.position): Passage(f"{before}{piece.text}{after}") for piece in cut(document)}
    sys.stdout.buffer.write(byte_order_mark(body) + encode(weave(document, texts), document.charset))


@page.command()
@click.argument("file", type=FILE)
@click.option(
    "--lang", type=click.Choice(INTERFACE_LANGUAGES), default="en", show_default=True, help="Language of the messages."
)
def notes(file: Path, lang: str) -> None:
    """Print what the Swedish of FILE has that a web editor should look at, as JSON lines.

    Each line holds {"block", "text", "check", "span", "message"}; spans are half-open code-point offsets into the text.
    """
    document = _read(file)[1]
    for piece in cut(document):
        for note in notes_on(piece.text, document.language or DEFAULT_LANGUAGE):
            line = {"block": piece.block, "text": piece.text, "check": note.check, "span": note.span}
            click.echo(json.dumps({**line, "message": tell(note, lang)}, ensure_ascii=False))


def _read(file: Path) -> tuple[bytes, Document]:
    try:
        body = file.read_bytes()
        return body, read_document(body)
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=file, reason=error.strerror
        ) from error
    except BadPage as error:
        raise BadFile(N_("{file}: {reason}"), file=file, reason=error) from error
