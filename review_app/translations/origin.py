"""Where a revision comes from, and what that makes of its translation."""

from enum import StrEnum


class Origin(StrEnum):
    """Who or what wrote a revision: ``memory`` is a text of another page, ``copy`` what reads the same everywhere.

    ``replaced`` is a draft into which a recurring correction was put, by a person who did not read the rest.
    """

    MACHINE = "machine"
    MEMORY = "memory"
    COPY = "copy"
    REPLACED = "replaced"
    HUMAN = "human"
    IMPORT = "import"

    @property
    def read_by_person(self) -> bool:
        """Whether a person stands behind the text."""
        return self in {Origin.HUMAN, Origin.IMPORT}


class SegmentState(StrEnum):
    """Where a segment stands in a language. Approval and staleness are derived beside it."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    ACCEPTED = "accepted"
    EDITED = "edited"


def state_of(origin: Origin | None, *, accepted: bool) -> SegmentState:
    """Derive the state from the newest revision; ``None`` means there is none."""
    if origin is None:
        return SegmentState.UNTRANSLATED
    if not origin.read_by_person:
        return SegmentState.MACHINE
    return SegmentState.ACCEPTED if accepted else SegmentState.EDITED
