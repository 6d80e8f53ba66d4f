"""The engine ``google`` against a loopback page that misbehaves: a translation, or one clear reason, never the text."""

from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from traceback import format_exception
from urllib.parse import parse_qs, quote, quote_plus, urlsplit

import pytest

from review_app.engines.client import ATTEMPTS, may_be_a_text
from review_app.engines.contract import EngineConfig
from review_app.engines.google import LONGEST_REQUEST, Google
from review_app.engines.judging import ECHO, EMPTY, HTML_PAGE, PLACEHOLDER_LOST
from review_app.errors import EngineFailed
from tests.engines.shouting import shouted

SECRET = "Hemligt är namnet Åsa Öberg, som bor i Överkalix sedan länge."

Answer = Callable[[str], tuple[int, str]]


class Page:
    """What stands in for Google's page: ``answers`` are used in turn, the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [translated(shouted)]
        self.asked: list[dict[str, list[str]]] = []
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                page.asked.append(query)
                answer = page.answers.pop(0) if len(page.answers) > 1 else page.answers[0]
                status, body = answer(query["q"][0])
                if status == 0:
                    return self.close_connection_without_a_word()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())
                return None

            def close_connection_without_a_word(self) -> None:
                self.close_connection = True

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


def translated(make: Callable[[str], str]) -> Answer:
    """Answer as Google's page does, with what is made of the text."""
    return lambda text: (200, f'<html><div class="result-container">{escape(make(text))}</div></html>')


def status(code: int) -> Answer:
    return lambda _text: (code, "<html>Error</html>")


@pytest.fixture
def page() -> Iterator[Page]:
    found = Page()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def google(page: Page, pauses: list[float]) -> Google:
    return Google(EngineConfig(addresses={"google": page.address}, timeout=2.0), sleep=pauses.append)


def test_every_text_has_its_answer_in_order(google: Google, page: Page) -> None:
    results = google.translate(["Hej då.", "Två böcker."], "sv", "en")
    assert [result.text for result in results] == ["HEJ DA.", "TVA BOCKER."]
    assert [(query["sl"], query["tl"]) for query in page.asked] == [(["sv"], ["en"])] * 2


def test_placeholders_go_as_tokens_and_come_back(google: Google, page: Page) -> None:
    page.answers = [
        translated(lambda text: text.replace("Läs", "Read").replace("mer", "more").replace("här.", "here."))
    ]
    (result,) = google.translate(["Läs <1>mer</1> här."], "sv", "en")
    assert result.text == "Read <1>more</1> here."
    assert page.asked[0]["q"] == ["Läs [[1]]mer[[/1]] här."]


def test_entities_of_the_answer_are_characters(google: Google, page: Page) -> None:
    page.answers = [translated(lambda _text: "Q&amp;A isn&#39;t here")]
    (result,) = google.translate(["Frågor och svar finns inte här."], "sv", "en")
    assert result.text == "Q&A isn't here"


@pytest.mark.parametrize("fault", [status(429), status(500), status(503), lambda _text: (0, "")])
def test_a_page_that_falters_is_asked_again(google: Google, page: Page, pauses: list[float], fault: Answer) -> None:
    page.answers = [fault, translated(shouted)]
    (result,) = google.translate(["Hej då."], "sv", "en")
    assert result.text == "HEJ DA."
    assert len(pauses) == 1


@pytest.mark.parametrize("fault", [status(429), status(500), lambda _text: (0, "")])
def test_one_that_goes_on_faltering_is_given_up_without_a_word_of_the_text(
    google: Google, page: Page, pauses: list[float], fault: Answer
) -> None:
    page.answers = [fault]
    with pytest.raises(EngineFailed) as caught:
        google.translate([SECRET], "sv", "en")
    assert len(page.asked) == ATTEMPTS + may_be_a_text(caught.value)  # it is asked for a harmless word then
    assert pauses == sorted(pauses), "each pause is longer than the one before"
    assert_tells_nothing(caught.value)


def assert_tells_nothing(error: EngineFailed) -> None:
    """Neither the text, however it is written, nor the address that carries it; not even in a log's traceback."""
    assert error.values == {"engine": "google"}
    whole = "".join(format_exception(error))
    for secret in ("Öberg", quote("Öberg"), quote_plus(SECRET), "127.0.0.1"):
        assert secret not in whole


