"""What is learned from a few pairs of texts: which words belong together, and what usually follows what."""

from itertools import chain, product
from pathlib import Path

import numpy as np
import pytest

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.expectation import learn
from review_app.checks.lexical.learning import learned
from review_app.checks.lexical.model import LexicalModel, load, save
from review_app.checks.lexical.ngrams import EDGE, count
from review_app.checks.lexical.tokens import running, tokens_of

THINGS = {"hund": "dog", "katt": "cat", "häst": "horse", "skola": "school", "bok": "book", "fråga": "question"}
ACTS = {"ser": "sees", "köper": "buys", "säljer": "sells", "älskar": "loves"}
PAIRS = [
    (f"En {one} {act} min {two}.", f"A {THINGS[one]} {ACTS[act]} my {THINGS[two]}.")
    for one, act, two in product(THINGS, ACTS, THINGS)
]


@pytest.fixture(scope="module")
def model() -> LexicalModel:
    return learned(("sv", "en"), PAIRS, [("djur", "animal")])


def test_words_that_always_come_together_translate_each_other() -> None:
    chances = learn([(source.split(), target.split()) for source, target in PAIRS])
    for source, target in (*THINGS.items(), *ACTS.items()):
        others = {word: chance for (given, word), chance in chances.items() if given == source and word != target}
        assert chances[source, target] > 2 * max(others.values(), default=0)


def test_every_word_finds_its_counterpart(model: LexicalModel) -> None:
    source, target = "En katt ser min häst.", "A cat sees my horse."
    aligned = Aligner(model).align(source, target)
    assert aligned.target.best[1] == 1
    assert aligned.target.best[4] == 4
    assert min(aligned.target.strength[at] for at in (1, 2, 4)) > 0.1


def test_what_stands_in_the_dictionary_alone_is_known(model: LexicalModel) -> None:
    assert Aligner(model).align("Ett djur", "An animal").target.best[1] == 1


def test_a_compound_is_known_by_its_parts(model: LexicalModel) -> None:
    assert model.lexicon.parts("skolfråga") == ("fråga",)
    assert model.lexicon.parts("hundskola") == ("hund", "skola")
    assert Aligner(model).align("En hundskola", "A school").target.best[1] == 1


def test_words_that_look_alike_are_linked(model: LexicalModel) -> None:
    assert Aligner(model).align("Melamin hittades", "Found melamine").target.best == [-1, 0]


def test_a_learned_model_is_the_same_after_it_was_stored(model: LexicalModel, tmp_path: Path) -> None:
    path = tmp_path / "lexical.zip"
    save(model, path)
    first = path.read_bytes()
    again = load(path)
    save(again, path)
    assert path.read_bytes() == first
    ours, theirs = (Aligner(one).align(*PAIRS[7]).target for one in (again, model))
    assert (ours.best, ours.strength) == (theirs.best, theirs.strength)


def test_learning_twice_gives_the_same_figures(model: LexicalModel, tmp_path: Path) -> None:
    for name, one in (("a", model), ("b", learned(("sv", "en"), PAIRS, [("djur", "animal")]))):
        save(one, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_words_are_forgotten_when_there_are_too_many(model: LexicalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    aligner = Aligner(model)
    before = aligner.align(*PAIRS[0])
    monkeypatch.setattr("review_app.checks.lexical.words.MOST_WORDS", 0)
    aligner.ready()
    assert model.source.written == []
    assert aligner.align(*PAIRS[0]).target.best == before.target.best


def test_the_chances_of_what_may_follow_add_up_to_one() -> None:
    grams = count([[2, 3, 4], [2, 3, 5], [2, 4]] * 5, 3, (1, 1, 1))
    after = [grams.scores(np.array([2, 3, word]), np.array([0, 3]))[2] for word in (2, 3, 4, 5)]
    after.append(grams.scores(np.array([2, 3]), np.array([0, 2]))[2])
    assert np.exp(after).sum() == pytest.approx(1, abs=0.1)  # figures are kept in steps of 8 %


def test_a_usual_order_is_likelier_than_another() -> None:
    grams = count([[2, 3, 4, 5]] * 20, 4, (1, 1, 1, 1))
    usual, odd = (grams.scores(np.array(run), np.array([0, 4])).sum() for run in ([2, 3, 4, 5], [5, 3, 2, 4]))
    assert usual > odd + 5


def test_texts_scored_together_are_scored_as_if_alone() -> None:
    grams = count([[2, 3, 4], [3, 2]] * 3, 3, (1, 1, 1))
    texts = [[2, 3], [], [4, 2, 3, 9], [3]]
    together = grams.scores(np.array([*chain.from_iterable(texts)]), np.cumsum([0, *map(len, texts)]))
    alone = [grams.scores(np.array(text, dtype=np.int64), np.array([0, len(text)])) for text in texts]
    np.testing.assert_allclose(together, np.concatenate(alone))
    assert EDGE == 0


def test_a_capital_marks_a_name_inside_a_sentence_only() -> None:
    assert running(tokens_of("The city of Umeå. Its NATO day, 3 500 people’s")) == [
        "the", "city", "of", "<N>", ".", "its", "<A>", "day", ",", "0", "people", "'s",
    ]  # fmt: skip
