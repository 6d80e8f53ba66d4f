"""What was written for a sentence before it was cut or joined, offered for what it has become. Writes nothing."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.segments.decided import active_rules, every_rule, segments_of
from review_app.segments.rules import Rule, RuleKind
from review_app.text.placeholders import renumbered
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision

DEEPEST = 4
"""A sentence that was cut so often is looked through for a text of what it was."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text of the sentence that this one is a half of, or of the two that it was made of; ``read``: by a person."""

    whole: bool
    source: str
    text: str
    read: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that made a sentence what it is, and can be taken back."""

    rule_id: int
    cut: bool
    other: str


@dataclass(frozen=True, slots=True)
class _Where:
    """Whose texts are looked for: a page's rather than those of others of its site, or of ``only`` these pages."""

    site_id: int
    page_id: int
    language: str
    only: frozenset[int] | None


def offers_of(
    session: Session, site_id: int, page_id: int, language: str, source: str, only: frozenset[int] | None = None
) -> list[Offer]:
    """Return the texts that stood for a sentence before somebody decided otherwise, the nearest first.

    ``only``: the pages whose texts may be offered, if not those of the whole site.
    """
    rules, where = every_rule(session, site_id), _Where(site_id, page_id, language, only)
    found = [
        offer
        for rule in reversed(rules)
        if source in {rule.whole, rule.first, rule.second}
        and (offer := _offer(session, where, source, rule, rules)) is not None
    ]
    return list({offer.text: offer for offer in found}.values())


def made_by(session: Session, site_id: int, source: str) -> list[Made]:
    """Return the decisions that hold and made this sentence, the last first."""
    found = []
    for rule in reversed(active_rules(session, site_id)):
        if rule.kind is RuleKind.JOIN and source == rule.whole:
            found.append(Made(rule.id, False, rule.second))
        elif rule.kind is RuleKind.CUT and source in {rule.first, rule.second}:
            found.append(Made(rule.id, True, rule.second if source == rule.first else rule.first))
    return found


def _offer(session: Session, where: _Where, source: str, rule: Rule, rules: list[Rule]) -> Offer | None:
    if source != rule.whole:
        return _of_whole(session, where, rule.whole, rules)
    first, second = _text_of(session, where, rule.first), _text_of(session, where, rule.second)
    if first is None or second is None:
        return None
    text = f"{first.text} {renumbered(second.text, after=first.source)}"
    read = first.origin.read_by_person and second.origin.read_by_person
    return Offer(False, f"{rule.first} {rule.second}", text, read)


def _of_whole(session: Session, where: _Where, whole: str, rules: list[Rule]) -> Offer | None:
    """Return the text of a sentence that was cut, or of the one that that was cut from."""
    for _ in range(DEEPEST):
        revision = _text_of(session, where, whole)
        if revision is not None:
            return Offer(True, whole, revision.text, revision.origin.read_by_person)
        cut_from = [rule.whole for rule in rules if rule.kind is RuleKind.CUT and whole in {rule.first, rule.second}]
        if not cut_from:
            return None
        whole = cut_from[-1]
    return None


def _text_of(session: Session, where: _Where, source: str) -> Revision | None:
    """Return the newest text of exactly this source, of the page itself rather than of another of the site."""
    segments = {
        segment.id: segment
        for segment in segments_of(session, where.site_id, source)
        if where.only is None or segment.page_id in where.only
    }
    found = newest_revisions(session, segments.keys(), where.language)
    texts = [
        (segments[id_].page_id == where.page_id, r.created_at, r) for id_, r in found.items() if r.source == source
    ]
    return max(texts, key=lambda one: one[:2])[2] if texts else None
