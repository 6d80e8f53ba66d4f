"""The translation breaks off in the middle of the sentence.

Wrong for headings that end with such a word on purpose.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

DANGLING = frozenset(
    """
    the a an and or but of to with from by for as than that which who whose because although if while when where
    its their his our your my into onto upon between among during including such is are was were be been has have had
    will would should must may can could
    """.split()
)
"""English words that end no statement."""

ENDS = frozenset(".!?…:;。؟۔")
CLOSERS = "\"'”’»)]“ \u00a0"


def look(pair: Pair) -> Iterator[Found]:
    """Find a translation whose last word needs another, though the source is a whole sentence."""
    source, target = pair.source_text.rstrip(CLOSERS), pair.target_text.rstrip(CLOSERS)
    if len(pair.target_tokens) < 2 or not source or not target or source[-1] not in ENDS:
        return
    last = pair.target_tokens[-1]
    dangles = target[-1] in ",-–" or (target.endswith(last) and last in DANGLING and target[-1] not in ENDS)
    if dangles:
        word = pair.target_words[-1]
        yield Found("truncated", None, (word.start, len(target)), {"found": target[word.start :]})


CHECK = Check(N_("Cut-off sentence"), Severity.MAJOR, "accuracy/omission", look, frozenset({"en"}))
