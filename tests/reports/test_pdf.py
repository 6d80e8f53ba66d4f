"""Reports as PDF: tagged, in their language, with links; made by a process that fetches nothing."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from review_app.errors import BadInput, Busy, MissingExtra
from review_app.reports import pdf
from review_app.reports.chart import Axis, Row, dot_chart
from review_app.reports.paper import at_width

CHART = dot_chart("c", "Poäng", [Row("google", 74.0, 70.8, 77.5, "179 meningar")], Axis("chrF2++", 60, 80), "sv")
DOCUMENT = f"""<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Översättningen till engelska</title></head>
<body><main><h1>Hur bra är översättningen?</h1><p>Av 100 meningar lämnades <a href="https://x.example/s?a=1">48</a>.</p>
<figure>{CHART}</figure><h2>Motorer</h2><table><thead><tr><th scope="col">Motor</th></tr></thead>
<tbody><tr><th scope="row">google</th></tr></tbody></table></main></body></html>"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may have other things to do."""
    monkeypatch.setattr(pdf, "SECONDS", 300)


def tags(node: Any) -> Iterator[tuple[str, str | None]]:
    """Yield every tag of a document's structure with its alternative text."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for child in found:
            yield from tags(child)
    elif hasattr(found, "get"):
        if "/S" in found:
            yield str(found["/S"]), found.get("/Alt")
        yield from tags(found.get("/K", []))


def test_a_pdf_says_what_it_is_to_a_screen_reader() -> None:
    pytest.importorskip("weasyprint")
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(io.BytesIO(pdf.as_pdf(DOCUMENT)))
    root = read.trailer["/Root"]
    assert read.metadata.title == "Översättningen till engelska"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    found = list(tags(root["/StructTreeRoot"]))
    counts = Counter(name for name, _ in found)
    assert {"/H1": 1, "/H2": 1, "/Table": 1, "/TH": 2, "/Link": 1, "/Figure": 1}.items() <= counts.items()
    assert ("/Figure", "Poäng") in found
    links = [one.get_object()["/A"]["/URI"] for page in read.pages for one in page.get("/Annots", [])]
    assert links == ["https://x.example/s?a=1"]
    assert "Av 100 meningar lämnades 48" in " ".join(read.pages[0].extract_text().split())


def test_nothing_is_fetched() -> None:
    pytest.importorskip("weasyprint")
    for asking in ('<img src="file:///etc/hostname">', '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">'):
        with pytest.raises(BadInput):
            pdf.as_pdf(DOCUMENT.replace("<main>", f"<main>{asking}"))


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint")
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(BadInput, match="Narrow it with the filters"):
        pdf.as_pdf(DOCUMENT)


def test_two_at_once_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_installed", lambda: True)
    with pdf._turn, pytest.raises(Busy):
        pdf.as_pdf(DOCUMENT)


def test_what_is_not_installed_says_how_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_installed", lambda: False)
    with pytest.raises(MissingExtra, match=r"pip install 'review-app\[pdf\]'"):
        pdf.as_pdf(DOCUMENT)


def test_lengths_of_charts_become_numbers() -> None:
    drawn = (
        '<p title="50%">50%</p><svg class="chart" role="img" width="100%" height="9"><rect x="25%" width="50%"/>'
        '<svg x="4%" width="92%" overflow="visible"><text x="50%">50%</text>'
        '<svg x="10%" y="7"><path d="M0 0"/></svg></svg></svg>'
    )
    assert at_width(drawn, 200) == (
        '<p title="50%">50%</p><svg class="chart" role="img" width="200" height="9"><rect x="50" width="100"/>'
        '<g transform="translate(8 0)"><text x="92">50%</text>'
        '<g transform="translate(18.4 7)"><path d="M0 0"/></g></g></svg>'
    )
    assert "%" not in "".join(at_width(CHART).split("<text")[0])
