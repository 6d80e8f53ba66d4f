"""A name of the source is not in the translation, or another one stands there: people, places, organisations.

Wrong for names that have another form in the language and are not known here, and for titles that are translated: where
both may be plain words, or a pronoun may stand for the name, the flag is a minor one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from review_app.checks.capitals import CAPITALISED, begins_sentence
from review_app.checks.dictionary import may_translate
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.forms import is_always_capital
from review_app.checks.lexical.coverage import linked_words
from review_app.checks.lexicon import LONGEST_WORD, is_common_english, is_common_swedish, is_swedish_form, is_word
from review_app.checks.names import is_english_place, is_place, other_forms, stem
from review_app.checks.pair import Pair
from review_app.checks.reading import Reading, Word
from review_app.checks.told_names import MOST_WORDS, Told, is_told
from review_app.locale import N_
from review_app.text.remembered import MOST

SHORTEST = 3
MOST_NAMES = 60
"""Names of a text that are judged: each is compared with the words of the other side."""

MOST_CAPITALS = 300
"""Words with a capital that are looked at."""

LONG = 100
"""Words of a source from which only a strange name can stand for one that is missing: more will be by chance."""

LONGEST_FIRST = 10
"""Letters up to which an unknown word at the start of a sentence may be a name; longer ones are compounds."""

NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december januari februari mars maj juni juli augusti oktober mr mrs ms dr sir i'm i'll
    olympic olympics internet web congress parliament government state council earth world god christmas easter
    login logout abp oyj mbyte gbyte kbyte
    """.split()
)
"""Words that are written with a capital in one language only, or that English needs where Swedish has none."""

SWEDISH_PRONOUNS = frozenset("han hon honom henne hans hennes dem deras".split())
ENGLISH_PRONOUNS = frozenset("he she him her his hers they them their it its".split())
"""Words that may stand for a name: one language repeats it where the other has such a word."""

_BEFORE, _BEHIND = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $"), re.compile(r" ([^\W\d_]+)")
"""The word right before, and right behind, a name."""

PREFIXES = frozenset({"un", "re", "non", "pre", "mis", "dis", "sub", "de"})
ADJECTIVES = ("ish", "ese", "ian", "can", "ism", "ist", "ists", "ians")
"""Ends of words that English writes with a capital and Swedish without."""


def look(pair: Pair) -> Iterator[Found]:
    """Find names that have no counterpart on the other side."""
    if len(pair.source_tokens) < 2:
        return  # a heading of one word has a capital, whatever it is
    missing, surplus = missing_names(pair), surplus_names(pair)
    if not surplus and (other := _other_first(pair)):
        yield other
        return
    if not missing and not surplus:
        return
    is_heading = _is_heading(pair)
    doubtful = [name for name in missing if _may_be_a_word(name.text)]
    given = _instead(surplus, is_doubtful=len(doubtful) == len(missing) or is_heading, pair=pair) if missing else []
    for index, name in enumerate(missing):
        if index < len(given):
            yield _differs(name, given[index], pair, alone=len(missing) == 1)
        elif _is_surely_a_name(name, pair) and not _is_part(name, pair.source_prose, pair.target_text):
            severity = Severity.MAJOR if is_place(name.text) else Severity.MINOR
            yield Found("name_missing", name.span, None, {"expected": name.text}, severity)
    if not missing and not is_heading:
        yield from _added(surplus, pair)


def _added(surplus: Sequence[Word], pair: Pair) -> Iterator[Found]:
    """Tell of names that the translation cannot have from the source.

    A known name that stands alone is a minor matter: one language says "Biden" where the other says "the president".
    """
    for name in surplus:
        if _is_slipped_in(name.text, pair) and pair.target_prose[name.end : name.end + 1] != ".":
            is_doubtful = (
                (_is_known_name(name.text) and not is_english_place(name.text) and not _has_company(name, surplus))
                or _is_part(name, pair.target_prose, pair.source_text)
                or pair.once(_pronouns) < 0
            )
            severity = Severity.MINOR if is_doubtful else None
            yield Found("name_added", None, name.span, {"found": name.text}, severity)


def _other_first(pair: Pair) -> Found | None:
    """Return the names that the texts begin with, where a capital says nothing else: "Anna Ek", "Maria Ek"."""
    name, given = pair.source_tokens[0], pair.target_tokens[0] if pair.target_tokens else ""
    if name == given or not (_is_only_a_name(name) and _is_only_a_name(given)):
        return None
    source, lowered = pair.source_reading.once(Told), pair.target_text.lower()
    if stem(name) in lowered or stem(given) in source.lowered:
        return None
    if source[given] or is_told(name, pair.target_tokens, lowered):
        return None
    return _differs(pair.source_words[0], pair.target_words[0], pair, alone=True)


