"""A negation is lost or added: the sentence says the opposite.

Wrong when the translation turns the sentence around ("inte billig", "expensive"). In other languages than English only
the loss of every negation is told.
"""

import re
from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexical.coverage import linked_words
from review_app.checks.lexical.function_words import CONTENT_FREE
from review_app.checks.negatives import ENDINGS_WITHOUT, PLAIN, PLAIN_ENGLISH, PLAIN_SWEDISH, phrases, unspent
from review_app.checks.pair import Pair
from review_app.checks.reading import Reading, Word
from review_app.locale import N_

MOST_WORDS_OF_TWO = 24
"""Words up to which the negatives of both sides are counted against each other."""

SHORT_NOT = ("n't", "n’t")
"""How English words end that say no in short."""

LEAKED = ("n&#39;t", "n&rsquo;t", "n&#x27;t", "n&apos;t")
"""How an engine that leaks character references writes "n't"."""

INNER_END = re.compile(r"[.!?][\"”’)]* +[A-ZÅÄÖ]")
NUMBERED = re.compile(r"\. ?\d")
"""What makes an abbreviation of "No"."""

ASKING = re.compile(r" (?:I|you|he|she|it|we|they|there)\b[^.!?]*\?", re.IGNORECASE)
"""What makes a question of a "n't" before it."""

DENIED = 2
"""Words with a meaning behind a negative that say what it denies."""

MOST_WORDS = 36
"""Words up to which a text is one statement; longer ones are many, which cannot be counted against each other."""

NOT_ONLY_SWEDISH = frozenset({"bara", "endast", "enbart", "minst"})
NOT_ONLY_ENGLISH = frozenset({"only", "just", "simply", "merely", "solely", "least", "necessarily"})
"""What takes the no out of a "not" before it."""

ALTERNATIVE = frozenset({"eller", "or"})
"""What makes an open question of a no behind it: "whether or not"."""

COMPARED_SWEDISH = frozenset("mer mera fler mindre färre senare tidigare längre högre större".split())
COMPARED_ENGLISH = frozenset(
    """
    more less fewer later earlier sooner longer shorter higher lower larger smaller bigger greater older younger
    """.split()
)
"""What makes a limit of a "no" before it: "no later than" is "senast"."""


def look(pair: Pair) -> Iterator[Found]:
    """Compare how often each side says no."""
    language = pair.languages[1]
    if language != "en":
        yield from _lost_in(pair, language)
        return
    wanted, given = pair.source_reading.once(_swedish), _english(pair)
    leaked = sum(map(pair.target.count, LEAKED)) if "n&" in pair.target else 0
    more = len(given) + leaked - len(wanted)
    if not more or len(pair.source_tokens) > MOST_WORDS or (wanted and given and _has_many(pair)):
        return
    free_swedish, free_english = unspent(pair.source_reading.small, pair.target_reading.small)
    if more > free_swedish + phrases(pair.source_text, pair.target_text) + _set_aside(pair, wanted) and given:
        found = _unmatched(given, pair.target, wanted, pair.source)
        severity = Severity.MINOR if _is_free_no(found, pair) else None
        yield Found("negation_added", None, found.span, {"found": found.text}, severity)
    elif not given and -more > free_english and not _says_no(pair):  # two of them often become one
        found = _unmatched(wanted, pair.source, given, pair.target)
        severity = Severity.MINOR if _has_many(pair) or _is_turned(found, pair) else None
        yield Found("negation_lost", found.span, None, {"expected": found.text}, severity)


def _set_aside(pair: Pair, wanted: Sequence[Word]) -> int:
    """Return how many negatives of the source are not counted, but may be what the target's translate."""
    return sum(word in PLAIN_SWEDISH for word in pair.source_reading.small) - len(wanted)


def _says_no(pair: Pair) -> bool:
    """Say whether the target has a negative at all, counted or not: "doesn't necessarily", "cannot exceed"."""
    return not PLAIN_ENGLISH.isdisjoint(pair.target_lower) or any(
        word.endswith(SHORT_NOT) for word in pair.target_lower
    )


