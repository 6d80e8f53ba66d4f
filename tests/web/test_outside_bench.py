"""Olle has the whole bench for what he is given, and whatever he guesses, nothing else of the town."""

import re
from collections.abc import Iterator

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.states import FlagState
from review_app.memory.service import NewPair, keep
from review_app.memory.sharing import set_readers
from review_app.memory.tables import Kind
from review_app.review import decisions, service
from review_app.review.commenting import comment_on
from review_app.review.states import About
from review_app.sites.sections import Rule, set_rule
from review_app.sites.service import all_sites
from review_app.web.twins import TWINS
from tests.builders import HTML, MACHINE, BuiltPage, build_page, say_yes
from tests.databases import Backend
from tests.web.agency import OLLE, browser_of, give, hire, open_agency
from tests.web.conftest import Browser
from tests.web.library import BOOKS, HTMX, LOAN, RULES, Library, form

TWENTY = "You may borrow 20 books at a time."


@pytest.fixture
def library(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_agency(backend, tmp_path_factory.mktemp("agency")) as opened:
        yield opened


@pytest.fixture
def olle(library: Library) -> Browser:
    return browser_of(library, OLLE)


def other_page(library: Library, path: str, *, never_send: bool = False) -> BuiltPage:
    """Build a page with most of the library's sentences that is no part of a job."""
    with library.database.writing() as session:
        if never_send:
            set_rule(session, library.town.site_id, Rule(path, never_send=True))
        html = HTML.replace("Biblioteket i Älvby", f"Om {path}")
        return build_page(session, library.town.site_id, html=html, path=path, machine=MACHINE)


def approve(library: Library, page: BuiltPage, text: str) -> None:
    """Have Anna write a text of a page's sentence about loans, and Bo approve the page."""
    anna = library.town.anna
    with library.database.writing() as session:
        for row in service.bench(session, anna, page.page_id, "en").rows:
            new = text if row.source.startswith(LOAN) else row.text or row.source
            service.save(session, anna, page.page_id, "en", row.key, text=new, based_on=row.revision)
        submission = decisions.submit(session, anna, page.page_id, "en")
        say_yes(session, library.town, submission)


def walked(browser: Browser, start: str) -> dict[str, str]:
    """Follow every link from a page, and return what each page says."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        answer = browser.get(path, Accept_Language="en")
        assert answer.status_code == 200, path
        seen[path] = answer.text
        found = [link.partition("#")[0].replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', answer.text)]
        waiting += (
            {link for link in found if link not in seen and not link.startswith("/static")} - set(waiting) - {"/"}
        )
    return seen


def test_every_link_he_sees_is_his_and_no_page_names_anybody(library: Library, olle: Browser) -> None:
    """Colleagues commented, corrected, dismissed a flag and sent the page back: he reads that the town did."""
    town, at = library.town, (library.page.page_id, "en")
    library.save(RULES, "The rules date from 23 June 2014.")
    library.save(LOAN, "Loans are for four weeks.")
    with library.database.writing() as session:
        comment_on(session, town.anna, *at, library.page.key(BOOKS), text="Twenty?", about=About.TRANSLATION)
        flag = library.row(BOOKS).flags[0].id or 0
        service.dismiss(session, town.anna, *at, library.page.key(BOOKS), flag_id=flag, state=FlagState.DISMISSED)
        submission = decisions.submit(session, town.anna, *at)
        said = {library.page.key(LOAN): "Say how long."}
        decisions.send_back(session, town.bo, submission, comment="Not yet.", comments=said)
    job = give(library)
    assert olle.get("/").location == "/commissions"
    seen = walked(olle, "/commissions")
    for beginning in (BOOKS, LOAN, RULES):
        for verb in ("", "/help", "/cut", "/places", "/repeats", "/words?word=böcker"):
            address = job.segment(library.page.key(beginning), verb)
            seen[address] = olle.get(address, **HTMX).text
    assert "Twenty?" in seen[job.segment(library.page.key(BOOKS))]
    assert "Älvby kommun sent the page back" in seen[job.path]
    assert "corrected by Älvby kommun" in seen[job.segment(library.page.key(LOAN))]
    assert "False alarm, says Älvby kommun." in seen[job.segment(library.page.key(BOOKS))]
    for path, text in seen.items():
        assert path.startswith(("/commissions", "/account")), path
        for name in ("Anna", "Bo<", "Bo ", "Carin", "anna@", "carin@"):
            assert name not in text, (path, name)
        addresses = re.findall(r'(?:href|action|hx-get|hx-post|data-from|data-flagged|data-passages)="(/[^"]*)"', text)
        for address in addresses:
            assert address.startswith(("/commissions", "/account", "/static", "/sign", "/language")) or address == "/"


def test_he_has_the_bench_with_its_pieces_keys_and_answers(library: Library, olle: Browser) -> None:
    job, key = give(library), library.page.key(BOOKS)
    page = olle.get(job.path).text
    assert "/static/bench.js" in page
    assert "/static/window.js" in page
    assert 'id="shortcuts"' in page
    assert olle.get(f"{job.path}/rows?sentences=1-3", **HTMX).text.count("<li") == 3
    assert MACHINE["Lånetiden är fyra veckor."] in olle.get(f"{job.path}/passages?portion=1", **HTMX).text
    assert olle.get(f"{job.path}/flagged?segment={library.page.key(LOAN)}").get_json().keys() == {"key", "number"}
    saved = olle.post(job.segment(key, "/save"), form(text=TWENTY, next="1", close=key), **HTMX)
    assert saved.status_code == 200
    assert "data-undo" in saved.text
    assert job.segment(key, "/take-back") in saved.text
    late = olle.post(job.segment(key, "/save"), form(text="Too late.", next="1", close=key), **HTMX)
    assert late.status_code == 409
    assert "Too late." in late.text
    undone = olle.post(job.segment(key, "/take-back"), form(number="2", close=key), **HTMX)
    assert undone.status_code == 200
    assert library.row(BOOKS).text == "You may borrow 30 books at a time."
    flagged = olle.post(job.segment(key, f"/flags/{library.row(BOOKS).flags[0].id}/dismiss"), form(), **HTMX)
    assert flagged.status_code == 200
    assert library.row(BOOKS).open_flags == ()
    said = olle.post(job.segment(key, "/comments"), form(comment="20 or 30?", about="translation"), **HTMX)
    assert "20 or 30?" in said.text
    assert olle.post(f"{job.path}/submit").location == f"/commissions/{job.id}?told=submitted"


def guesses(library: Library, path: str, key: str) -> Iterator[tuple[str, str]]:
    """Yield method and address of everything that stands under a page of a job."""
    values = {"key": key, "comment_id": 1, "flag_id": 1, "verb": "dismiss", "number": 1, "rule_id": 1, "bulk_id": 1}
    rules = [rule for rule in library.app.url_map.iter_rules() if rule.endpoint in TWINS.values()]
    assert len(rules) == len(TWINS)
    for rule in rules:
        rest = rule.rule.partition("/pages/<int:page_id>")[2]
        rest = rest.replace("<any(close, reopen):verb>", "close").replace("<any(dismiss, reopen):verb>", "dismiss")
        for name, value in values.items():
            rest = re.sub(rf"<(\w+:)?{name}>", str(value), rest)
        yield "POST" if "POST" in (rule.methods or ()) else "GET", path + rest


@pytest.mark.parametrize("guess", ["page", "job", "key", "closed", "language"])
def test_who_guesses_another_number_finds_nothing(library: Library, olle: Browser, guess: str) -> None:
    bath = other_page(library, "bad")
    hire(library, "siv@byran.example", "Siv")
    own, others = give(library), give(library, bath.page_id, to="Siv")
    key = library.page.key(BOOKS)
    path = {
        "page": f"/commissions/{own.id}/pages/{bath.page_id}",
        "job": others.path,
        "key": own.path,
        "closed": give(library, bath.page_id).path,
        "language": f"{own.path}/ar",
    }[guess]
    if guess == "closed":
        carin = browser_of(library, "carin@alvby.example")
        carin.post(f"/sites/alvby/commissions/{path.split('/')[2]}/close")
    of_others = bath.key(BOOKS) if guess in {"key", "page", "job", "closed"} else key
    for method, address in guesses(library, path, of_others):
        if guess == "key" and "/segments/" not in address:
            continue
        posted = form(text="Guessed.", comment="Guessed.", following=of_others, at="3", place="0")
        answer = olle.get(address, **HTMX) if method == "GET" else olle.post(address, posted, **HTMX)
        assert answer.status_code == 404, (method, address, answer.status_code)
        assert "badet" not in answer.text


def test_colleagues_addresses_are_closed_to_him_for_his_own_page_too(library: Library, olle: Browser) -> None:
    give(library)
    for method, address in guesses(library, library.path, library.page.key(BOOKS)):
        answer = olle.get(address, **HTMX) if method == "GET" else olle.post(address, form(text="x"), **HTMX)
        assert answer.status_code in {403, 404, 405}, (method, address, answer.status_code)


@pytest.mark.parametrize(("with_memory", "seen"), [(True, ["open"]), (False, [])])
def test_he_reads_of_the_memory_what_comes_with_the_job(
    library: Library, olle: Browser, *, with_memory: bool, seen: list[str]
) -> None:
    """Never a page that is never sent anywhere, never what another town shares with this one, never whose words."""
    open_one, closed_one = other_page(library, "oppen"), other_page(library, "sluten", never_send=True)
    approve(library, closed_one, "Loans that nobody sees last four weeks.")
    approve(library, open_one, "Loans that all see last four weeks.")
    with library.database.writing() as session:
        noise = next(site.id for site in all_sites(session) if site.slug == "noise")
        pair = NewPair("x", "Lånetiden är fyra veckor!", "Loans of another town.", Kind.IMPORTED)
        keep(session, noise, "en", [pair])
        set_readers(session, COMMAND_LINE, noise, [library.town.site_id])
    job = give(library, with_memory=with_memory)
    texts = {"open": "Loans that all see", "closed": "Loans that nobody sees", "noise": "Loans of another town"}
    key = library.page.key(LOAN)
    anna = library.browser("anna").get(library.segment(LOAN, "/help"), **HTMX).text
    assert all(text in anna for text in texts.values())
    for rest in ("/help", "/help?words=Lånetiden", "/words?word=Lånetiden"):
        found = olle.get(job.segment(key, rest), **HTMX).text
        assert [name for name, text in texts.items() if text in found] == seen, rest
        assert "Anna" not in found
        assert "/oppen" not in found


def test_a_text_of_his_is_put_in_on_his_pages_only_and_he_undoes_it(library: Library, olle: Browser) -> None:
    second, foreign = other_page(library, "filial"), other_page(library, "bad")
    job = give(library, library.page.page_id, second.page_id)
    key, text = library.page.key(LOAN), "You keep a book for four weeks."
    olle.post(job.segment(key, "/save"), form(text=text))
    shown = olle.get(job.segment(key, "/repeats")).text
    places = re.findall(r'name="place" value="([^"]+)"', shown)
    assert len(places) == 1
    assert "Om bad" not in shown
    with library.database.reading() as session:
        other = service.row(session, library.town.anna, foreign.page_id, "en", foreign.key(LOAN))
    sneaked = f"{foreign.segment(LOAN).segment_id}:{other.revision}"
    done = olle.post(job.segment(key, "/repeats"), {"place": [*places, sneaked]}).location
    assert done.startswith(f"{job.path}/bulk/")
    assert texts_of(library, second, foreign) == [text, MACHINE[foreign.segment(LOAN).source]]
    undo = re.search(r'action="([^"]+/undo)"', olle.get(done).text)
    assert undo is not None
    assert olle.post(undo[1]).location.startswith(f"{job.path}/bulk/")
    assert texts_of(library, second, foreign) == [MACHINE[foreign.segment(LOAN).source]] * 2


def texts_of(library: Library, *pages: BuiltPage) -> list[str | None]:
    """Return the text of the sentence about loans on each page."""
    with library.database.reading() as session:
        return [service.row(session, library.town.anna, page.page_id, "en", page.key(LOAN)).text for page in pages]


def test_he_cuts_a_sentence_that_stands_on_his_pages_only(library: Library, olle: Browser) -> None:
    job, key = give(library), library.page.key(BOOKS)
    source = library.page.segment(BOOKS).source
    cut = olle.post(job.segment(key, "/cut"), {"at": str(source.index("åt gången"))})
    assert cut.status_code == 303
    assert cut.location.startswith(job.path)
    other_page(library, "bad")
    key = library.page.key(RULES)
    refused = olle.post(job.segment(key, "/cut"), {"at": str(library.page.segment(RULES).source.index("den 23"))})
    assert refused.status_code == 403
    assert "outside your job" in refused.text


def test_a_flag_that_quotes_another_page_only_says_that_there_is_one(library: Library, olle: Browser) -> None:
    approve(library, other_page(library, "bad"), "The bath lends for four weeks.")
    job = give(library)
    typed = form(text="Loans run a month, four weeks.")
    anna = library.browser("anna").post(library.segment(LOAN, "/check"), typed, **HTMX).text
    assert "The bath lends for four weeks." in anna
    shown = olle.post(job.segment(library.page.key(LOAN), "/check"), typed, **HTMX).text
    assert "On another page, people wrote something else for the same Swedish." in shown
    assert "bath" not in shown
