"""The open card of the bench: a segment with its flags, fixes, changes and what is being typed. Pure."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from review_app.review.views import FlagView, MachineText, SegmentRow
from review_app.web.bench_choices import Conflict, Fix, conflict_of
from review_app.web.marking import Mark, Run, changed, marked, target_marks, utf16_offset, word_marks


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that has not been stored, and why: a conflict with what somebody else saved, or a problem with it.

    In a conflict it began with the text of number ``base``. ``comment`` is one that was begun beside it.
    ``warned``: what was found against the changed source has just been told, and is for the person to overrule.
    """

    text: str
    conflict: bool = False
    base: int = 0
    problem: str | None = None
    comment: str = ""
    warned: bool = False


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag in a card; ``solved`` says that the text being typed has it no more."""

    flag: FlagView
    title: str
    message: str
    solved: bool = False

    @property
    def fix(self) -> Fix | None:
        """What puts it right, where that is certain and still to be done."""
        flag = self.flag
        if flag.fix is None or flag.target_span is None or self.solved or self.dismissed:
            return None
        return Fix(fix_id(flag), flag.fix, *flag.target_span)

    @property
    def dismissed(self) -> bool:
        """Whether a person called it a false alarm."""
        return self.flag.state == "dismissed"


@dataclass(frozen=True, slots=True)
class Card:
    """The open segment.

    ``machine`` is marked only while it is the text in question, else ``saved`` is. ``fresh`` are flags of the text
    being typed that the stored one has not; ``changes`` lead to it from the machine's text. ``checked`` is the text
    that flags and their fixes are of.
    """

    row: SegmentRow
    source: tuple[Run, ...]
    machine: tuple[Run, ...]
    saved: tuple[Run, ...]
    flags: tuple[FlagLine, ...]
    fresh: tuple[FlagLine, ...]
    text: str
    checked: str
    changes: tuple[Run, ...]
    caret: int
    conflict: Conflict | None
    problem: str | None
    comment: str = ""
    warned: bool = False


Describe = Callable[[FlagView], tuple[str, str]]
"""Returns a flag's title and message in the interface's language."""


def card_of(
    row: SegmentRow,
    describe: Describe,
    typed: Typed | None = None,
    findings: Sequence[FlagView] | None = None,
    base: str = "",
    word: str = "",
) -> Card:
    """Return a row as the open card shows it; ``findings`` are those in the text in the box, if it was checked.

    Of a stale row they are those against the changed source, also before anything is typed. ``base`` is the text that
    both began with, in a conflict; ``word`` one that was searched for.
    """
    stored = row.text or ""
    text = stored if typed is None else typed.text
    machine = row.draft.text if row.draft and row.draft.text is not None else None
    found = {identity(flag) for flag in findings or ()}
    known = {identity(flag) for flag in row.flags}
    fresh = [flag for flag in findings or () if identity(flag) not in known]
    present = row.open_flags if findings is None else present_in(row, findings)
    against_new = row.stale and findings is not None and text == stored
    marks = target_marks(present if against_new else row.open_flags)
    new_marks = source_marks(present) if row.stale and findings is not None else []
    saved_marks = [*marks, *word_marks(stored, word)]
    unchanged = machine == row.text
    return Card(
        row=row,
        source=source_runs(row, [*new_marks, *word_marks(row.source, word)]),
        machine=marked(machine or "", [*(marks if unchanged else ()), *word_marks(machine or "", word)]),
        saved=marked(stored, saved_marks) if saved_marks and not unchanged else (),
        flags=tuple(
            FlagLine(flag, *describe(flag), solved=findings is not None and identity(flag) not in found)
            for flag in row.flags
        ),
        fresh=tuple(FlagLine(flag, *describe(flag)) for flag in fresh),
        text=text,
        checked=stored if findings is None else text,
        changes=changes_of(row, text, present if text != stored or not unchanged else ()),
        caret=_caret(text, row, marks),
        conflict=conflict_of(typed.base, base, text, stored) if typed and typed.conflict else None,
        problem=typed.problem if typed else None,
        comment=typed.comment if typed else "",
        warned=typed.warned if typed else False,
    )


def fix_id(flag: FlagView) -> str:
    """Return a short name of a fix, the same whenever the finding and what it says are."""
    return hashlib.sha256(repr((*identity(flag), flag.fix)).encode()).hexdigest()[:16]


def changes_of(row: SegmentRow, text: str, flags: Iterable[FlagView] = ()) -> tuple[Run, ...]:
    """Return what a person changed in the machine's text; nothing when they changed nothing."""
    machine = row.draft.text if row.draft else None
    if machine is None or machine == text:
        return ()
    return changed(machine, text, target_marks(flags))


def identity(flag: FlagView) -> tuple[str, str, str]:
    """Return what makes two findings on two texts the same one: all but where it stands."""
    return flag.name, flag.message_id, json.dumps(flag.values, sort_keys=True, default=str)


def engine_texts(row: SegmentRow) -> tuple[MachineText, ...]:
    """Return what other engines said; without a draft text, that it was refused is told elsewhere."""
    return tuple(other for other in row.others if other.text is not None)


def is_offered(row: SegmentRow) -> bool:
    """Whether the text can be approved: it is of the present source, and no mere gloss."""
    return row.text is not None and not row.stale and (row.read or row.may_be_accepted)


def source_runs(row: SegmentRow, also: Iterable[Mark] = ()) -> tuple[Run, ...]:
    """Return the source of a card, with what is flagged in it, and what else is to be marked."""
    if row.stale and row.old_source is not None:
        return changed(row.old_source, row.source, also)  # spans of the stored flags point into the old source
    return marked(row.source, [*source_marks(row.open_flags), *also])


def source_marks(flags: Iterable[FlagView]) -> list[Mark]:
    """Return the spans of flags in the source."""
    return [Mark(flag.source_span, flag.severity) for flag in flags if flag.source_span is not None]


def present_in(row: SegmentRow, findings: Iterable[FlagView]) -> tuple[FlagView, ...]:
    """Return what was found in a text, less what a person has called a false alarm."""
    dismissed = {identity(flag) for flag in row.flags} - {identity(flag) for flag in row.open_flags}
    return tuple(flag for flag in findings if identity(flag) not in dismissed)


def _caret(text: str, row: SegmentRow, marks: Iterable[Mark]) -> int:
    """Return where the caret starts: at the first flagged span of an untouched text, else at its end."""
    starts = [mark.span[0] for mark in marks]
    return utf16_offset(text, min(starts) if starts and text == row.text else len(text))
