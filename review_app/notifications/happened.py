"""Reads what happened at a site from the log of changes, and from days that are near: nothing is pushed here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action
from review_app.accounts.tables import AuditEntry
from review_app.db import among
from review_app.notifications.kinds import ACTIONS, PART, Event, Kind
from review_app.pages.service import pages_by_id, paths_of
from review_app.review.assigning import SOON, holders
from review_app.review.tables import Assignment, Comment, Submission
from review_app.review.views import Assigned
from review_app.segments.tables import Segment
from review_app.sites.service import SiteView
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision, Translation

MOST = 300
"""Events of a site that are looked at, the newest: more is no list for people."""

LONGEST_WORDS = 500


def events_of(session: Session, site: SiteView, since: datetime, now: datetime) -> list[Event]:
    """Return what happened at a site since a moment, the newest first."""
    entries = _entries(session, site.id, since)
    around = _around(session, site, entries)
    found = [event for entry in entries if (event := _event(entry, around)) is not None]
    found += _due(session, site, around, since, now)
    return sorted(found, key=lambda event: (event.at, event.key), reverse=True)


def _entries(session: Session, site_id: int, since: datetime) -> Sequence[AuditEntry]:
    told = AuditEntry.action.in_(ACTIONS) & (AuditEntry.site_id == site_id) & (AuditEntry.at >= since)
    return session.scalars(select(AuditEntry).where(told).order_by(AuditEntry.at.desc()).limit(MOST)).all()


@dataclass(frozen=True, slots=True)
class _Around:
    """What events point to, looked up for all of them at once."""

    site: SiteView
    pages: dict[str, int]
    titles: dict[int, str]
    submitters: dict[int, int | None]
    segments: dict[int, tuple[int, str]]
    talkers: dict[tuple[int, str], frozenset[int]]
    reported: dict[int, int]
    holders: dict[str, dict[int | None, Assigned]]

    def holder(self, page_id: int | None, language: str) -> frozenset[int]:
        """Return who has a page, as a set of one or none."""
        held = self.holders.get(language, {})
        found = held.get(page_id) or held.get(None)
        return frozenset([found.person_id]) if found else frozenset()

    def title(self, page_id: int | None) -> str:
        """Return a page's title."""
        return self.titles.get(page_id or 0, "")

    def bench(self, page_id: int | None, language: str, key: str = "") -> str:
        """Return the path of a page's bench, at a passage if there is one."""
        at = f"/sites/{self.site.slug}/pages/{page_id}/{language}"
        return f"{at}?segment={key}#s-{key}" if key else at


def _around(session: Session, site: SiteView, entries: Sequence[AuditEntry]) -> _Around:
    pages = {path: page_id for page_id, path in paths_of(session, site.id)}
    reported = _segments_of(session, [_id(one) for one in entries if one.action == "reader.report"])
    said = [_id(one) for one in entries if one.action.startswith("comment.")]
    rows = session.execute(select(Segment.id, Segment.page_id, Segment.key).where(_in(Segment.id, said, reported)))
    segments = {segment_id: (page_id, key) for segment_id, page_id, key in rows}
    named = {pages[path] for one in entries if (path := _path(one)) in pages}
    submitted = [_id(one) for one in entries if one.subject.startswith("submission:")]
    senders = session.execute(select(Submission.id, Submission.submitted_by).where(_in(Submission.id, submitted)))
    held = {language: holders(session, site, language) for language in site.languages}
    ids = named | {page_id for page_id, _ in segments.values()} | {one for each in held.values() for one in each if one}
    return _Around(
        site=site,
        pages=pages,
        titles={page.id: page.title for page in pages_by_id(session, ids)},
        submitters=dict(senders.all()),
        segments=segments,
        talkers=_talkers(session, said, site.languages),
        reported=reported,
        holders=held,
    )


def _event(entry: AuditEntry, around: _Around) -> Event | None:
    """Return a change as an event; nothing where what it was about is gone, or its people were redacted."""
    kind, after = ACTIONS[entry.action], entry.after or {}
    if kind in {Kind.COMMENTED, Kind.SOURCE}:
        return _said(entry, kind, after, around)
    if kind is Kind.BUDGET:
        at = f"/sites/{around.site.slug}/engines"
        told = _made(entry, kind, around, None, "", at, "", None, Action.ADMINISTER)
        return replace(told, engine=str(after.get("engine", "")))
    language, page_id = str(after.get("language", "")), around.pages.get(_path(entry))
    if language not in around.site.languages:
        return None
    at, people, action, words = around.bench(page_id, language), frozenset[int](), Action.READ, ""
    if kind is Kind.ASSIGNED:
        people = frozenset([int(after["person_id"])]) if after.get("person_id") else people
        at = at if page_id else f"/sites/{around.site.slug}/pages?who=me"
    elif kind is Kind.REPORTED:
        people, action = around.holder(page_id, language), Action.CORRECT
        key = around.segments.get(around.reported.get(_id(entry), 0), (0, ""))[1]
        at = around.bench(page_id, language, key)
    elif kind is Kind.SUBMITTED:
        action, at = Action.APPROVE, f"/submissions/{_id(entry)}"
    else:
        sender = around.submitters.get(_id(entry))
        people = around.holder(page_id, language) | ({sender} if sender else set())
        words = str(after.get("comment", ""))[:LONGEST_WORDS]
    is_open = kind in {Kind.SUBMITTED, Kind.REPORTED} and not people
    return _made(entry, kind, around, page_id, language, at, words, None if is_open else people, action)


