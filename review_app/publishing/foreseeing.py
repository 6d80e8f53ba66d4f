"""What readers would see of a submission if it were approved and published now: each passage, and the notice."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.publishing.content import Shown
from review_app.publishing.editions import Edition, edition_of, facts_of, passages_of
from review_app.publishing.notice import notice
from review_app.publishing.passages import PassageKind
from review_app.publishing.service import attribute_text, content_of
from review_app.publishing.wording import wording
from review_app.review.answering import authors_of
from review_app.review.opening import open_page
from review_app.review.states import Basis, Verdict
from review_app.review.submissions import get_submission
from review_app.review.tables import Decision, Submission
from review_app.sites.service import SiteView

Place = tuple[int, int]
"""A block of the page, and the position of a passage in it."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What each passage would be to readers, and the notice, by what the approval stands on."""

    kinds: Mapping[Place, PassageKind]
    notices: Mapping[Basis, str]


@dataclass(frozen=True, slots=True)
class ForeseenPage:
    """A submission as readers would be given it; ``addresses`` are those of the websites its pictures come from."""

    site: SiteView
    language: str
    title: str
    html: str
    notice: str
    addresses: tuple[str | None, ...]


def foresee(session: Session, actor: Actor, submission_id: int) -> Foreseen:
    """Return what readers would be shown and told of a submission that this person approved as a whole."""
    submission = get_submission(session, submission_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.READ)
    say = wording(session, page.site_id, submission.language).say
    notices: dict[Basis, str] = {}
    shown: list[Shown] = []
    for basis in Basis:
        edition = _edition(session, actor, submission, basis)
        shown, _sources = passages_of(session, work.site, page, submission.language, edition)
        notices[basis] = notice(facts_of(work.site, edition, shown), submission.language, say=say)
    return Foreseen({(one.block, one.position): one.kind for one in shown}, notices)


def foresee_page(session: Session, actor: Actor, submission_id: int) -> ForeseenPage:
    """Return the page that readers would be given if somebody who reads the language approved a submission now."""
    submission = get_submission(session, submission_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.READ)
    site, language = work.site, submission.language
    edition = _edition(session, actor, submission, Basis.READS)
    shown, _sources = passages_of(session, site, page, language, edition)
    document, html = content_of(session, site, page, language, edition.version_id, shown)
    told = notice(facts_of(site, edition, shown), language, say=wording(session, site.id, language).say)
    return ForeseenPage(
        site, language, attribute_text(document, shown, "title") or page.title, html, told, (site.base_url, page.url)
    )


def _edition(session: Session, actor: Actor, submission: Submission, basis: Basis) -> Edition:
    decision = Decision(
        verdict=Verdict.APPROVED,
        basis=basis,
        decided_at=utc_now(),
        one_person=actor.person_id in authors_of(session, submission),
    )  # never added to the session
    return edition_of(session, submission, decision)
