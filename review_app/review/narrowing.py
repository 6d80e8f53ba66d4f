"""Which passages of the queue somebody wants to see. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from review_app.locale import N_

TODAY = "today"

PASSAGE_STATES = {
    TODAY: N_("for today: flagged or at high risk"),
    "all": N_("all passages"),
    "untranslated": N_("untranslated"),
    "machine": N_("read by nobody"),
    "read": N_("read by a person"),
    "stale": N_("the source has changed"),
}
"""States to choose from; without one it is what waits for a person."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """What is asked for; an empty field asks for nothing.

    ``text`` is looked for in source, translation and comments; ``kind`` is the name of a check; ``who`` is ``me``,
    ``nobody`` or a person's id.
    """

    text: str = ""
    state: str = ""
    kind: str = ""
    level: str = ""
    who: str = ""
    content_class: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def looks_at_flags(self) -> bool:
        """Whether it asks for what nobody may see of a spot check."""
        return bool(self.kind or self.level or self.state == TODAY)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of a passage, as far as it can be asked for. ``texts``: source, translation and comments."""

    texts: tuple[str, ...]
    states: Collection[str]
    kinds: Collection[str]
    level: str | None
    holder_id: int | None
    content_class: str


def passes(passage: Passage, asked: Narrow, me: int | None) -> bool:
    """Say whether a passage is asked for."""
    word = asked.text.casefold()
    return (
        (not word or any(word in text.casefold() for text in passage.texts))
        and (asked.state in {"", "all"} or asked.state in passage.states)
        and (not asked.kind or asked.kind in passage.kinds)
        and (not asked.level or asked.level == passage.level)
        and (not asked.content_class or asked.content_class == passage.content_class)
        and _is_with(passage.holder_id, asked.who, me)
    )


def _is_with(holder_id: int | None, who: str, me: int | None) -> bool:
    if who == "nobody":
        return holder_id is None
    return not who or (holder_id is not None and str(holder_id) == (str(me) if who == "me" else who))