def _said(entry: AuditEntry, kind: Kind, after: dict[str, Any], around: _Around) -> Event | None:
    """Return a comment: it is for who talked or wrote there before, or has the page; of the Swedish, for editors."""
    segment_id, language = _id(entry), entry.subject.rpartition(":")[2]
    if segment_id not in around.segments or language not in around.site.languages:
        return None
    page_id, key = around.segments[segment_id]
    words = str(after.get("text", ""))[:LONGEST_WORDS]
    if kind is Kind.SOURCE:
        at = f"/sites/{around.site.slug}/pages/{page_id}#said-of-source"
        return _made(entry, kind, around, page_id, language, at, words, None, Action.IMPORT)
    people = around.talkers.get((segment_id, language), frozenset()) | around.holder(page_id, language)
    others = people - {entry.person_id} or None
    return _made(entry, kind, around, page_id, language, around.bench(page_id, language, key), words, others,
                 Action.CORRECT)  # fmt: skip


def _made(
    entry: AuditEntry, kind: Kind, around: _Around, page_id: int | None, language: str, address: str, words: str,
    people: Collection[int] | None, action: Action,
) -> Event:  # fmt: skip
    return Event(
        part=entry.action == PART,
        key=f"log:{entry.id}",
        kind=kind,
        at=entry.at,
        site_id=around.site.id,
        by=entry.person_id,
        who=entry.actor,
        page=around.title(page_id),
        language=language,
        address=address,
        words=words,
        people=None if people is None else frozenset(people),
        action=action,
    )


def _due(session: Session, site: SiteView, around: _Around, since: datetime, now: datetime) -> Iterator[Event]:
    """Yield what is due soon and was not submitted since it was given: it happens when the day comes near."""
    rows = session.scalars(select(Assignment).where(Assignment.site_id == site.id, Assignment.due_on.is_not(None)))
    given = [row for row in rows if row.due_on is not None]
    sent = _last_submitted(session, [row.page_id for row in given if row.page_id is not None])
    for row in given:
        near = datetime.combine(row.due_on - SOON, time(), ZoneInfo(site.timezone)) if row.due_on else now
        at = max(near, row.assigned_at)
        submitted = sent.get((row.page_id, row.language))
        if since <= at <= now and (submitted is None or submitted < row.assigned_at):
            address = around.bench(row.page_id, row.language) if row.page_id else f"/sites/{site.slug}/pages?who=me"
            yield Event(
                key=f"due:{row.id}:{row.due_on}",
                kind=Kind.DUE,
                at=at,
                site_id=site.id,
                by=None,
                who="",
                page=around.title(row.page_id),
                language=row.language,
                address=address,
                people=frozenset([row.person_id]),
            )


def _last_submitted(session: Session, page_ids: Sequence[int]) -> dict[tuple[int | None, str], datetime]:
    rows = session.execute(
        select(Submission.page_id, Submission.language, func.max(Submission.submitted_at))
        .where(among(Submission.page_id, page_ids))
        .group_by(Submission.page_id, Submission.language)
    )
    return {(page_id, language): at for page_id, language, at in rows}


def _segments_of(session: Session, revision_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Revision.id, Translation.segment_id)
        .join(Translation, Revision.translation_id == Translation.id)
        .where(among(Revision.id, revision_ids))
    )
    return dict(rows.all())


def _talkers(
    session: Session, segment_ids: Sequence[int], languages: Iterable[str]
) -> dict[tuple[int, str], frozenset[int]]:
    """Return who wrote a comment on a segment, or its newest text."""
    found: dict[tuple[int, str], set[int]] = {}
    comments = select(Comment.segment_id, Comment.language, Comment.author_id)
    for segment_id, language, author in session.execute(comments.where(among(Comment.segment_id, segment_ids))):
        found.setdefault((segment_id, language), set()).add(author)
    for language in languages if segment_ids else ():
        for segment_id, revision in newest_revisions(session, segment_ids, language).items():
            if revision.author_id:
                found.setdefault((segment_id, language), set()).add(revision.author_id)
    return {place: frozenset(people) for place, people in found.items()}


def _in(column: Any, said: Sequence[int], reported: dict[int, int] | None = None) -> Any:
    return among(column, [*said, *(reported or {}).values()])


def _id(entry: AuditEntry) -> int:
    """Return the id in a subject such as ``submission:7``."""
    number = entry.subject.split(":")[1] if ":" in entry.subject else ""
    return int(number) if number.isdigit() else 0


def _path(entry: AuditEntry) -> str:
    after = entry.after or {}
    return str(after.get("page", after.get("path", "\0")))