def _has_many(pair: Pair) -> bool:
    """Say whether a text is a long sentence, or several: then it may say no here and there."""
    return len(pair.source_tokens) > MOST_WORDS_OF_TWO or INNER_END.search(pair.source_text) is not None


def _is_free_no(negative: Word, pair: Pair) -> bool:
    """Say whether English has a "no" or "never" before words that are not in the Swedish: it may be worded freely."""
    return not _is_not(negative.text) and not _is_linked(negative, pair.target_words, linked_words(pair), "en")


def _is_turned(negative: Word, pair: Pair) -> bool:
    """Say whether what the Swedish denies is not in the translation either: "inte hemma", "out"."""
    return not _is_linked(negative, pair.source_words, linked_words(pair, of_source=True), "sv")


def _is_not(word: str) -> bool:
    return word.lower() in {"not", "cannot"} or word.endswith(SHORT_NOT)


def _is_linked(negative: Word, words: Sequence[Word], linked: frozenset[str], language: str) -> bool:
    """Say whether one of the first words with a meaning behind a negative has a counterpart on the other side."""
    free = CONTENT_FREE[language]
    behind = [word.text for word in words if word.start > negative.start and word.text.lower() not in free]
    return not behind or not linked.isdisjoint(behind[:DENIED])


def _lost_in(pair: Pair, language: str) -> Iterator[Found]:
    """Tell when a language says no in none of its ways."""
    wanted = pair.source_reading.once(_swedish)
    if not wanted or not PLAIN[language].isdisjoint(pair.target_lower):
        return
    endings = ENDINGS_WITHOUT.get(language, ())
    if not any(word.endswith(endings) for word in pair.target_lower if endings):
        yield Found("negation_lost", wanted[0].span, None, {"expected": wanted[0].text})


def _swedish(source: Reading) -> list[Word]:
    """Return the plain negatives of the source, without those of "inte bara" and "inte mer än"."""
    if PLAIN_SWEDISH.isdisjoint(source.lower):
        return []
    return _plain(source.words, PLAIN_SWEDISH, NOT_ONLY_SWEDISH, COMPARED_SWEDISH, "än")


def _english(pair: Pair) -> list[Word]:
    """Return the plain negatives of the target, without those of "not only" and "no later than"."""
    if PLAIN_ENGLISH.isdisjoint(pair.target_lower) and "n't" not in pair.target and "n’t" not in pair.target:
        return []
    found = _plain(pair.target_words, PLAIN_ENGLISH, NOT_ONLY_ENGLISH, COMPARED_ENGLISH, "than")
    return [word for word in found if not _is_no_negative(word, pair.target)]


def _is_no_negative(word: Word, text: str) -> bool:
    """Say whether "No" is an abbreviation, or a word the polite one of a question: "isn't it?", "why don't you …?"."""
    if word.text.lower() == "no":
        return NUMBERED.match(text, word.end) is not None
    return word.text.endswith(SHORT_NOT) and ASKING.match(text, word.end) is not None


def _plain(
    words: Sequence[Word], plain: frozenset[str], only: frozenset[str], compared: frozenset[str], than: str
) -> list[Word]:
    lowered = [word.text.lower() for word in words] + [""] * 4
    found = []
    for index, word in enumerate(words):
        if lowered[index] not in plain and not lowered[index].endswith(SHORT_NOT):
            continue
        if index and lowered[index - 1] in ALTERNATIVE:
            continue
        after = lowered[index + 1 : index + 5]
        is_limit = than in after[1:] and not compared.isdisjoint(after[:2])
        if after[0] not in only and not is_limit and "exceed" not in after[:2]:
            found.append(word)
    return found


def _unmatched(words: Sequence[Word], text: str, others: Sequence[Word], other_text: str) -> Word:
    """Return the word that stands furthest from where the other side's negatives stand."""
    places = [word.start / max(len(other_text), 1) for word in others]
    return max(words, key=lambda word: min((abs(word.start / len(text) - place) for place in places), default=0.0))


CHECK = Check(N_("Negation"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en", *PLAIN}))