def test_a_page_that_never_answers_is_given_up_and_not_asked_again(page: Page, pauses: list[float]) -> None:
    over, ended = Event(), []

    def silent(_text: str) -> tuple[int, str]:
        over.wait(5)
        ended.append(True)
        return 0, ""

    page.answers = [silent]
    engine = Google(EngineConfig(addresses={"google": page.address}, timeout=0.05), sleep=pauses.append)
    try:
        with pytest.raises(EngineFailed) as caught:
            engine.translate([SECRET], "sv", "en")
        assert not ended, "it was given up while it was silent"
    finally:
        over.set()
    assert [query["q"][0] for query in page.asked].count(SECRET) == 1  # it would be as late again
    assert pauses == []
    assert_tells_nothing(caught.value)


def test_a_server_that_is_not_there_is_given_up(pauses: list[float]) -> None:
    engine = Google(EngineConfig(addresses={"google": "http://127.0.0.1:9"}, timeout=1.0), sleep=pauses.append)
    with pytest.raises(EngineFailed):
        engine.translate(["Hej då."], "sv", "en")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _text: (200, "<html>Something went wrong</html>"), EMPTY),
        (translated(lambda _text: ""), EMPTY),
        (translated(lambda text: text), ECHO),
    ],
    ids=["another page", "nothing", "the text itself"],
)
def test_what_is_no_translation_is_rejected_and_the_rest_kept(
    google: Google, page: Page, answer: Answer, reason: str
) -> None:
    page.answers = [answer, translated(shouted)]
    first, second = google.translate([SECRET.removesuffix("."), "Hej då."], "sv", "en")
    assert (first.text, first.reason, second.text) == (None, reason, "HEJ DA.")


def test_a_placeholder_that_is_lost_is_asked_for_again_in_pieces(google: Google, page: Page) -> None:
    page.answers = [translated(lambda _text: "Read more here."), translated(shouted)]
    (result,) = google.translate(["Läs <1>mer</1> här."], "sv", "en")
    assert result.text == "LAS <1>MER</1> HAR."
    assert [query["q"] for query in page.asked] == [["Läs [[1]]mer[[/1]] här."], ["Läs"], ["mer"], ["här."]]


def test_a_web_page_in_the_answer_is_rejected(google: Google, page: Page) -> None:
    page.answers = [translated(lambda _text: "<!doctype html><html><body>Before you continue</body></html>")]
    (result,) = google.translate([SECRET], "sv", "en")
    assert (result.text, result.reason) == (None, HTML_PAGE)


def test_a_placeholder_that_is_made_up_is_told(google: Google, page: Page) -> None:
    page.answers = [translated(lambda _text: "Read [[2]] more")]
    (result,) = google.translate(["Läs <1>mer</1> här."], "sv", "en")
    assert result.reason == PLACEHOLDER_LOST


def test_a_long_text_goes_in_portions_that_end_with_sentences(google: Google, page: Page) -> None:
    sentence = "Detta är en mening om kommunens verksamhet i år. "
    text = (sentence * 60).strip()
    page.answers = [translated(lambda portion: portion.replace("Detta är en mening", "This is a sentence"))]
    (result,) = google.translate([text], "sv", "en")
    assert result.text == text.replace("Detta är en mening", "This is a sentence")
    portions = [query["q"][0] for query in page.asked]
    assert len(portions) == 2
    assert all(len(portion) <= LONGEST_REQUEST and portion.endswith(".") for portion in portions)


def test_a_long_text_that_lacks_one_portion_is_no_translation(google: Google, page: Page) -> None:
    page.answers = [translated(shouted), translated(lambda _portion: "")]
    (result,) = google.translate(["Detta är en mening om kommunens verksamhet i år. " * 60], "sv", "en")
    assert (result.text, result.reason) == (None, EMPTY)


def test_a_sentence_without_end_is_parted_at_spaces(google: Google, page: Page) -> None:
    text = "ord " * 1000 + "slut"
    google.translate([text], "sv", "en")
    portions = [query["q"][0] for query in page.asked]
    assert all(len(portion) <= LONGEST_REQUEST for portion in portions)
    assert " ".join(portions) == text


@pytest.mark.parametrize(("target", "code"), [("nb", "no"), ("he", "iw"), ("zh", "zh-CN"), ("en-GB", "en")])
def test_languages_go_by_google_s_codes(google: Google, page: Page, target: str, code: str) -> None:
    assert google.supports("sv", target)
    google.translate(["Hej då."], "sv", target)
    assert page.asked[0]["tl"] == [code]


def test_languages_that_google_lacks() -> None:
    assert not Google(EngineConfig()).supports("sv", "fit")
