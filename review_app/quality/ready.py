"""Loads what checking and estimating need, so that nobody who saves waits for it."""

import gc
from functools import cache

from review_app.checks import check_pair, lexicon
from review_app.checks.foreign import OTHERS
from review_app.quality.example import Example
from review_app.quality.shipped import risks_of, shipped_model

SELDOM = (50_000, 20, 100)
"""After how many new objects Python's collector looks for rings of them, instead of 700, 10, 10: texts make many
objects and no rings, and looking took a twelfth of the time."""

SWEDISH = "Färdtjänst är en form av kollektivtrafik för dig som har svårt att resa på egen hand."
ENGLISH = "Färdtjänst is a form of public trasport for you who finds it hard to travel on your own."
"""Texts that take every dictionary and every model to be judged."""


@cache
def make_ready() -> None:
    """Load the dictionaries and the models, once; they stay, so Python's collector need not look at them again.

    Servers and workers do so before they begin, commands before they check: nobody who saves meanwhile waits for it.
    """
    lexicon.load(*OTHERS)
    findings = check_pair(SWEDISH, ENGLISH, "sv", "en")
    model = shipped_model("sv", "en")
    if model is not None:
        risks_of(model, [Example(SWEDISH, ENGLISH, "sv", "en", findings)])
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
