"""What a word is translated with: by the glossary, by the words learned from translations, in what was approved."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.checks.forms import base_form
from review_app.checks.guiding import guide_of
from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.lookup import Rendered, counted, translated, translates
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexicons import lexicon_of
from review_app.checks.reading import blanked, words
from review_app.glossary.service import TermView, terms_of
from review_app.memory.service import Pair
from review_app.review.opening import open_segment
from review_app.review.remembering import phrases
from review_app.sites.service import SiteView

LONGEST = 60
"""Letters of the longest word, or the few words, that are looked up."""

MOST_COUNTED = 6
"""Translations that are counted in approved texts."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A word that stands for the one looked up in so many of the approved texts, and one of them."""

    word: str
    times: int


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What is known of a word; ``learned`` is None where nothing has been learned of the languages.

    ``backwards``: the word is one of the translation, and what is found are words of the source. ``pairs`` are the
    approved texts that have it.
    """

    word: str
    backwards: bool
    terms: tuple[TermView, ...]
    learned: tuple[Rendered, ...] | None
    counted: tuple[Counted, ...]
    pairs: tuple[Pair, ...]


def words_of(session: Session, actor: Actor, page_id: int, language: str, key: str) -> tuple[str, ...]:
    """Return the words of a segment's source, each once, in their order."""
    source = open_segment(session, actor, page_id, language, Action.READ, key).source
    return tuple(dict.fromkeys(word.text for word in words(blanked(source)) if word.text[:1].isalpha()))


def look_up(
    session: Session, actor: Actor, page_id: int, language: str, key: str, word: str, *, backwards: bool = False
) -> LookedUp:
    """Return what a word, or a few, is translated with at a site; whoever may read the page may look it up."""
    site = open_segment(session, actor, page_id, language, Action.READ, key).site
    word = word[:LONGEST]
    aligner = _aligner(session, actor, site, language)
    pairs = _pairs(session, actor, site, language, word)
    is_one = " " not in word
    learned: tuple[Rendered, ...] | None = None
    if aligner is not None:
        find = translates if backwards else translated
        learned = tuple(find(aligner.model.lexicon, word)) if is_one else ()
    times: Counter[str] = Counter()
    if aligner is not None and is_one and not backwards:
        times = counted(aligner, word, [(pair.source, pair.target) for pair in pairs])
    return LookedUp(
        word=word,
        backwards=backwards,
        terms=_terms(session, site, language, word, backwards=backwards),
        learned=learned,
        counted=tuple(Counted(*one) for one in times.most_common(MOST_COUNTED)),
        pairs=tuple(pairs),
    )


def _aligner(session: Session, actor: Actor, site: SiteView, language: str) -> Aligner | None:
    """Return what a site has learned of a language, else what ships: to whom its memory is not lent, what ships."""
    own = None if actor.loan is not None and not actor.loan.memory else lexicon_of(session, site.id, language)
    return own.aligner if own else shipped_aligner(_primary(site.source_language), _primary(language))


def _pairs(session: Session, actor: Actor, site: SiteView, language: str, word: str) -> list[Pair]:
    """Return the approved pairs with a word, those that have it in another form too."""
    found = phrases(session, actor, site, language, word)
    base = _base(word, site.source_language)
    if base != word.lower():
        known = {pair.id for pair in found}
        also = [pair for pair in phrases(session, actor, site, language, base) if pair.id not in known]
        found += [pair for pair in also if _has_form(pair.source, base, site.source_language)]
    return found


def _has_form(text: str, base: str, language: str) -> bool:
    """Whether a form of a word stands in a text: "boka" begins like "bok" and is none."""
    return any(_base(one.text, language) == base for one in words(blanked(text)))


def _primary(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _base(word: str, language: str) -> str:
    try:
        return base_form(word, _primary(language)) if " " not in word else word.lower()
    except ValueError:  # a language without a dictionary
        return word.lower()


def _terms(session: Session, site: SiteView, language: str, word: str, *, backwards: bool) -> tuple[TermView, ...]:
    """Return the terms of the glossary that a word is a form of, or that are called by it."""
    terms = [term for term in terms_of(session, site.id) if term.language == language]
    if backwards:
        return tuple(term for term in terms if any(_has(target, word) for target in term.targets))
    rules = guide_of(session, site.id, language).terms_in([one.text for one in words(word)])
    found = {one.rule.source for one in rules}
    return tuple(term for term in terms if term.source in found or _has(term.source, word))


def _has(phrase: str, word: str) -> bool:
    return word.casefold() in phrase.casefold().split() or word.casefold() == phrase.casefold()
