import pytest
from flask import Flask

from review_app.web.htmx import fragment_or_page, go, source_id, wants_fragment
from tests.web.conftest import Browser


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "partial"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_fragment_is_for_a_part_of_a_page_only(app: Flask, headers: dict[str, str], wanted: bool) -> None:
    with app.test_request_context(headers=headers):
        assert wants_fragment() is wanted
        answer = fragment_or_page("errors/_error.html", "start/approvals.html", 422, message="m", waiting=[])
        assert answer.status_code == 422
        assert ("</html>" in answer.get_data(as_text=True)) is not wanted


def test_the_source_is_known_by_its_id(app: Flask) -> None:
    for header, expected in (("button#save", "save"), ("button", None), ("", None)):
        with app.test_request_context(headers={"HX-Source": header}):
            assert source_id() == expected


def test_htmx_is_told_to_leave_and_a_browser_is_redirected(app: Flask) -> None:
    with app.test_request_context():
        assert (go("/x").status_code, go("/x").location) == (303, "/x")
    with app.test_request_context(headers={"HX-Request": "true"}):
        assert (go("/x").status_code, go("/x").headers["HX-Redirect"]) == (204, "/x")


def test_a_stranger_whose_sign_in_ended_is_led_to_it_by_htmx_too(browser: Browser) -> None:
    answer = browser.get("/sites/alvby/pages", HX_Request="true")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")