def _has_company(name: Word, names: Sequence[Word]) -> bool:
    """Say whether another of these names stands right beside one."""
    return any(other.end + 1 == name.start or name.end + 1 == other.start for other in names)


def _is_part(name: Word, text: str, other: str) -> bool:
    """Say whether a name is a part of one whose other part both sides have: "Anna Ek" here, "Ek" there."""
    before = _BEFORE.search(text, max(name.start - LONGEST_WORD, 0), name.start)
    behind = _BEHIND.match(text, name.end)
    return any(match and match[1][0].isupper() and match[1] in other for match in (before, behind))


def _pronouns(pair: Pair) -> int:
    """Return how many more words that may stand for a name the target has than the source."""
    ours = sum(word in SWEDISH_PRONOUNS for word in map(str.lower, pair.source_tokens))
    return sum(word in ENGLISH_PRONOUNS for word in map(str.lower, pair.target_tokens)) - ours


def _is_surely_a_name(name: Word, pair: Pair) -> bool:
    """Say whether it is one even where nothing stands in its place: a compound at the start of a sentence is none."""
    if is_place(name.text):
        return True
    if begins_sentence(pair.source_text, name.start) and is_common_swedish(name.text):
        return False
    return not is_word(name.text, "sv")


@lru_cache(maxsize=MOST)
def _may_be_a_word(name: str) -> bool:
    """Say whether what looks like a Swedish name may be a word that somebody wrote with a capital."""
    return is_word(name, "sv") and not is_word(name, "en") and not is_place(name)


def _instead(surplus: Sequence[Word], pair: Pair, *, is_doubtful: bool) -> list[Word]:
    """Return what may stand in the place of a name: no English for other words of the source.

    Where it is doubtful that a name is missing at all, only what is a name for certain.
    """
    if is_doubtful or len(pair.source_tokens) > LONG:
        surplus = [name for name in surplus if _is_foreign(name.text) or is_english_place(name.text)]
    words = pair.source_tokens[:MOST_WORDS]
    return _runs([name for name in surplus if not may_translate(name.text, words)], pair.target_prose)


def missing_names(pair: Pair) -> list[Word]:
    """Return the names of the source that nothing in the translation resembles."""
    lowered = pair.target_text.lower()
    names = [name for name in pair.source_reading.once(_swedish_names) if stem(name.text) not in lowered]
    return [name for name in names[:MOST_NAMES] if not is_told(name.text, pair.target_tokens, lowered)]


def _swedish_names(reading: Reading) -> list[Word]:
    """Return the words of a Swedish text that may be names."""
    return [
        Word(match[0], match.start(), match.end())
        for match in islice(CAPITALISED.finditer(reading.prose), MOST_CAPITALS)
        if _may_be_swedish_name(match[0])
        and not (begins_sentence(reading.text, match.start()) and _is_ordinary(match[0]))
    ]


def surplus_names(pair: Pair) -> list[Word]:
    """Return the words with a capital that nothing in the source resembles."""
    text, source = pair.target_text, pair.source_reading.once(Told)
    names = []
    for match in islice(CAPITALISED.finditer(pair.target_prose), MOST_CAPITALS):
        word = match[0]
        is_known = stem(word) in source.lowered or _is_no_english_name(word)
        if _is_known_abbreviation(word, pair) if word.isupper() else is_known:
            continue
        if begins_sentence(text, match.start()) and not _is_foreign(word):
            continue
        names.append(Word(word, match.start(), match.end()))
    return [name for name in names[:MOST_NAMES] if not source[name.text]]


@lru_cache(maxsize=MOST)
def _may_be_swedish_name(word: str) -> bool:
    """Say whether a word with a capital is no common Swedish one; "Lindqvist" ends like a word, but is a name."""
    if len(word) < SHORTEST or len(word) > LONGEST_WORD or word.lower() in NO_NAMES:
        return False
    first = word.partition("-")[0]
    if any(letter.isupper() for letter in first[1:]):
        return False  # an abbreviation, which has a check of its own
    return is_place(word) or not (is_common_swedish if len(first) > LONGEST_FIRST else is_swedish_form)(first)


@lru_cache(maxsize=MOST)
def _is_ordinary(word: str) -> bool:
    """Say whether a Swedish word may begin a sentence without being a name."""
    if is_place(word):
        return False
    known = is_word(word, "sv") and not is_word(word, "en")
    return len(word) > LONGEST_FIRST or known or is_swedish_form(word)


