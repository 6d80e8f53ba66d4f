"""One translation as the risk sees it: the two texts and what else is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.checks.finding import Finding


@dataclass(frozen=True, slots=True)
class Example:
    """A translation to judge.

    ``others`` are other engines' translations of the same source, ``memory`` the similarity (0 to 1) of the nearest
    source a person has translated, ``content_class`` what the page's section is (``rights``, ``news`` …).
    """

    source: str
    target: str
    source_language: str
    target_language: str
    findings: Sequence[Finding] = ()
    others: tuple[str, ...] = ()
    memory: float | None = None
    content_class: str | None = None
