"""Learns the figures of a pair of languages from pairs of texts and a dictionary."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.clustering import Classes, group
from review_app.checks.lexical.expectation import learn
from review_app.checks.lexical.function_words import FUNCTION_WORDS
from review_app.checks.lexical.lexicon import LEMMA, Chances, lexicon_of
from review_app.checks.lexical.model import LexicalModel
from review_app.checks.lexical.ngrams import count
from review_app.checks.lexical.tokens import lemma, lowered, running, tokens_of

Pairs = Sequence[tuple[str, str]]

CLASS_ORDER, WORD_ORDER = 5, 3
LEAST_CLASSES = (1, 1, 1, 2, 2)  # times a run of each length must be seen
LEAST_WORDS = (1, 1, 2)
SEEN_TWICE = 2  # times a word must be seen to be more than unknown to the language model
LONGEST_TEXT = 600  # characters of the longest text that the language models learn from
FARTHEST = 2.5  # tokens of one side for each of the other, beyond which texts are not each other's translation
SHORT = 4  # tokens of a text whose length says nothing
LEAST_OF_CLASSES = 1e-5  # probability
NO_CLASSES = Classes({}, {}, 2)


def learned(languages: tuple[str, str], pairs: Pairs, dictionary: Pairs) -> LexicalModel:
    """Learn from translations, and from a dictionary's words where the translations do not have them."""
    tokens = _tokens_of_translations(pairs)
    forms = [_each(lowered, *both) for both in tokens]
    forward, backward = _chances_both_ways(languages, forms + _entries(dictionary))
    fluent = [
        (running(source), running(target))
        for (source, target), text in zip(tokens, forms, strict=True)
        if sum(map(len, text[1])) < LONGEST_TEXT
    ]
    ours = group([source for source, _target in fluent], FUNCTION_WORDS.get(languages[0], frozenset()))
    theirs = group([target for _source, target in fluent], FUNCTION_WORDS.get(languages[1], frozenset()))
    targets = [target for _source, target in fluent]
    seen = Counter(word for target in targets for word in target)
    numbers = {word: at + 2 for at, word in enumerate(sorted(w for w, times in seen.items() if times >= SEEN_TWICE))}
    classes = [([*map(ours.of, source)], [*map(theirs.of, target)]) for source, target in fluent]
    return LexicalModel(
        lexicon_of(languages, forward, backward),
        len(forms),
        _texts_with([source for source, _target in forms]),
        _texts_with([target for _source, target in forms]),
        ours,
        theirs,
        _class_chances(classes, ours, theirs),
        _class_chances([(target, source) for source, target in classes], theirs, ours),
        count([target for _source, target in classes], CLASS_ORDER, LEAST_CLASSES),
        numbers,
        count([[numbers.get(word, 1) for word in target] for target in targets], WORD_ORDER, LEAST_WORDS),
    )


def learned_words(languages: tuple[str, str], pairs: Pairs, dictionary: Pairs, texts: Pairs = ()) -> LexicalModel:
    """Learn which words translate each other, and no order of words: enough for checks, too little for the risk.

    ``texts`` are pairs from which only is learned how rare words are.
    """
    forms = [_each(lowered, *both) for both in _tokens_of_translations(pairs)]
    forward, backward = _chances_both_ways(languages, forms + _entries(dictionary))
    seen = forms + [_each(lowered, tokens_of(source), tokens_of(target)) for source, target in texts]
    return LexicalModel(
        lexicon_of(languages, forward, backward),
        len(seen),
        _texts_with([source for source, _target in seen]),
        _texts_with([target for _source, target in seen]),
        NO_CLASSES,
        NO_CLASSES,
        np.full((NO_CLASSES.count + 1, NO_CLASSES.count), LEAST_OF_CLASSES, dtype=np.float32),
        np.full((NO_CLASSES.count + 1, NO_CLASSES.count), LEAST_OF_CLASSES, dtype=np.float32),
        count([], 1, (1,)),
        {},
        count([], 1, (1,)),
    )


def _tokens_of_translations(pairs: Pairs) -> list[tuple[list[str], list[str]]]:
    tokens = [(tokens_of(source), tokens_of(target)) for source, target in dict.fromkeys(pairs)]
    return [both for both in tokens if _may_translate(*both)]


def _entries(dictionary: Pairs) -> list[tuple[list[str], list[str]]]:
    return [_each(lowered, tokens_of(source), tokens_of(target)) for source, target in dictionary]


def _may_translate(source: list[str], target: list[str]) -> bool:
    short = len(source) < SHORT and len(target) < SHORT
    return bool(source) and bool(target) and (short or 1 / FARTHEST < len(source) / len(target) < FARTHEST)


def _each(form: Callable[[str], str], source: list[str], target: list[str]) -> tuple[list[str], list[str]]:
    return [form(token) for token in source], [form(token) for token in target]


def _chances_both_ways(languages: tuple[str, str], forms: list[tuple[list[str], list[str]]]) -> tuple[Chances, Chances]:
    """Learn from the words as they are, and from their lemmas, marked as such."""
    ours, theirs = languages
    lemmas = [
        ([LEMMA + lemma(word, ours) for word in source], [LEMMA + lemma(word, theirs) for word in target])
        for source, target in forms
    ]
    forward: dict[tuple[str, str], float] = {}
    backward: dict[tuple[str, str], float] = {}
    for texts in (forms, lemmas):
        forward |= learn(texts)
        backward |= learn([(target, source) for source, target in texts])
    return forward, backward


def _class_chances(texts: list[tuple[list[int], list[int]]], ours: Classes, theirs: Classes) -> NDArray[np.float32]:
    """Return the probability of each class of one language given each of the other; the last row is no counterpart."""
    named = [([str(kind) for kind in source], [str(kind) for kind in target]) for source, target in texts]
    chances = np.full((ours.count + 1, theirs.count), LEAST_OF_CLASSES, dtype=np.float32)
    for (source, target), chance in learn(named, least=LEAST_OF_CLASSES).items():
        chances[int(source) if source else ours.count, int(target)] = chance
    return chances


def _texts_with(texts: Collection[list[str]]) -> dict[str, int]:
    """Return in how many texts each word stands, for words that stand in more than one."""
    counts = Counter(word for text in texts for word in set(text))
    return {word: times for word, times in sorted(counts.items()) if times > 1}
