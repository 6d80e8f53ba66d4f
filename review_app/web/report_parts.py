"""The pages of the reports: what each shows of the segments that are chosen, on screen as in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from review_app.annotations.comparing import compare_marked
from review_app.annotations.figures import signatures
from review_app.annotations.marks import CATEGORIES
from review_app.annotations.reading import Annotated
from review_app.checks import CHECKS
from review_app.checks.documentation import docstring, paragraphs
from review_app.checks.finding import Severity
from review_app.locale import N_
from review_app.pages.service import pages_by_id
from review_app.reports import errors, examples, marked, pages, readers
from review_app.reports.behind import WHICH, behind, choice
from review_app.reports.edits import SMALL_EDIT, of_hundred
from review_app.reports.engines import compare_engines
from review_app.reports.languages import language_lines
from review_app.reports.marked_behind import AT_ONCE as MARKED_AT_ONCE
from review_app.reports.marked_behind import marked_behind
from review_app.reports.overview import build_overview
from review_app.reports.reviewing import reviewing
from review_app.reports.shares import SIZES
from review_app.reports.slices import Chosen, engine_slices
from review_app.reports.spent import time_by_page
from review_app.reports.trend import Step, trend
from review_app.scoring.metrics import METRICS
from review_app.web.checks import CATEGORY_NAMES
from review_app.web.context import db
from review_app.web.marking import Mark
from review_app.web.marking import marked as marked_runs
from review_app.web.report_charts import edit_labels, engine_chart, period_name, share_chart, trend_chart
from review_app.web.report_figures import Verdict, verdict

Asked = Mapping[str, str]
"""What the address asks for beside the filter."""

MORE = (
    *("a", "b", "metric", "won", "size", "which", "state", "kind", "answer"),
    *("category", "severity", "check", "outcome", "step", "nr", "marked", "of"),
)
"""The names of what the pages of the reports may be asked for so."""

OF_SENTENCES = ("a", "b", "metric", "won", "size", "which")
"""Those that choose among the scored sentences."""

OF_MARKED = ("marked", "of", "category", "severity", "a", "b", "metric", "won")
"""Those that choose among the marked ones."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the reports: the end of its endpoint, its name in the menu, and what its template needs."""

    endpoint: str
    label: str
    build: Callable[[Chosen, Asked], Values]


def overview(chosen: Chosen, _asked: Asked) -> Values:
    """How accurate the translation is, whether it gets better, and what to do next."""
    found = build_overview(db(), chosen)
    return {
        "overview": found,
        "shares": share_chart(found.shares.counts),
        "trend": trend_chart(found.months, Step.MONTH),
        "of_hundred": of_hundred(found.shares.counts.sizes),
        "audited": marked.build_marked(db(), chosen).audit,
    }


def engines(chosen: Chosen, asked: Asked) -> Values:
    """The engines side by side, and where two of them differ most."""
    slices, comparisons = engine_slices(chosen.segments), compare_engines(chosen.segments)
    pairs = list(dict.fromkeys((one.a, one.b) for one in comparisons))
    wanted = (asked.get("a", ""), asked.get("b", ""))
    pair = wanted if wanted in pairs else next(iter(pairs), None)
    found = marked.build_marked(db(), chosen)
    return {
        "slices": slices,
        "chart": engine_chart(slices, chosen.filter.language),
        "verdicts": [verdict(one) for one in comparisons],
        "pairs": pairs,
        "pair": pair,
        "differences": examples.differences(db(), chosen.segments, *pair) if pair else [],
        "marked_errors": found,
        "marked_verdicts": _marked_verdicts(found),
        "mark_category_name": _mark_category_name,
    }


def page_list(chosen: Chosen, asked: Asked) -> Values:
    """The pages, those that people had to change most first, with what is left to do."""
    first, which = first_of(asked, pages.AT_ONCE), choice(asked, "which", WHICH)
    lines, count = pages.page_lines(db(), chosen, first, which=which)
    return {"lines": lines, "count": count, "first": first, "at_once": pages.AT_ONCE, "which": which}


def error_types(chosen: Chosen, asked: Asked) -> Values:
    """Which types of errors the checks found, and examples of one of them."""
    category, severity, check = (asked.get(name) for name in ("category", "severity", "check"))
    outcome, first = choice(asked, "outcome", errors.OUTCOMES), first_of(asked, errors.AT_ONCE)
    kind = errors.Kind(category, _severity(severity), check, outcome)
    shown, count = errors.examples_of(db(), chosen, kind, first) if category or check else ([], 0)
    return {
        "types": errors.error_types(db(), chosen),
        "shown": shown,
        "shown_pages": titles_of({one.page_id for one in shown}),
        "count": count,
        "first": first,
        "at_once": errors.AT_ONCE,
        "outcome": outcome,
        "own": {name: asked[name] for name in ("category", "severity", "check", "outcome") if asked.get(name)},
        "category": category,
        "severity": severity,
        "check": check,
        "category_name": lambda name: gettext(CATEGORY_NAMES.get(name, name)),
        "check_name": check_title,
        "marked_errors": marked.build_marked(db(), chosen),
        "mark_category_name": _mark_category_name,
    }


