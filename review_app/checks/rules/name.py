"""A name of the source is not in the translation, or another one stands there.

Wrong for names that have another form in the language and are not known here, and for titles that are translated.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from babel import Locale
from rapidfuzz import fuzz

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexicon import is_common_english, is_common_swedish, is_swedish_form
from review_app.checks.pair import Pair, Word
from review_app.locale import N_

ALIKE = 46
"""Similarity (0–100) from which two spellings may be one name: "Aten" and "Athens", "Köln" and "Cologne"."""

LOOK_BACK = 40
"""Characters before a word that tell whether it begins a sentence."""

SHORTEST = 3
MOST_NAMES = 100
"""Names of a text that are judged: each is compared with every word of the other side."""

COMMON_NAMES = frozenset(
    """
    olympic olympics catholic christian protestant muslim jewish internet congress parliament earth world western
    eastern northern southern north south east west internet state government council
    """.split()
)
"""Names that English needs where Swedish has none: "OS" are the Olympics."""

LONGEST_FIRST = 10
"""Letters up to which an unknown word at the start of a sentence may be a name; longer ones are compounds."""


def look(pair: Pair) -> Iterator[Found]:
    """Find names that have no counterpart on the other side."""
    if len(pair.source_words) < 2:
        return  # a heading of one word has a capital, whatever it is
    everything = pair.target_text.lower()
    wanted = [word for word in pair.source_words if _is_name(word, pair.source_text, is_common_swedish)]
    missing = [name for name in wanted[:MOST_NAMES] if not _stands_in(name.text, pair.target_words, everything)]
    sources = pair.source_text.lower()
    given = [word for word in pair.target_words if _is_name(word, pair.target_text, is_common_english)]
    surplus = [name for name in given[:MOST_NAMES] if not _stands_in(name.text, pair.source_words, sources)]
    for index, name in enumerate(missing):
        if index < len(surplus):
            other = surplus[index]
            yield Found("name_differs", name.span, other.span, {"expected": name.text, "found": other.text})
        else:
            yield Found("name_missing", name.span, None, {"expected": name.text}, Severity.MINOR)
    for name in surplus[len(missing) :]:
        if _is_foreign(name, pair):
            yield Found("name_added", None, name.span, {"found": name.text})


def _is_foreign(name: Word, pair: Pair) -> bool:
    """Say whether nothing in the source, written with a capital or small, resembles a name of the translation."""
    lowered = name.text.lower()
    if not name.text.isalpha() or len(lowered) <= SHORTEST or lowered.endswith(("ish", "ese", "ian", "can")):
        return False
    if lowered in COMMON_NAMES or _begins_sentence(name, pair.target_text) or _is_heading(pair):
        return False
    return all(fuzz.ratio(lowered, word.lower(), score_cutoff=ALIKE) == 0 for word in pair.source_lower)


def _is_heading(pair: Pair) -> bool:
    """Say whether a translation writes most of its words with a capital, as English headings do."""
    capitals = sum(word.text[0].isupper() for word in pair.target_words)
    return capitals * 2 > len(pair.target_words)


def _is_name(word: Word, text: str, is_common: Callable[[str], bool]) -> bool:
    """Say whether a word is a name: written with a capital, no acronym, and no common word of its language."""
    plain = word.text.split("-")[0]
    if not plain[:1].isupper() or len(plain) < SHORTEST or any(letter.isupper() for letter in word.text[1:]):
        return False
    if word.text.lower() in TITLES:
        return False
    if not _begins_sentence(word, text) and is_common is is_common_swedish:
        # "Lindqvist" is a name, though it ends like a word; "Tillgänglighetspromenad" is none, though in no dictionary.
        return not (is_common_swedish if len(word.text) > LONGEST_FIRST else is_swedish_form)(word.text)
    return not is_common(word.text) and (not _begins_sentence(word, text) or len(word.text) <= LONGEST_FIRST)


def _begins_sentence(word: Word, text: str) -> bool:
    before = text[max(0, word.start - LOOK_BACK) : word.start].rstrip(" \"'”’“»([–-•")
    return not before or before[-1] in ".!?:;>"


def _stands_in(name: str, words: Sequence[Word], text: str) -> bool:
    lowered = name.lower()
    stem = lowered[:-1] if lowered.endswith("s") else lowered
    if stem in text or any(form in text for form in _other_forms(lowered)):
        return True
    return any(
        (word.text[0].isupper() and fuzz.ratio(lowered, word.text.lower()) >= ALIKE)
        or (len(lowered) >= 5 and lowered[:4] == word.text.lower()[:4])
        for word in words
    )


@cache
def _other_forms(name: str) -> frozenset[str]:
    """Return a name's forms in the other language: "Sverige", "Sweden"."""
    stem = name[:-1] if name.endswith("s") else name
    return frozenset(form for key in (name, stem) for form in _places().get(key, ()))


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Return countries and languages both ways, from CLDR, and some names CLDR does not have."""
    swedish, english = Locale("sv"), Locale("en")
    known: dict[str, set[str]] = {}
    pairs = [(swedish.territories[key], english.territories.get(key, "")) for key in swedish.territories]
    pairs += [(swedish.languages[key], english.languages.get(key, "")) for key in swedish.languages]
    pairs += _MORE
    for one, other in pairs:
        for word_one in one.lower().split():
            for word_other in other.lower().split():
                if len(word_one) > 2 and len(word_other) > 2:
                    known.setdefault(word_one, set()).add(word_other)
                    known.setdefault(word_other, set()).add(word_one)
    return {key: tuple(values) for key, values in known.items()}


_MORE = [
    ("Göteborg", "Gothenburg"), ("Köpenhamn", "Copenhagen"), ("Rom", "Rome"), ("Wien", "Vienna"), ("Prag", "Prague"),
    ("Europa", "Europe"), ("Asien", "Asia"), ("Afrika", "Africa"), ("Amerika", "America"), ("Norden", "Nordic"),
    ("Östersjön", "Baltic"), ("Medelhavet", "Mediterranean"), ("Atlanten", "Atlantic"), ("Stilla", "Pacific"),
    ("FN", "UN"), ("EU", "European"), ("VM", "World"), ("OS", "Olympics"), ("OS", "Olympic"), ("Jorden", "Earth"),
    ("Solen", "Sun"), ("Månen", "Moon"), ("Gud", "God"), ("Bibeln", "Bible"), ("Riksdagen", "Parliament"),
    ("Skatteverket", "Tax"), ("Försäkringskassan", "Insurance"), ("Arbetsförmedlingen", "Employment"),
    ("Migrationsverket", "Migration"), ("Trafikverket", "Transport"), ("Polisen", "Police"), ("Nilen", "Nile"),
    ("Mekka", "Mecca"), ("Kaukasus", "Caucasus"), ("Donau", "Danube"), ("Jul", "Christmas"), ("Jesus", "Christ"),
    ("Folkhälsomyndigheten", "Health"), ("Lantmäteriet", "Land"), ("Länsstyrelsen", "County"), ("Themsen", "Thames"),
]  # fmt: skip

TITLES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december januari februari mars maj juni juli augusti oktober mr mrs ms dr sir
    """.split()
)
"""Words that are written with a capital in one language only."""

CHECK = Check(N_("Name"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
