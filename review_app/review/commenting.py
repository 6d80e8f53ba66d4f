"""Use cases of comments: say something of a segment or of its source, close what is done, open it again."""

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.locale import N_
from review_app.review.opening import open_segment
from review_app.review.states import About
from review_app.review.tables import Comment
from review_app.segments.service import find_segment
from review_app.text.normalise import normalise

LONGEST_COMMENT = 2_000
"""Characters: more than that is a letter."""


def comment_on(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str, about: About
) -> int:
    """Say something of a segment in a language, or of its source text; returns the comment's id."""
    at = open_segment(session, actor, page_id, language, Action.READ, key)
    if actor.person_id is None:
        raise NotAllowed(N_("A comment needs a person's name. Sign in to comment."))
    comment = Comment(
        segment_id=at.segment_id,
        language=language,
        about=about,
        source=at.source,
        text=_clean(text),
        author_id=actor.person_id,
    )
    session.add(comment)
    session.flush()
    action = "comment.source" if about is About.SOURCE else "comment.add"
    subject = f"segment:{at.segment_id}:{language}"
    record(session, actor, action, subject, site_id=at.site.id, after={"text": comment.text})
    return comment.id


def settle(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, comment_id: int, closed: bool
) -> None:
    """Close a comment, or open it again. One about the source belongs to administrators and to whoever wrote it."""
    at = open_segment(session, actor, page_id, language, Action.READ, key)
    _settle(session, actor, at.site.id, at.segment_id, comment_id, closed=closed)


def settle_note(
    session: Session, actor: Actor, site_id: int, page_id: int, key: str, *, comment_id: int, closed: bool
) -> None:
    """Close what was said of a page's source text, or open it again; the text may have left the page."""
    actor.require(Action.ADMINISTER, site_id)
    segment_id = find_segment(session, page_id, key)
    _settle(session, actor, site_id, segment_id, comment_id, closed=closed)


def _settle(
    session: Session, actor: Actor, site_id: int, segment_id: int | None, comment_id: int, *, closed: bool
) -> None:
    comment = session.get(Comment, comment_id)
    if comment is None or comment.segment_id != segment_id:
        raise NotFound(N_("This comment is gone. Reload the page."))
    if comment.about is About.SOURCE and comment.author_id != actor.person_id:
        actor.require(Action.ADMINISTER, site_id)
    if (comment.closed_at is not None) == closed:
        return
    comment.closed_at, comment.closed_by = (utc_now(), actor.person_id) if closed else (None, None)
    action = "comment.close" if closed else "comment.open"
    subject = f"segment:{comment.segment_id}:{comment.language}"
    record(session, actor, action, subject, site_id=site_id, after={"text": comment.text})
    session.flush()


def _clean(text: str) -> str:
    lines = text.replace("\x00", "").splitlines()
    text = "\n".join(normalise(line) for line in lines).strip()
    if not text:
        raise BadInput(N_("The comment is empty. Write what you want to say."))
    if len(text) > LONGEST_COMMENT:
        raise BadInput(N_("The comment is longer than {longest} characters. Shorten it."), longest=LONGEST_COMMENT)
    return text
