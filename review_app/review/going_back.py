"""Use cases of going back: an earlier text again, as a revision of its own, and one's own last change undone."""

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.quality.estimating import assess
from review_app.review.batching import restored
from review_app.review.opening import open_segment
from review_app.review.service import clean, write
from review_app.text.merging import merge
from review_app.translations.service import append_revision, held_head, history
from review_app.translations.tables import Revision


def bring_back(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, number: int, based_on: int
) -> None:
    """Make an earlier text the newest one: a person's word for it, of the present source. Raises ``Conflict``."""
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    head = held_head(session, at.segment_id, language)
    earlier = _revision(session, at.segment_id, language, number)
    if head is not None and head.text == earlier.text and head.origin.read_by_person:
        return
    accepted = not earlier.origin.read_by_person or earlier.accepted
    write(
        session, actor, at, head, text=earlier.text, based_on=based_on, accepted=accepted, action="segment.bring_back"
    )


def take_back(session: Session, actor: Actor, page_id: int, language: str, key: str, *, number: int) -> None:
    """Undo one's own newest save or acceptance: the text before it stands again as it stood, read or not.

    Raises ``Conflict`` when it is no longer the newest, or somebody else's.
    """
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    head = held_head(session, at.segment_id, language)
    if head is None or head.number != number or head.author_id is None or head.author_id != actor.person_id:
        raise Conflict(N_("This sentence has been changed since, or is undone already. It is left as it is."))
    if number == 1:
        raise BadInput(N_("There was no text before this one, so it stays. Write another."))
    before = _revision(session, at.segment_id, language, number - 1)
    made = append_revision(session, restored(at.segment_id, head, before, language, head.author_id), head)
    assess(session, at.site, [made], language, seen=True)
    record(
        session,
        actor,
        "segment.take_back",
        f"segment:{at.segment_id}:{language}",
        site_id=at.site.id,
        before={"revision": head.number, "text": head.text},
        after={"revision": made.number, "text": made.text},
    )
    session.flush()


def both_texts(session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str, base: int) -> str:
    """Return what is being typed and what somebody else saved in one text; ``base`` numbers what both began with."""
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    texts = {one.number: one.text for one in history(session, at.segment_id, language)}
    newest = texts[max(texts)] if texts else ""
    return merge(texts.get(base, ""), clean(text, may_be_empty=True), newest).text


def _revision(session: Session, segment_id: int, language: str, number: int) -> Revision:
    found = next((one for one in history(session, segment_id, language) if one.number == number), None)
    if found is None:
        raise NotFound(N_("This text is not among the earlier ones. Reload the page."))
    return found
