"""Use cases of flags: check the revisions that lack it, list flags, dismiss a false alarm."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks import SIGNATURE, check_pair
from review_app.checks.finding import Finding, Severity
from review_app.checks.guide import NO_GUIDE, Guide
from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import CheckRun, Flag
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.translations.tables import Revision

READER = "reader"
"""Name of a flag that no rule but a reader raised."""


def signature_without(off: Collection[str], guide: Guide = NO_GUIDE) -> str:
    """Return the name of the rule set that is left when these checks are switched off, and goes by this guide."""
    asked = f"{SIGNATURE}-{guide.signature}" if guide.signature else SIGNATURE
    if not off:
        return asked
    return f"{asked}-{hashlib.sha256(' '.join(sorted(off)).encode()).hexdigest()[:12]}"


def check_revisions(
    session: Session,
    revisions: Iterable[Revision],
    source_language: str,
    target_language: str,
    off: Collection[str] = (),
    guide: Guide = NO_GUIDE,
) -> list[Revision]:
    """Check those revisions that this rule set has not seen, and store what it finds; returns those that are new.

    A false alarm a person has dismissed stays dismissed on the next revision, as long as the finding is the same.
    ``off`` names the checks that the site has switched off, ``guide`` tells what its glossary asks.
    """
    signature = signature_without(off, guide)
    revisions = list(revisions)
    runs = session.execute(
        select(CheckRun.revision_id, CheckRun.signature).where(
            CheckRun.revision_id.in_([revision.id for revision in revisions])
        )
    )
    seen = dict(runs.all())
    missing = [revision for revision in revisions if seen.get(revision.id) != signature]
    dismissed = _dismissed_before(session, missing)
    _take_reader_flags_along(session, missing)
    for revision in missing:
        _forget_open_findings(session, revision, already_run=revision.id in seen)
        kept = dismissed.get(revision.translation_id, {})
        for finding in check_pair(revision.source, revision.text, source_language, target_language, guide):
            if finding.check in off:
                continue
            decision = kept.get(identity_of(finding.check, finding.message_id, finding.values))
            if decision is None or decision.revision_id != revision.id:
                session.add(_flag(revision.id, finding, decision))
    again = [revision.id for revision in missing if revision.id in seen]
    session.execute(update(CheckRun).where(CheckRun.revision_id.in_(again)).values(signature=signature))
    new = [revision for revision in missing if revision.id not in seen]
    session.add_all(CheckRun(revision_id=revision.id, signature=signature) for revision in new)
    session.flush()
    return new


def add_reader_flag(session: Session, revision: Revision, words: str, about: str) -> Flag:
    """Store what a reader said of a text; ``about`` is the text they saw, nothing when they meant the whole page."""
    flag = Flag(
        revision_id=revision.id,
        origin=FlagOrigin.READER,
        name=READER,
        severity=str(Severity.MAJOR),
        category="Other",
        message_id="reader_report" if about in {"", revision.text} else "reader_report_of",
        values={"words": words, "found": about},
    )
    session.add(flag)
    session.flush()
    return flag


def reader_words(session: Session, flag_id: int) -> str | None:
    """Return what a reader wrote, unless it is gone or told in Swedish already."""
    flag = session.get(Flag, flag_id)
    is_report = flag is not None and flag.origin is FlagOrigin.READER and "swedish" not in flag.values
    return str(flag.values["words"]) if flag is not None and is_report else None


def tell_in_swedish(session: Session, flag_id: int, swedish: str) -> None:
    """Put a machine's Swedish beside what a reader wrote."""
    if reader_words(session, flag_id) is not None:
        flag = session.get_one(Flag, flag_id)
        flag.values = {**flag.values, "swedish": swedish}
        flag.message_id += "_in_swedish"
        session.flush()


def flags_of(session: Session, revision_ids: Collection[int]) -> dict[int, list[Flag]]:
    """Return the flags of revisions by revision id, the gravest first, then in text order."""
    found: dict[int, list[Flag]] = {}
    for flag in session.scalars(select(Flag).where(Flag.revision_id.in_(revision_ids)).order_by(Flag.id)):
        found.setdefault(flag.revision_id, []).append(flag)
    return found