def marked_errors(chosen: Chosen, asked: Asked) -> Values:
    """What people marked, blind: how good, how wrong, which kinds, how far they agree, and what is behind a number."""
    found, first = marked.build_marked(db(), chosen), first_of(asked, MARKED_AT_ONCE)
    meant = marked_behind(found, asked)
    part = slice(first, first + MARKED_AT_ONCE)
    shown = meant.texts[part] if meant else ()
    return {
        "marked": found,
        "verdicts": _marked_verdicts(found),
        "meant": meant,
        "which": asked.get("marked"),
        "shown": shown,
        "shown_beside": meant.beside[part] if meant else (),
        "shown_pages": titles_of({one.page_id for one in shown}),
        "category": asked.get("category"),
        "severity": asked.get("severity"),
        "of_engine": asked.get("of"),
        "first": first,
        "at_once": MARKED_AT_ONCE,
        "own": {name: asked[name] for name in OF_MARKED if name in asked},
        "mark_category_name": _mark_category_name,
        "marked_runs": marked_runs,
        "text_marks": _text_marks,
    }


def over_time(chosen: Chosen, asked: Asked) -> Values:
    """Week by week or month by month, how much people had to change."""
    step = Step.WEEK if asked.get("step") == Step.WEEK else Step.MONTH
    periods = trend(db(), chosen.site.id, chosen.segments, chosen.page_ids, step)
    return {
        "periods": [(period, period_name(period, step)) for period in periods],
        "step": step,
        "steps": tuple(Step),
        "chart": trend_chart(periods, step),
    }


def by_language(chosen: Chosen, _asked: Asked) -> Values:
    """The site's languages side by side."""
    return {"lines": language_lines(db(), chosen)}


def reading(chosen: Chosen, _asked: Asked) -> Values:
    """How much is read, how long pages wait for approval, and what they took together; nothing per person."""
    spent = time_by_page(db(), chosen.site, chosen.filter.language, chosen.page_ids)
    return {"reviewing": reviewing(db(), chosen), "spent": spent}


def from_readers(chosen: Chosen, asked: Asked) -> Values:
    """What readers have reported."""
    found = readers.reader_reports(db(), chosen)
    state, first = choice(asked, "state", readers.STATES), first_of(asked, readers.AT_ONCE)
    meant = [one for one in found.all if state in {None, one.state}]
    shown = meant[first : first + readers.AT_ONCE]
    return {
        "reports": found,
        "shown": shown,
        "titles": titles_of({report.page_id for report in shown}),
        "count": len(meant),
        "first": first,
        "at_once": readers.AT_ONCE,
        "state": state,
    }


def method(chosen: Chosen, _asked: Asked) -> Values:
    """How everything is measured: metrics, signatures, samples, assumptions."""
    found = marked.build_marked(db(), chosen)
    return {
        "slices": engine_slices(chosen.segments, sure=False),
        "metrics": METRICS,
        "marked_errors": found,
        "mark_signatures": signatures(found.weights),
        "mark_category_name": _mark_category_name,
        "small_edit": SMALL_EDIT,
    }


def sentences(chosen: Chosen, asked: Asked) -> Values:
    """The sentences behind a figure, those that people changed most first."""
    first, found = first_of(asked, examples.AT_ONCE), behind(chosen.segments, asked)
    shown = examples.sentences(db(), found.segments, first)
    return {
        "sentences": shown,
        "others": examples.sentences(db(), found.beside, first) if found.beside is not None else [],
        "titles": titles_of({one.page_id for one in shown}),
        "count": len(found.segments),
        "first": first,
        "at_once": examples.AT_ONCE,
        "size": asked.get("size"),
        "which": asked.get("which"),
        "pair": (asked.get("a"), asked.get("b")) if found.beside is not None else None,
        "metric": asked.get("metric"),
        "won": asked.get("won"),
        "own": {name: asked[name] for name in OF_SENTENCES if asked.get(name)},
        "sizes": dict(zip(SIZES, edit_labels(), strict=True)),
    }


PARTS = {
    "overview": Part("overview", N_("Overview"), overview),
    "engines": Part("engines", N_("Engines"), engines),
    "pages": Part("page_list", N_("Pages"), page_list),
    "errors": Part("error_types", N_("Error types"), error_types),
    "marked": Part("marked_errors", N_("Marked errors"), marked_errors),
    "trend": Part("over_time", N_("Trend"), over_time),
    "languages": Part("by_language", N_("Languages"), by_language),
    "reviewing": Part("reading", N_("Reviewing"), reading),
    "readers": Part("from_readers", N_("Readers"), from_readers),
    "method": Part("method", N_("Method"), method),
}
"""The pages of the reports by the names that their addresses and templates have, in the order of the menu."""

SENTENCES = Part("sentences", N_("Sentences"), sentences)
"""What stands behind their figures."""


def first_of(asked: Asked, at_once: int) -> int:
    """Return the place of the first row of the page of a list that the address asks for; pages count from 1."""
    number = asked.get("nr", "1")
    return (max(1, int(number)) - 1) * at_once if number.isdecimal() and len(number) < 10 else 0


def _marked_verdicts(found: marked.Marked) -> list[Verdict]:
    return [verdict(one) for one in compare_marked(found.texts, found.weights)]


def _severity(name: str | None) -> Severity | None:
    return Severity(name) if name in set(Severity) else None


def _mark_category_name(name: str) -> str:
    return gettext(CATEGORIES[name]) if name in CATEGORIES else gettext("Kind not told")


def _text_marks(text: Annotated) -> list[Mark]:
    return [Mark(mark.span, str(mark.severity)) for mark in text.marks if mark.span]


def check_title(name: str) -> str:
    """Return what a check is called, in the language of the interface."""
    return gettext(paragraphs(docstring(CHECKS[name].look))[0]) if name in CHECKS else name


def titles_of(page_ids: set[int]) -> dict[int, str]:
    """Return the titles of pages, by id."""
    return {page.id: page.title for page in pages_by_id(db(), page_ids)}
