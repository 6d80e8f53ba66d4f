"""A name of the source is not in the translation, or another one stands there.

Wrong for names that have another form in the language and are not known here, and for titles that are translated.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale
from rapidfuzz import fuzz

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexicon import is_word
from review_app.checks.pair import Pair, Word
from review_app.locale import N_

ALIKE = 62
"""Similarity (0–100) from which two spellings may be one name: "Aten", "Athens"."""

SHORTEST = 3


def look(pair: Pair) -> Iterator[Found]:
    """Find names that have no counterpart on the other side."""
    wanted = _names(pair.source_words, pair.source_text, "sv")
    given = _names(pair.target_words, pair.target_text, "en")
    everything = pair.target_text.lower()
    missing = [name for name in wanted if not _stands_in(name.text, pair.target_words, everything)]
    if not missing:
        return
    sources = pair.source_text.lower()
    surplus = [name for name in given if not _stands_in(name.text, pair.source_words, sources)]
    for index, name in enumerate(missing):
        if index < len(surplus):
            other = surplus[index]
            yield Found("name_differs", name.span, other.span, {"expected": name.text, "found": other.text})
        elif not is_word(name.text, "sv"):
            yield Found("name_missing", name.span, None, {"expected": name.text})


def _names(words: Sequence[Word], text: str, language: str) -> list[Word]:
    """Return the words that are names: written with a capital inside a sentence, and no word of the language."""
    return [
        word
        for word in words
        if word.text[0].isupper()
        and len(word.text) >= SHORTEST
        and not (_begins_sentence(word, text) and is_word(word.text, language))
        and not _is_common(word.text, language)
    ]


def _begins_sentence(word: Word, text: str) -> bool:
    before = text[: word.start].rstrip(" \"'”’“»([–-•")
    return not before or before[-1] in ".!?:;"


@cache
def _is_common(text: str, language: str) -> bool:
    """Say whether a capital does not make this a name: months, languages, titles, acronyms of one's own language."""
    return text.lower() in _TITLES[language]


def _stands_in(name: str, words: Sequence[Word], text: str) -> bool:
    lowered = name.lower()
    stem = lowered[:-1] if lowered.endswith("s") else lowered
    if stem in text or any(form in text for form in _other_forms(lowered)):
        return True
    return any(
        (word.text[0].isupper() and fuzz.ratio(lowered, word.text.lower()) >= ALIKE)
        or (len(lowered) >= 6 and fuzz.ratio(lowered[:5], word.text.lower()[:5]) >= 80)
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

_TITLES = {
    "sv": frozenset("januari februari mars april maj juni juli augusti september oktober november december".split()),
    "en": frozenset(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december english swedish the mr mrs ms dr sir lord king queen president prime
        minister university street road avenue river lake mount north south east west northern southern eastern western
        act section chapter internet tv
        """.split()
    ),
}

CHECK = Check(N_("Name"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
