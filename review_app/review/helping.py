"""What helps with a sentence: the translation memory's best matches, and the glossary's words that stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.checks.guide import FoundTerm
from review_app.checks.guiding import guide_of
from review_app.checks.reading import Word, blanked, words
from review_app.glossary.service import TermView, terms_of
from review_app.memory.service import Pair
from review_app.review.opening import open_segment
from review_app.review.remembering import matches, phrases


@dataclass(frozen=True, slots=True)
class TermHelp:
    """A word of the glossary, and its half-open span in the source."""

    span: tuple[int, int]
    term: TermView


@dataclass(frozen=True, slots=True)
class Help:
    """The best matches of a source, the most alike first, and the words of the glossary in their order."""

    source: str
    matches: tuple[Pair, ...]
    terms: tuple[TermHelp, ...]


def help_with(session: Session, actor: Actor, page_id: int, language: str, key: str) -> Help:
    """Return what helps with a segment of a page; raises ``NotFound``."""
    segment = open_segment(session, actor, page_id, language, Action.READ, key)
    found = matches(session, actor, segment.site, language, segment.source, apart_from=segment.segment_id)
    return Help(segment.source, tuple(found), _terms(session, segment.site.id, language, segment.source))


def words_in_memory(session: Session, actor: Actor, page_id: int, language: str, key: str, phrase: str) -> list[Pair]:
    """Return the pairs of the memory that have a phrase, for whoever works on a segment."""
    segment = open_segment(session, actor, page_id, language, Action.READ, key)
    return phrases(session, actor, segment.site, language, phrase)


def _terms(session: Session, site_id: int, language: str, source: str) -> tuple[TermHelp, ...]:
    """Return the terms of a source, each once."""
    standing = words(blanked(source))
    found = guide_of(session, site_id, language).terms_in([word.text for word in standing])
    if not found:
        return ()
    known = {term.source: term for term in terms_of(session, site_id) if term.language == language}
    first: dict[str, FoundTerm] = {}
    for one in found:
        first.setdefault(one.rule.source, one)
    return tuple(_help(one, standing, known) for one in first.values())


def _help(found: FoundTerm, standing: list[Word], known: Mapping[str, TermView]) -> TermHelp:
    span = standing[found.start].start, standing[found.end - 1].end
    return TermHelp(span, known[found.rule.source])
