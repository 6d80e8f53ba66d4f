"""The rules of where sentences end that people made: which hold at a site, and by which a page version was cut."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.db import add_missing, utc_now
from review_app.pages.tables import Page, PageVersion
from review_app.segments.rules import Rule
from review_app.segments.tables import CutRule, Occurrence, Segment, VersionCut
from review_app.text.normalise import source_hash


def active_rules(session: Session, site_id: int) -> list[Rule]:
    """Return the rules that hold at a site, in the order in which they were made."""
    rows = select(CutRule).where(CutRule.site_id == site_id, CutRule.ended_at.is_(None)).order_by(CutRule.id)
    return [_rule(row) for row in session.scalars(rows)]


def every_rule(session: Session, site_id: int) -> list[Rule]:
    """Return the rules that anybody made at a site, those that were taken back too."""
    return [
        _rule(row) for row in session.scalars(select(CutRule).where(CutRule.site_id == site_id).order_by(CutRule.id))
    ]


def rules_of_version(session: Session, version_id: int) -> list[Rule]:
    """Return the rules that a page version was cut by."""
    rows = select(CutRule).join(VersionCut, VersionCut.rule_id == CutRule.id)
    return [
        _rule(row) for row in session.scalars(rows.where(VersionCut.page_version_id == version_id).order_by(CutRule.id))
    ]


def note_rules(session: Session, version_id: int, rule_ids: Collection[int]) -> None:
    """Remember which rules a page version was cut by."""
    add_missing(session, VersionCut, [{"page_version_id": version_id, "rule_id": rule_id} for rule_id in rule_ids])


def add_rule(session: Session, site_id: int, rule: Rule, person_id: int | None) -> int:
    """Store a rule and return its id; the one it is given with does not count."""
    row = CutRule(site_id=site_id, person_id=person_id, **{k: v for k, v in rule._asdict().items() if k != "id"})
    session.add(row)
    session.flush()
    return row.id


def end_rule(session: Session, rule_id: int) -> None:
    """Take a rule back: pages are cut as if it had never been made."""
    session.get_one(CutRule, rule_id).ended_at = utc_now()
    session.flush()


def pages_with(session: Session, site_id: int, rule: Rule) -> list[int]:
    """Return the pages whose newest version has what a rule is about, or was cut by it; the shared one comes first."""
    newest = (
        select(func.max(PageVersion.id))
        .join(Page, PageVersion.page_id == Page.id)
        .where(Page.site_id == site_id)
        .group_by(Page.id)
    )
    texts = [rule.whole, rule.first]
    standing = (
        select(Occurrence.page_version_id)
        .join(Segment, Occurrence.segment_id == Segment.id)
        .where(Segment.source_hash.in_(map(source_hash, texts)), Occurrence.source.in_(texts))
    )
    by_rule = select(VersionCut.page_version_id).where(VersionCut.rule_id == rule.id)
    rows = (
        select(Page.id)
        .join(PageVersion, PageVersion.page_id == Page.id)
        .where(PageVersion.id.in_(newest), PageVersion.id.in_(standing) | PageVersion.id.in_(by_rule))
        .order_by(Page.shared.desc(), Page.id)
    )
    return list(session.scalars(rows))


def segments_of(session: Session, site_id: int, text: str) -> list[Segment]:
    """Return the segments of a site that have this text, also those that have left their pages."""
    rows = select(Segment).join(Page, Segment.page_id == Page.id)
    rows = rows.where(Segment.source_hash == source_hash(text), Page.site_id == site_id).order_by(Segment.id)
    return [segment for segment in session.scalars(rows) if segment.source == text]


def _rule(row: CutRule) -> Rule:
    return Rule(row.id, row.kind, row.whole, row.at, row.first, row.second)
