"""A translator decides where a sentence ends: cut one in two, make one of two, take it back. It holds site-wide.

Texts are written for a sentence: after a cut or a join the old ones are offered to whoever translates the new ones,
and are nobody's translation of them. Taken back, the sentence that was has its texts and its approval again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page
from review_app.review.opening import OpenSegment, open_segment
from review_app.review.work import load_work
from review_app.segments.decided import active_rules, add_rule, end_rule, every_rule, pages_with, segments_of
from review_app.segments.recutting import recut_page, rule_for_cut, rule_for_join
from review_app.segments.rules import Rule, RuleKind
from review_app.segments.service import placed_segments
from review_app.sites.service import SiteView
from review_app.translations.service import newest_revisions

MOST_AT_ONCE = 20
"""Pages that are cut anew while somebody waits; a job does the others."""

JOB = "recut"
"""Name of the job that cuts the pages that are left."""

_ACTIONS = {RuleKind.CUT: "segment.cut", RuleKind.JOIN: "segment.join"}


@dataclass(frozen=True, slots=True)
class Recut:
    """What a decision did: to this page's sentences, by key in page order, and to how many pages.

    ``ended`` are the languages in which an approved text of the page left it; ``waiting`` says that a job has to cut
    further pages.
    """

    rule: Rule
    keys: tuple[str, ...]
    pages: int
    waiting: bool
    ended: tuple[str, ...]


def cut_sentence(session: Session, actor: Actor, page_id: int, language: str, key: str, *, at: int) -> Recut:
    """Cut a sentence before a character of its text, wherever it stands; raises ``BadInput`` where it cannot be."""
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    rule = rule_for_cut(session, place.site.id, place.page.version_id, place.source, at)
    return _decide(session, actor, place, rule)


def join_sentences(session: Session, actor: Actor, page_id: int, language: str, key: str, *, following: str) -> Recut:
    """Make one sentence of two that follow each other, wherever they do."""
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    other = open_segment(session, actor, page_id, language, Action.CORRECT, following)
    rule = rule_for_join(session, place.site.id, place.page.version_id, place.source, other.source)
    return _decide(session, actor, place, rule)


def take_back(session: Session, actor: Actor, page_id: int, language: str, key: str, rule_id: int) -> Recut:
    """Let a sentence be as it was before somebody decided otherwise; doing it twice does no harm."""
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    rule = next((rule for rule in active_rules(session, place.site.id) if rule.id == rule_id), None)
    if rule is None:
        raise NotFound(N_("This has been taken back already. Reload the page."))
    _require_work_of(session, actor, place, rule)
    before = approved_in(session, place.site, place.page)
    end_rule(session, rule.id)
    return _carried_out(session, actor, place, rule, "segment.recut_back", before)


def cut_elsewhere(session: Session, actor: Actor, site_id: int, rule_id: int) -> list[int]:
    """Return the pages that a decision may still have to reach; each is cut by ``recut_page``, once or twice alike."""
    actor.require(Action.CORRECT, site_id)
    rule = next((rule for rule in every_rule(session, site_id) if rule.id == rule_id), None)
    return pages_with(session, site_id, rule) if rule else []


def _decide(session: Session, actor: Actor, place: OpenSegment, rule: Rule) -> Recut:
    _require_work_of(session, actor, place, rule)
    before = approved_in(session, place.site, place.page)
    rule = rule._replace(id=add_rule(session, place.site.id, rule, actor.person_id))
    return _carried_out(session, actor, place, rule, _ACTIONS[rule.kind], before)


def _carried_out(
    session: Session, actor: Actor, place: OpenSegment, rule: Rule, action: str, before: Collection[tuple[str, int]]
) -> Recut:
    """Cut the pages anew, first what they share and the one at hand, and log it."""
    pages = pages_with(session, place.site.id, rule)
    shared = [page_id for page_id in pages if get_page(session, page_id).shared]
    order = list(dict.fromkeys([*shared, place.page.id, *pages]))
    at_once = order if actor.loan else order[:MOST_AT_ONCE]  # a loan ends with the request: no job goes on with it
    done = sum([recut_page(session, place.site.id, page_id) for page_id in at_once])
    page = get_page(session, place.page.id)
    after = approved_in(session, place.site, page)
    ended = sorted({language for language, _ in set(before) - set(after)})
    one, two = {"sentence": rule.whole}, {"first": rule.first, "second": rule.second}
    makes_two = (rule.kind is RuleKind.CUT) == (action != "segment.recut_back")
    record(
        session,
        actor,
        action,
        f"page:{place.page.id}",
        site_id=place.site.id,
        before={**(one if makes_two else two), "approved": sorted({language for language, _ in before})},
        after={**(two if makes_two else one), "rule": rule.id, "pages": done, "approval ended": ended},
    )
    session.flush()
    texts = {rule.first, rule.second} if makes_two else {rule.whole}
    placed = placed_segments(session, [page.version_id])[page.version_id]
    keys = tuple(one.key for one in placed if one.source in texts)
    return Recut(rule, keys, done, len(order) > len(at_once), tuple(ended))


def approved_in(session: Session, site: SiteView, page: PageView) -> set[tuple[str, int]]:
    """Return (language, segment) of the page's texts that are approved."""
    placed = placed_segments(session, [page.version_id])
    works = {language: load_work(session, site, [page], language, placed=placed) for language in site.languages}
    return {
        (language, segment.segment_id)
        for language, work in works.items()
        for segment in work.segments(page)
        if work.is_approved(page, segment)
    }


def _require_work_of(session: Session, actor: Actor, place: OpenSegment, rule: Rule) -> None:
    """Raise ``NotAllowed`` where people wrote texts of these sentences in a language that is not this person's.

    Whoever is lent pages decides of what stands on no other.
    """
    if actor.person_id is None:
        raise NotAllowed(N_("A correction needs a person's name. Sign in to correct."))
    site = place.site
    if actor.loan is not None and not actor.loan.page_ids >= set(pages_with(session, site.id, rule)):
        raise NotAllowed(N_("This sentence stands on pages outside your job, too. Ask for the cut in a comment."))
    ids = [found.id for text in (rule.whole, rule.first, rule.second) for found in segments_of(session, site.id, text)]
    others = [
        language
        for language in site.languages
        if not actor.may_on(Action.CORRECT, site.id, place.page.id, language)
        and any(head.origin.read_by_person for head in newest_revisions(session, ids, language).values())
    ]
    if others:
        raise NotAllowed(
            N_("Others have written texts of this sentence in {languages}. Ask somebody who corrects those languages."),
            languages=", ".join(sorted(others)),
        )
