"""The queue: the passages of a site where a person's time is worth most, across pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, pages_of
from review_app.quality.service import Risk
from review_app.review.effort import minutes, seconds_left
from review_app.review.queries import Work, load_work
from review_app.segments.service import Placed
from review_app.sites.policy import ContentClass
from review_app.sites.service import get_site
from review_app.text.placeholders import plain


@dataclass(frozen=True, slots=True)
class Queued:
    """A passage that waits for a person, without its markup, where it stands, and what reading it is worth."""

    page_id: int
    title: str
    path: str
    content_class: ContentClass
    visits: int
    key: str
    number: int
    source: str
    text: str
    flags: tuple[str, ...]
    risk: Risk | None
    gain: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a language: spot checks, in the order of pages, and the rest by what is to be gained."""

    spot_checks: tuple[Queued, ...]
    passages: tuple[Queued, ...]

    @property
    def minutes(self) -> int:
        """How long all of it takes, about."""
        return minutes(sum(item.seconds for item in (*self.spot_checks, *self.passages)))

    @property
    def has_risk(self) -> bool:
        """Whether the order rests on estimated risk."""
        return any(item.risk is not None for item in self.passages)


def queue(session: Session, actor: Actor, site_slug: str, language: str) -> Queue:
    """Return the passages of a site that wait for a person, crises first; what pages share counts as a page.

    Raises ``NotFound`` for a site or language the actor cannot see.
    """
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    work = load_work(session, site, pages_of(session, site.id), language)
    hidden, shown = [], []
    for page in work.pages:
        for segment in work.segments(page):
            if work.is_spot_check(segment):
                hidden.append(_queued(work, page, segment))
            elif work.gain(page, segment) > 0:
                shown.append(_queued(work, page, segment))
    return Queue(tuple(hidden), tuple(sorted(shown, key=_urgency)))


def _urgency(item: Queued) -> tuple[bool, float, str, int]:
    return item.content_class is not ContentClass.CRISIS, -item.gain, item.path, item.number


def _queued(work: Work, page: PageView, segment: Placed) -> Queued:
    severities = tuple(_severities(work, segment))
    return Queued(
        page_id=page.id,
        title=page.title,
        path=page.path,
        content_class=page.content_class,
        visits=page.visits,
        key=segment.key,
        number=segment.number,
        source=plain(segment.source),
        text=plain(work.revisions[segment.segment_id].text),
        flags=severities,
        risk=work.risk(segment),
        gain=work.gain(page, segment),
        seconds=seconds_left(segment.source, read=work.is_read(segment), flagged=bool(severities)),
    )


def _severities(work: Work, segment: Placed) -> Iterator[str]:
    for flag in work.open_flags(segment):
        yield flag.severity
