"""The sentences of the pages as they stand: all of them, those that people have read, and those nobody has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from review_app.pages.service import newest_version_ids
from review_app.quality.service import risk_values
from review_app.reports.estimate import speaking
from review_app.reports.slices import Chosen
from review_app.scoring.filling import PageRows
from review_app.scoring.layout import NO_RISK
from review_app.scoring.service import page_rows
from review_app.segments.service import Placed, placed_segments
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision

AT_ONCE = 25
"""Sentences on a page of the list."""

STATES = ("read", "unread", "estimated")
"""Read by a person, read by nobody, and the machine's texts that the estimate of the whole site is of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence of a page and its newest text, if there is any; ``read`` by a person as it stands now."""

    page_id: int
    key: str
    source: str
    text: str | None
    read: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    page_id: int
    count: int


def standing(
    session: Session, chosen: Chosen, state: str | None, first: int = 0, most: int = AT_ONCE
) -> tuple[list[Standing], int]:
    """Return up to so many of the sentences in a state, from the given one on, page by page, and how many there are."""
    counts = list(_counts(session, chosen, state))
    wanted, skipped = _wanted(counts, first, most)
    found = _of_pages(session, chosen, state, wanted)
    return found[first - skipped : first - skipped + most], sum(page.count for page in counts)


def _counts(session: Session, chosen: Chosen, state: str | None) -> Iterator[_Counted]:
    pages, _ = page_rows(session, chosen.site.id, chosen.filter.language, chosen.page_ids)
    judged = dict(zip(*np.unique(speaking(chosen.segments.drafted()).pages, return_counts=True), strict=True))
    known = _known(chosen)
    for page in pages:
        if state == "estimated":
            yield _Counted(page.page_id, _unread_drafts(page, known=known) + int(judged.get(page.page_id, 0)))
        else:
            counts = {"read": page.read, "unread": page.segments - page.read}
            yield _Counted(page.page_id, counts.get(state or "", page.segments))


def _unread_drafts(page: PageRows, *, known: bool) -> int:
    bands = np.frombuffer(page.unread, dtype="<u4")
    return int((bands[:-1] if known else bands).sum())


def _known(chosen: Chosen) -> bool:
    """Say whether the estimate of the whole site goes by risk: then texts without one are no part of it."""
    return bool((chosen.segments.drafted().rows["risk"] != NO_RISK).any())


def _wanted(counts: Sequence[_Counted], first: int, most: int) -> tuple[list[int], int]:
    """Return the pages that a part of the list is of, and how many sentences stand before them."""
    wanted, before, skipped = [], 0, 0
    for page in counts:
        if before + page.count <= first:
            skipped += page.count
        elif before < first + most:
            wanted.append(page.page_id)
        before += page.count
    return wanted, skipped


def _of_pages(session: Session, chosen: Chosen, state: str | None, page_ids: Sequence[int]) -> list[Standing]:
    versions = newest_version_ids(session, page_ids)
    placed = placed_segments(session, list(versions.values()))
    ids = {one.segment_id for segments in placed.values() for one in segments}
    texts = newest_revisions(session, ids, chosen.filter.language)
    judged = set(speaking(chosen.segments.drafted()).rows["segment"].tolist())
    by_risk = state == "estimated" and _known(chosen)
    risks = risk_values(session, [one.id for one in texts.values()]) if by_risk else None

    def meant(segment: Placed) -> bool:
        text = texts.get(segment.segment_id)
        if state == "estimated":
            unread = text is not None and text.origin is Origin.MACHINE and (risks is None or text.id in risks)
            return unread or segment.segment_id in judged
        return state is None or _is_read(segment, text) is (state == "read")

    return [
        Standing(page_id, one.key, one.source, text.text if text else None, _is_read(one, text))
        for page_id in page_ids
        for one in placed[versions[page_id]]
        if meant(one)
        for text in [texts.get(one.segment_id)]
    ]


def _is_read(segment: Placed, text: Revision | None) -> bool:
    return text is not None and text.origin.read_by_person and text.source == segment.source
