"""Each page of the reports as rows of plain values, in the order of its columns (``columns.OF_PARTS``)."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from sqlalchemy.orm import Session

from review_app.annotations.agreement import SIGNATURES
from review_app.annotations.figures import ESA, WRONG, signatures
from review_app.pages.service import pages_by_id
from review_app.reports.behind import behind
from review_app.reports.columns import Value
from review_app.reports.errors import Outcomes, error_types
from review_app.reports.examples import sentences
from review_app.reports.languages import language_lines
from review_app.reports.marked import Figures, build_marked
from review_app.reports.overview import build_overview
from review_app.reports.pages import page_lines
from review_app.reports.readers import reader_reports
from review_app.reports.reviewing import reviewing
from review_app.reports.shares import SIZES, Shares
from review_app.reports.slices import Chosen, Slice, engine_slices
from review_app.reports.trend import Step, trend
from review_app.scoring.metrics import METRICS
from review_app.scoring.summary import Score

MOST_SENTENCES = 20_000
"""Sentences that go into one file."""

Rows: TypeAlias = Iterator[tuple[Value, ...]]
Bounded: TypeAlias = tuple[Value, Value, Value]


def rows_of(session: Session, chosen: Chosen, part: str, asked: Mapping[str, str]) -> list[tuple[Value, ...]]:
    """Return the rows of a page of the reports; ``asked`` is what its address asks for beside the filter."""
    return list(PARTS[part](session, chosen, asked))


def score_rows(slices: tuple[Slice, ...]) -> Rows:
    """Yield a row for every engine and metric: the engine, then what ``columns.METRIC`` names."""
    for part in slices:
        for name, score in part.scores.items():
            extent = part.extents[name]
            yield (
                part.engine,
                " ".join(part.versions),
                name,
                *_bounded(score),
                score.n,
                extent.words,
                extent.pages,
                score.unit,
                score.too_few,
                score.signature,
                extent.reference,
                part.first.isoformat(),
                part.last.isoformat(),
            )


def _overview(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    found = build_overview(session, chosen)
    yield from _shares("all", found.shares)
    for one in found.by_sample:
        yield from _shares(str(one.sample), one.shares)
    if found.whole is not None:
        for size, share in zip(SIZES, found.whole.shares, strict=True):
            yield ("estimate", size, None, share.share, share.low, share.high)
    wrong = build_marked(session, chosen).audit.get(WRONG)
    if wrong is not None:
        score = None if wrong.too_few else wrong.score
        yield ("audit", "wrong", wrong.n, score, wrong.low, wrong.high)


def _shares(sample: str, shares: Shares) -> Rows:
    intervals = shares.intervals or ((None, None),) * len(SIZES)
    for size, count, (low, high) in zip(SIZES, shares.counts.sizes, intervals, strict=True):
        share = 100 * count / shares.counts.total if shares.intervals else None
        yield (sample, size, count, share, low, high)


def _engines(_session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    yield from score_rows(engine_slices(chosen.segments))


def _pages(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    lines, _ = page_lines(session, chosen, most=None)
    for line in lines:
        head = line.head
        for row in score_rows(line.slices.engines):
            yield (head.path, head.title, head.read, head.segments, head.minutes_left, *row)


def _errors(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    found = error_types(session, chosen)
    for (category, severity), outcomes in sorted(found.cells.items()):
        yield ("category", category, severity, *_counts(outcomes))
    for name, outcomes in found.checks:
        yield ("check", name, None, *_counts(outcomes))
    for (category, severity), count in sorted(build_marked(session, chosen).cells.items()):
        yield ("marked", category, severity, count, None, None)


def _marked(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    found = build_marked(session, chosen)
    yield from _figures("all", None, found.whole)
    yield from _figures("audit", None, found.audit)
    for one in found.engines:
        yield from _figures("engine", one.engine, one.figures)
    for name, value in found.agreement.told:
        yield ("agreement", None, name, value, None, None, None, found.agreement.texts, *(None,) * 4, SIGNATURES[name])


def _figures(of: str, engine: str | None, found: Figures) -> Rows:
    for name, one in found.items():
        score, per_text = (None, None) if one.too_few else (one.score, one.per_text)
        extent = one.n, one.words, one.pages, one.unit, one.too_few
        yield (of, engine, name, score, one.low, one.high, per_text, *extent, one.signature)


def _counts(outcomes: Outcomes) -> tuple[int, int, int]:
    return outcomes.all, outcomes.corrected, outcomes.dismissed


def _trend(session: Session, chosen: Chosen, asked: Mapping[str, str]) -> Rows:
    step = Step.WEEK if asked.get("step") == Step.WEEK else Step.MONTH
    for one in trend(session, chosen.site.id, chosen.segments, chosen.page_ids, step):
        days = one.first.isoformat(), one.last.isoformat()
        yield (*days, one.shares.counts.total, *_bounded(one.score), _unchanged(one.shares), one.changes)


def _languages(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    for line in language_lines(session, chosen):
        extent = line.coverage.segments, line.coverage.read, line.score.n if line.score else 0
        yield (line.language, *extent, _unchanged(line.shares), *_bounded(line.score))


def _reviewing(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    found = reviewing(session, chosen)
    for week in found.weeks:
        yield (week.first.isoformat(), week.sentences, week.accepted, week.corrected, week.words)


def _readers(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    found = reader_reports(session, chosen).all
    pages = {page.id: page.path for page in pages_by_id(session, {one.page_id for one in found})}
    for one in found:
        yield (one.at.isoformat(), pages[one.page_id], one.key, one.words, one.swedish, one.state)


def _method(session: Session, chosen: Chosen, _asked: Mapping[str, str]) -> Rows:
    for name, metric in METRICS.items():
        yield (name, metric.signature, metric.higher_is_better)
    for name, signature in signatures(build_marked(session, chosen).weights).items():
        yield (name, signature, name == ESA)


def _sentences(session: Session, chosen: Chosen, asked: Mapping[str, str]) -> Rows:
    found = sentences(session, behind(chosen.segments, asked).segments, most=MOST_SENTENCES)
    pages = {page.id: page.path for page in pages_by_id(session, {one.page_id for one in found})}
    for one in found:
        where = pages[one.page_id], one.key, one.engine, str(one.sample)
        yield (*where, one.source, one.machine, one.text, one.scores.get("HTER"), one.scores["chrF2++"])


def _bounded(score: Score | None) -> Bounded:
    return (None, None, None) if score is None or score.too_few else (score.score, score.low, score.high)


def _unchanged(shares: Shares) -> float | None:
    return 100 * shares.counts.unchanged / shares.counts.total if shares.intervals else None


PARTS: dict[str, Callable[[Session, Chosen, Mapping[str, str]], Rows]] = {
    "overview": _overview,
    "engines": _engines,
    "pages": _pages,
    "errors": _errors,
    "marked": _marked,
    "trend": _trend,
    "languages": _languages,
    "reviewing": _reviewing,
    "readers": _readers,
    "method": _method,
    "sentences": _sentences,
}
"""What makes the rows of each page."""
