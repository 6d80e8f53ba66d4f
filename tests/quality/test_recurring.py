"""Replacements that recur in people's corrections, found in pairs of texts alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from review_app.quality.changed import Corrected, least_phrases, may_have
from review_app.quality.recurring import Part, Recurring, made_again, recurring
from review_app.text.phrases import Words, replaced, words_of
from review_app.text.placeholders import placeholders


def mined(*pairs: tuple[str, str], source: str = "") -> list[Recurring]:
    return recurring(Corrected(number, source, *pair) for number, pair in enumerate(pairs))


def told(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(one.replacement.old, one.replacement.new) for one in mined(*pairs)]


COUNCIL = [
    ("Adopted by the municipal council.", "Adopted by the municipal assembly."),
    ("The municipal council decides.", "The municipal assembly decides."),
]


def test_what_two_people_replaced_recurs_with_the_word_that_belongs_to_it() -> None:
    assert told(*COUNCIL) == [("municipal council", "municipal assembly")]


def test_once_is_no_rule() -> None:
    assert told(COUNCIL[0]) == []


def test_one_segment_that_has_it_twice_is_one_segment() -> None:
    assert told(("A council and a council.", "An assembly and an assembly.")) == []


def test_what_most_readers_left_standing_is_no_rule() -> None:
    left = ("The council is new.", "The council is new.")
    pairs = [("The council decides.", "The assembly decides."), ("A council meets.", "A assembly meets.")]
    assert told(*pairs, left) == [("council", "assembly")]
    assert told(*pairs, left, left) == []


def test_a_phrase_grows_until_it_is_right_often_enough() -> None:
    county = [("The county council plans.",) * 2, ("A county council meets.",) * 2]
    (found,) = mined(*COUNCIL, *county)
    assert found.replacement.old == "municipal council"
    assert (found.support, found.left, found.share) == (2, 0, 1.0)


def test_plural_and_singular_are_two_phrases() -> None:
    pairs = [
        ("Our kindergarten is open.", "Our preschool is open."),
        ("Every kindergarten closes.", "Every preschool closes."),
        ("All kindergartens here.", "All preschools here."),
        ("Two kindergartens there.", "Two preschools there."),
    ]
    assert sorted(told(*pairs)) == [("kindergarten", "preschool"), ("kindergartens", "preschools")]


def test_numbers_and_placeholders_are_in_no_phrase() -> None:
    assert told(("Pay 30 now.", "Pay 20 now."), ("Take 30.", "Take 20.")) == []
    assert told(("Go <1>here</1>.", "Go here."), ("Look <1>here</1>.", "Look here.")) == []
    (found,) = told(("<1>Apply</1> for care", "<1>Ask</1> for care"), ("Then apply <1>now</1>", "Then ask <1>now</1>"))
    assert found == ("apply", "ask")


def test_what_was_put_in_or_left_out_takes_a_word_along() -> None:
    pairs = [
        ("Contact social services.", "Contact the social services."),
        ("See social services.", "See the social services."),
    ]
    assert told(*pairs) == [("social", "the social")]


def test_a_phrase_ends_with_a_word() -> None:
    pairs = [
        ("Experience & see Älvby", "Things to see Älvby"),
        ("Experience & see it", "Things to see it"),
    ]
    assert told(*pairs) == [("Experience & see", "Things to see")]


def test_words_moved_across_a_name_are_one_change() -> None:
    arms = ("Överkalix municipality's weapons", "Coat of arms of Överkalix Municipality")
    assert told(arms, arms) == [arms]


def test_a_word_put_in_nearby_is_a_change_of_its_own() -> None:
    pairs = [("Walk 5 meters now.", "Please walk 5 metres now."), ("Two meters.", "Two metres.")]
    assert told(*pairs) == [("meters", "metres")]


def test_a_text_that_was_written_anew_gives_no_phrase() -> None:
    new = ("One two three four five six.", "Apples are not pears nor plums here.")
    assert told(new, new) == []


def test_the_word_of_the_original_is_the_one_that_stands_nowhere_else() -> None:
    found = recurring(
        [
            Corrected(1, "Reglerna antogs av kommunfullmäktige i Älvby.", *COUNCIL[0]),
            Corrected(2, "Det är kommunfullmäktige som beslutar om reglerna.", *COUNCIL[1]),
            Corrected(3, "Reglerna gäller alla.", "The rules hold for all.", "The rules hold for all."),
            Corrected(4, "Läs reglerna.", "Read the rules.", "Read the rules."),
        ]
    )
    assert [one.source_word for one in found] == ["kommunfullmäktige"]


def test_no_word_of_an_original_stands_for_all_that_was_replaced() -> None:
    arms = "Älvby municipality's weapons", "Coat of arms of Älvby Municipality"
    copies = [Corrected(number, "Älvby kommuns vapen", *arms) for number in (1, 2)]
    elsewhere = Corrected(3, "Kommuns växel är öppen.", "The switchboard is open.", "The switchboard is open.")
    assert [one.source_word for one in recurring([*copies, elsewhere])] == ["Älvby kommuns vapen"]
    other = Corrected(4, "Vapen (Älvby)", *arms)
    assert [one.source_word for one in recurring([*copies, other, elsewhere])] == ["vapen"]


def test_a_part_of_a_translation_has_a_part_of_the_original() -> None:
    pairs = [(f"{text} The register is new.", f"{new} The register is new.") for text, new in [COUNCIL[1]] * 2]
    copies = [Corrected(number, "Nu beslutar kommunfullmäktige", *pair) for number, pair in enumerate(pairs)]
    assert [one.source_word for one in recurring(copies)] == ["kommunfullmäktige"]


def test_no_word_of_the_original_stands_out_where_none_is_shared() -> None:
    found = recurring([Corrected(1, "Här antogs det.", *COUNCIL[0]), Corrected(2, "Nu beslutar nämnden.", *COUNCIL[1])])
    assert [one.source_word for one in found] == [None]


WORD = st.sampled_from(
    ["the", "municipal", "council", "Council", "assembly", "of", "råd", "<1>", "</1>", ",", "3", "ب"]
)
TEXT = st.lists(WORD, min_size=1, max_size=7).map(" ".join)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8))
def test_what_was_mined_makes_its_own_examples_right(pairs: list[tuple[str, str]]) -> None:
    for found in mined(*pairs):
        _, new = found.replacement.key
        assert found.support >= 2
        assert found.share >= 0.6
        for number in found.segments:
            machine = pairs[number][0]
            once = replaced(machine, found.replacement)
            assert once != machine
            assert " ".join(new) in " ".join(words_of(once))
            assert placeholders(once) == placeholders(machine)
            assert replaced(once, found.replacement) == once


class Shelf:
    """All corrections of a site, given two at a time; it remembers how many it gave."""

    def __init__(self, corrections: Sequence[Corrected]) -> None:
        self._every = corrections
        self.given = 0

    def having(self, phrases: Collection[Words], after: int) -> Part:
        may = may_have(phrases)
        found = [one for one in self._every if one.segment_id > after and may(one.machine)][:2]
        self.given += len(found)
        return Part(found, found[-1].segment_id if found else None)

    def sharing(self, own: Corrected) -> list[Corrected]:
        least = least_phrases(own)
        had, has = may_have(old for old, _ in least), may_have(new for _, new in least)
        return [one for one in self._every if least and one != own and had(one.machine) and has(one.text)]

    def made_again(self, number: int) -> list[Recurring]:
        own = self._every[number]
        return made_again(own, self.sharing(own), self.having)


def numbered(pairs: Iterable[tuple[str, str]]) -> list[Corrected]:
    return [Corrected(number, "", *pair) for number, pair in enumerate(pairs, start=1)]


WORDS = st.lists(st.sampled_from(["council", "hall", "county", "meets", "with"]), min_size=2, max_size=5).map(" ".join)
TURNS = st.sampled_from([("council", "assembly"), ("hall", "town house"), ("county council", "region"), ("x", "x")])


@given(st.lists(st.tuples(WORDS, TURNS).map(lambda one: (one[0], one[0].replace(*one[1]))), min_size=2, max_size=12))
def test_what_one_correction_is_an_example_of_is_what_is_found_among_all(pairs: list[tuple[str, str]]) -> None:
    corrections = numbered(pairs)
    every, shelf = recurring(corrections), Shelf(corrections)
    for number, own in enumerate(corrections):
        assert shelf.made_again(number) == [
            replace(one, source_word=None) for one in every if own.segment_id in one.segments
        ]


def test_no_more_texts_are_looked_at_than_say_that_it_is_no_rule() -> None:
    left = [(f"The council of {place}.",) * 2 for place in ("Boden", "Gällivare", "Jokkmokk", "Kalix", "Luleå")]
    shelf = Shelf(numbered([*left * 20, ("A council.", "A parish."), ("Our council.", "Our parish.")]))
    assert shelf.made_again(100) == []
    assert shelf.given == 4, "two corrections would allow for one text that was left, not two"
