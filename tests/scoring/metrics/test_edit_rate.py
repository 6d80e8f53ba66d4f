import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.lib_ter import translation_edit_rate

from review_app.scoring.metrics.edit_rate import BEAM, edits


def sacrebleus(hypothesis: list[str], reference: list[str]) -> int:
    return translation_edit_rate(hypothesis, reference)[0]


@pytest.mark.parametrize(
    ("hypothesis", "reference", "count"),
    [
        ("a b c d", "a b c d", 0),
        ("a b c d", "a x c d", 1),
        ("c d a b", "a b c d", 1),  # one shift of two words
        ("a b c d e", "e a b c d", 1),
        ("", "a b", 2),
        ("a b", "", 2),
        ("", "", 0),
    ],
)
def test_counts_a_shift_as_one_edit(hypothesis: str, reference: str, count: int) -> None:
    assert edits(hypothesis.split(), reference.split()) == count


@given(st.lists(st.sampled_from("abcdefgh"), max_size=14), st.lists(st.sampled_from("abcdefgh"), max_size=14))
def test_short_texts_as_sacrebleu(hypothesis: list[str], reference: list[str]) -> None:
    assert edits(hypothesis, reference) == sacrebleus(hypothesis, reference)


@pytest.mark.parametrize("seed", range(12))
def test_texts_about_the_beam_as_sacrebleu(seed: int) -> None:
    """Moved and replaced words in texts as long as the beam is wide, where it begins to matter, and far longer."""
    chosen = np.random.default_rng(seed)
    words = [str(word) for word in chosen.integers(60, size=chosen.choice([BEAM - 1, BEAM, BEAM + 1, 40, 60]))]
    moved = list(words)
    for _ in range(chosen.integers(1, 8)):
        start, length = chosen.integers(len(moved)), chosen.integers(1, 12)
        taken, moved = moved[start : start + length], moved[:start] + moved[start + length :]
        target = chosen.integers(len(moved) + 1)
        moved[target:target] = taken * int(chosen.choice([0, 1, 1, 2]))
    assert edits(moved, words) == sacrebleus(moved, words)


@pytest.mark.parametrize(("hypothesis", "reference"), [(5, 80), (90, 12), (90, 30), (40, 60)])
def test_lengths_far_apart_as_sacrebleu(hypothesis: int, reference: int) -> None:
    chosen = np.random.default_rng(hypothesis)
    one, other = ([str(word) for word in chosen.integers(200, size=length)] for length in (hypothesis, reference))
    assert edits(one, other) == sacrebleus(one, other)


@pytest.mark.parametrize("offset", [26, 28, 29])
def test_where_the_beam_misses_the_shortest_path_so_do_we(offset: int) -> None:
    words = [f"word{number}" for number in range(60)]
    moved = words[offset:] + [f"new{number}" for number in range(offset)]
    assert Levenshtein.distance(moved, words) < edits(moved, words) == sacrebleus(moved, words)
