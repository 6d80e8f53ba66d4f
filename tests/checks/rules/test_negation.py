"""A no must stay a no, and none may come in; other ways of saying it are none of the check's business."""

import pytest

from review_app.checks.finding import Severity
from review_app.checks.pair import Pair
from review_app.checks.rules.negation import CHECK
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Du får inte parkera här.", "You may park here.", "inte"),
        ("Du får parkera här.", "You must not park here.", "not"),
        ("Ingen avgift tas ut.", "A fee is charged.", "Ingen"),
        ("Vi har öppet på lördag.", "We aren’t open on Saturday.", "aren’t"),
        ("Alla barn får plats.", "Nobody gets a place.", "Nobody"),
        ("Bara en av dem bor här.", "Only one of them does not live here.", "not"),
        ("Det är svårt att hitta.", "It is not difficult to find.", "not"),
        ("Vi har öppet.", "We do not have a No. 11.", "not"),
        ("Trots att byarna slogs samman växer de.", "The villages do not grow, although they were merged.", "not"),
        ("Varelser lever här.", "Beings do not live here.", "not"),
    ],
)
def test_a_no_that_came_or_went_is_flagged(source: str, target: str, marked: str) -> None:
    assert flags(CHECK, source, target) == [marked]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Det är inte möjligt.", "It is impossible."),
        ("Org.nr 212000-2637.", "Org. no. 212000-2637."),
        ("Det behöver inte betyda något.", "It doesn't necessarily mean anything."),
        ("Bredden kan inte överskrida sidans.", "The width cannot exceed that of the page."),
        ("Är det ett ja eller ett nej?", "Is that a yes or no?"),
        ("Ta på dig en klänning då.", "Why don't you wear a dress?"),
        ("Filen saknas.", "The file does not exist."),
        ("Det är oklart.", "It is not clear."),
        ("Du är välkommen utan att boka.", "You do not have to book."),
        ("Ansök senast den 5 maj.", "Apply no later than 5 May."),
        ("Inte bara barn utan även vuxna.", "Children as well as adults."),
        ("Vi öppnar först klockan tio.", "We do not open until ten."),
        ("Du bor här, eller hur?", "You live here, don't you?"),
        ("Ange om du röker eller inte.", "Say whether you smoke."),
        ("Kosmonaut nummer 11.", "Cosmonaut No. 11."),
        ("Det gäller inte.", "It doesn&#39;t apply."),
        ("Ingen vet.", "No-one knows."),
        ("Kom inte för sent, och glöm inte boken.", "Don't come late and bring the book."),
        ("Högst 20 får komma in.", "No more than 20 may enter."),
        ("Hör gärna av dig.", "Do not hesitate to get in touch."),
        ("Kom ihåg att boka.", "Don't forget to book."),
        ("Det är säkert en bra skola.", "It is no doubt a good school."),
        ("Vi kommer bara om det snöar.", "We won't come unless it snows."),
    ],
)
def test_another_way_of_saying_it_passes(source: str, target: str) -> None:
    assert passes(CHECK, source, target)


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [
        ("de", "Hier dürfen Sie nicht parken.", "Hier dürfen Sie parken."),
        ("fi", "Tähän ei saa pysäköidä.", "Tähän saa pysäköidä."),
        ("ar", "لا يجوز الوقوف هنا.", "يجوز الوقوف هنا."),
    ],
)
def test_other_languages_are_asked_whether_any_no_is_left(language: str, good: str, bad: str) -> None:
    source = "Du får inte parkera här."
    assert passes(CHECK, source, good, language)
    assert flags(CHECK, source, bad, language) == ["inte"]


def test_two_sentences_are_not_counted_against_each_other() -> None:
    assert passes(CHECK, "Kom inte hit. Vi har inte öppet då.", "Do not come here. We are closed then.")


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("Du får inte parkera här.", "You may park here.", None),
        ("Min far är inte hemma.", "My father is out.", Severity.MINOR),
        ("Du får parkera på torget.", "There is no parking on the square.", None),
        ("Han håller alltid måttet.", "He never disappoints anybody.", Severity.MINOR),
    ],
)
def test_where_what_is_denied_is_worded_freely_the_flag_is_minor(
    source: str, target: str, severity: Severity | None
) -> None:
    assert [one.severity for one in CHECK.look(Pair(source, target, "sv", "en"))] == [severity]
