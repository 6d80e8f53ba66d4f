"""What readers report: their words land as a flag on the very passage, without an account and without a trace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.accounts.service import record
from review_app.checks.service import add_reader_flag, same_reader_flag
from review_app.db import hold, utc_now
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.publishing.passages import PassageKind
from review_app.publishing.public import live_page, place_of
from review_app.segments.service import occurrences_of
from review_app.segments.tables import Segment
from review_app.text.placeholders import plain
from review_app.translations.service import newest_revisions

LONGEST_REPORT = 1_000
MOST_PASSAGES = 300
"""Passages that a form offers to choose from."""

SENT_TWICE_WITHIN = timedelta(minutes=10)
"""So soon the same words about the same text are taken to be the same form, sent again."""

READER = Actor(name="a reader")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reportable:
    """A passage that a reader may report: where it stands, and the text that is shown."""

    place: str
    text: str


class Reported(NamedTuple):
    """A report that was taken: the flag it is, the language of the page that was read, and whether it is new."""

    site_id: int
    flag_id: int
    language: str
    new: bool = True


def reportable(session: Session, site_slug: str, language: str, path: str, edition: str = "") -> list[Reportable]:
    """Return the translated passages of a public page, in page order, as the edition has them that the reader saw."""
    live = live_page(session, site_slug, language, path, edition)
    return [
        Reportable(place_of(one), plain(one["text"])) for one in live.passages if one["kind"] != PassageKind.SOURCE
    ][:MOST_PASSAGES]


def report(
    session: Session, site_slug: str, language: str, path: str, *, place: str, words: str, edition: str = ""
) -> Reported:
    """Store a reader's words on the passage at this place of an edition, or on the page's first for the whole page.

    Returns the flag; a form that is sent twice is heard once.

    Raises ``BadInput`` for no words or too many, ``NotFound`` for a page that is not public.
    """
    words = _CONTROL.sub("", words).strip()
    if not words:
        raise BadInput(N_("Write what is wrong, in any language."))
    if len(words) > LONGEST_REPORT:
        raise BadInput(N_("Write at most {longest} characters."), longest=LONGEST_REPORT)
    live = live_page(session, site_slug, language, path, edition)
    shown = {place_of(one): one for one in live.passages if one["kind"] != PassageKind.SOURCE}
    segments = {f"{one.block}.{one.position}": one.segment_id for one in occurrences_of(session, live.page_version_id)}
    revisions = newest_revisions(session, [segments[key] for key in shown if key in segments], language)
    chosen = place if place in shown else ""
    for key in [chosen] if chosen else shown:
        revision = revisions.get(segments.get(key, 0))
        if revision is not None:
            about = _about(shown[key]) if chosen else ""
            hold(session, Segment.id, [segments[key]])
            told = same_reader_flag(session, revision, words, about, utc_now() - SENT_TWICE_WITHIN)
            if told is not None:
                return Reported(live.site_id, told.id, language, new=False)
            flag = add_reader_flag(session, revision, words, about)
            record(
                session,
                READER,
                "reader.report",
                f"revision:{revision.id}",
                site_id=live.site_id,
                after={"flag": flag.id, "path": path, "language": language},
            )
            return Reported(live.site_id, flag.id, language)
    raise NotFound(N_("This page is not published here."))


def _about(passage: Mapping[str, Any]) -> str:
    return str(passage["text"])
