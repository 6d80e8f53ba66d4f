"""An amount is in another currency, or in none.

Wrong when a translation converts the amount for its readers, or "pounds" are weights.
"""

from collections.abc import Iterator, Mapping

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import Reading, Word
from review_app.locale import N_

CURRENCIES: Mapping[str, str] = {
    **dict.fromkeys("kr krona kronan kronor kronorna kronors öre sek tkr mkr mnkr mdkr kronas".split(), "krona"),
    **dict.fromkeys("kroner krone kronors nok dkk isk crowns".split(), "krona"),
    **dict.fromkeys("kruunu kruunua kruunun kruunuja kruunulla كرونة كرون كرونا كرونات".split(), "krona"),
    **dict.fromkeys("euroa euroja eurolla يورو".split(), "euro"),
    **dict.fromkeys("dollaria dollari دولار دولارات".split(), "dollar"),
    **dict.fromkeys("euro euros euron eur eurocent".split(), "euro"),
    **dict.fromkeys("dollar dollars dollarn usd cent cents".split(), "dollar"),
    **dict.fromkeys("gbp sterling".split(), "pund"),
}
"""Words for currencies; kronor of several countries are one, because a text rarely says which."""

BESIDE = 1
"""Characters between a currency and its number."""

SIGNS = {"€": "euro", "$": "dollar", "£": "pund"}
_ALL = frozenset(CURRENCIES)


def look(pair: Pair) -> Iterator[Found]:
    """Compare the currencies that numbers are told in."""
    wanted = pair.source_reading.once(_currencies)
    if not wanted or not any(number.numeral for number in pair.source_numbers):
        return
    given = _currencies(pair.target_reading)
    missing, surplus = wanted - given, given - wanted
    if missing and surplus:
        expected = _place(min(missing), pair.source_prose, pair.source_words)
        found = _place(min(surplus), pair.target_prose, pair.target_words)
        yield Found("currency_differs", expected.span, found.span, {"expected": expected.text, "found": found.text})
    elif missing and pair.languages[1] == "en":
        expected = _place(min(missing), pair.source_prose, pair.source_words)
        if _amount_is_told(expected, pair):
            yield Found("currency_missing", expected.span, None, {"expected": expected.text}, Severity.MAJOR)


def _amount_is_told(currency: Word, pair: Pair) -> bool:
    """Say whether a number stands beside a currency, and in the target, too: "SEK(60)" is no amount."""
    given = {value for number in pair.target_numbers for value in number.values}
    return any(
        not given.isdisjoint(number.values)
        for number in pair.source_numbers
        if 0 <= currency.start - number.end <= BESIDE or 0 <= number.start - currency.end <= BESIDE
    )


def _currencies(reading: Reading) -> frozenset[str]:
    found = {CURRENCIES[word] for word in _ALL & reading.lower}
    return frozenset(found | {name for sign, name in SIGNS.items() if sign in reading.prose})


def _place(currency: str, text: str, words: list[Word]) -> Word:
    """Return where a text names a currency."""
    for word in words:
        if CURRENCIES.get(word.text.lower()) == currency:
            return word
    sign = next(sign for sign, name in SIGNS.items() if name == currency)
    return Word(sign, text.index(sign), text.index(sign) + 1)


CHECK = Check(N_("Currency"), Severity.CRITICAL, "accuracy/mistranslation", look)
