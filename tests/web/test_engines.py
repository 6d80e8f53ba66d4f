"""The page of the engines."""

from collections.abc import Iterator

import pytest
import turbohtml

from review_app.engines import ENGINES
from review_app.settings import Settings
from tests.web.library import Library, open_library

ENGINES_PAGE = "/sites/alvby/engines"


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with open_library(settings) as found:
        yield found


def test_every_engine_with_what_it_lacks_and_where_texts_go(library: Library) -> None:
    page = turbohtml.parse(library.browser("carin").get(ENGINES_PAGE).text)
    rows = {str(row.select("th")[0].text).split()[0]: row.text for row in page.select("tbody tr")}
    assert any("DeepL SE, Germany" in text and "REVIEW_APP_DEEPL_KEY" in text for text in rows.values())
    assert len(page.select("tbody tr")) == len(ENGINES)


def test_it_is_for_administrators(library: Library) -> None:
    assert library.browser("anna").get(ENGINES_PAGE).status_code == 403
