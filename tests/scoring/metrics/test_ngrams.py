"""N-grams are counted as sacreBLEU counts them, number by number, whatever the text."""

import json

from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

from review_app.scoring.metrics import METRICS
from review_app.scoring.metrics.ngrams import bleu_tokens, known, matches
from tests.scoring.metrics.texts import PAIRS
from tests.shared_data import SHARED_DATA, needs_shared_data

PIECES = [*"ab Z09.,-&;<>'\"!()[]{}~\n\t\u00a0åك我", "&quot;", "&amp;", "<skipped>"]
TRICKY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TOKENISER = Tokenizer13a()


@given(TRICKY)
def test_tokens_are_those_of_13a(text: str) -> None:
    assert bleu_tokens(text) == TOKENISER(text.rstrip()).split()


@given(PAIRS | st.tuples(TRICKY, TRICKY))
def test_every_number_of_a_pair_is_sacrebleus(pair: tuple[str, str]) -> None:
    for name, metric in (("BLEU", BLEU()), ("chrF2++", CHRF(word_order=2))):
        own = METRICS[name].statistics(*pair).tolist()
        assert own == metric._extract_corpus_statistics([pair[0]], [[pair[1]]])[0]


@needs_shared_data
def test_real_sentences_have_the_tokens_of_13a() -> None:
    for line in (SHARED_DATA / "flores-dev.sv-en.jsonl").read_text("utf-8").splitlines()[:200]:
        reference = json.loads(line)["reference"]
        assert bleu_tokens(reference) == TOKENISER(reference.rstrip()).split()


def test_what_repeats_matches_as_often_as_the_reference_has_it() -> None:
    assert matches(["a", "a", "a", "b"], known(["a", "a", "c"])) == 2
    assert matches(["a"], known(["a", "a"])) == 1
    assert matches([], known([])) == 0
