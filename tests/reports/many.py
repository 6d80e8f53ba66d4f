"""A page of many plain sentences, so that there is enough to score, and what two engines and a person made of them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from review_app.review import service as review
from review_app.translations.service import EngineOutput, keep_outputs
from tests.builders import BuiltPage, Town, build_page

THINGS = ("böcker", "filmer", "spel", "kartor", "noter", "tidningar")
WORDS = dict(zip(THINGS, ("books", "films", "games", "maps", "scores", "newspapers"), strict=True))


def sources(count: int) -> list[str]:
    return [f"Du får låna {n} {THINGS[n % 6]} åt gången." for n in range(1, count + 1)]


def drafts(count: int) -> list[str]:
    """Return what the drafting engine says: right, except that every fourth sentence is clumsy."""
    return [
        f"You get loan {n} {WORDS[THINGS[n % 6]]} per the time." if n % 4 == 0 else right(n)
        for n in range(1, count + 1)
    ]


def others(count: int) -> list[str]:
    """Return what another engine says: always a bit off."""
    return [f"It is allowed to lend {n} {WORDS[THINGS[n % 6]]} at once." for n in range(1, count + 1)]


def references(count: int) -> list[str]:
    return [right(n) for n in range(1, count + 1)]


def right(n: int) -> str:
    return f"You may borrow {n} {WORDS[THINGS[n % 6]]} at a time."


def build_many(
    session: Session, town: Town, count: int, *, path: str = "lana", engine: str = "fake", other: str | None = None
) -> BuiltPage:
    """Import a page of so many sentences, with one engine's drafts and perhaps another's outputs."""
    texts = sources(count)
    body = "".join(f"<p>{text}</p>" for text in texts)
    html = f"<!doctype html><html lang=sv><head><title></title></head><body><main>{body}</main></body></html>"
    machine = dict(zip(texts, drafts(count), strict=True))
    page = build_page(session, town.site_id, html=html, path=path, machine=machine, engine=engine, check=False)
    if other:
        keep_outputs(session, "en", outputs(page, other, others(count)), drafts=False)
    return page


def correct(session: Session, town: Town, page: BuiltPage, texts: Iterable[str]) -> None:
    """Save a person's text for the page's sentences, in page order."""
    for segment, text in zip(page.segments, texts, strict=False):
        review.save(session, town.anna, page.page_id, "en", segment.key, text=text, based_on=1)


def outputs(page: BuiltPage, engine: str, texts: Iterable[str]) -> list[EngineOutput]:
    return [
        EngineOutput(segment.segment_id, segment.source, engine, "7", date(2026, 10, 1), text, None)
        for segment, text in zip(page.segments, texts, strict=True)
    ]
