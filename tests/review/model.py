"""A plain model of a page in a language: no tables, no hashes, no queries. Read by test_state_machine.py."""

from dataclasses import dataclass, field
from typing import Any

from review_app.review.states import PageState


@dataclass(frozen=True)
class Text:
    """One text of a sentence; ``named``: what an approval of it names."""

    text: str
    source: str
    author: str | None
    read: bool
    named: int
    accepted: bool = False


@dataclass(frozen=True)
class Offer:
    """What was submitted, and by whom."""

    id: int
    texts: dict[str, Text]
    page: dict[str, str]
    covers: Any
    by: str


@dataclass(frozen=True)
class Version:
    """Texts that were approved together, and the page they stand on."""

    id: int
    texts: dict[str, Text]
    page: dict[str, str]


@dataclass
class Model:
    """What is the case, without tables, hashes or queries. ``page`` maps the sentences' keys to their Swedish."""

    page: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[Text]] = field(default_factory=dict)
    offer: Offer | None = None
    answer: str | None = None
    said: tuple[Any, ...] | None = None
    versions: list[Version] = field(default_factory=list)
    public: list[tuple[str, str, str]] | None = None
    public_id: int | None = None
    public_page: dict[str, str] = field(default_factory=dict)
    pulled: set[tuple[str, str]] = field(default_factory=set)
    shown: list[list[tuple[str, str, str]]] = field(default_factory=list)

    def newest(self, key: str) -> Text | None:
        return self.texts[key][-1] if self.texts.get(key) else None

    def fresh(self, key: str) -> Text | None:
        newest = self.newest(key)
        return newest if newest and newest.source == self.page[key] else None

    def covers(self) -> tuple[Any, ...]:
        return tuple((key, found.named if (found := self.fresh(key)) else source) for key, source in self.page.items())

    def is_approved(self, key: str) -> bool:
        found = self.fresh(key)
        approved = self.versions[-1].texts.get(key) if self.versions else None
        return found is not None and approved is not None and approved.named == found.named

    def wholly_approved(self) -> bool:
        return all(map(self.is_approved, self.page))

    def state(self) -> PageState:
        if self.offer and self.answer == "approved" and (self.offer.covers == self.covers() or self.wholly_approved()):
            same = list(self.public_page.values()) == list(self.page.values())
            return PageState.PUBLISHED if self.public_id == self.offer.id and same else PageState.APPROVED
        if self.offer and self.answer == "returned":
            return PageState.RETURNED
        if self.offer and self.answer is None and self.offer.covers == self.covers():
            return PageState.SUBMITTED
        if any((found := self.fresh(key)) and found.read for key in self.page):
            return PageState.WORK
        return PageState.MACHINE if any(self.newest(key) for key in self.page) else PageState.UNTRANSLATED

    def published(self, version: Version) -> list[tuple[str, str, str]]:
        """Return what readers are to see of a version: Swedish, kind and text of each passage."""
        return [self._passage(key, source, version.texts.get(key)) for key, source in version.page.items()]

    def _passage(self, key: str, source: str, text: Text | None) -> tuple[str, str, str]:
        if text is None or (key, text.text) in self.pulled:
            return source, "source", source
        return source, "read" if text.read else "machine", text.text

    def show(self, version: Version) -> None:
        """Let readers see a version; a sentence that is approved and has left the page goes with it."""
        present = version is self.versions[-1] and self.wholly_approved()
        seen = Version(version.id, {key: self.texts[key][-1] for key in self.page}, self.page) if present else version
        self._put(self.published(seen), version.id, dict(seen.page))

    def _put(self, passages: list[tuple[str, str, str]], number: int | None, page: dict[str, str]) -> None:
        if (passages, number, page) != (self.public, self.public_id, self.public_page):
            self.public, self.public_id, self.public_page = passages, number, page
            self.shown.append(passages)
