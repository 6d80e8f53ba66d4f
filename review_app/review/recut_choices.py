"""What a person may choose of where a sentence ends: its words, the sentence after it, what was decided. Reads only."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.review.halves import Made, made_by
from review_app.review.opening import open_segment
from review_app.segments.rules import cut_places
from review_app.segments.service import occurrences_of


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a sentence that the second half may begin with; ``at`` is where, and 0 for the first of all."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Following:
    """The sentence that follows in the same paragraph, by its key."""

    key: str
    source: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A sentence as it may be cut or joined."""

    source: str
    words: tuple[Word, ...]
    following: Following | None
    made: tuple[Made, ...]


def choices_of(session: Session, actor: Actor, page_id: int, language: str, key: str) -> Choices:
    """Return where a sentence may be cut, what it may be joined with, and what people decided of it."""
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    places = cut_places(place.source)
    ends = [*places, len(place.source)]
    words = [Word(at, place.source[at:end]) for at, end in zip([0, *places], ends, strict=True)]
    following = _following(session, place.page.version_id, place.segment_id)
    return Choices(place.source, tuple(words), following, tuple(made_by(session, place.site.id, place.source)))


def _following(session: Session, version_id: int, segment_id: int) -> Following | None:
    """Return what follows a segment where it first has something after it; not what other pages share."""
    found = {(one.block, one.position): one for one in occurrences_of(session, version_id)}
    for (block, position), one in found.items():
        after = found.get((block, position + 1)) if one.segment_id == segment_id else None
        if after is not None and after.key is not None:
            return Following(after.key, after.source)
    return None
