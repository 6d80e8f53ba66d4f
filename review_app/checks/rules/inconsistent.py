"""People have translated the same Swedish in another way elsewhere on the site.

What they wrote in at least as many places as the text at hand is expected; capitals and the mark at the end do not
count.

Wrong for a single word or a heading that means one thing here and another there ("Öppet", "Mer").
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity, Span
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.normalise import as_read


def look(pair: Pair) -> Iterator[Found]:
    """Find that the target is not what people made of the same source."""
    writings = pair.guide.written.texts.get(pair.source)
    if not writings:
        return
    own = as_read(pair.target)
    times = next((writing.times for writing in writings if as_read(writing.text) == own), 0)
    other = next((writing for writing in writings if as_read(writing.text) != own), None)
    if other is not None and other.times >= times:
        yield Found(
            "written_otherwise",
            (0, len(pair.source)),
            _differing(pair.target, other.text),
            {"expected": other.text, "where": other.where},
        )


def _differing(target: str, expected: str) -> Span:
    """Return where a text begins and ceases to differ, in whole words; all of it when it only lacks something."""
    words, others = target.split(" "), expected.split(" ")
    shortest = min(len(words), len(others))
    before = next((at for at in range(shortest) if words[at] != others[at]), shortest)
    most = shortest - before
    after = next((at for at in range(most) if words[-1 - at] != others[-1 - at]), most)
    start = len(" ".join(words[:before])) + (before > 0)
    end = len(target) - len(" ".join(words[len(words) - after :])) - (after > 0)
    return (start, end) if start < end else (0, len(target))


CHECK = Check(N_("Not as elsewhere"), Severity.MINOR, "terminology/inconsistent", look)
