"""Numbers, dates, names and other facts: what is flagged, what passes, and what should stand there."""

import pytest

from review_app.checks import check_pair
from review_app.checks.finding import Severity
from review_app.checks.pair import Pair
from review_app.checks.rules import (
    acronym,
    agency,
    currency,
    date_time,
    file_name,
    identity_number,
    legal_reference,
    link,
    name,
    number,
    phone,
    postal_code,
)
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("Det kostar 1 500 kronor.", "It costs 1,800 kronor.", "en", ["1,800"]),
        ("Tre av fem elever", "Three of six pupils", "en", ["six"]),
        ("På 1000-talet byggdes kyrkan.", "The church was built in the 10th century.", "en", ["10th"]),
        ("Avgiften höjs med 2,5 procent.", "The fee is raised by 25 percent.", "en", ["25"]),
        ("Karl XII dog 1718.", "Charles XI died in 1718.", "en", ["XI"]),
        ("Se v. 32 i kalendern.", "See week 33 in the calendar.", "en", ["33"]),
        ("Rummet är 20 m².", "The room is 30 m².", "en", ["30"]),
        ("Källan är 65 km bort.", "The spring is 50 miles away.", "en", ["50"]),
        ("Tornet är 250 m (820 fot).", "The tower is 300 m (820 ft).", "en", ["300"]),
        ("På det tredje planet", "On the 23rd floor", "en", ["23rd"]),
        ("Det kostar 500 kronor.", "Se maksaa 600 kruunua.", "fi", ["600"]),
        ("Det kostar 500 kronor.", "التكلفة ٨٠٠ كرونة.", "ar", ["٨٠٠"]),
    ],
)
def test_numbers_that_differ(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(number.CHECK, source, target, language) == marked


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Det kostar 1 500 kronor.", "It costs 1,500 kronor.", "en"),
        ("2½ kopp mjöl", "2.5 cups of flour", "en"),
        ("två och en halv timme", "2.5 hours", "en"),
        ("5–7,5 cm regn", "2 to 3 inches of rain", "en"),
        ("Den 1,98 meter långa spelaren", "The 6-foot-6 player", "en"),
        ("På 1100–1200-talet", "In the 12th–13th centuries", "en"),
        ("Tredje våningen, kapitel IV", "3rd floor, chapter 4", "en"),
        ("25 miljoner kronor", "SEK 25 million", "en"),
        ("Flight CG 4694", "Flight CG4694", "en"),
        ("Brättet är 60 cm brett.", "It has a two-foot wide brim.", "en"),
        ("Föreningen firar sin tioårsdag.", "The society has its 10th birthday.", "en"),
        ("Skolan är 100 år gammal.", "The school is a century old.", "en"),
        ("Tåget går halv tre.", "The train leaves at half past two.", "en"),
        ("Tjugoen barn väntar.", "Twenty-one children are waiting.", "en"),
        ("Tre barn väntar.", "Kolme lasta odottaa.", "fi"),
        ("Det kostar 500 kronor.", "التكلفة ٥٠٠ كرونة.", "ar"),
        ("Han är helt säker.", "He is 100 percent certain.", "en"),
    ],
)
def test_numbers_that_say_the_same(source: str, target: str, language: str) -> None:
    assert passes(number.CHECK, source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Möte den 23 juni 2014.", "Meeting on June 22, 2014.", ["June 22, 2014"]),
        ("Stängt den 8 juli.", "Closed on June 8.", ["June"]),
        ("Öppet kl. 14.00.", "Open at 2 a.m.", ["2"]),
        ("Vi ses på fredagskvällen.", "See you on Saturday evening.", ["Saturday"]),
        ("Senast 2024-05-01.", "By 1 June 2024.", ["June"]),
    ],
)
def test_dates_and_times_that_differ(source: str, target: str, marked: list[str]) -> None:
    assert flags(date_time.CHECK, source, target) == marked


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Möte den 23 juni 2014.", "Meeting on 23 June 2014."),
        ("Senast 2024-05-01.", "By 1 May 2024."),
        ("Gäller 1.12–14.5.", "Valid from 1 December to 14 May."),
        ("Öppet 15–17 maj.", "Open May 15–17."),
        ("Öppet mån–fre kl. 8.00–16.30.", "Open Mon–Fri 8 a.m.–4:30 p.m."),
        ("Fredagens möte ställs in.", "Friday's meeting is cancelled."),
        ("Vi köper lördagsgodis.", "We buy sweets."),
    ],
)
def test_dates_and_times_that_say_the_same(source: str, target: str) -> None:
    assert passes(date_time.CHECK, source, target)
    assert passes(number.CHECK, source, target)


