"""Use cases of flags: check the revisions that lack it, list flags, dismiss a false alarm."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, literal, select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks import SIGNATURE, check_pairs
from review_app.checks.finding import Finding, Severity
from review_app.checks.flags import FlagRow
from review_app.checks.guide import NO_GUIDE, Guide
from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import CheckRun, Flag
from review_app.db import add_missing, among, among_given, missing_rows, utc_now
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.translations.tables import Revision

OUT_OF_DATE = ""
"""Signature of no rule set."""

READER = "reader"
"""Name of a flag that no rule but a reader raised."""


def signature_without(off: Collection[str], guide: Guide = NO_GUIDE) -> str:
    """Return the name of the rule set that is left when these checks are switched off, and goes by this guide."""
    asked = f"{SIGNATURE}-{guide.signature}" if guide.signature else SIGNATURE
    if not off:
        return asked
    return f"{asked}-{hashlib.sha256(' '.join(sorted(off)).encode()).hexdigest()[:12]}"


class Looked(NamedTuple):
    """A revision and what the checks find in it."""

    revision: Revision
    findings: list[Finding]


def check_revisions(
    session: Session,
    revisions: Iterable[Revision],
    source_language: str,
    target_language: str,
    off: Collection[str] = (),
    guide: Guide = NO_GUIDE,
) -> list[Revision]:
    """Check those revisions that this rule set has not seen, and store what it finds; returns those that are new.

    ``off`` names the checks that the site has switched off, ``guide`` tells what its glossary asks.
    """
    missing = unchecked(session, revisions, off, guide)
    return keep_findings(session, look_at(missing, source_language, target_language, off, guide), off, guide)


def unchecked(
    session: Session, revisions: Iterable[Revision], off: Collection[str] = (), guide: Guide = NO_GUIDE
) -> list[Revision]:
    """Return those revisions that this rule set has not seen."""
    revisions = list(revisions)
    runs = select(CheckRun.revision_id).where(
        among(CheckRun.revision_id, [revision.id for revision in revisions]),
        CheckRun.signature == signature_without(off, guide),
    )
    seen = set(session.scalars(runs))
    return [revision for revision in revisions if revision.id not in seen]


def look_again(session: Session, revisions: Iterable[Revision]) -> None:
    """Have revisions that were checked count as unchecked: what they are held against has changed."""
    ids = [revision.id for revision in revisions]
    session.execute(update(CheckRun).where(among(CheckRun.revision_id, ids)).values(signature=OUT_OF_DATE))


def look_at(
    revisions: Iterable[Revision],
    source_language: str,
    target_language: str,
    off: Collection[str] = (),
    guide: Guide = NO_GUIDE,
) -> list[Looked]:
    """Return what the checks find in revisions; takes time, but no database."""
    revisions = list(revisions)
    texts = [(revision.source, revision.text) for revision in revisions]
    found = check_pairs(texts, source_language, target_language, guide)
    return [
        Looked(revision, [finding for finding in findings if finding.check not in off])
        for revision, findings in zip(revisions, found, strict=True)
    ]


def keep_findings(
    session: Session, looked: Sequence[Looked], off: Collection[str] = (), guide: Guide = NO_GUIDE
) -> list[Revision]:
    """Store what was found in revisions, and that this rule set has seen them; returns those that no rule set had.

    A false alarm a person has dismissed stays dismissed on the next revision, as long as the finding is the same.
    """
    claimed, older = _claim(session, [one.revision.id for one in looked], signature_without(off, guide))
    looked = [one for one in looked if one.revision.id in claimed]
    # Of a translation's first text, seen for the first time, nobody can have said anything.
    _keep(session, looked, [one.revision for one in looked if one.revision.number > 1 or one.revision.id in older])
    return [one.revision for one in looked if one.revision.id not in older]


def keep_first_findings(session: Session, looked: Looked, off: Collection[str] = (), guide: Guide = NO_GUIDE) -> None:
    """Store what was found in a revision that this transaction has written: no rule set can have seen it."""
    session.add(CheckRun(revision_id=looked.revision.id, signature=signature_without(off, guide)))
    _keep(session, [looked], [looked.revision] if looked.revision.number > 1 else [])


def _keep(session: Session, looked: Sequence[Looked], spoken_of: Sequence[Revision]) -> None:
    """Add the flags of revisions; what people said and decided of texts ``spoken_of`` before is said of these."""
    decided = _decided_before(session, spoken_of)
    dismissed = _dismissed_before(decided)
    _take_reader_flags_along(decided, looked)
    flags = []
    for revision, findings in looked:
        kept = dismissed.get(revision.translation_id, {})
        for finding in findings:
            decision = kept.get(identity_of(finding.check, finding.message_id, finding.values))
            if decision is None or decision.revision_id != revision.id:
                flags.append(_flag(revision.id, finding, decision))
    add_missing(session, Flag, flags)


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


def same_reader_flag(session: Session, revision: Revision, words: str, about: str, since: datetime) -> Flag | None:
    """Return the flag by which a reader has said exactly this of a text already, since a moment."""
    said = select(Flag).where(
        Flag.revision_id == revision.id, Flag.origin == FlagOrigin.READER, Flag.created_at >= since
    )
    wanted = (words, about)
    return next(
        (flag for flag in session.scalars(said) if (flag.values["words"], flag.values["found"]) == wanted), None
    )


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


def findings_of(flags: Iterable[Flag | FlagRow]) -> list[Finding]:
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
    session: Session,
    actor: Actor,
    *,
    site_id: int,
    language: str,
    revision_ids: Collection[int],
    flag_id: int,
    state: FlagState,
    page_id: int | None = None,
) -> Flag:
    """Dismiss a flag as a false alarm, or open it again; ``revision_ids`` are those it may belong to.

    ``page_id``: the page that they stand on, for whom only that is lent.
    """
    if page_id is None:
        actor.require(Action.CORRECT, site_id, language)
    else:
        actor.require_on(Action.CORRECT, site_id, page_id, language)
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


def _decided_before(session: Session, revisions: Sequence[Revision]) -> list[tuple[int, Flag]]:
    """Return, with the translation they belong to, the flags that persons dismissed, and what readers said."""
    if not revisions:
        return []
    rows = session.execute(_DECIDED, {"translation_ids": [one.translation_id for one in revisions]})
    return [(translation_id, flag) for translation_id, flag in rows]


_DECIDED = (
    select(Revision.translation_id, Flag)
    .join(Flag, Flag.revision_id == Revision.id)
    .where(
        among_given(Revision.translation_id, "translation_ids"),
        (Flag.state == FlagState.DISMISSED) | (Flag.origin == FlagOrigin.READER) & (Flag.state == FlagState.OPEN),
    )
)


def _dismissed_before(decided: Iterable[tuple[int, Flag]]) -> dict[int, dict[tuple[str, str, str], Flag]]:
    found: dict[int, dict[tuple[str, str, str], Flag]] = {}
    for translation_id, flag in decided:
        if flag.state is FlagState.DISMISSED:
            found.setdefault(translation_id, {})[identity_of(flag.name, flag.message_id, flag.values)] = flag
    return found


def _take_reader_flags_along(decided: Iterable[tuple[int, Flag]], looked: Iterable[Looked]) -> None:
    """Let what readers said follow a text to its next revision, until a person has decided on it."""
    newest = {one.revision.translation_id: one.revision.id for one in looked}
    for translation_id, flag in decided:
        if flag.state is FlagState.OPEN:
            flag.revision_id = max(flag.revision_id, newest[translation_id])


def _claim(session: Session, revision_ids: Collection[int], signature: str) -> tuple[set[int], set[int]]:
    """Say that a rule set has seen revisions.

    Returns those of which nobody had said so, even a moment ago, and which of them an older rule set had seen: its
    findings make room. What people said or decided stays.
    """
    older = session.scalars(
        delete(CheckRun)
        .where(among(CheckRun.revision_id, revision_ids), CheckRun.signature != signature)
        .returning(CheckRun.revision_id)
    ).all()
    if older:
        findings = (Flag.origin == FlagOrigin.CHECK) & (Flag.state == FlagState.OPEN)
        session.execute(delete(Flag).where(among(Flag.revision_id, older), findings))
    seen_now = select(Revision.id, literal(signature)).where(among(Revision.id, revision_ids))
    claimed = missing_rows(session, CheckRun).from_select(["revision_id", "signature"], seen_now)
    return set(session.scalars(claimed.returning(CheckRun.revision_id))), set(older)


def _flag(revision_id: int, finding: Finding, decision: Flag | None) -> dict[str, Any]:
    source, target = finding.source_span or (None, None), finding.target_span or (None, None)
    return {
        "revision_id": revision_id,
        "origin": FlagOrigin.CHECK,
        "name": finding.check,
        "severity": str(finding.severity),
        "category": finding.category,
        "source_start": source[0],
        "source_end": source[1],
        "target_start": target[0],
        "target_end": target[1],
        "message_id": finding.message_id,
        "values": dict(finding.values),
        "fix": finding.fix,
        "state": decision.state if decision else FlagState.OPEN,
        "decided_by": decision.decided_by if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "created_at": utc_now(),
    }
