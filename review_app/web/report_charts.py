"""The charts of reports, in the reader's language."""

from collections.abc import Sequence

from babel.dates import format_skeleton
from flask_babel import gettext

from review_app.languages import name_in
from review_app.reports.chart import Axis, Row, Share, dot_chart, share_bar
from review_app.reports.edits import EditShares
from review_app.reports.series import Moment, Told, series
from review_app.reports.slices import Slice
from review_app.reports.trend import Period, Step
from review_app.scoring.units import TOO_FEW
from review_app.web.language import interface_language

CHARTED = "chrF2++"
"""The metric that is drawn: of the three, it agrees best with people on single languages and needs no tokeniser."""


def edit_labels() -> tuple[str, str, str]:
    """Return what the sizes of an edit are called."""
    return gettext("left unchanged"), gettext("small edits"), gettext("large edits")


def share_chart(counts: EditShares) -> str | None:
    """Return a bar of what people made of the machine's sentences; none when there are none."""
    if not counts.total:
        return None
    sizes = (counts.unchanged, counts.small, counts.large)
    parts = [Share(label, count) for label, count in zip(edit_labels(), sizes, strict=True)]
    return share_bar("share-chart", gettext("What people made of the machine's sentences"), parts, interface_language())


def engine_chart(slices: Sequence[Slice], target: str) -> str | None:
    """Return the engines' scores into a language with intervals; none when there are too few texts for any."""
    rows = [_row(part) for part in slices if CHARTED in part.scores]
    if not any(row.value is not None for row in rows):
        return None
    language = interface_language()
    title = gettext(
        "%(metric)s of each engine into %(language)s, with 95%% intervals",
        metric=CHARTED,
        language=name_in(target, language),
    )
    axis = Axis(gettext("%(metric)s, 0 to 100: higher is better", metric=CHARTED))
    return dot_chart("engine-chart", title, rows, axis, language)


def trend_chart(periods: Sequence[Period], step: Step) -> str | None:
    """Return HTER over time with intervals; none unless two periods have enough texts."""
    moments = [_moment(period, step) for period in periods]
    if sum(one.value is not None for one in moments) < 2:
        return None
    told = Told(
        gettext("Word edits per 100 words (HTER): lower is better"),
        gettext("pages changed in Swedish during this time"),
    )
    title = gettext("How much people had to change over time, with intervals")
    return series("trend-chart", title, moments, told, interface_language())


def period_name(period: Period, step: Step) -> str:
    """Return what a period is called: a month, or the week by its Monday."""
    skeleton = "yMMM" if step is Step.MONTH else "yMMMd"
    return str(format_skeleton(skeleton, period.first, locale=interface_language()))


def _row(part: Slice) -> Row:
    score = part.scores[CHARTED]
    if score.too_few:
        return Row(part.engine, None, note=gettext("too few (%(n)s of at least %(least)s)", n=score.n, least=TOO_FEW))
    return Row(part.engine, score.score, score.low, score.high, gettext("%(n)s sentences", n=score.n))


def _moment(period: Period, step: Step) -> Moment:
    label, score = period_name(period, step), period.score
    if score is None or score.too_few:
        return Moment(label, None, marked=period.changes > 0)
    return Moment(label, score.score, score.low, score.high, period.changes > 0)