@pytest.mark.parametrize(
    ("check", "source", "target", "marked"),
    [
        (phone.CHECK, "Ring 0926-740 00.", "Call 0926-740 01.", ["0926-740 01"]),
        (phone.CHECK, "Ring 0926-740 00.", "Call us.", ["0926-740 00"]),
        (identity_number.CHECK, "Org.nr 212000-0142.", "Reg. no. 212000-0124.", ["212000-0124"]),
        (postal_code.CHECK, "956 81 Överkalix", "SE-956 18 Överkalix", ["SE-956 18"]),
        (currency.CHECK, "Det kostar 500 kronor.", "It costs €500.", ["€"]),
        (currency.CHECK, "Det kostar 500 kr.", "It costs 500.", ["kr"]),
        (file_name.CHECK, "Ladda ner ansökan.pdf.", "Download application.pdf.", ["application.pdf"]),
        (legal_reference.CHECK, "Enligt 5 kap. 3 §.", "Under Chapter 3, Section 5.", ["Chapter 3"]),
        (legal_reference.CHECK, "Enligt 3 a § i lagen.", "Under Section 3 of the Act.", ["Section 3"]),
        (legal_reference.CHECK, "Enligt 3 § i lagen.", "Under paragraph 3 of the Act.", ["paragraph 3"]),
        (agency.CHECK, "Kontakta Skatteverket.", "Contact the Tax Office.", ["Skatteverket"]),
        (acronym.CHECK, "Ansök om LSS i kommunen.", "Apply for LVU in the municipality.", ["LVU"]),
        (link.CHECK, "Skriv till anna@exempel.se", "Write to anna@exempel.com", ["anna@exempel.com"]),
        (name.CHECK, "Hon reste till Göteborg i maj.", "She went to Stockholm in May.", ["Stockholm"]),
        (name.CHECK, "Kriget i Danmark tog slut.", "The war in North Korea ended.", ["North Korea"]),
        (name.CHECK, "Sedan talade Lindqvist.", "Then Bergström spoke.", ["Bergström"]),
        (name.CHECK, "Den amerikanska kåren byggde vallen.", "The France corps built the levee.", ["France"]),
        (name.CHECK, "Mötet på Bali handlar om skog.", "The meeting in China is about forests.", ["China"]),
    ],
)
def test_facts_that_differ(check, source: str, target: str, marked: list[str]) -> None:
    assert flags(check, source, target) == marked


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("Tåget går till Paris.", "The train goes there.", Severity.MAJOR),
        ("Sedan talade Lindqvist.", "Then Bergström spoke.", None),
        ("Välj fliken Linjeslut där.", "Choose the Styles tab there.", Severity.MINOR),
        ("Många varor kommer utan tull.", "Many goods come to Takagi free of duty.", None),
        ("Hon talade sedan med tidningen.", "Takagi spoke to the paper.", Severity.MINOR),
        ("I går talade Anna med tidningen.", "Anna Takagi spoke to the paper.", Severity.MINOR),
        ("I går talade ministern.", "Yesterday it was Anthony who spoke.", Severity.MINOR),
        ("I går talade ministern.", "Yesterday it was Anthony Takagi who spoke.", None),
    ],
)
def test_where_a_name_may_be_a_plain_word_or_a_pronoun_the_flag_is_minor(
    source: str, target: str, severity: Severity
) -> None:
    found = list(name.CHECK.look(Pair(source, target, "sv", "en")))
    assert {one.severity for one in found} == {severity}


