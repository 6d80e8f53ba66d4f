"""What approvals put into the translation memory, and what of it helps with a sentence."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import among
from review_app.memory.concordance import concordance
from review_app.memory.postings import SOURCE, TARGET, Scope
from review_app.memory.service import NewPair, Pair, forget, keep, kept, similar
from review_app.memory.sharing import scope_of
from review_app.memory.tables import Kind
from review_app.pages.service import pages_by_id, pages_of
from review_app.review.submissions import approved_items
from review_app.sites.service import SiteView
from review_app.text.normalise import source_hash
from review_app.translations.memory import holding
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision

BEST = 5
"""Matches shown."""

_LOOKED_AT = 30
"""Matches of which the best that still hold are shown."""

MOST_FOUND = 50
"""Pairs in which a phrase is shown."""


def remember(session: Session, site_id: int, language: str, approved: dict[int, int]) -> int:
    """Put approved texts into the memory: revision ids by segment id. Returns how many are new to it.

    What stood there of these segments before gives way. What is the same in every language helps nobody.
    """
    revisions = {
        revision.id: revision
        for revision in session.scalars(select(Revision).where(among(Revision.id, list(approved.values()))))
    }
    pairs = [
        _pair_of(segment_id, revisions[revision_id])
        for segment_id, revision_id in approved.items()
        if revisions[revision_id].origin is not Origin.COPY
    ]
    present = kept(session, site_id, language, [key_of(segment_id) for segment_id in approved])
    same = {pair.key for pair in pairs if present.get(pair.key) == (pair.source, pair.target, pair.revision_id)}
    forget(session, site_id, language, present.keys() - same)
    return keep(session, site_id, language, [pair for pair in pairs if pair.key not in same])


def remember_site(
    session: Session, actor: Actor, site: SiteView, *, apart_from: Collection[tuple[str, int]] = ()
) -> int:
    """Put the texts of a site's newest approvals into its memory; returns how many are new to it.

    ``apart_from`` names texts that stay out, by language and segment id.
    """
    actor.require(Action.ADMINISTER, site.id)
    pages = [page.id for page in pages_of(session, site.id)]
    return sum(
        remember(session, site.id, language, {s: r for s, r in items.items() if (language, s) not in apart_from})
        for language in site.languages
        for items in approved_items(session, pages, language).values()
    )


def matches(
    session: Session, actor: Actor, site: SiteView, language: str, source: str, *, apart_from: int | None = None
) -> list[Pair]:
    """Return the best matches of a source that still hold, at most ``BEST``, each pair of texts once.

    ``apart_from`` is the segment that is worked on: its own text of the same source is no help.
    """
    found = _for(session, actor, similar(session, _scope(session, actor, site, language), source, most=_LOOKED_AT))
    digest = source_hash(source)
    others = [
        pair
        for pair in found
        if apart_from is None or pair.segment_id != apart_from or source_hash(pair.source) != digest
    ]
    return _once(holding(session, others))[:BEST]


def phrases(session: Session, actor: Actor, site: SiteView, language: str, phrase: str) -> list[Pair]:
    """Return the pairs that still hold and have a phrase in the source, then those that have it in the translation."""
    scope = _scope(session, actor, site, language)
    found = [
        pair for side in (SOURCE, TARGET) for pair in concordance(session, scope, phrase, side=side, most=MOST_FOUND)
    ]
    return _once(holding(session, _for(session, actor, found)))[:MOST_FOUND]


def _scope(session: Session, actor: Actor, site: SiteView, language: str) -> Scope:
    """Return the memories this person may read: of whom pages are lent, the site's own and none shared with it."""
    if actor.loan is not None and (actor.loan.site_id, actor.loan.language) == (site.id, language):
        return Scope((site.id,), language)
    actor.require(Action.READ, site.id)
    return scope_of(session, site.id, language)


def _for(session: Session, actor: Actor, found: Sequence[Pair]) -> Sequence[Pair]:
    """Return the pairs this person may see.

    To whom pages are lent: those of these pages and, if the memory comes with them, the others of the site, but of no
    page that is never sent anywhere; without colleagues' names and other pages' addresses.
    """
    loan = actor.loan
    if loan is None:
        return found
    others = pages_by_id(session, {one.page_id for one in found if one.page_id is not None} - loan.page_ids)
    closed = {page.id for page in others if page.never_send}
    return [
        replace(one, author=None, page=None)
        for one in found
        if one.page_id in loan.page_ids or (loan.memory and one.page_id not in closed)
    ]


def key_of(segment_id: int) -> str:
    """Return the key of a segment's approved text in the memory."""
    return f"segment:{segment_id}"


def _pair_of(segment_id: int, revision: Revision) -> NewPair:
    return NewPair(
        key=key_of(segment_id),
        source=revision.source,
        target=revision.text,
        kind=Kind.APPROVED,
        read=revision.origin.read_by_person,
        segment_id=segment_id,
        revision_id=revision.approved_as,
        author_id=revision.author_id,
        written_at=revision.created_at,
    )


def _once(pairs: Sequence[Pair]) -> list[Pair]:
    """Leave out pairs whose texts were there before."""
    seen: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        seen.setdefault((pair.source, pair.target), pair)
    return list(seen.values())
