"""Reads what people said of segments; writes nothing."""

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.db import among_given
from review_app.pages.service import get_page
from review_app.review.states import About
from review_app.review.tables import Comment
from review_app.review.views import CommentView
from review_app.segments.service import placed_segments
from review_app.segments.tables import Segment


def comments_of(session: Session, segment_ids: Collection[int], language: str) -> dict[int, tuple[CommentView, ...]]:
    """Return the comments on segments in a language, oldest first; those about the source from every language."""
    return _by_segment(session, session.scalars(_SHOWN, {"segment_ids": list(segment_ids), "language": language}))


def notes_on_source(session: Session, actor: Actor, page_id: int) -> dict[str, tuple[CommentView, ...]]:
    """Return what people said of a page's source texts, by the segments' keys, in page order.

    What was said of a text that has left the page since comes last.
    """
    page = get_page(session, page_id)
    actor.require(Action.READ, page.site_id)
    keys = dict(session.execute(select(Segment.id, Segment.key).where(Segment.page_id == page_id)).all())
    said = _by_segment(session, session.scalars(_ON_SOURCE, {"segment_ids": list(keys)}))
    placed = placed_segments(session, [page.version_id])[page.version_id]
    standing = dict.fromkeys(one.segment_id for one in placed if one.segment_id in said)
    return {keys[segment_id]: said[segment_id] for segment_id in [*standing, *(said.keys() - standing.keys())]}


def comment_view(comment: Comment, names: dict[int, str]) -> CommentView:
    """Return a stored comment as the templates see it."""
    return CommentView(
        id=comment.id,
        about=comment.about,
        language=comment.language,
        text=comment.text,
        source=comment.source,
        author_id=comment.author_id,
        author=names.get(comment.author_id, ""),
        at=comment.created_at,
        closed_by=names.get(comment.closed_by) if comment.closed_by else None,
        closed_at=comment.closed_at,
    )


_ON_SEGMENTS = select(Comment).where(among_given(Comment.segment_id, "segment_ids")).order_by(Comment.id)
_SHOWN = _ON_SEGMENTS.where((Comment.language == bindparam("language")) | (Comment.about == About.SOURCE))
_ON_SOURCE = _ON_SEGMENTS.where(Comment.about == About.SOURCE)


def _by_segment(session: Session, comments: Iterable[Comment]) -> dict[int, tuple[CommentView, ...]]:
    comments = list(comments)
    people = {one for comment in comments for one in (comment.author_id, comment.closed_by) if one}
    names = names_of(session, people)
    found: dict[int, tuple[CommentView, ...]] = {}
    for comment in comments:
        found[comment.segment_id] = (*found.get(comment.segment_id, ()), comment_view(comment, names))
    return found
