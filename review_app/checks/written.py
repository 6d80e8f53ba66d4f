"""What people of a site have written for the same sources elsewhere: what a translation is held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from review_app.text.normalise import as_read


class Writing(NamedTuple):
    """A text for a source, the path of the page where it stands, and in how many places people wrote it."""

    text: str
    where: str
    times: int


@dataclass(frozen=True, slots=True)
class Written:
    """Texts by the source as it stands in a revision, what was written most often first.

    ``sources`` are, by text, the different sources that it stands for at the site, each with a path: of long texts that
    stand for several.
    """

    texts: Mapping[str, tuple[Writing, ...]] = field(default_factory=dict)
    sources: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


NOTHING_WRITTEN = Written()


def counted(texts: Iterable[tuple[str, str]]) -> tuple[Writing, ...]:
    """Return what was written how often, the most frequent first, of texts with the paths where they stand."""
    found: dict[str, Writing] = {}
    for text, where in texts:
        first = found.get(as_read(text), Writing(text, where, 0))
        found[as_read(text)] = first._replace(times=first.times + 1)
    return tuple(sorted(found.values(), key=lambda writing: -writing.times))