def test_who_is_called_by_a_part_of_the_name_is_not_missing() -> None:
    assert passes(name.CHECK, "Sedan talade Anna Takagi.", "Then Anna spoke.")
    assert flags(name.CHECK, "Sedan talade Takagi.", "Then the mayor spoke.") == ["Takagi"]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        (phone.CHECK, "Ring 0926-740 00.", "Call +46 (0)926-740 00."),
        (phone.CHECK, "Ring 0926-740 00.", "Call +46 926 740 00."),
        (identity_number.CHECK, "Personnummer 20121212-1212", "Personal number 121212-1212"),
        (postal_code.CHECK, "956 81 Överkalix", "SE-956 81 Överkalix, Sweden"),
        (currency.CHECK, "Det kostar 500 kronor.", "It costs SEK 500."),
        (currency.CHECK, "Han väger 200 pund.", "He weighs 200 pounds."),
        (currency.CHECK, "=SEK(RAD(60)) ger 2.", "=SEC(RAD(60)) gives 2."),
        (date_time.CHECK, "De hade inte majs.", "They had no corn."),
        (link.CHECK, "Se https://a.se/bygga/lov.", "See https://a.se/en/build/permit."),
        (file_name.CHECK, "Se karta.pdf.", "See karta.pdf."),
        (legal_reference.CHECK, "Enligt 5 kap. 3 §.", "Under Chapter 5, Section 3."),
        (legal_reference.CHECK, "Enligt 3 a § andra stycket.", "Under Section 3 a, paragraph 2."),
        (agency.CHECK, "Kontakta Skatteverket.", "Contact the Swedish Tax Agency."),
        (agency.CHECK, "Skolverkets råd", "Advice of the National Agency for Education"),
        (agency.CHECK, "Kontakta Skatteverket.", "Contact Skatteverket."),
        (acronym.CHECK, "FN och EU enades.", "The UN and the EU agreed."),
        (acronym.CHECK, "Insatser enligt LSS", "Support under the Act on Support and Service"),
        (name.CHECK, "Hon reste till Göteborg i maj.", "She went to Gothenburg in May."),
        (name.CHECK, "Glasögon kan vara billigare.", "Eyeglasses can be cheaper."),
        (name.CHECK, "Det hände i Kina och Moskva.", "It happened in China and Moscow."),
        (name.CHECK, "Sedan kom Chrustjov till makten.", "Then Khrushchev came to power."),
        (name.CHECK, "Då spelade Aleksandr där.", "Then Alexander played there."),
        (name.CHECK, "De besökte Sydafrika i fjol.", "They visited South Africa last year."),
        (name.CHECK, "Det var USA:s beslut.", "It was a decision of the U.S. government."),
        (name.CHECK, "Mötet leddes av Högsta domstolen.", "The meeting was led by the Supreme Court."),
    ],
)
def test_facts_that_say_the_same(check, source: str, target: str) -> None:
    assert passes(check, source, target)


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Parken täcker 3 850 km².", "The park covers 3,550 km².", "The park covers 3,850 km²."),
        ("Möte den 23 juni 2014.", "Meeting on June 22, 2014.", "Meeting on June 23, 2014."),
        ("Stängt den 2 juli.", "Closed on July 3rd.", "Closed on July 2nd."),
        ("Vi ses på fredag.", "See you on Saturday.", "See you on Friday."),
        ("Hon reste till Göteborg.", "She went to Stockholm.", "She went to Gothenburg."),
        ("Ring 0926-740 00.", "Call 0926-740 01.", "Call 0926-740 00."),
        ("Skriv till anna@exempel.se", "Write to anna@exempel.com", "Write to anna@exempel.se"),
        ("Enligt 3 a § i lagen.", "Under Section 3 of the Act.", "Under Section 3 a of the Act."),
        ("Läs mer här", "Read  more here", "Read more here"),
        ("På svenska", "In Swedish: pÃ¥", "In Swedish: på"),
        ("”Hej”", "&quot;Hi&quot; there", '"Hi&quot; there'),
        ("Läs mer", "Read <1/>more", "Read more"),
        ("Det kostar 500 kronor.", "التكلفة ٨٠٠ كرونة.", "التكلفة ٥٠٠ كرونة."),
    ],
)
def test_a_certain_fix_mends_the_text(source: str, target: str, mended: str) -> None:
    language = "en" if target.isascii() or "Ã" in target or "²" in target else "ar"
    found = next(finding for finding in check_pair(source, target, "sv", language) if finding.fix is not None)
    start, end = found.target_span or (0, 0)
    assert target[:start] + (found.fix or "") + target[end:] == mended
    assert len(check_pair(source, mended, "sv", language)) < len(check_pair(source, target, "sv", language))


