"""Lists behind the numbers of the reports, beside the scored sentences: what stands, was read, submitted, is new."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from review_app.locale import N_
from review_app.pages.changes import new_versions
from review_app.reports import readings, standing
from review_app.reports.behind import choice
from review_app.reports.readings import read_by_people
from review_app.reports.reviewing import ANSWERS, answered, submissions
from review_app.reports.slices import Chosen
from review_app.web.context import db
from review_app.web.report_parts import SENTENCES, Asked, Part, Values, first_of, titles_of

AT_ONCE = 50
"""Rows on a page of the shorter lists."""


class _OfPage(Protocol):
    @property
    def page_id(self) -> int: ...


def sentences_of_pages(chosen: Chosen, asked: Asked) -> Values:
    """The sentences of the pages as they stand, read or not."""
    first, state = first_of(asked, standing.AT_ONCE), choice(asked, "state", standing.STATES)
    shown, count = standing.standing(db(), chosen, state, first)
    return _listed(shown, count, first, standing.AT_ONCE) | {"state": state}


def texts_read(chosen: Chosen, asked: Asked) -> Values:
    """What people have accepted or written, the newest first."""
    first, kind, about = first_of(asked, readings.AT_ONCE), choice(asked, "kind", readings.KINDS), chosen.filter
    read = read_by_people(chosen, about.since, about.until)
    shown, count = readings.readings(db(), read, kind, first)
    return _listed(shown, count, first, readings.AT_ONCE) | {"kind": kind}


def submitted_pages(chosen: Chosen, asked: Asked) -> Values:
    """The pages that were submitted, and their answers."""
    first, answer = first_of(asked, AT_ONCE), choice(asked, "answer", ANSWERS)
    found = answered(submissions(db(), chosen), answer)
    return _listed(found[first : first + AT_ONCE], len(found), first, AT_ONCE) | {"answer": answer}


def page_versions(chosen: Chosen, asked: Asked) -> Values:
    """The new versions of pages on the website."""
    first, since, until = first_of(asked, AT_ONCE), chosen.filter.since, chosen.filter.until
    found = new_versions(
        db(),
        chosen.site.id,
        chosen.page_ids,
        datetime.combine(since, time(0), UTC) if since else None,
        datetime.combine(until + timedelta(days=1), time(0), UTC) if until else None,
    )
    return _listed(found[first : first + AT_ONCE], len(found), first, AT_ONCE)


def _listed(shown: Sequence[_OfPage], count: int, first: int, at_once: int) -> Values:
    titles = titles_of({one.page_id for one in shown})
    return {"shown": shown, "titles": titles, "count": count, "first": first, "at_once": at_once}


LISTS = {
    "sentences": SENTENCES,
    "standing": Part("standing", N_("Sentences of the pages"), sentences_of_pages),
    "readings": Part("readings", N_("What people have read"), texts_read),
    "submissions": Part("submissions", N_("Submitted pages"), submitted_pages),
    "versions": Part("versions", N_("New versions of pages"), page_versions),
}
"""The lists by the names of their templates."""
