"""Reports as files that stand alone: one HTML file with its styles and charts inside, and the same as PDF."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Flask, g, render_template, request, url_for
from markupsafe import Markup

from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.accounts.signing_in import SignedIn
from review_app.reports.export import FORMATS as DATA_FORMATS
from review_app.reports.export import data_of_part, data_of_report
from review_app.reports.filters import Filter, read_filter
from review_app.reports.pdf import as_pdf
from review_app.reports.service import report_of
from review_app.reports.slices import Chosen, choose
from review_app.web.context import actor, db, open_site, work
from review_app.web.report_notes import notes_on
from review_app.web.report_parts import PARTS, SENTENCES, Part
from review_app.web.static_files import inline_styles

_ID = re.compile(r'\b(id|aria-labelledby|href)="(#?)([a-z][\w-]*)"')
_PATTERN = re.compile(r"url\(#([\w-]+)\)")
_HEADING = re.compile(r"<(/?)h([1-5])\b")
_PATH = re.compile(r'\bhref="(/[^"]*)"')


def as_html(chosen: Chosen, part: str | None, asked: Mapping[str, str]) -> bytes:
    """Return one page of the reports as an HTML file, or all of them with a table of contents."""
    return _document(chosen, part, asked, inline_styles()).encode()


def as_pdf_file(chosen: Chosen, part: str | None, asked: Mapping[str, str]) -> bytes:
    """Return the same as PDF; the database is not kept waiting meanwhile."""
    html = _document(chosen, part, asked, inline_styles(for_paper=True))
    work().roll_back()
    return as_pdf(html, wait=True)


def as_data(chosen: Chosen, part: str | None, asked: Mapping[str, str], ending: str) -> bytes:
    """Return the figures of one page of the reports, or all scores, as data of a format."""
    data = data_of_part(db(), chosen, part, asked) if part else data_of_report(report_of(db(), chosen))
    return DATA_FORMATS[ending](data)


def file_name(chosen: Chosen, part: str | None, ending: str) -> str:
    """Return what a file is called."""
    names = [chosen.site.slug, chosen.filter.language, *([part] if part else []), f"{chosen.made_at:%Y-%m-%d}"]
    return f"{'-'.join(names)}.{ending}"


FORMATS = {"html": as_html, "pdf": as_pdf_file}
"""What a report is given as to be read, by the ending of the file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command asks for: a site's report, or one page of it; without a language in the installation's."""

    site: str
    filter: Filter
    part: str | None = None
    language: str | None = None


def file_for_command(app: Flask, wanted: Wanted, ending: str) -> bytes:
    """Return what the browser would get, for somebody at the command line; links lead to the staff interface."""
    settings = app.extensions["review_app"].settings
    path, query = f"/sites/{wanted.site}/reports.html", wanted.filter.query()
    with app.test_request_context(path, base_url=settings.base_url, query_string=query):
        g.person = SignedIn(COMMAND_LINE, "", wanted.language or settings.default_language)
        open_site(wanted.site)
        chosen = choose(db(), actor(), wanted.site, wanted.filter)
        return FORMATS[ending](chosen, wanted.part, {})


def file_for_job(app: Flask, who: Actor, wanted: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the name and the content of a file that was ordered (``reports.ordered``), as the person may see it."""
    settings, part, ending = app.extensions["review_app"].settings, wanted["part"], str(wanted["ending"])
    asked, query = dict(wanted["asked"]), dict(wanted["filter"])
    path = f"/sites/{wanted['site']}/reports.html"
    with app.test_request_context(path, base_url=settings.base_url, query_string=query):
        g.person = SignedIn(who, "", str(wanted["interface"]))
        open_site(str(wanted["site"]))
        chosen = choose(db(), actor(), str(wanted["site"]), read_filter(query, str(wanted["language"])))
        readable = FORMATS.get(ending)
        content = readable(chosen, part, asked) if readable else as_data(chosen, part, asked, ending)
        return file_name(chosen, part, ending), content


def _document(chosen: Chosen, only: str | None, asked: Mapping[str, str], styles: str) -> str:
    alone, names = only is not None, [only] if only else list(PARTS)
    about = {"site": chosen.site, "chosen": chosen, "asked": chosen.filter}
    pages = [(name, PARTS.get(name, SENTENCES), _part(name, about, chosen, asked)) for name in names]
    if not alone:
        chapters = {_address(part, chosen): f"#{name}" for name, part, _ in pages}
        pages = [(name, part, _as_chapter(html, name, chapters)) for name, part, html in pages]
    html = render_template(
        "reports/document.html",
        **about,
        parts=[(name, part.label, Markup(html)) for name, part, html in pages],  # noqa: S704 - made of our templates
        alone=alone,
        address=request.host_url,
        styles=Markup(styles),  # noqa: S704 - files of our own
    )
    return _PATH.sub(lambda found: f'href="{request.host_url.rstrip("/")}{found[1]}"', html)


def _address(part: Part, chosen: Chosen) -> str:
    query: dict[str, Any] = dict(chosen.filter.query())
    return url_for(f"reports.{part.endpoint}", site=chosen.site.slug, **query)


def _part(name: str, about: Mapping[str, Any], chosen: Chosen, asked: Mapping[str, str]) -> str:
    part = PARTS.get(name, SENTENCES)
    values = part.build(chosen, asked)
    framed = {"layout": "reports/part.html", "tab": part.endpoint, "notes": notes_on(name, chosen.filter)}
    return render_template(f"reports/{name}.html", **about, **values, **framed)


def _as_chapter(html: str, name: str, chapters: Mapping[str, str]) -> str:
    """Make a page a chapter among others: ids of its own, headings one level down, links to the other chapters."""
    html = _ID.sub(lambda found: found[0] if _leads_away(found) else _own(found, name), html)
    html = _PATTERN.sub(rf"url(#{name}-\1)", html)
    html = _PATH.sub(lambda found: f'href="{chapters.get(unescape(found[1]), found[1])}"', html)
    return _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)


def _leads_away(found: re.Match[str]) -> bool:
    return found[1] == "href" and not found[2]


def _own(found: re.Match[str], name: str) -> str:
    return f'{found[1]}="{found[2]}{name}-{found[3]}"'
