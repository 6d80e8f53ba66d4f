"""What the checks flag in a pair, and what they let pass."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.checks import CHECKS, MESSAGES, check_pair, describe
from review_app.checks.finding import Severity
from review_app.checks.pair import Pair

FLAGGED = [
    ("empty", "Välkommen!", " ", None),
    ("engine_error", "Hej", "Error 500 (Server Error)!!1", None),
    ("engine_error", "Hej", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY", None),
    ("leaked_markup", "”Hej”", "&quot;Hi&quot;", "&quot;"),
    ("leaked_markup", "Läs mer", "Read <b>more</b>", "<b>"),
    ("placeholders", "Läs <1>mer</1> här", "Read more here", None),
    ("placeholders", "Läs mer", "Read <1/> more", "<1/>"),
    ("placeholders", "<1>Läs</1> <2>mer</2>", "<1>Read<2></1>more</2>", None),
    ("number", "Det kostar 500 kronor.", "It costs 800 kronor.", "800"),
    ("number", "Sex personer släpptes.", "Seven people were released.", "Seven"),
    ("number", "Parken täcker 3 850 km².", "The park covers 3,550 square kilometres.", "3,550"),
    ("date_time", "Öppet kl. 14.00.", "Open at 2 a.m.", "2"),
    ("date_time", "Stängt den 8 juli.", "Closed on June 8.", "June"),
    ("date_time", "Vi ses på fredagskvällen.", "See you on Saturday evening.", "Saturday"),
    ("phone", "Ring 0926-740 00.", "Call 0926-740 01.", "0926-740 01"),
    ("identity_number", "Organisationsnummer 212000-0142.", "Registration number 212000-0124.", "212000-0124"),
    ("postal_code", "956 81 Överkalix", "956 18 Överkalix", "956 18"),
    ("link", "Se www.exempel.se.", "See www.example.se.", "www.example.se"),
    ("link", "Skriv till anna@exempel.se", "Write to anna@exempel.com", "anna@exempel.com"),
    ("currency", "Det kostar 500 kronor.", "It costs €500.", "€"),
    ("file_name", "Ladda ner ansökan.pdf.", "Download form.pdf.", "form.pdf"),
    ("legal_reference", "Enligt 5 kap. 3 §.", "Under Chapter 3, Section 5.", "Chapter 3"),
    ("agency", "Kontakta Skatteverket.", "Contact the Tax Office.", None),
    ("acronym", "Ansök om LSS i kommunen.", "Apply for LVU in the municipality.", "LVU"),
    ("encoding", "Åre", "Ã…re", "Ã…"),
    ("spacing", "Läs mer", "Read  more", "  "),
    ("list_structure", "1. Ansök", "Apply", None),
    ("repetition_loop", "Kör inte.", "Do not do not do not drive", "Do not do not do not"),
    ("truncated", "Ansökan skickas till kommunen.", "The application is sent to the", "the"),
    ("repeated_word", "Vi lånar ut böcker.", "We lend lend books.", "lend lend"),
    ("negation", "Du får inte parkera här.", "You may park here.", None),
    ("negation", "Du får parkera här.", "You must not park here.", "not"),
    ("untranslated", "Ansök om förskoleplats i dag.", "Apply for förskoleplats today.", "förskoleplats"),
    ("other_language", "Han har en katt.", "He has a 猫.", "猫"),
    ("other_language", "Getter är tama.", "These goats are weitere tame.", "weitere"),
    ("name", "Många varor kommer utan tull.", "Many goods from Hamburg come free of duty.", "Hamburg"),
    ("name", "I går talade Lindqvist med tidningen.", "Yesterday Bergström spoke to the paper.", "Bergström"),
    (
        "length",
        "Ansökan ska lämnas senast en månad före den dag då arbetet börjar, annars avslås den.",
        "Apply.",
        "Apply.",
    ),
    ("end_punctuation", "Han gick hem till sitt hus.", "He went home to his house", "e"),
    ("question", "Vill du veta mer?", "You want to know more.", "."),
    ("direction", "Anmäl dig före kursen.", "Register after the course.", "after"),
    ("modality", "Du måste anmäla det.", "You can report it.", "can"),
    ("spelling", "De hittades i prover.", "They were foudn in samples.", "foudn"),
    ("letter_case", "Både män och kvinnor.", "both men and women.", "both"),
    ("punctuation", "I februari, sade han.", "In February , he said.", " ,"),
    ("brackets", "Barn (6 år) kommer.", "Children (6 years come.", "("),
    (
        "omission",
        "Badhuset är stängt på måndagar, men biblioteket är öppet och skolan har möte på kvällen.",
        "The library is open.",
        None,
    ),
    ("addition", "Biblioteket är öppet.", "The library is open and the dog eats old books in the garden.", None),
    ("mistranslation", "Fyll i blanketten.", "Fill in the blanket.", "blanket"),
    ("register", "Du kan inte boka. Du kan inte betala.", "You can't book. You cannot pay.", "can't"),
]
FINE = [
    ("Överkalix kommun", "Överkalix Municipality"),
    ("Öppet kl. 14.00–16.00 den 23 juni 2014.", "Open from 2 to 4 p.m. on June 23, 2014."),
    ("Källan är 20 km bort.", "The spring is 20 km (12 miles) away."),
    ("Ring 0926-740 00.", "Call +46 (0)926-740 00."),
    ("Läs <1>mer</1> på <2/>.", "Read <1>more</1> at <2/>."),
    ("Det är inte ovanligt.", "It is not uncommon."),
    ("Se www.exempel.se/sv/bygga.", "See www.exempel.se/en/build."),
    ("Rad ett<br/>rad två", "Line one<br />line two"),
    ("", ""),
]


@pytest.mark.parametrize(("check", "source", "target", "span"), FLAGGED)
def test_flags_what_is_wrong(check: str, source: str, target: str, span: str | None) -> None:
    (found, *_) = [finding for finding in check_pair(source, target, "sv", "en") if finding.check == check]
    assert span is None or (found.target_span and target[slice(*found.target_span)] == span)
    for language in ("sv", "en"):
        assert "{" not in describe(found.message_id, found.values, language)


@pytest.mark.parametrize(("source", "target"), FINE)
def test_lets_a_good_translation_pass(source: str, target: str) -> None:
    assert check_pair(source, target, "sv", "en") == []


def test_every_check_has_an_example() -> None:
    of_the_site = {"term", "inconsistent", "same_translation"}  # what a site asks has tests of its own
    assert {check for check, *_ in FLAGGED} == set(CHECKS) - of_the_site


@pytest.mark.parametrize("language", ["ar", "fi", "de"])
def test_languages_that_are_not_known_are_judged_by_what_no_language_changes(language: str) -> None:
    found = check_pair("Ring <1>08-123</1> eller se www.a.se, inte 500.", "Xyz www.b.se ٥٠٠ xyz.", "sv", language)
    assert {finding.check for finding in found} >= {"placeholders", "link"}
    assert not {finding.check for finding in found} & {"direction", "name"}


def test_the_gravest_comes_first() -> None:
    found = check_pair("Det kostar 500 kronor?", "It it costs 800 kronor.", "sv", "en")
    assert [finding.severity for finding in found] == sorted(
        (finding.severity for finding in found), key=list(Severity).index
    )
    assert len(found) >= 3


def test_every_message_is_filled_by_names() -> None:
    for text in MESSAGES.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))


texts = st.text(st.sampled_from(list("aåö XY19.,:!<>/&;@-–'\"ا٣\u00a0中")), max_size=80)


@given(texts, texts, st.sampled_from(["en", "ar", "fi", "zh-Hant"]))
def test_any_pair_is_judged_and_spans_lie_in_the_texts(source: str, target: str, language: str) -> None:
    for finding in check_pair(source, target, "sv", language):
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
        assert describe(finding.message_id, finding.values, "sv")


@pytest.mark.parametrize("unit", ["a.", "1,000 ", "kl. 14.00 ", "Vi har 3 hus. ", "inte ", "ab ab ", "<1>", "<a ", "å"])
def test_long_texts_are_judged(unit: str) -> None:
    """A check whose time grows with the square of the length needs minutes here; the benchmark measures it."""
    text = (unit * (80_000 // len(unit) + 1))[:80_000]
    pair = Pair(text, text[::-1], "sv", "en")
    assert all(finding.message_id in MESSAGES for check in CHECKS.values() for finding in check.look(pair))
