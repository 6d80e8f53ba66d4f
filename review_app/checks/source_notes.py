"""Use case of notes on the source text: what a page's web editor should look at. Derived, nothing is stored."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.checks.source import notes_on
from review_app.checks.source.note import Note
from review_app.glossary.service import names_of, terms_of
from review_app.pages.service import get_page
from review_app.segments.service import placed_segments
from review_app.sites.service import site_by_id


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment of the page, by its key and number, with the notes on it."""

    key: str
    number: int
    source: str
    notes: tuple[Note, ...]


def passages_to_mend(session: Session, actor: Actor, page_id: int) -> list[Passage]:
    """Return the passages of a page whose Swedish has something to look at, in page order."""
    page = get_page(session, page_id)
    actor.require(Action.READ, page.site_id)
    language = site_by_id(session, page.site_id).source_language
    names = names_of(terms_of(session, page.site_id))
    placed = placed_segments(session, [page.version_id])[page.version_id]
    found = (Passage(row.key, row.number, row.source, tuple(notes_on(row.source, language, names))) for row in placed)
    return [passage for passage in found if passage.notes]
