"""The queue: the passages of a site where a person's time is worth most, across pages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, pages_of
from review_app.quality.service import Risk
from review_app.quality.triage import risk_level
from review_app.review.assigning import holder_of, holders, is_with_another
from review_app.review.commented import comments_of
from review_app.review.effort import minutes, words_in
from review_app.review.heads import head_of
from review_app.review.narrowing import TODAY, Narrow, Passage, passes
from review_app.review.rows import explained_risks
from review_app.review.states import BEING_CORRECTED
from review_app.review.views import Assigned
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed
from review_app.sites.policy import ContentClass
from review_app.sites.service import SiteView, get_site
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
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a language: a stretch of the spot checks, in the order of pages, and of the rest by their gain.

    Both stretches begin after ``first`` passages of their list; ``after`` counts what comes behind them.
    ``waiting`` counts all of them, ``minutes`` is how long they take, about; ``has_risk`` whether the order rests on
    estimated risk. ``kinds``: how many of what waits, whatever is asked for, have a flag of a kind, the most first.
    """

    spot_checks: tuple[Queued, ...]
    passages: tuple[Queued, ...]
    waiting: int
    minutes: int
    has_risk: bool
    first: int
    after: int
    kinds: tuple[tuple[str, int], ...] = ()


Place = tuple[PageView, Placed]
Held = Mapping[int | None, Assigned]

EVERYTHING = Narrow()


def queue(
    session: Session,
    actor: Actor,
    site_slug: str,
    language: str,
    most: int = 60,
    asked: Narrow = EVERYTHING,
    first: int = 0,
) -> Queue:
    """Return the passages of a site that wait for a person, or are asked for, crises first, ``most`` of each kind.

    ``first`` of each kind are passed over; where that leaves none, since people have read them meanwhile, the last
    ``most`` or fewer that a step of ``most`` leads to. Raises ``NotFound`` for a site or language the actor cannot see.
    """
    site = open_queue(session, actor, site_slug, language)
    work = load_work(session, site, pages_of(session, site.id), language)
    waiting, hidden, shown, comments = _asked(session, actor, work, asked)
    every = [segment for _, segment in (*hidden, *shown)]
    longest = max(len(hidden), len(shown), 1)
    first = min(first, (longest - 1) // most * most)
    present = slice(first, first + most)
    risks = explained_risks(session, work, [segment for _, segment in shown[present]])
    return Queue(
        spot_checks=tuple(_queued(work, risks, comments, *place) for place in hidden[present]),
        passages=tuple(_queued(work, risks, comments, *place) for place in shown[present]),
        waiting=len(every),
        minutes=minutes(
            sum(words_in(one.source) for one in every if not work.is_read(one)),
            sum(bool(work.open_flags(one)) for one in every),
        ),
        has_risk=any(work.risk(segment) is not None for _, segment in shown),
        first=first,
        after=len(hidden[first + most :]) + len(shown[first + most :]),
        kinds=tuple(Counter(kind for _, one in waiting for kind in _kinds(work, one)).most_common()),
    )


def passages_asked(session: Session, actor: Actor, work: Work, asked: Narrow) -> list[Place]:
    """Return the passages that are asked for, the most urgent first; no spot checks."""
    return _asked(session, actor, work, asked)[2]


def _asked(
    session: Session, actor: Actor, work: Work, asked: Narrow
) -> tuple[list[Place], list[Place], list[Place], "Comments"]:
    """Return all that waits, and of what is asked for the spot checks and the rest, with the comments looked at."""
    places = [(page, segment) for page in work.pages for segment in work.segments(page)]
    waiting = [place for place in places if work.gain(*place) > 0]
    hidden = [] if asked.looks_at_flags else [place for place in places if work.is_spot_check(place[1])]
    shown = [place for place in places if not work.is_spot_check(place[1])] if asked.state else waiting
    comments = _comments(session, work.language, [segment for _, segment in (*hidden, *shown)]) if asked.text else {}
    if asked.narrows:
        held = holders(session, work.site, work.language)
        today = _for_today(work, held, actor) if asked.state == TODAY else frozenset()
        looked = {True: hidden, False: shown}
        hidden, shown = (
            [
                one
                for one in looked[secret]
                if passes(_passage(work, held, comments, today, *one), asked, actor.person_id)
            ]
            for secret in (True, False)
        )
    return waiting, hidden, sorted(shown, key=lambda place: _urgency(work, *place)), comments


def _for_today(work: Work, held: Held, actor: Actor) -> frozenset[int]:
    """Return the ids of pages that the start page counts: translators work on them, and nobody but oneself has them."""
    return frozenset(
        page.id
        for page in work.pages
        if not is_with_another(holder_of(held, page.id), actor.person_id)
        and head_of(work, page).state in BEING_CORRECTED
    )


def open_queue(session: Session, actor: Actor, site_slug: str, language: str) -> SiteView:
    """Return a site whose passages in a language the actor may see; raises ``NotFound``."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return site


Comments = Mapping[int, tuple[str, ...]]


def _comments(session: Session, language: str, segments: Sequence[Placed]) -> Comments:
    found = comments_of(session, [segment.segment_id for segment in segments], language)
    return {segment_id: tuple(comment.text for comment in said) for segment_id, said in found.items()}


def _kinds(work: Work, segment: Placed) -> set[str]:
    return {flag.name for flag in work.open_flags(segment)}


def _passage(
    work: Work, held: Held, comments: Comments, today: Collection[int], page: PageView, segment: Placed
) -> Passage:
    """Return what can be asked for of a passage; flags and risk of a spot check are not known here."""
    revision, risk = work.revisions.get(segment.segment_id), work.risk(segment)
    holder = holder_of(held, page.id)
    states = {"untranslated"} if revision is None else {"read"} if work.is_read(segment) else {"machine"}
    if revision is not None and revision.source != segment.source:
        states = {"stale"}
    if page.id in today and work.is_risky(segment):
        states.add(TODAY)
    return Passage(
        texts=(plain(segment.source), _text(work, segment), *comments.get(segment.segment_id, ())),
        states=states,
        kinds=_kinds(work, segment),
        level=None if risk is None else risk_level(risk),
        holder_id=holder.person_id if holder else None,
        content_class=page.content_class,
    )


def _text(work: Work, segment: Placed) -> str:
    revision = work.revisions.get(segment.segment_id)
    return plain(revision.text) if revision else ""


def _urgency(work: Work, page: PageView, segment: Placed) -> tuple[bool, float, str, int]:
    return page.content_class is not ContentClass.CRISIS, -work.gain(page, segment), page.path, segment.number


def _queued(work: Work, risks: Mapping[int, Risk], comments: Comments, page: PageView, segment: Placed) -> Queued:
    return Queued(
        page_id=page.id,
        title=page.title,
        content_class=page.content_class,
        visits=page.visits,
        key=segment.key,
        source=plain(segment.source),
        text=_text(work, segment),
        flags=tuple(flag.severity for flag in work.open_flags(segment)),
        risk=risks.get(segment.segment_id),
        gain=work.gain(page, segment),
        comments=comments.get(segment.segment_id, ()),
    )
