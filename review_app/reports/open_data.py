"""Open data for researchers: Swedish, machine translation and correction with scores, of what is public already.

Only passages of public pages that a person has read and approved, in the words that are public now. Left out are pages
whose text goes to no engine, and passages that may hold something personal; nothing tells who wrote or read anything.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.annotations.reading import Annotated, annotated_texts
from review_app.annotations.settings import settings_of
from review_app.annotations.weights import Weights
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.pages.service import pages_by_id
from review_app.publishing.passages import PassageKind
from review_app.publishing.service import live_publications
from review_app.reports.columns import Column, Value
from review_app.reports.examples import Sentence, sentences
from review_app.reports.export import safe_cell
from review_app.reports.filters import Filter
from review_app.reports.slices import Chosen, choose
from review_app.scoring.metrics import METRICS
from review_app.sites.sections import rule_for, rules_of
from review_app.text.personal import may_be_personal

LICENCE = "CC BY 4.0"
"""What is proposed; the site decides."""

LONGEST_LICENCE = 200

AT_ONCE = 500

COLUMNS = (
    Column("source_language", "text", "Tag of the source language"),
    Column("target_language", "text", "Tag of the target language"),
    Column("page", "text", "Address of the Swedish page, or its path"),
    Column("source", "text", "The sentence; links and other markup are numbered placeholders such as <1>…</1>"),
    Column("machine", "text", "What the engine wrote, as it came"),
    Column("engine", "text", "Name of the engine"),
    Column("engine_version", "text", "Its version, or the month it was asked"),
    Column("correction", "text", "What people made of it: the text that is public"),
    Column("drafted", "yes or no", "Whether people started from this engine's text"),
    Column("unchanged", "yes or no", "Whether the two are the same"),
    Column("reference", "text", "What BLEU, chrF2++ and TER compare with: correction or independent (translation)"),
    Column("sample", "text", "Why it was read: audit (by lot), triage (chosen), elsewhere (taken in already read)"),
    *(Column(name, "number", f"{name} of the sentence", empty=True) for name in METRICS),
    Column("ESA", "number", "Mean score, 0 to 100, of people who marked errors blind", empty=True),
    Column("penalty", "number", "What the errors they marked cost, on average (MQM points)", empty=True),
    Column(
        "marks",
        "text",
        "JSON: for each of them, the errors as [start, end, severity, category], code points of the raw text",
        empty=True,
    ),
)
"""What a row holds."""

README = """\
# Machine translations and their corrections: {site}, {source} to {target}

{count} sentences of public web pages, each with the raw text of a machine translation engine and what people at {body}
made of it. Made on {day}.

- `data.jsonl`: one JSON object a line. `data.csv`: the same as a table (UTF-8; a cell that begins like a formula has an
  apostrophe before it).
- Licence: {licence}. It covers the source texts and the corrections; what the engines wrote is given as they wrote it.
- Cite as: {body}: machine translations and their corrections, {source} to {target}, {day}.

## How it was made

Only passages that a person has read and that were approved, of pages that were public on the day, in the words
that were public. Left out: {hidden} sentences that may hold something personal, and every page whose text is sent to
no engine. Nothing tells who wrote, read or approved anything, nor when.

Corrections start from one engine's text (`drafted`) and stay close to it, so scores against them favour that engine,
and machine translation as such. What people chose to read is no fair sample; `sample` tells it from what was drawn
by lot.

## Fields

{fields}

## Metrics

{metrics}
"""


@dataclass(frozen=True, slots=True)
class OpenData:
    """The rows to give out, and how many were left out because they may be personal."""

    chosen: Chosen
    rows: list[dict[str, Value]]
    hidden: int


def open_data(session: Session, actor: Actor, site_slug: str, language: str) -> OpenData:
    """Return what of a site's language may be given to anybody; raises ``NotFound`` and ``NotAllowed``."""
    chosen = choose(session, actor, site_slug, Filter(language))
    actor.require(Action.ADMINISTER, chosen.site.id)
    found = list(_public(session, chosen))
    shown = [row for row in found if not any(may_be_personal(str(row[name])) for name in _TEXTS)]
    return OpenData(chosen, shown, len(found) - len(shown))


