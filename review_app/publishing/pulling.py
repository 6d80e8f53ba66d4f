"""Takes things off the public side at once: a passage, wherever it is shown, or a whole language."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import hold
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.memory.service import forget
from review_app.pages.service import get_page, pages_of
from review_app.pages.tables import Page
from review_app.publishing.content import Shown
from review_app.publishing.notice import facts_from
from review_app.publishing.passages import PassageKind
from review_app.publishing.service import Issue, live_publications, put_before_the_public, withdraw
from review_app.publishing.tables import Publication, PulledText
from review_app.review.remembering import key_of, remember_site
from review_app.segments.service import find_segment, occurrences_of
from review_app.segments.tables import Occurrence, Segment
from review_app.sites.service import site_by_id


def pull_passage(session: Session, actor: Actor, page_id: int, language: str, key: str) -> int:
    """Show the Swedish instead of a passage's present public text, on every page; returns on how many.

    The text is not published again, nor offered by the memory; another text of the passage is. Raises ``NotFound``
    when none is public.
    """
    page = get_page(session, page_id)
    actor.require(Action.PUBLISH, page.site_id, language)
    segment_id = find_segment(session, page_id, key)
    showing = _held(session, segment_id, language) if segment_id is not None else []
    pulled: set[str] = set()
    for publication in showing:
        pulled |= _issue_without(session, actor, publication, segment_id)
    if not pulled:
        raise NotFound(N_("This passage is not public in this language."))
    if segment_id is not None:
        forget(session, page.site_id, language, [key_of(segment_id)])
    for text in sorted(pulled):
        session.add(PulledText(segment_id=segment_id, language=language, text=text, pulled_by=actor.person_id))
    record(
        session,
        actor,
        "passage.pull",
        f"segment:{segment_id}:{language}",
        site_id=page.site_id,
        before={"texts": sorted(pulled), "pages": len(showing)},
    )
    session.flush()
    return len(showing)


def fill_memory(session: Session, actor: Actor, site_id: int) -> int:
    """Put every approved text of a site that still holds into its memory, but none that was pulled; returns how many.

    Approving does so page by page: this is for approvals that are older than the memory.
    """
    pulled = session.execute(
        select(PulledText.language, PulledText.segment_id)
        .join(Segment, PulledText.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == site_id)
    )
    apart_from = {(language, segment_id) for language, segment_id in pulled}
    return remember_site(session, actor, site_by_id(session, site_id), apart_from=apart_from)


def pull_language(session: Session, actor: Actor, site_id: int, language: str) -> int:
    """Take every page of a site off the public side in a language; returns how many."""
    actor.require(Action.PUBLISH, site_id, language)
    pages = [page.id for page in pages_of(session, site_id)]
    hold(session, Page.id, pages)
    live = live_publications(session, pages, language)
    for page_id in live:
        withdraw(session, actor, page_id, language)
    return len(live)


def _held(session: Session, segment_id: int, language: str) -> list[Publication]:
    """Return what is public now of the pages that the segment stands on, while nobody else publishes them."""
    hold(session, Page.id, {publication.page_id for publication in _showing(session, segment_id, language)})
    return _showing(session, segment_id, language)


def _showing(session: Session, segment_id: int, language: str) -> list[Publication]:
    """Return what is public now of the pages that the segment stands on."""
    versions = select(Occurrence.page_version_id).where(Occurrence.segment_id == segment_id)
    return list(
        session.scalars(
            select(Publication).where(
                Publication.page_version_id.in_(versions),
                Publication.language == language,
                Publication.ended_at.is_(None),
            )
        )
    )


def _issue_without(session: Session, actor: Actor, live: Publication, segment_id: int | None) -> set[str]:
    """Replace what is public by the same without the passage's text; returns the texts that went."""
    places = {
        (place.block, place.position)
        for place in occurrences_of(session, live.page_version_id)
        if place.segment_id == segment_id
    }
    shown = [Shown(one["block"], one["position"], PassageKind(one["kind"]), one["text"]) for one in live.passages]
    sources = [one["source"] for one in live.passages]
    gone = {
        index
        for index, passage in enumerate(shown)
        if (passage.block, passage.position) in places and passage.kind is not PassageKind.SOURCE
    }
    if not gone:
        return set()
    left = tuple(
        replace(passage, kind=PassageKind.SOURCE, text=sources[index]) if index in gone else passage
        for index, passage in enumerate(shown)
    )
    facts = replace(
        facts_from(live.facts),
        read=sum(passage.kind is PassageKind.READ for passage in left),
        machine=sum(passage.kind is PassageKind.MACHINE for passage in left),
    )
    page = get_page(session, live.page_id)
    issue = Issue(live.page_version_id, live.submission_id, left, tuple(sources), facts)
    put_before_the_public(session, actor, site_by_id(session, page.site_id), page, live.language, issue)
    return {shown[index].text for index in gone}