@lru_cache(maxsize=MOST)
def _is_no_english_name(word: str) -> bool:
    return stem(word) in NO_NAMES or word.lower() in NO_NAMES or any(letter.isupper() for letter in word[1:])


def _is_known_abbreviation(word: str, pair: Pair) -> bool:
    return word.lower() in pair.source_lower or not pair.source_lower.isdisjoint(other_forms(word))


@lru_cache(maxsize=MOST)
def _is_foreign(word: str) -> bool:
    """Say whether a word is none that an English sentence may begin with: a name, or of another language."""
    lowered = stem(word)
    if len(lowered) <= SHORTEST or not word.isalpha() or lowered.endswith(ADJECTIVES) or is_common_english(word):
        return False
    if word.isupper():
        return False
    if is_word(lowered, "en"):
        return _is_known_name(word)
    return not _is_made_of_english(lowered)


def _is_known_name(word: str) -> bool:
    """Say whether the dictionary of English has a word as a name."""
    return is_always_capital(word.removesuffix("'s").removesuffix("’s"), "en")


@lru_cache(maxsize=MOST)
def _is_only_a_name(word: str) -> bool:
    """Say whether a dictionary has a word as a name alone, as those of people."""
    if not word.istitle() or is_place(word) or word.lower() in NO_NAMES:
        return False
    return is_always_capital(word, "sv") or is_always_capital(word, "en")


def _is_slipped_in(name: str, pair: Pair) -> bool:
    """Say whether the translation cannot have a name from the source: a place, or no English word."""
    if may_translate(name, pair.source_tokens[:MOST_WORDS]):
        return False
    if is_english_place(name):
        return name not in linked_words(pair)
    return _is_foreign(name) and (_is_known_name(name) or not is_word(name, "en"))  # no "eyeglasses", which has a stem


def _is_made_of_english(word: str) -> bool:
    """Say whether a word is made of two English ones, or of one and a prefix: "worksite", "unbeaten"."""
    return any(
        (word[:cut] in PREFIXES or (cut > 2 and is_word(word[:cut], "en"))) and is_word(word[cut:], "en")
        for cut in range(2, len(word) - 3)
    )


def _is_heading(pair: Pair) -> bool:
    """Say whether a translation writes most of its words with a capital, as English headings do; they have no stop."""
    if pair.target_text.rstrip().endswith("."):
        return False
    capitals = sum(word[0].isupper() for word in pair.target_tokens)
    return capitals * 2 > len(pair.target_tokens)


def _runs(names: Sequence[Word], text: str) -> list[Word]:
    """Join names that stand side by side: "North Sea"."""
    runs: list[Word] = []
    for name in names:
        if runs and text[runs[-1].end : name.start].strip() == "":
            runs[-1] = Word(text[runs[-1].start : name.end], runs[-1].start, name.end)
        else:
            runs.append(name)
    return runs


def _differs(name: Word, given: Word, pair: Pair, *, alone: bool) -> Found:
    values = {"expected": name.text, "found": given.text}
    is_doubtful = _is_doubtful(name, given.text, pair) or _is_another(name, given, pair)
    severity = Severity.MINOR if is_doubtful else None
    return Found("name_differs", name.span, given.span, values, severity, _fix(name.text) if alone else None)


def _is_another(name: Word, given: Word, pair: Pair) -> bool:
    """Say whether only one of two names is a part of one that both sides have: then neither stands for the other."""
    is_given_part = _is_part(given, pair.target_prose, pair.source_text) or any(
        part in pair.source_text for part in given.text.split()
    )
    return _is_part(name, pair.source_prose, pair.target_text) != is_given_part


def _is_doubtful(name: Word, given: str, pair: Pair) -> bool:
    """Say whether a name may be a heading, a button or a compound, and what stands for it English for that."""
    if is_place(name.text):
        return False
    known = is_common_swedish(name.text)
    if known and begins_sentence(pair.source_text, name.start):
        return True
    parts = given.split()
    if given.isupper() and not other_forms(given):
        return True  # an abbreviation, which has a check of its own
    if any(map(other_forms, parts)) or not all(map(is_common_english, parts)):
        return False
    return known or not linked_words(pair).isdisjoint(parts)


def _fix(name: str) -> str | None:
    """Return what the source's name is in English, where that is certain."""
    forms = other_forms(name)
    if len(forms) == 1:
        return next(iter(forms)).title()
    return name if not forms and not name.endswith("s") else None


CHECK = Check(N_("Name"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
