"""What the rows of a report's files hold, column by column: the heads of CSV and spreadsheets, the schema of JSON."""

from dataclasses import dataclass
from typing import Any, TypeAlias

Value: TypeAlias = str | int | float | bool | None
"""What a cell holds; days and moments as ISO 8601."""

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole number": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "per cent": {"type": "number", "minimum": 0, "maximum": 100},
    "yes or no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}
"""The kinds of columns, as JSON schema says them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, the kind of its values (one of ``TYPES``), what they mean; ``empty``: it may lack one."""

    name: str
    kind: str
    about: str
    empty: bool = False

    def as_schema(self) -> dict[str, Any]:
        """Return what JSON schema says of a value."""
        known = TYPES[self.kind]
        type_ = [known["type"], "null"] if self.empty else known["type"]
        return {**known, "type": type_, "description": self.about}


WHY = "Why a person read the sentence: audit (spot check), triage (chosen), elsewhere (taken in already read)"
LOW, HIGH = "Lower bound of the 95 % interval", "Upper bound of the 95 % interval"

ENGINE = Column("engine", "text", "The engine whose raw text was scored")
METRIC = (
    Column("versions", "text", "The engine's versions, separated by spaces"),
    Column("metric", "text", "BLEU, chrF2++, TER, HTER or CER"),
    Column("score", "number", "The score; none when there are too few sentences", empty=True),
    Column("low", "number", LOW, empty=True),
    Column("high", "number", HIGH, empty=True),
    Column("segments", "whole number", "Sentences that the score rests on"),
    Column("words", "whole number", "Words of their source"),
    Column("pages", "whole number", "Pages that they stand on"),
    Column("unit", "text", "What was resampled for the interval: page or segment"),
    Column("too_few", "yes or no", "Whether there are fewer than 30 sentences"),
    Column("signature", "text", "How the metric was computed"),
    Column("reference", "text", "What it is compared with: post-edit (what people made of it), independent, or mixed"),
    Column("first", "day", "Day of the first raw text"),
    Column("last", "day", "Day of the last one"),
)
SCORES = (
    Column("site", "text", "Short name of the site"),
    Column("language", "text", "Tag of the target language"),
    Column("scope", "text", "“all”, or a page's path"),
    ENGINE,
    *METRIC,
)

OF_PARTS: dict[str, tuple[Column, ...]] = {
    "overview": (
        Column("sample", "text", "all, audit, triage, elsewhere, or “estimate”: the whole site, read or not"),
        Column("edits", "text", "unchanged, small or large; or wrong: people marked an error that is more than minor"),
        Column("sentences", "whole number", "How many; none of an estimate", empty=True),
        Column("share", "per cent", "Share of all read; none when there are too few", empty=True),
        Column("low", "per cent", LOW, empty=True),
        Column("high", "per cent", HIGH, empty=True),
    ),
    "engines": (ENGINE, *METRIC),
    "pages": (
        Column("page", "text", "The page's path"),
        Column("title", "text", "The page's title"),
        Column("read", "whole number", "Sentences of the page that a person has read"),
        Column("sentences", "whole number", "Sentences of the page"),
        Column("minutes_left", "whole number", "Minutes that what is left takes, about"),
        ENGINE,
        *METRIC,
    ),
    "errors": (
        Column("of", "text", "What the row counts: a category at a severity, a check, or what people marked"),
        Column("name", "text", "The category or the check"),
        Column("severity", "text", "critical, major or minor; none of a check", empty=True),
        Column("found", "whole number", "Findings in machine texts, or marks of people"),
        Column("put_right", "whole number", "Of findings, those whose text a person has changed since", empty=True),
        Column("false_alarms", "whole number", "Of findings, those called false alarms", empty=True),
    ),
    "marked": (
        Column("of", "text", "all, audit (spot checks), an engine, or agreement (of two or more people)"),
        Column("engine", "text", "The engine, where the row is of one", empty=True),
        Column("figure", "text", "ESA (0 to 100), MQM (points per 100 words), wrong (per cent), or what agrees"),
        Column("score", "number", "The figure; none when there are too few sentences", empty=True),
        Column("low", "number", LOW, empty=True),
        Column("high", "number", HIGH, empty=True),
        Column("per_sentence", "number", "The mean of a sentence; none of agreement", empty=True),
        Column("segments", "whole number", "Sentences that it rests on"),
        Column("words", "whole number", "Words of their source; none of agreement", empty=True),
        Column("pages", "whole number", "Pages that they stand on; none of agreement", empty=True),
        Column("unit", "text", "What was resampled for the interval: page or segment", empty=True),
        Column("too_few", "yes or no", "Whether there are fewer than 30 sentences; none of agreement", empty=True),
        Column("signature", "text", "How the figure was computed"),
    ),
    "trend": (
        Column("first", "day", "First day of the period"),
        Column("last", "day", "Last day of the period"),
        Column("sentences", "whole number", "Sentences read in the period"),
        Column("hter", "number", "Word edits per 100 words; none when there are too few", empty=True),
        Column("low", "number", LOW, empty=True),
        Column("high", "number", HIGH, empty=True),
        Column("unchanged", "per cent", "Share left unchanged; none when there are too few", empty=True),
        Column("page_versions", "whole number", "New versions of the Swedish pages in the period"),
    ),
    "languages": (
        Column("language", "text", "Tag of the language"),
        Column("sentences", "whole number", "Sentences of the site"),
        Column("read", "whole number", "Of these, those that a person has read"),
        Column("scored", "whole number", "Machine drafts that were read"),
        Column("unchanged", "per cent", "Share left unchanged; none when there are too few", empty=True),
        Column("hter", "number", "Word edits per 100 words; none when there are too few", empty=True),
        Column("low", "number", LOW, empty=True),
        Column("high", "number", HIGH, empty=True),
    ),
    "reviewing": (
        Column("week", "day", "Monday of the week"),
        Column("sentences", "whole number", "Sentences read"),
        Column("accepted", "whole number", "Of these, those accepted as they were"),
        Column("corrected", "whole number", "Of these, those corrected"),
        Column("words", "whole number", "Words of their source"),
    ),
    "readers": (
        Column("reported_at", "moment", "When the reader reported it"),
        Column("page", "text", "The page's path"),
        Column("sentence", "text", "Key of the sentence"),
        Column("words", "text", "The reader's words"),
        Column("swedish", "text", "A machine's Swedish of them", empty=True),
        Column("state", "text", "open, decided, or changed: the text is another one now"),
    ),
    "method": (
        Column("metric", "text", "Name of the metric"),
        Column("signature", "text", "How it is computed"),
        Column("higher_is_better", "yes or no", "Which way it counts"),
    ),
    "sentences": (
        Column("page", "text", "The page's path"),
        Column("sentence", "text", "Key of the sentence"),
        ENGINE,
        Column("sample", "text", WHY),
        Column("source", "text", "The source, markup as numbered placeholders"),
        Column("machine", "text", "The engine's raw text"),
        Column("text", "text", "What people made of it"),
        Column("hter", "number", "Word edits per 100 words; only of the engine that was edited", empty=True),
        Column("chrf", "number", "chrF2++ of the sentence"),
    ),
}
"""The columns of each page of the reports."""
