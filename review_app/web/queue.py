"""The queue page: which passages to read first, across the pages of a site, and why; or those that are asked for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action
from review_app.checks import CHECKS
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.quality.triage import LEVEL_NAMES
from review_app.review.narrowing import PASSAGE_STATES, Narrow
from review_app.review.queue import Queued, queue
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.web.bench_page import FLAG_NAMES
from review_app.web.context import actor, db, open_site
from review_app.web.htmx import fragment_or_page
from review_app.web.marking import TERM, Mark, Run, marked
from review_app.web.risk import RiskWords, risk_words

blueprint = Blueprint("queue", __name__)

MOST_ROWS = 40
"""Passages shown at a time: more than anybody reads in a day; they are ordered anew after each visit."""

FIELDS = {"q": "text", "state": "state", "kind": "kind", "risk": "level", "who": "who", "class": "content_class"}
"""The names of an address's query, and the fields of ``Narrow`` that they are."""

LONGEST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of the queue as it is shown, with what was looked for marked."""

    item: Queued
    address: str
    told: RiskWords | None
    source: tuple[Run, ...]
    text: tuple[Run, ...]
    comments: tuple[tuple[Run, ...], ...]


@blueprint.get("/sites/<site>/queue")
def show(site: str) -> Response:
    """Show what waits in a language, or what is asked for."""
    found = open_site(site)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    language = request.args.get("language") or default_language(found.languages)
    asked = asked_for()
    waiting = queue(db(), actor(), site, language, MOST_ROWS, asked, _first_asked())
    shown = waiting.first // MOST_ROWS + 1
    return fragment_or_page(
        "review/_queue.html",
        "review/queue.html",
        site=found,
        language=language,
        languages=sorted(found.languages),
        queue=waiting,
        asked=asked,
        lines=[_line(site, language, item, asked) for item in waiting.passages],
        class_names=CONTENT_CLASS_NAMES,
        state_names=PASSAGE_STATES,
        level_names=LEVEL_NAMES,
        kinds=kind_names(waiting.kinds, asked.kind),
        people=who_may(db(), Action.CORRECT, found.id, language),
        me=actor().person_id,
        query=query_of(asked),
        before=_address(site, language, asked, shown - 1) if shown > 1 else None,
        after=_address(site, language, asked, shown + 1) if waiting.after else None,
        may_correct=actor().may(Action.CORRECT, found.id, language),
        spot_checks=[_line(site, language, item, asked) for item in waiting.spot_checks],
    )


def asked_for() -> Narrow:
    """Return what the address asks for; a state there is none of asks for nothing."""
    given = {field: request.values.get(name, "").strip()[:200] for name, field in FIELDS.items()}
    if given["state"] not in PASSAGE_STATES:
        given["state"] = ""
    return Narrow(**given)


def query_of(asked: Narrow) -> dict[str, str]:
    """Return what is asked for as an address's query."""
    values = asdict(asked)
    return {name: values[field] for name, field in FIELDS.items() if values[field]}


def kind_name(kind: str) -> str:
    """Return what a kind of flag is called, as an English message id."""
    return CHECKS[kind].title if kind in CHECKS else FLAG_NAMES.get(kind, kind)


def kind_names(counted: Sequence[tuple[str, int]], chosen: str) -> list[tuple[str, str, int]]:
    """Return kinds of flags with their names and counts; the chosen one also where nothing has it any more."""
    missing = [(chosen, 0)] if chosen and chosen not in dict(counted) else []
    return [(kind, kind_name(kind), count) for kind, count in (*counted, *missing)]


def default_language(languages: Iterable[str]) -> str:
    """Return the language that is shown when none is asked for."""
    tags = sorted(languages)
    return "en" if "en" in tags else tags[0]


def highlighted(text: str, word: str) -> tuple[Run, ...]:
    """Return the beginning of a text, or what is around the first place of a word, with the word marked."""
    spans = [found.span() for found in re.finditer(re.escape(word), text, re.IGNORECASE)] if word else []
    start = max(0, spans[0][0] - LONGEST_SHOWN // 2) if spans and spans[0][1] > LONGEST_SHOWN else 0
    end = min(len(text), start + LONGEST_SHOWN)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shown = f"{before}{text[start:end]}{after}"
    move = len(before) - start
    inside = [(low + move, min(high, end) + move) for low, high in spans if start <= low < end]
    return marked(shown, [Mark(span, TERM) for span in inside])


def _first_asked() -> int:
    """Return how many passages are before the page of the queue that the address asks for; pages count from 1."""
    number = request.args.get("nr", "1")
    return (max(1, int(number)) - 1) * MOST_ROWS if number.isdecimal() and len(number) < 10 else 0


def _address(site: str, language: str, asked: Narrow, number: int) -> str:
    values: dict[str, Any] = dict(query_of(asked), language=language, nr=number if number > 1 else None)
    return url_for("queue.show", site=site, **values)


def _line(site: str, language: str, item: Queued, asked: Narrow) -> Line:
    address = url_for(
        "review.bench",
        site=site,
        page_id=item.page_id,
        language=language,
        show="risk",
        segment=item.key,
        _anchor=f"s-{item.key}",
    )
    word = asked.text
    comments = [said for said in item.comments if word and word.casefold() in said.casefold()]
    return Line(
        item,
        address,
        risk_words(item.risk) if item.risk else None,
        highlighted(item.source, word),
        highlighted(item.text, word),
        tuple(highlighted(said, word) for said in comments),
    )
