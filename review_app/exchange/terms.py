"""Takes a site's glossary in from CSV, and writes it."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import BadFile, BadInput
from review_app.exchange.table import read_table, write_table
from review_app.glossary.service import COLUMNS, set_term, terms_of
from review_app.locale import N_
from review_app.sites.service import SiteView

MOST_TERMS = 20_000

GLOSSARY = "glossary.csv"
"""What the file is called in a corpus folder."""

CALLED: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "word", "term", "ord", "original"),
    "language": ("language", "språk"),
    "target": ("target", "translation", "is called", "översättning", "heter"),
    "forbidden": ("forbidden", "never", "aldrig", "förbjuden", "förbjudet"),
    "part_of_speech": ("part_of_speech", "part of speech", "pos", "ordklass"),
    "note": ("note", "comment", "anteckning", "kommentar"),
}
"""What a column may be called in the first line, in lower case."""

SWEDISH = {
    "substantiv": "noun",
    "adjektiv": "adjective",
    "egennamn": "name",
    "fras": "phrase",
    "förkortning": "abbreviation",
}
"""Parts of speech whose Swedish names differ."""


def import_terms(session: Session, actor: Actor, site: SiteView, name: str, body: bytes) -> int:
    """Take every term of a CSV file in, or none; returns how many are new or changed. Raises ``BadFile``.

    The first line names the columns, as ``source;language;target;forbidden;part_of_speech;note``; only the first has
    to be there. A word without a language is a name. Semicolons part several translations, the preferred one first.
    """
    actor.require(Action.CORRECT, site.id)
    changed = 0
    for number, (line, cells) in enumerate(read_table(name, body), start=1):
        if number > MOST_TERMS:
            raise BadFile(N_("{file} has more than {most} lines. Cut it in parts."), file=name, most=MOST_TERMS)
        facts = {column: _cell(cells, names) for column, names in CALLED.items()}
        kind = facts["part_of_speech"].lower()
        words = (facts[column] for column in ("source", "language", "target", "forbidden"))
        try:
            changed += set_term(
                session, actor, site, *words, part_of_speech=SWEDISH.get(kind, kind), note=facts["note"]
            )
        except BadInput as error:
            raise _explained(name, line, cells, error) from error
    return changed


def export_terms(session: Session, actor: Actor, site: SiteView) -> Iterator[bytes]:
    """Yield the glossary as CSV, in the columns that ``import_terms`` reads."""
    actor.require(Action.READ, site.id)
    return write_table(
        COLUMNS,
        (
            {
                "source": term.source,
                "language": term.language,
                "target": term.target,
                "forbidden": term.forbidden_words,
                "part_of_speech": term.part_of_speech,
                "note": term.note,
            }
            for term in terms_of(session, site.id)
        ),
    )


def _cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name].strip() for name in names if name in cells), "")


def _explained(name: str, line: int, cells: Mapping[str, str], error: BadInput) -> BadFile:
    if not any(column in cells for column in CALLED["source"]):
        return BadFile(
            N_("{file}: no column is called {names}. Name the columns in the first line."),
            file=name,
            names=", ".join(CALLED["source"]),
        )
    return BadFile(N_("{file}, line {line}: {reason}"), file=name, line=line, reason=error)