def findings_of(flags: Iterable[Flag]) -> list[Finding]:
    """Return what the checks found, whatever people said of it, and not what readers or others flagged."""
    return [
        Finding(
            check=flag.name,
            severity=Severity(flag.severity),
            category=flag.category,
            source_span=flag.source_span,
            target_span=flag.target_span,
            message_id=flag.message_id,
            values=flag.values,
            fix=flag.fix,
        )
        for flag in flags
        if flag.origin is FlagOrigin.CHECK
    ]


def decide_flag(
    session: Session, actor: Actor, *, site_id: int, revision_ids: Collection[int], flag_id: int, state: FlagState
) -> Flag:
    """Dismiss a flag as a false alarm, or open it again; ``revision_ids`` are those it may belong to."""
    actor.require(Action.CORRECT, site_id)
    flag = session.get(Flag, flag_id)
    if flag is None or flag.revision_id not in revision_ids:
        raise NotFound(N_("This flag is gone: the text was changed meanwhile. Reload the page."))
    if flag.state is not state:
        record(
            session,
            actor,
            "flag.dismiss" if state is FlagState.DISMISSED else "flag.open",
            f"revision:{flag.revision_id}",
            site_id=site_id,
            before={"flag": flag.name, "state": flag.state},
            after={"flag": flag.name, "state": state},
        )
        flag.state, flag.decided_by, flag.decided_at = state, actor.person_id, utc_now()
        session.flush()
    return flag


def identity_of(name: str, message_id: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what makes two findings the same one on two revisions of a text: all but where it stands."""
    return name, message_id, repr(sorted(values.items()))


def _dismissed_before(session: Session, revisions: list[Revision]) -> dict[int, dict[tuple[str, str, str], Flag]]:
    rows = session.execute(
        select(Revision.translation_id, Flag)
        .join(Flag, Flag.revision_id == Revision.id)
        .where(
            Revision.translation_id.in_([revision.translation_id for revision in revisions]),
            Flag.state == FlagState.DISMISSED,
        )
    )
    found: dict[int, dict[tuple[str, str, str], Flag]] = {}
    for translation_id, flag in rows:
        found.setdefault(translation_id, {})[identity_of(flag.name, flag.message_id, flag.values)] = flag
    return found


def _take_reader_flags_along(session: Session, revisions: list[Revision]) -> None:
    """Let what readers said follow a text to its next revision, until a person has decided on it."""
    newest = {revision.translation_id: revision for revision in revisions}
    rows = session.execute(
        select(Flag, Revision.translation_id)
        .join(Revision, Flag.revision_id == Revision.id)
        .where(Revision.translation_id.in_(newest), Flag.origin == FlagOrigin.READER, Flag.state == FlagState.OPEN)
    )
    for flag, translation_id in rows.all():
        flag.revision_id = max(flag.revision_id, newest[translation_id].id)


def _forget_open_findings(session: Session, revision: Revision, *, already_run: bool) -> None:
    """Make room for a newer rule set's findings; what people said or decided stays."""
    if not already_run:
        return
    for flag in session.scalars(
        select(Flag).where(
            Flag.revision_id == revision.id, Flag.origin == FlagOrigin.CHECK, Flag.state == FlagState.OPEN
        )
    ):
        session.delete(flag)


def _flag(revision_id: int, finding: Finding, decision: Flag | None) -> Flag:
    source, target = finding.source_span or (None, None), finding.target_span or (None, None)
    return Flag(
        revision_id=revision_id,
        name=finding.check,
        severity=str(finding.severity),
        category=finding.category,
        source_start=source[0],
        source_end=source[1],
        target_start=target[0],
        target_end=target[1],
        message_id=finding.message_id,
        values=dict(finding.values),
        fix=finding.fix,
        state=decision.state if decision else FlagState.OPEN,
        decided_by=decision.decided_by if decision else None,
        decided_at=decision.decided_at if decision else None,
    )