def as_archive(session: Session, actor: Actor, data: OpenData, licence: str) -> bytes:
    """Return the data as a ZIP file with a README, and record that it was given out; raises ``BadInput``."""
    named = " ".join(licence.split())
    if not named or len(named) > LONGEST_LICENCE:
        raise BadInput(N_("Name the licence that the data is given under, such as {example}."), example=LICENCE)
    site, language = data.chosen.site, data.chosen.filter.language
    told = {"language": language, "segments": len(data.rows), "licence": named}
    record(session, actor, "open_data.export", f"site:{site.id}", site_id=site.id, after=told)
    files = {
        "README.md": _readme(data, named),
        "data.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in data.rows),
        "data.csv": _csv(data.rows),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{site.slug}-{language}/{name}", data.chosen.made_at.timetuple()[:6])
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


_TEXTS = ("source", "machine", "correction")


def _public(session: Session, chosen: Chosen) -> Iterator[dict[str, Value]]:
    """Yield the scored sentences that stand on public pages in the very words that are public, read and approved."""
    site, language = chosen.site, chosen.filter.language
    rules = rules_of(session, site.id)
    page_ids = sorted(set(chosen.segments.pages.tolist()))
    pages = {page.id: page for page in pages_by_id(session, page_ids) if not rule_for(rules, page.path).never_send}
    approved = {
        page_id: {(one["source"], one["text"]) for one in live.passages if one["kind"] == PassageKind.READ}
        for page_id, live in live_publications(session, list(pages), language).items()
    }
    weights = settings_of(session, site.id).weights
    marked = {text.machine_id: text for text in annotated_texts(session, site.id, language)}
    for first in range(0, len(chosen.segments), AT_ONCE):
        part = chosen.segments.at(slice(first, first + AT_ONCE))
        for place, one in enumerate(sentences(session, part, most=AT_ONCE)):
            if (one.source, one.text) in approved.get(one.page_id, ()):
                version = part.systems[part.system[place]].version
                drafted = bool(part.rows["drafted"][place])
                scores = {
                    name: round(metric.score(part.statistics(name)[place]), 4)
                    if name in {"BLEU", "chrF2++", "TER"} or drafted
                    else None
                    for name, metric in METRICS.items()
                }
                page = pages[one.page_id]
                said = _marked(marked.get(int(part.rows["machine"][place])), weights)
                yield {**_row(chosen, page.url or page.path, one, version, drafted), **scores, **said}


def _marked(text: Annotated | None, weights: Weights) -> dict[str, Value]:
    """Return what people marked of a raw text; nothing tells who they are."""
    if text is None:
        return {"ESA": None, "penalty": None, "marks": None}
    return {
        "ESA": round(fmean(one.score for one in text.said), 2),
        "penalty": round(fmean(weights.penalty(one.marks) for one in text.said), 4),
        "marks": json.dumps([[mark.as_json() for mark in one.marks] for one in text.said]),
    }


def _row(chosen: Chosen, url: str, one: Sentence, version: str, drafted: bool) -> dict[str, Value]:
    return {
        "source_language": chosen.site.source_language,
        "target_language": chosen.filter.language,
        "page": url,
        "source": one.source,
        "machine": one.machine,
        "engine": one.engine,
        "engine_version": version,
        "correction": one.text,
        "drafted": drafted,
        "unchanged": one.machine == one.text,
        "reference": "independent" if one.independent else "correction",
        "sample": str(one.sample),
    }


def _csv(rows: list[dict[str, Value]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [column.name for column in COLUMNS]
    writer.writerow(names)
    writer.writerows([safe_cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _readme(data: OpenData, licence: str) -> str:
    site = data.chosen.site
    values: Mapping[str, Any] = {
        "site": site.name,
        "body": site.responsible or site.name,
        "source": site.source_language,
        "target": data.chosen.filter.language,
        "count": len(data.rows),
        "hidden": data.hidden,
        "day": data.chosen.made_at.date().isoformat(),
        "licence": licence,
        "fields": "\n".join(f"- `{column.name}`: {column.about}" for column in COLUMNS),
        "metrics": "\n".join(f"- {name}: `{metric.signature}`" for name, metric in METRICS.items()),
    }
    return README.format(**values)
