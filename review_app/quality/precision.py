"""How often each check is right at a site, by what people changed in spot checks before they saw its flags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.checks.flags import FlagRow, flags_of
from review_app.checks.service import identity_of
from review_app.checks.states import FlagOrigin
from review_app.quality.corrections import Correction
from review_app.quality.edits import touches
from review_app.quality.figures import Ratio, ratio
from review_app.quality.sampling import Sample


@dataclass(frozen=True, slots=True)
class Precision:
    """Of a check's flags in spot checks, how many stood where a person made a change."""

    check: str
    right: Ratio


def precisions(session: Session, corrections: Sequence[Correction]) -> dict[str, Precision]:
    """Return the precision of each check that flagged something in a spot check, by name."""
    audited = [row for row in corrections if row.sample is Sample.AUDIT and row.judged_id is not None]
    ids = {row.judged_id for row in audited if row.judged_id is not None} | {row.revision_id for row in audited}
    flags = flags_of(session, ids)
    return count_right(audited, flags)


def count_right(audited: Iterable[Correction], flags: Mapping[int, Sequence[FlagRow]]) -> dict[str, Precision]:
    """Count flags and those that were right; ``flags`` are by revision id."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in audited:
        after = {identity_of(flag.name, flag.message_id, flag.values) for flag in flags.get(row.revision_id, [])}
        for flag in flags.get(row.judged_id or 0, []):
            if flag.origin is FlagOrigin.CHECK:
                total[flag.name] += 1
                right[flag.name] += _was_right(flag, row, after)
    return {check: Precision(check, ratio(right[check], total[check])) for check in total}


def _was_right(flag: FlagRow, row: Correction, after: set[tuple[str, str, str]]) -> bool:
    """Say whether an edit touched the flagged words.

    What is missing from a text has no place in it: such a flag was right if the correction brought what was missing,
    so that the check has no more to say.
    """
    if flag.target_span is not None:
        return touches(flag.target_span, row.machine, row.text)
    return row.edits > 0 and identity_of(flag.name, flag.message_id, flag.values) not in after
