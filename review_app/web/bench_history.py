"""A segment's history as the card shows it: who changed what, when, and how."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from review_app.accounts.service import names_of
from review_app.locale import N_
from review_app.review.veiling import veiled_name
from review_app.review.views import SegmentRow
from review_app.translations.origin import Origin
from review_app.translations.service import history_by_key
from review_app.web.address import Address
from review_app.web.context import actor, db, opened_site
from review_app.web.marking import Run, changed, marked

WHAT = {
    Origin.MACHINE: N_("machine translation"),
    Origin.MEMORY: N_("from the translation memory"),
    Origin.COPY: N_("the same in every language"),
    Origin.REPLACED: N_("a recurring correction put in"),
    Origin.HUMAN: N_("corrected"),
    Origin.IMPORT: N_("taken in"),
}
"""How a text came about."""

ACCEPTED, AGAIN = N_("accepted"), N_("the text before, again")


@dataclass(frozen=True, slots=True)
class Past:
    """A text of a segment; without an author it is the machine's. ``runs`` lead to it from the text before."""

    number: int
    text: str
    author: str | None
    at: datetime
    what: str
    runs: tuple[Run, ...]
    newest: bool


def past_of(at: Address, row: SegmentRow) -> tuple[Past, ...]:
    """Return a segment's texts, newest first; nothing where there is only one."""
    if row.revision <= 1:
        return ()
    revisions = history_by_key(db(), at.page_id, row.key, at.language)
    names = names_of(db(), {revision.author_id for revision in revisions if revision.author_id})
    me, site = actor(), opened_site(at.site)
    names = {person_id: veiled_name(name, me, site.name) for person_id, name in names.items()}
    before = [older.text for _, older in pairwise(revisions)]
    return tuple(
        Past(
            number=one.number,
            text=one.text,
            author=names.get(one.author_id or 0),
            at=one.created_at,
            what=_what(one.origin, accepted=one.accepted, carried=one.carried_from_id is not None),
            runs=changed(older, one.text) if older is not None else marked(one.text),
            newest=one is revisions[0],
        )
        for one, older in zip(revisions, [*before, None], strict=True)
    )


def _what(origin: Origin, *, accepted: bool, carried: bool) -> str:
    if carried and not origin.read_by_person:  # what somebody saved or accepted was undone
        return AGAIN
    return ACCEPTED if accepted else WHAT[origin]


def text_of(at: Address, key: str, number: int) -> str:
    """Return a segment's text of that number; none, if there is no such one."""
    revisions = history_by_key(db(), at.page_id, key, at.language)
    return next((revision.text for revision in revisions if revision.number == number), "")
