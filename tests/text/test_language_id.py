"""Which language a text is in is only said where there is no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.language_id import names_in, other_language

SWEDISH = "Ansökan ska lämnas in till kommunen senast den sista mars varje år."
ENGLISH = "The application is to be handed in to the municipality by the end of March each year."
NORWEGIAN = "Søknaden skal leveres til kommunen innen utgangen av mars hvert år."
GERMAN = "Der Antrag ist jedes Jahr bis Ende März bei der Gemeinde einzureichen."
FINNISH = "Hakemus on jätettävä kunnalle joka vuosi maaliskuun loppuun mennessä."
ARABIC = "يجب تقديم الطلب إلى البلدية قبل نهاية شهر مارس من كل عام."
RUSSIAN = "Заявление необходимо подать в муниципалитет до конца марта каждого года."
UKRAINIAN = "Заяву необхідно подати до муніципалітету до кінця березня кожного року."
PERSIAN = "درخواست باید هر سال تا پایان ماه مارس به شهرداری تحویل داده شود."
THAI = "ต้องยื่นคำร้องต่อเทศบาลภายในสิ้นเดือนมีนาคมของทุกปี"
CHINESE = "申请必须在每年三月底之前提交给市政府，否则将不予受理。"
TIGRINYA = "እቲ መመልከቲ ክሳብ መወዳእታ ወርሒ መጋቢት ናብ ምምሕዳር ከተማ ክቐርብ ኣለዎ።"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SWEDISH, "sv"), (ENGLISH, "en-GB"), (NORWEGIAN, "nb"), (NORWEGIAN, "no"), (NORWEGIAN, "da"), (GERMAN, "de"),
        (FINNISH, "fi"), (FINNISH, "fit"), (ARABIC, "ar"), (RUSSIAN, "ru"), (UKRAINIAN, "uk"), (PERSIAN, "fa"),
        (THAI, "th"), (CHINESE, "zh-Hant"), (TIGRINYA, "ti"),
    ],
)  # fmt: skip
def test_a_text_in_its_own_language_or_one_like_it_is_none_in_another(text: str, language: str) -> None:
    assert other_language(text, language) is None


@pytest.mark.parametrize("text", [SWEDISH, NORWEGIAN, GERMAN, FINNISH, ARABIC, RUSSIAN, THAI, CHINESE, TIGRINYA])
def test_what_is_not_english_is_seen(text: str) -> None:
    assert other_language(text, "en")


@pytest.mark.parametrize("language", ["ar", "fa", "ckb", "ru", "uk", "th", "ti", "zh", "so", "se", "fi", "nb", "de"])
@pytest.mark.parametrize("text", [SWEDISH, ENGLISH])
def test_swedish_and_english_are_seen_in_any_language_s_place(text: str, language: str) -> None:
    assert other_language(text, language)


@pytest.mark.parametrize("language", ["sma", "rom", "xx"])
def test_of_a_language_that_the_model_does_not_know_only_swedish_and_english_are_told(language: str) -> None:
    assert other_language(FINNISH, language) is None
    assert other_language(SWEDISH, language) == "sv"


@pytest.mark.parametrize(
    "text",
    ["", "Kundtjänst", "Överkalix kommun", "Sök på sidan", "Öppet 08.00–17.00, 0926-740 00", "info@overkalix.se"],
)
def test_short_texts_and_what_is_no_language_are_not_judged(text: str) -> None:
    assert other_language(text, "en") is None


def test_names_do_not_count() -> None:
    source = "Kontakta Anna Öberg på Folkets Hus, Storgatan 17 i Överkalix."
    names = names_in(source)
    assert {"Anna", "Öberg", "Storgatan"} <= names
    assert other_language("Contact Anna Öberg, Folkets Hus, Storgatan 17, Överkalix", "en", names) is None


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "fit", "sma", "zh-Hant"]))
def test_any_text_has_an_answer(text: str, language: str) -> None:
    found = other_language(text, language, names_in(text))
    assert found is None or found != language
