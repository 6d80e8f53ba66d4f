"""What helps in the bench's card: matches of the translation memory, words found in it, terms of the glossary.

Asked for when a card has opened, so that opening one, and saving, does not wait for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request

from review_app.accounts.permissions import Action
from review_app.memory.concordance import phrase_pattern
from review_app.memory.service import Pair
from review_app.memory.similarity import words
from review_app.publishing.service import withdrawn_pages
from review_app.review import service
from review_app.review.helping import Help, help_with, words_in_memory
from review_app.review.views import SegmentRow
from review_app.text.normalise import normalise
from review_app.web.address import Address
from review_app.web.bench_card import present_in, source_marks, source_runs
from review_app.web.bench_page import asked_for, found_now
from review_app.web.context import actor, db, open_site
from review_app.web.htmx import wants_fragment
from review_app.web.marking import TERM, Mark, Run, changed, marked

blueprint = Blueprint("helping", __name__)

HELP = "/sites/<site>/pages/<int:page_id>/<language>/segments/<key>/help"

LONGEST_PHRASE = 200
MOST_SHOWN = 8
"""Pairs with a phrase that a card shows; the memory's page has all."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A pair of the memory as it is shown: what leads from its source to the sentence, or where the phrase stands.

    ``withdrawn``: since when the page that it was approved on is not public any more.
    """

    pair: Pair
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    withdrawn: datetime | None = None


@blueprint.get(HELP)
def show(site: str, page_id: int, language: str, key: str) -> Response:
    """Show what helps with a segment; with a phrase, where it stands in the memory."""
    at, found = Address(site, page_id, language), open_site(site)
    if not wants_fragment():
        return make_response(redirect(at.bench(asked_for(), key), 303))
    phrase = phrase_asked()
    if phrase:
        lines = phrase_lines(words_in_memory(db(), actor(), page_id, language, key, phrase), phrase)
        shown = {"lines": lines[:MOST_SHOWN], "count": len(lines), "phrase": phrase}
        return make_response(render_template("review/_found.html", at=at, site=found, **shown))
    row = service.row(db(), actor(), page_id, language, key)
    helped = help_with(db(), actor(), page_id, language, key)
    return make_response(
        render_template(
            "review/_help.html",
            at=at,
            row=row,
            site=found,
            edits=actor().may_on(Action.CORRECT, found.id, page_id, language) and actor().person_id is not None,
            lines=match_lines(helped.source, helped.matches),
            terms=helped.terms,
            source=source_runs(row, [*term_marks(helped), *_new_marks(at, row)]) if helped.terms else (),
        )
    )


def _new_marks(at: Address, row: SegmentRow) -> list[Mark]:
    """Return what the open card marks in a source that has changed."""
    if not row.stale or row.text is None:
        return []
    return source_marks(present_in(row, found_now(at, row, row.text)))


def phrase_asked() -> str:
    """Return the words that the address asks for."""
    return normalise(request.args.get("words", ""))[:LONGEST_PHRASE]


def match_lines(source: str, pairs: tuple[Pair, ...] | list[Pair]) -> list[MatchLine]:
    """Return matches with what leads from their source to this one."""
    since = _withdrawn(pairs)
    return [
        MatchLine(pair, changed(pair.source, source), marked(pair.target), since.get((pair.page_id, pair.language)))
        for pair in pairs
    ]


def phrase_lines(pairs: list[Pair], phrase: str) -> list[MatchLine]:
    """Return pairs with the phrase marked where it stands."""
    pattern = phrase_pattern(words(phrase))
    marks = [[[Mark(m.span(), TERM) for m in pattern.finditer(t)] for t in (p.source, p.target)] for p in pairs]
    since = _withdrawn(pairs)
    return [
        MatchLine(
            pair, marked(pair.source, source), marked(pair.target, target), since.get((pair.page_id, pair.language))
        )
        for pair, (source, target) in zip(pairs, marks, strict=True)
    ]


def _withdrawn(pairs: Sequence[Pair]) -> dict[tuple[int | None, str], datetime]:
    """Return since when pages of pairs are not public any more, by page and language."""
    pages = {(pair.page_id, pair.language) for pair in pairs if pair.page_id is not None}
    return {
        (page_id, language): since
        for language in {language for _, language in pages}
        for page_id, since in withdrawn_pages(
            db(), {page_id for page_id, of in pages if of == language and page_id is not None}, language
        ).items()
    }


def term_marks(helped: Help) -> list[Mark]:
    """Return where the glossary's words stand in the source."""
    return [Mark(one.span, TERM) for one in helped.terms]
