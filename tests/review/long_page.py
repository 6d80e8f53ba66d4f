"""A page where everything occurs that a list can be narrowed to, made by lot; and what a list is, in plain Python."""

from random import Random

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.quality.tables import AuditDraw, Estimate
from review_app.quality.triage import presumed_risk
from review_app.review import decisions
from review_app.review.commented import comments_of
from review_app.review.commenting import comment_on, settle
from review_app.review.gating import allow
from review_app.review.service import accept, row, save
from review_app.review.states import About, Basis
from review_app.review.views import SegmentRow
from review_app.segments.service import import_page
from review_app.translations.service import newest_revisions
from tests.builders import BuiltPage, Town, build_page

SENTENCES = [f"Mening {n} handlar om något nytt som ingen annan gör." for n in range(40)]


def html_of(sentences: list[str]) -> str:
    """Return a page of paragraphs, every third with two sentences and one that stands twice."""
    body = "".join(f"<p>{text}</p>" if n % 3 else f"<p>{text} Ring oss.</p>" for n, text in enumerate(sentences))
    return f"<html lang=sv><title>Lång sida</title><main><h1>Lång sida</h1>{body}</main></html>"


def build_long_page(session: Session, town: Town, seed: int) -> BuiltPage:
    """Take a page in, let people work on it, approve a part, work on, and let the source change."""
    lot = Random(seed)
    texts = {"Lång sida": "A long page", "Ring oss.": "Call us."}
    texts |= {text: f"Sentence {n} is about ÅNGEST or {n}." for n, text in enumerate(SENTENCES) if lot.random() < 0.9}
    page = build_page(session, town.site_id, html=html_of(SENTENCES), path="lang", machine=texts, check=False)
    _find(session, page, lot)
    _work(session, town, page, lot)
    if seed % 2:
        submission = decisions.submit(session, town.anna, page.page_id, "en")
        allow(session, town.carin, submission, reason="A test.")
        if seed % 3:
            decisions.approve(session, town.bo, submission, basis=Basis.READS)
        else:
            keys = [segment.key for segment in page.segments]
            comments = {key: f"Not {key}" for key in keys[:2]}
            decisions.approve_part(
                session, town.bo, submission, keys=keys[2:], basis=Basis.READS, comments=comments, comment="No."
            )
    if seed % 4:
        _work(session, town, page, lot)
        changed = [text.replace("nytt", "annat") if lot.random() < 0.2 else text for text in SENTENCES]
        import_page(session, COMMAND_LINE, town.site_id, body=html_of(changed[1:]).encode(), path="lang", origin="test")
        _find(session, page, lot)
    return page


def _find(session: Session, page: BuiltPage, lot: Random) -> None:
    """Let checks and the model have found something, and some texts be spot checks."""
    ids = [segment.segment_id for segment in page.segments]
    for revision in newest_revisions(session, ids, "en").values():
        for severity in lot.sample(["critical", "major", "minor"], lot.choice([0, 0, 1, 2])):
            state = lot.choice([FlagState.OPEN, FlagState.OPEN, FlagState.DISMISSED])
            session.add(
                Flag(
                    revision_id=revision.id,
                    name="number",
                    severity=severity,
                    category="accuracy",
                    message_id="number_differs",
                    values={},
                    state=state,
                )
            )
        if lot.random() < 0.7 and session.get(Estimate, revision.id) is None:
            session.add(Estimate(revision_id=revision.id, model="m", risk=round(lot.random(), 2), reasons=[]))
        if lot.random() < 0.2 and session.get(AuditDraw, revision.id) is None:
            session.add(AuditDraw(revision_id=revision.id, share=0.2, seed=1))
    session.flush()


def _work(session: Session, town: Town, page: BuiltPage, lot: Random) -> None:
    for segment in page.segments:
        number = row(session, town.anna, page.page_id, "en", segment.key).revision
        done = lot.random()
        if done < 0.2:
            save(session, town.anna, page.page_id, "en", segment.key, text=f"Rättad {lot.random()}", based_on=number)
        elif done < 0.4 and number:
            accept(session, town.anna, page.page_id, "en", segment.key, based_on=number)
        if lot.random() < 0.15:
            about = lot.choice(list(About))
            language = "ar" if lot.random() < 0.3 else "en"
            comment_on(session, town.carin, page.page_id, language, segment.key, text="Är DET så?", about=about)
        for said in comments_of(session, [segment.segment_id], "en").get(segment.segment_id, ()):
            if lot.random() < 0.3:
                settle(session, town.carin, page.page_id, "en", segment.key, comment_id=said.id, closed=True)


def needs_work(row: SegmentRow) -> bool:
    """Whether a person still has something to do here."""
    return not row.read or bool(row.open_flags)


def matches(row: SegmentRow, show: str, search: str = "") -> bool:
    """Whether a row is among those asked for."""
    kinds = {
        "all": True,
        "flagged": bool(row.open_flags),
        "unread": not row.read,
        "risk": needs_work(row),
        "stale": row.stale,
        "commented": bool(row.open_comments),
    }
    texts = (row.source, row.text or "", *(comment.text for comment in row.comments))
    return kinds[show] and any(search.casefold() in text.casefold() for text in texts)


def in_order(rows: list[SegmentRow], show: str) -> list[SegmentRow]:
    """Return rows in the order they are listed: that of the page, or the riskiest first and spot checks before them."""

    def urgency(row: SegmentRow) -> tuple[bool, float, int]:
        presumed = presumed_risk(flag.severity for flag in row.open_flags)
        return not row.spot_check, -(row.risk.value if row.risk else presumed), row.number

    return sorted(rows, key=urgency) if show == "risk" else rows


def following(rows: list[SegmentRow], after: str | None) -> list[SegmentRow]:
    """Return the rows in the order in which they come after one of them, which is left out."""
    at = next((index + 1 for index, row in enumerate(rows) if row.key == after), 0)
    return [row for row in [*rows[at:], *rows[:at]] if row.key != after]
