"""A text in several places of a page gets a translation of its own in one of them, or has that taken back."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.quality.estimating import assess
from review_app.review.batching import person_of
from review_app.review.opening import OpenSegment, open_segment
from review_app.review.recutting import approved_in
from review_app.segments.apart import is_apart, put_back, set_apart
from review_app.segments.recutting import recut_page
from review_app.segments.service import Standing, occurrences_of, placed_segments
from review_app.translations.service import (
    EngineOutput,
    NewRevision,
    add_revision,
    keep_outputs,
    machine_translations,
    newest_revisions,
)
from review_app.translations.tables import MachineTranslation


@dataclass(frozen=True, slots=True)
class PlaceOfText:
    """One place of a text on its page: what stands around it, and the segment it has; ``apart``: of its own."""

    nth: int
    key: str
    kind: str
    before: str
    after: str
    apart: bool


@dataclass(frozen=True, slots=True)
class HowOften:
    """In how many places of its page a segment stands, and whether it is that of a place set apart."""

    times: int
    apart: bool


ONCE = HowOften(1, apart=False)


def how_often(session: Session, version_id: int, key: str) -> HowOften:
    """Return in how many places a segment of a page stands."""
    places = occurrences_of(session, version_id, [key])
    return HowOften(len(places), apart=len(places) == 1 and is_apart(session, places[0].segment_id))


def places_of_text(session: Session, actor: Actor, page_id: int, language: str, key: str) -> list[PlaceOfText]:
    """Return the places of a segment's text on its page, in page order."""
    place = open_segment(session, actor, page_id, language, Action.READ, key)
    standing = _own_standing(session, place)
    apart = {one.segment_id: is_apart(session, one.segment_id) for one in standing if one.source == place.source}
    found = [at for at, one in enumerate(standing) if one.source == place.source]
    return [
        PlaceOfText(
            nth=nth,
            key=standing[at].key or "",
            kind=standing[at].kind,
            before=standing[at - 1].source if at else "",
            after=standing[at + 1].source if at + 1 < len(standing) else "",
            apart=apart[standing[at].segment_id],
        )
        for nth, at in enumerate(found)
    ]


def translate_apart(session: Session, actor: Actor, page_id: int, language: str, key: str, *, nth: int) -> str:
    """Give one place of a text a translation of its own, which begins as the text's; return its segment's key.

    Who read the text read it for this place too: it stays read, but what was approved of this place is no more.
    """
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    person = person_of(actor)
    standing = _own_standing(session, place)
    found = [at for at, one in enumerate(standing) if one.source == place.source]
    if nth >= len(found) or standing[found[nth]].segment_id != place.segment_id:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    if sum(one.segment_id == place.segment_id for one in standing) < 2:
        raise BadInput(N_("This text stands in one place only. Its translation is its own already."))
    before = approved_in(session, place.site, place.page)
    row = set_apart(session, page_id, [one.source for one in standing], found[nth], person)
    _copy_texts(session, place, row.segment_id)
    recut_page(session, place.site.id, page_id, anyway=True)
    _log(session, actor, place, "segment.own_place", before, {"segment": row.segment_id, "place": nth + 1})
    page = get_page(session, page_id)
    placed = placed_segments(session, [page.version_id])[page.version_id]
    return next(one.key for one in placed if one.segment_id == row.segment_id)


def translate_together(session: Session, actor: Actor, page_id: int, language: str, key: str) -> str:
    """Let a place have the translation its text has elsewhere on the page again; return that segment's key.

    What was written for the place alone is kept, and logged.
    """
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    person_of(actor)
    before = approved_in(session, place.site, place.page)
    if not put_back(session, place.segment_id):
        raise NotFound(N_("This has been taken back already. Reload the page."))
    recut_page(session, place.site.id, page_id, anyway=True)
    _log(session, actor, place, "segment.own_back", before, {"segment": place.segment_id})
    page = get_page(session, page_id)
    placed = placed_segments(session, [page.version_id])[page.version_id]
    return next(one.key for one in placed if one.source == place.source)


def _own_standing(session: Session, place: OpenSegment) -> list[Standing]:
    return [one for one in occurrences_of(session, place.page.version_id) if one.key is not None]


def _copy_texts(session: Session, place: OpenSegment, segment_id: int) -> None:
    """Give a new segment the engines' texts and the newest text of the one it parts from, in every language."""
    for language in place.site.languages:
        head = newest_revisions(session, [place.segment_id], language).get(place.segment_id)
        rows = machine_translations(session, [place.segment_id], language).get(place.segment_id, [])
        keep_outputs(session, language, [_output(row, place, segment_id) for row in rows], drafts=head is not None)
        new = newest_revisions(session, [segment_id], language).get(segment_id)
        if head is not None and (new is None or new.text != head.text or new.origin is not head.origin):
            new = add_revision(
                session,
                NewRevision(
                    segment_id=segment_id,
                    language=language,
                    text=head.text,
                    source=head.source,
                    based_on=new.number if new else 0,
                    origin=head.origin,
                    author_id=head.author_id,
                    accepted=head.accepted,
                    created_at=head.created_at,
                ),
            )
        if new is not None:
            assess(session, place.site, [new], language, seen=True)


def _output(row: MachineTranslation, place: OpenSegment, segment_id: int) -> EngineOutput:
    return EngineOutput(
        segment_id, place.source, row.engine, row.version, row.made_on, row.text, row.rejection, row.publishable
    )


def _log(
    session: Session,
    actor: Actor,
    place: OpenSegment,
    action: str,
    approved: set[tuple[str, int]],
    after: dict[str, int],
) -> None:
    now = approved_in(session, place.site, get_page(session, place.page.id))
    ended = sorted({language for language, _ in approved - now})
    record(
        session,
        actor,
        action,
        f"page:{place.page.id}",
        site_id=place.site.id,
        before={"sentence": place.source, "segment": place.segment_id},
        after={**after, "approval ended": ended},
    )
    session.flush()
