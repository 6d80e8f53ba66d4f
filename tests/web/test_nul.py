"""PostgreSQL stores no NUL: whatever holds one is refused in a sentence, except texts, which lose it."""

import pytest

from tests.web.conftest import Browser


@pytest.mark.parametrize("path", ["/sign-in", "/sites/alvby/pages", "/sites"])
def test_a_form_with_nul_is_refused(carin: Browser, path: str) -> None:
    answer = carin.post(path, {"name": "Al\x00vby"})
    assert answer.status_code == 400
    assert "ett tecken som inte kan lagras" in answer.text


@pytest.mark.parametrize("path", ["/sites/al%00vby/pages", "/sites/alvby/pages?q=%00", "/sites/alvby/pages?%00=q"])
def test_an_address_with_nul_is_refused(carin: Browser, path: str) -> None:
    assert carin.get(path).status_code == 400
