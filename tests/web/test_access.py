"""Every address of the staff interface, tried by everybody: Anna, Bo, Carin, a stranger, Olle from outside, nobody."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.routing import Rule

from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.accounts.service import add_person, grant
from review_app.annotations.sampling import Sampled
from review_app.annotations.service import Plan, open_round
from review_app.commissions.service import give_commission, stored_counts
from review_app.commissions.tables import Commission
from review_app.jobs.service import add_job
from review_app.pages.crawls import Order, start_crawl
from review_app.web.access import ACCESS, ANYONE, OPEN, may_use
from review_app.web.twins import TWINS
from tests.builders import PASSWORD
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, HTMX, Library, open_library

OLLE = "olle@byran.example"
PEOPLE = {
    "carin@noise.example": None,
    "bo@alvby.example": Role.APPROVER,
    OLLE: Role.OUTSIDE,
    "anna@alvby.example": Role.TRANSLATOR,
    "carin@alvby.example": Role.ADMINISTRATOR,
}
"""Those who may the least come first: they leave things as they found them."""

COLLEAGUES = {twin: name for name, twin in TWINS.items()}
"""By an address of the bench under a job, the one of which it is the twin."""

NOT_THERE = {
    "archive.download", "archive.edition", "bulk.done", "bulk.take_back",
    "glossary.edit", "health.ready", "links.invitation", "links.new_password",
    "openid.back", "openid.leave", "openid.out", "own_places.put_back",
    "own_places.set_apart", "recurring.one", "recurring.take_back", "recutting.join",
    "recutting.take_back", "reports.made",
}  # fmt: skip
"""Pages about what this house does not have: whoever may see them finds nothing there, either."""


@pytest.fixture(scope="module")
def library(sqlite: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library(sqlite, tmp_path_factory.mktemp("access")) as opened:
        yield opened


@pytest.fixture(scope="module")
def values(library: Library) -> dict[str, Any]:
    """Return what stands in addresses: things of Älvby that exist."""
    carin, site = library.town.carin, library.town.site_id
    submission = library.submit()
    with library.database.writing() as session:
        job = add_job(session, carin, "import_url", site, {}, needs=Action.READ)
        order = Order(source="x", addresses=("https://www.alvby.example/a",), most_pages=1)
        crawl = start_crawl(session, carin, site, order)
    olle, page_ids = hire(library), [library.page.page_id]
    with library.database.writing() as session:
        commission = give_commission(
            session, carin, site, person_id=olle, language="en", name="Bibliotek", page_ids=page_ids
        )
        session.get_one(Commission, commission).counts = stored_counts({})
        markers = [one.person_id or 0 for one in library.town.people.values()] + [olle]
        own, other = (
            open_round(session, carin, site, Plan("en", "Hösten", 4, markers, Sampled.RANDOM)) for _ in range(2)
        )
    return {
        "commission_id": commission, "own_id": own, "round_id": other, "place_id": 1,
        "site": "alvby", "language": "en", "page_id": library.page.page_id, "key": library.page.key(BOOKS),
        "submission_id": submission, "job_id": job, "crawl_id": crawl, "person_id": carin.person_id,
        "name": "google", "check": "number", "filename": "app.js",
        "edition_id": 1, "batch_id": 1, "bulk_id": 1, "act": "fix", "term_id": 1, "comment_id": 1, "invitation_id": 1,
        "rule_id": 1,
        "number": 1,
        "flag_id": library.row(BOOKS).flags[0].id,
    }  # fmt: skip


def hire(library: Library) -> int:
    """Add Olle, who translates from outside."""
    with library.database.writing() as session:
        olle = add_person(session, COMMAND_LINE, email=OLLE, name="Olle", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=olle, site_id=library.town.site_id, role=Role.OUTSIDE)
        return olle


VERBS = {
    "comments.decide": "close", "crawls.change": "stop", "notices.mark": "read", "page.decide_note": "close",
    "quality.switch": "off",
    "recurring.decide": "dismiss", "review.decide_flag": "dismiss", "review.make_public": "publish",
}  # fmt: skip

FORMS: dict[str, dict[str, Any]] = {
    "comments.add": {"comment": "What is meant?"},
    "going_back.bring_back": {"based_on": "1"},
    "going_back.fix": {"text": "Borrow 20."},
    "going_back.merge": {"text": "Borrow 20."},
    "memory.upload": {"file": (b"sv;en\nhej;hello\n", "pairs.csv")},
    "quality.settings": {"audit_share": "5", "retrain_every": "50"},
    "review.accept": {"based_on": "1"},
    "review.approve": {"basis": "reads"},
    "review.approve_part": {"basis": "reads"},
    "review.save": {"based_on": "1", "text": "Borrow 20."},
    "review.send_back": {"comment": "Look again."},
}
"""Forms that are filled in, where an empty one is refused before anybody asks who sent it."""


def routes(library: Library) -> list[tuple[Rule, str]]:
    """Return every route with each of its methods; signing out comes last."""
    found = [
        (rule, method)
        for rule in library.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda route: (route[0].endpoint == "accounts.sign_out", route[0].endpoint))


def tried(library: Library, values: dict[str, Any], email: str | None) -> Iterator[tuple[str, str, int, str]]:
    """Yield what every route answers to a person: endpoint, method, status, where it sends them."""
    browser = Browser(library.app)
    if email:
        browser.post("/sign-in", {"email": email, "password": PASSWORD})
    token = browser.token()
    for rule, method in routes(library):
        same = COLLEAGUES.get(rule.endpoint, rule.endpoint)
        given = {
            **values,
            "part": "engines",
            "verb": VERBS.get(same),
            "kind": "csv",
            "ending": "csv",
        }
        with library.app.test_request_context():
            path = library.app.url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})
        headers = HTMX if email and same == "review.segment" else {}  # else it sends to the bench, which asks
        form = {"csrf_token": token, **FORMS.get(same, {})}
        if "file" in form:
            body, name = form["file"]
            form["file"] = (BytesIO(body), name)
        answer = (
            browser.client.open(path, method=method, data=form) if method == "POST" else browser.get(path, **headers)
        )
        yield rule.endpoint, method, answer.status_code, answer.location or ""
        answer.close()


def test_every_route_is_in_the_table(library: Library) -> None:
    assert {rule.endpoint for rule, _ in routes(library)} == set(ACCESS)


@pytest.mark.parametrize("email", PEOPLE)
def test_a_route_does_what_the_table_says(library: Library, values: dict[str, Any], email: str) -> None:
    role, wrong = PEOPLE[email], []
    for endpoint, method, status, _ in tried(library, values, email):
        not_there = COLLEAGUES.get(endpoint, endpoint) in NOT_THERE
        if may_use(endpoint, role):
            as_said = status < 400 or (method == "POST" and status in {400, 401, 404, 409, 422}) or not_there
        else:
            closed = {403, 404} if role in {None, Role.OUTSIDE} else {403}
            as_said = status in closed or not_there or endpoint in OPEN
        if not as_said:
            wrong.append((endpoint, method, status))
    assert not wrong, "\n".join(map(str, wrong))


def test_who_is_not_signed_in_is_asked_to(library: Library, values: dict[str, Any]) -> None:
    for endpoint, method, status, where in tried(library, values, None):
        sent = status == 303 and where.startswith("/sign-in") and endpoint not in {"accounts.choose_language"}
        asked = sent or (
            status == 401 and "text" in FORMS.get(COLLEAGUES.get(endpoint, endpoint), {})
        )  # who wrote a text is shown it first
        assert asked == (endpoint not in OPEN), (endpoint, method, status)
        assert ACCESS[endpoint] is ANYONE or asked or status >= 400, (endpoint, method, status)
