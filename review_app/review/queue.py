"""The queue: the passages of a site where a person's time is worth most, across pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, pages_of
from review_app.quality.service import Risk
from review_app.review.effort import minutes, seconds_left
from review_app.review.queries import explained_risks
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed
from review_app.sites.policy import ContentClass
from review_app.sites.service import get_site
from review_app.text.placeholders import plain


@dataclass(frozen=True, slots=True)
class Queued:
    """A passage that waits for a person, without its markup, where it stands, and what reading it is worth."""

    page_id: int
    title: str
    content_class: ContentClass
    visits: int
    key: str
    source: str
    text: str
    flags: tuple[str, ...]
    risk: Risk | None
    gain: float


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a language: the first spot checks, in the order of pages, and the first of the rest by their gain.

    ``waiting`` counts all of them, ``minutes`` is how long they take, about; ``has_risk`` whether the order rests on
    estimated risk.
    """

    spot_checks: tuple[Queued, ...]
    passages: tuple[Queued, ...]
    waiting: int
    minutes: int
    has_risk: bool


Place = tuple[PageView, Placed]


def queue(session: Session, actor: Actor, site_slug: str, language: str, most: int = 60) -> Queue:
    """Return the passages of a site that wait for a person, crises first, ``most`` of each kind.

    Raises ``NotFound`` for a site or language the actor cannot see.
    """
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    work = load_work(session, site, pages_of(session, site.id), language)
    places = [(page, segment) for page in work.pages for segment in work.segments(page)]
    hidden = [place for place in places if work.is_spot_check(place[1])]
    shown = sorted((place for place in places if work.gain(*place) > 0), key=lambda place: _urgency(work, *place))
    left = sum(_seconds(work, segment) for _, segment in (*hidden, *shown))
    risks = explained_risks(session, work, [segment for _, segment in shown[:most]])
    return Queue(
        spot_checks=tuple(_queued(work, risks, *place) for place in hidden[:most]),
        passages=tuple(_queued(work, risks, *place) for place in shown[:most]),
        waiting=len(hidden) + len(shown),
        minutes=minutes(left),
        has_risk=any(work.risk(segment) is not None for _, segment in shown),
    )


def _urgency(work: Work, page: PageView, segment: Placed) -> tuple[bool, float, str, int]:
    return page.content_class is not ContentClass.CRISIS, -work.gain(page, segment), page.path, segment.number


def _seconds(work: Work, segment: Placed) -> float:
    return seconds_left(segment.source, read=work.is_read(segment), flagged=bool(work.open_flags(segment)))


def _queued(work: Work, risks: Mapping[int, Risk], page: PageView, segment: Placed) -> Queued:
    return Queued(
        page_id=page.id,
        title=page.title,
        content_class=page.content_class,
        visits=page.visits,
        key=segment.key,
        source=plain(segment.source),
        text=plain(work.revisions[segment.segment_id].text),
        flags=tuple(flag.severity for flag in work.open_flags(segment)),
        risk=risks.get(segment.segment_id),
        gain=work.gain(page, segment),
    )
