"""Languages: one spelling of a tag, their own names, the direction of their script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadInput
from review_app.languages import HUMAN_ONLY_BY_DEFAULT, direction, get_language, name_in, own_name


@pytest.mark.parametrize(
    ("tag", "normal", "name", "side"),
    [
        ("EN", "en", "English", "ltr"),
        ("ar", "ar", "العربية", "rtl"),
        ("zh_hant", "zh-Hant", "中文 (繁體)", "ltr"),
        ("pt-br", "pt-BR", "Português (Brasil)", "ltr"),
        ("fit", "fit", "Meänkieli", "ltr"),
        ("se", "se", "Davvisámegiella", "ltr"),
        ("ckb", "ckb", "کوردیی ناوەندی", "rtl"),
    ],
)
def test_a_language_by_its_tag(tag: str, normal: str, name: str, side: str) -> None:
    language = get_language(tag)
    assert (language.tag, language.own_name, language.direction) == (normal, name, side)


@pytest.mark.parametrize("tag", ["", "engelska", "e n", "en-", "../en", "xx1", "ö", "en-abcdefghi", "en" + "-abc" * 9])
def test_what_is_no_tag_is_told(tag: str) -> None:
    with pytest.raises(BadInput, match="language tag") as caught:
        get_language(tag)
    assert caught.value.values == {"tag": tag}


def test_the_longest_tag_is_one() -> None:
    assert len(get_language("en" + "-abc" * 8).tag) == 34


written = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(["en", "AR", "zh", "hant", "SE", "fit", "x", "1", "é", "-", "_", " ", "@"]), max_size=6
    ).map("".join),
)


@given(written)
def test_any_text_is_a_language_in_its_one_spelling_or_refused(text: str) -> None:
    try:
        language = get_language(text)
    except BadInput:
        return
    assert get_language(language.tag) == language
    assert language.own_name
    assert language.tag.isascii()
    assert name_in(language.tag, "sv")


def test_a_language_without_a_name_goes_by_its_tag() -> None:
    assert own_name("qqq") == "Qqq"
    assert name_in("qqq", "sv") == "qqq"


@pytest.mark.parametrize("tag", sorted(HUMAN_ONLY_BY_DEFAULT))
def test_small_languages_have_names_of_their_own(tag: str) -> None:
    assert own_name(tag).lower() != tag
    assert name_in(tag, "sv") != tag
    assert name_in(tag, "en") != tag


def test_names_in_the_interface_s_language() -> None:
    assert (name_in("en", "sv"), name_in("en", "en")) == ("engelska", "English")
    assert name_in("rom", "sv") == "romani"


def test_direction_of_a_tag_with_region() -> None:
    assert direction("ar-EG") == "rtl"
