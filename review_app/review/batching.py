"""What changes of many texts at once have in common: each is a revision by a person, checked and logged like a save."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.accounts.service import record
from review_app.errors import Conflict, NotAllowed
from review_app.locale import N_
from review_app.quality.estimating import assess
from review_app.sites.service import SiteView
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, add_revision
from review_app.translations.tables import Revision


def person_of(actor: Actor) -> int:
    """Return who acts; raises ``NotAllowed`` for the command line."""
    if actor.person_id is None:
        raise NotAllowed(N_("A correction needs a person's name. Sign in to correct."))
    return actor.person_id


def rewritten(segment_id: int, head: Revision, text: str, language: str, person: int) -> NewRevision:
    """Return a text that a batch changed: read if it was, and of the source it was of. A draft stays unread."""
    return NewRevision(
        segment_id=segment_id,
        language=language,
        text=text,
        source=head.source,
        based_on=head.number,
        origin=Origin.HUMAN if head.origin.read_by_person else Origin.REPLACED,
        author_id=person,
    )


def restored(segment_id: int, head: Revision, before: Revision, language: str, person: int) -> NewRevision:
    """Return the earlier text, as it stood; it counts as the one it was, also where that was approved."""
    read = before.origin.read_by_person
    return NewRevision(
        segment_id=segment_id,
        language=language,
        text=before.text,
        source=before.source,
        based_on=head.number,
        origin=Origin.HUMAN if read else before.origin,
        author_id=person if read else before.author_id,
        accepted=before.accepted,
        carried_from_id=before.approved_as,
    )


def written_as(session: Session, new: NewRevision) -> Revision | None:
    """Write a revision, unless somebody saves the segment at this moment: theirs stays."""
    try:
        with session.begin_nested():
            return add_revision(session, new)
    except Conflict:
        return None


def finish(
    session: Session,
    actor: Actor,
    site: SiteView,
    language: str,
    action: str,
    batch_id: int,
    written: Sequence[tuple[int, Revision, Revision]],
) -> None:
    """Check and estimate what was written, and put it into the log."""
    assess(session, site, [made for _, _, made in written], language, seen=True)
    for segment_id, before, made in written:
        record(
            session,
            actor,
            action,
            f"segment:{segment_id}:{language}",
            site_id=site.id,
            before={"revision": before.number, "text": before.text},
            after={"revision": made.number, "text": made.text, "batch": batch_id},
        )
    session.flush()
