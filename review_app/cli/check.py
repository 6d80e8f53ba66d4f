"""``review-app check``: flags for translations in a JSONL file, without a database.

The whole file is read and judged usable before anything is printed; then each pair is checked and printed in turn.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from review_app.checks import check_pairs, describe
from review_app.checks.finding import Finding, Severity
from review_app.checks.lexical.columns import AT_ONCE
from review_app.errors import BadFile
from review_app.languages import get_language
from review_app.locale import INTERFACE_LANGUAGES, N_
from review_app.quality.example import Example
from review_app.quality.features import matrix_of
from review_app.quality.messages import describe as describe_reason
from review_app.quality.reasons import Reason
from review_app.quality.shipped import shipped_model

GRAVEST_FIRST = tuple(Severity)
TOGETHER = AT_ONCE
"""Lines that are judged at once: risk is quicker worked out for many, and nobody waits long for the first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair to check; ``identity`` comes back as it was given, ``others`` are other engines' outputs."""

    identity: str | int
    source: str
    target: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a pair; ``risk`` is None for languages without a model, ``why`` what raised it most."""

    line: Line
    findings: Sequence[Finding]
    risk: float | None = None
    why: Sequence[Reason] = ()


@click.command()
@click.argument("file", metavar="FILE.jsonl")
@click.option("--source", required=True, metavar="TAG", help="Language of the source, as sv.")
@click.option("--target", required=True, metavar="TAG", help="Language of the translation, as en.")
@click.option(
    "--lang", type=click.Choice(INTERFACE_LANGUAGES), default="en", show_default=True, help="Language of the messages."
)
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in GRAVEST_FIRST]),
    help="Exit with status 1 when a flag this grave, or graver, was raised.",
)
def check(file: str, source: str, target: str, lang: str, fail_on: str | None) -> None:
    """Flag what is wrong with translations, a JSON object a line.

    Each line of FILE.jsonl holds {"id", "source", "target"} and may hold "others", a list of other engines' outputs;
    - reads standard input. Each line printed holds {"id", "risk", "reasons", "flags"}, in the order of the file. The
    risk is the probability that a reviewer would change the text; null for languages it has not been validated for.
    Spans are half-open code-point offsets; a "fix" is what should stand in the target span. The exit status is 2 when
    the file or a language cannot be used.
    """
    source_tag, target_tag = get_language(source).tag, get_language(target).tag
    lines = read_lines(file)
    grave = frozenset(GRAVEST_FIRST[: GRAVEST_FIRST.index(Severity(fail_on)) + 1]) if fail_on else frozenset()
    failed = False
    out = sys.stdout.buffer  # UTF-8, whatever the terminal is set to
    for first in range(0, len(lines), TOGETHER):
        for judged in judge(lines[first : first + TOGETHER], source_tag, target_tag):
            failed = failed or any(finding.severity in grave for finding in judged.findings)
            out.write(json.dumps(_as_json(judged, lang), ensure_ascii=False).encode() + b"\n")
        out.flush()
    if failed:
        click.get_current_context().exit(1)


def judge(lines: Sequence[Line], source: str, target: str) -> list[Judged]:
    """Return what the checks and, where there is a model of the two languages, the risk say of each pair."""
    findings = check_pairs([(line.source, line.target) for line in lines], source, target)
    found = [Judged(line, of) for line, of in zip(lines, findings, strict=True)]
    model = shipped_model(source, target)
    if model is None:
        return found
    matrix = matrix_of(
        [Example(of.line.source, of.line.target, source, target, of.findings, of.line.others) for of in found]
    )
    return [
        Judged(of.line, of.findings, risk, model.reasons(row))
        for of, risk, row in zip(found, model.predict(matrix).tolist(), matrix, strict=True)
    ]


def read_lines(path: str) -> list[Line]:
    """Return the pairs of a JSONL file, blank lines left out; ``-`` is standard input. Raises ``BadFile``."""
    name = "-" if path == "-" else click.format_filename(path)
    data = _read(path, name)
    return [_line(number, text, name) for number, text in _texts(data, name)]


def _read(path: str, name: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Give the path of a file with a JSON object on each line."),
            file=name,
            reason=getattr(error, "strerror", None) or type(error).__name__,
        ) from error


def _texts(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1. Only a line feed ends a line."""
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadFile(
                N_("{file}: line {line} is not valid UTF-8. Save the file as UTF-8 and try again."),
                file=name,
                line=number,
            ) from error


def _line(number: int, text: str, name: str) -> Line:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(
            N_("{file}: line {line} is not valid JSON. Mend the line and try again."), file=name, line=number
        ) from error
    if not isinstance(values, dict):
        raise BadFile(
            N_('{file}: line {line} is not a JSON object. Write it as {{"id": …, "source": …, "target": …}}.'),
            file=name,
            line=number,
        )
    others = values.get("others")
    _require(isinstance(values.get("id"), str | int) and not isinstance(values.get("id"), bool), "id", number, name)
    for field in ("source", "target"):
        _require(isinstance(values.get(field), str), field, number, name)
    _require(
        others is None or (isinstance(others, list) and all(isinstance(other, str) for other in others)),
        "others",
        number,
        name,
    )
    _require_writable(values, number, name)
    return Line(values["id"], values["source"], values["target"], tuple(others or ()))


_EXPECTED = {
    "id": N_('{file}: line {line} needs "id", a text or a whole number. Add it and try again.'),
    "source": N_('{file}: line {line} needs "source", the text that was translated. Add it and try again.'),
    "target": N_('{file}: line {line} needs "target", the translation as text. Add it and try again.'),
    "others": N_('{file}: "others" on line {line} is not a list of texts. Mend it or leave it out.'),
}


def _require(holds: bool, field: str, number: int, name: str) -> None:
    if not holds:
        raise BadFile(_EXPECTED[field], file=name, line=number)


def _require_writable(values: dict[str, Any], number: int, name: str) -> None:
    """Refuse half characters, which JSON can spell but no text file can hold."""
    try:
        f"{values['id']}{values['source']}{values['target']}".encode()
    except UnicodeEncodeError as error:
        raise BadFile(
            N_("{file}: line {line} holds half a character (a lone surrogate). Mend the line and try again."),
            file=name,
            line=number,
        ) from error


def _as_json(judged: Judged, lang: str) -> dict[str, Any]:
    return {
        "id": judged.line.identity,
        "risk": None if judged.risk is None else round(judged.risk, 6),
        "reasons": [describe_reason(reason.message_id, reason.values, lang) for reason in judged.why],
        "flags": [_flag(finding, lang) for finding in judged.findings],
    }


def _flag(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "category": finding.category,
        "source_span": finding.source_span,
        "target_span": finding.target_span,
        "message": describe(finding.message_id, finding.values, lang),
        "fix": finding.fix,
    }