@pytest.mark.parametrize(
    ("source", "target"),
    [("Öppet kl. 14.00.", "Open at 2 a.m."), ("Källan är 65 km bort.", "The spring is 9 m away.")],
)
def test_where_nothing_is_certain_no_fix_is_offered(source: str, target: str) -> None:
    found = check_pair(source, target, "sv", "en")
    assert found
    assert all(finding.fix is None for finding in found)


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Tomten är 500 m².", "The plot is 500 m.", ["500 m"]),
        ("Det är 5 km till skolan.", "It is 5 miles to the school.", ["5 miles"]),
        ("Väskan väger 20 kg.", "The bag weighs 20 g.", ["20 g"]),
        ("En yta på 30 kvadratmeter.", "An area of 30 metres.", ["30 metres"]),
    ],
)
def test_units_that_differ(source: str, target: str, marked: list[str]) -> None:
    assert flags(number.CHECK, source, target) == marked


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Tomten är 500 m².", "The plot is 500 square metres."),
        ("Det är 5 km till skolan.", "It is 5 kilometres (3.1 miles) to the school."),
        ("Kör högst 30 km/h.", "Drive at 30 kilometres per hour at most."),
        ("Den är 3 m lång och 5 m bred.", "It is 3 metres long and 5 metres wide."),
        ("Det kostar 20 kr per kg.", "It costs SEK 20 a kilo."),
        ("Inom 30 m från vägen.", "Within 30 m of the road."),
    ],
)
def test_units_that_say_the_same(source: str, target: str) -> None:
    assert passes(number.CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Laget kom på andra plats.", "The team came in third place.", ["third"]),
        ("Det är första gången i år.", "It is the second time this year.", ["second"]),
        ("På femte våningen.", "On the fourth floor.", ["fourth"]),
        ("Laget kom på andra plats.", "The team came second.", []),
        ("De andra kom på tredje plats.", "The others came third.", []),
        ("De andra barnen hade en tredje fråga.", "The second group had a third question.", []),
        ("Var tredje sekund.", "Every second counts.", []),
        ("För 3:e gången kom han på första plats.", "He came in first for the third time.", []),
        ("De andra husen är röda.", "The third house is red.", []),
    ],
)
def test_a_place_in_a_row_that_became_another(source: str, target: str, marked: list[str]) -> None:
    assert flags(number.CHECK, source, target) == marked


def test_a_part_of_a_whole_that_became_another() -> None:
    assert flags(number.CHECK, "En tredjedel av marken är skog.", "A quarter of the land is forest.") == ["quarter"]
    assert passes(number.CHECK, "En tredjedel av marken är skog.", "A third of the land is forest.")
    assert passes(number.CHECK, "En fjärdedel av barnen.", "One in four children.")


def test_names_that_both_texts_begin_with_are_compared_where_dictionaries_know_them_as_names_alone() -> None:
    assert flags(name.CHECK, "Anna Lindqvist är ansvarig.", "Maria Lindqvist is responsible.") == ["Maria"]
    assert flags(name.CHECK, "Anna är ansvarig.", "Maria is responsible.") == ["Maria"]
    assert passes(name.CHECK, "Anna är ansvarig.", "Anna is responsible.")
    assert passes(name.CHECK, "Anna och Maria är ansvariga.", "Maria and Anna are responsible.")
    assert passes(name.CHECK, "Jeremy Corbyn har förslag.", "Mr Corbyn has proposals.")
    assert passes(name.CHECK, "Sverige är stort.", "Sweden is large.")


def test_a_short_sentence_is_no_heading_and_its_names_are_compared() -> None:
    assert flags(name.CHECK, "Kontakta Anna Lindqvist.", "Contact Maria Lindqvist.") == ["Maria"]
    assert passes(name.CHECK, "Kontakta Anna Lindqvist.", "Contact Anna Lindqvist.")
    assert passes(name.CHECK, "Kommunens Nya Bibliotek", "The Municipality's New Library")
