"""TER's search for shifts (Snover et al. 2006) as sacreBLEU does it, with faster edit distances.

sacreBLEU tries many shifts a sentence and fills a matrix of tuples in Python for each, kept to a beam. Where the beam
cannot matter, RapidFuzz gives the same distance and a leaner matrix the same alignment; elsewhere sacreBLEU's own is
called. With ``sacrebleu_statistics`` the one place that uses private code of sacreBLEU 2.6.0; tests compare the two.
"""

from functools import cached_property

from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics import lib_ter

BEAM = lib_ter._BEAM_WIDTH
"""How far from the diagonal sacreBLEU looks, in words."""


def edits(hypothesis: list[str], reference: list[str]) -> int:
    """Return the number of edits, a shift of words counting as one: sacreBLEU's ``translation_edit_rate``."""
    if not reference:
        return len(hypothesis)
    distance = _Distance(reference)
    words, shifts, checked = hypothesis, 0, 0
    while (left := distance.of(words)) > 1:  # the last edit may be a shift or not: it counts as one
        distance.to_align = words
        gained, shifted, checked = lib_ter._shift(words, reference, distance, checked)
        if checked >= lib_ter._MAX_SHIFT_CANDIDATES or gained <= 0:
            break
        words, shifts = shifted, shifts + 1
    return shifts + left


class _Distance:
    """Stands in for sacreBLEU's ``BeamEditDistance`` of one reference."""

    def __init__(self, reference: list[str]) -> None:
        self.to_align: list[str] = []
        """The words whose alignment will be asked for; all others are only measured."""
        self._reference = reference
        self._numbers: dict[str, int] = {}
        self._wanted = self._numbered(reference)

    def __call__(self, words: list[str]) -> tuple[int, str]:
        """Return the distance, and for ``to_align`` the operations that lead to the reference."""
        if words is not self.to_align:
            return self.of(words), ""
        given = self._numbered(words)
        distance = Levenshtein.distance(given, self._wanted)
        return (distance, _operations(given, self._wanted)) if self._fits_beam(words, distance) else self._beam(words)

    def of(self, words: list[str]) -> int:
        """Return the distance alone."""
        distance = Levenshtein.distance(self._numbered(words), self._wanted)
        return distance if self._fits_beam(words, distance) else self._beam(words)[0]

    def _fits_beam(self, words: list[str], distance: int) -> bool:
        """Say whether all shortest paths lie inside the beam, so that it changes neither distance nor alignment.

        The beam covers a short reference wholly. Else: a path of d edits strays from the slanted diagonal by half of d
        and the difference in length together; rounding takes one word and the beam's open end another.
        """
        difference = abs(len(words) - len(self._reference))
        return len(self._reference) < BEAM or distance + difference <= 2 * (BEAM - 2)

    @cached_property
    def _beam(self) -> lib_ter.BeamEditDistance:
        return lib_ter.BeamEditDistance(self._reference)

    def _numbered(self, words: list[str]) -> list[int]:
        return [self._numbers.setdefault(word, len(self._numbers)) for word in words]


def _operations(given: list[int], wanted: list[int]) -> str:
    """Return the edits from one sequence to another, preferring as sacreBLEU: match, substitute, delete, insert."""
    rows = _matrix(given, wanted)
    i, j, found = len(given), len(wanted), []
    while i or j:
        here = rows[i][j]
        if i and j and rows[i - 1][j - 1] + (given[i - 1] != wanted[j - 1]) == here:
            i, j = i - 1, j - 1
            found.append(lib_ter._OP_NOP if rows[i][j] == here else lib_ter._OP_SUB)
        elif i and rows[i - 1][j] + 1 == here:
            i -= 1
            found.append(lib_ter._OP_DEL)
        else:
            j -= 1
            found.append(lib_ter._OP_INS)
    return "".join(reversed(found))


def _matrix(given: list[int], wanted: list[int]) -> list[list[int]]:
    """Return the distances between all beginnings of the two sequences."""
    above = list(range(len(wanted) + 1))
    rows = [above]
    for word in given:
        left = above[0] + 1
        diagonal = above[0]
        row = [left]
        for other, up in zip(wanted, above[1:], strict=True):
            best = diagonal if word == other else diagonal + 1
            if up < best:
                best = up + 1
            if left < best:
                best = left + 1
            row.append(best)
            left, diagonal = best, up
        rows.append(row)
        above = row
    return rows
