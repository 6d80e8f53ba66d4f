"""How many steps a pattern takes to search a text, counted: a matcher that backtracks as ``re`` does, slowly.

It knows what the patterns of this program use; ``re`` itself is quicker in places (it skips to a first letter, say),
never slower by more than a constant.
"""

import re
from collections.abc import Callable, Iterator
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Goal = Callable[[int], bool]
LOOPS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}
LETTERS = {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN}
FEW = 20
"""Times that a part may stand at most without being a loop."""


class TooManySteps(Exception):
    """More than were allowed."""


class Search:
    """Searches one text with one pattern and counts."""

    def __init__(self, pattern: re.Pattern[str], text: str, most: int) -> None:
        self.tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
        self.flags, self.text, self.most = pattern.flags, text, most
        self.steps, self.groups = 0, {}

    def spans(self, *, only_here: bool = False) -> Iterator[tuple[int, int]]:
        """Yield the spans of all matches, as ``finditer`` does; or of one at the beginning, as ``match`` does."""
        at = 0
        while at <= (0 if only_here else len(self.text)):
            self.groups = {}
            end: list[int] = []
            if self._match(self.tree, 0, at, lambda place, end=end: not end.append(place)):
                yield at, end[0]
            at = end[0] if end and end[0] > at else at + 1

    def _step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > self.most:
            raise TooManySteps

    def _match(self, nodes: list[Any], index: int, at: int, goal: Goal) -> bool:
        """Say whether the nodes from an index on match here, and then what follows."""
        self._step()
        if index == len(nodes):
            return goal(at)
        op, what = nodes[index]

        def onward(place: int) -> bool:
            return self._match(nodes, index + 1, place, goal)

        if op in LETTERS:
            return at < len(self.text) and self._is(op, what, self.text[at]) and onward(at + 1)
        if op in LOOPS:
            return self._loop(op, what, at, onward)
        return self._part(op, what, at, onward)

    def _part(self, op: Any, what: Any, at: int, onward: Goal) -> bool:
        if op is c.BRANCH:
            return any(self._match(list(branch), 0, at, onward) for branch in what[1])
        if op is c.SUBPATTERN:
            return self._group(what, at, onward)
        if op is c.ATOMIC_GROUP:
            return (end := self._end(list(what), at)) is not None and onward(end)
        if op in {c.ASSERT, c.ASSERT_NOT}:
            return self._seen(op, what, at) and onward(at)
        if op is c.AT:
            return self._stands(what, at) and onward(at)
        return self._again(what, at, onward)

    def _seen(self, op: Any, what: Any, at: int) -> bool:
        """Say whether what must, or must not, stand before or behind a place does, or does not."""
        direction, inner = what
        start = at if direction > 0 else at - inner.getwidth()[0]
        return (start >= 0 and self._end(list(inner), start) is not None) is (op is c.ASSERT)

    def _again(self, number: Any, at: int, onward: Goal) -> bool:
        """Say whether what a group matched stands here again."""
        start, end = self.groups.get(number, (0, -1))
        part = self.text[start:end]
        self._step(len(part))
        return end >= start and self._alike(self.text[at : at + len(part)], part) and onward(at + len(part))

    def _end(self, nodes: list[Any], at: int) -> int | None:
        end: list[int] = []
        return end[0] if self._match(nodes, 0, at, lambda place: not end.append(place)) else None

    def _group(self, what: Any, at: int, goal: Goal) -> bool:
        number, _add, _remove, inner = what
        before = self.groups.get(number)

        def close(place: int) -> bool:
            kept = self.groups.get(number)
            self.groups[number] = (at, place)
            return goal(place) or self.groups.update({number: kept}) is not None

        return self._match(list(inner), 0, at, close) or (self._put_back(number, before) and False)

    def _put_back(self, number: int | None, before: Any) -> bool:
        if before is None:
            self.groups.pop(number, None)
        else:
            self.groups[number] = before
        return True

    def _loop(self, op: Any, what: Any, at: int, goal: Goal) -> bool:
        least, most, inner = what[0], what[1], list(what[2])
        most = len(self.text) + 1 if most is c.MAXREPEAT else most
        if len(inner) == 1 and inner[0][0] in LETTERS:
            return self._run(op, least, most, inner[0], at, goal)
        if op is c.POSSESSIVE_REPEAT:
            ends = [at]
            while len(ends) <= most and (end := self._end(inner, ends[-1])) is not None and end > ends[-1]:
                ends.append(end)
            return len(ends) > least and goal(ends[-1])

        def again(count: int, place: int) -> bool:
            def more() -> bool:
                return count < most and self._match(
                    inner, 0, place, lambda end: (end > place or count < least) and again(count + 1, end)
                )

            if count < least:
                return more()
            return (goal(place) or more()) if op is c.MIN_REPEAT else (more() or goal(place))

        return again(0, at)

    def _run(self, op: Any, least: int, most: int, letter: Any, at: int, goal: Goal) -> bool:
        """Match a run of letters of one kind: as ``re`` does it, without a call for each."""
        count = 0
        while count < most and at + count < len(self.text) and self._is(*letter, self.text[at + count]):
            count += 1
        self._step(count)
        tries = range(least, count + 1) if op is c.MIN_REPEAT else range(count, least - 1, -1)
        return any(goal(at + taken) for taken in (tries[:1] if op is c.POSSESSIVE_REPEAT else tries))

    def _is(self, op: Any, what: Any, letter: str) -> bool:
        if op is c.ANY:
            return letter != "\n" or bool(self.flags & re.DOTALL)
        forms = {letter, letter.lower(), letter.upper()} if self.flags & re.IGNORECASE else {letter}
        if op is c.IN:
            negated = what[0][0] is c.NEGATE
            return any(_is_among(what, form) for form in forms) is not negated
        return any(ord(form) == what for form in forms if len(form) == 1) is (op is c.LITERAL)

    def _alike(self, one: str, other: str) -> bool:
        return one == other or (bool(self.flags & re.IGNORECASE) and one.lower() == other.lower())

    def _stands(self, where: Any, at: int) -> bool:
        before, after = self.text[at - 1 : at] if at else "", self.text[at : at + 1]
        if where in {c.AT_BOUNDARY, c.AT_NON_BOUNDARY}:
            return (_is_word(before) is not _is_word(after)) is (where is c.AT_BOUNDARY)
        if where is c.AT_BEGINNING:
            return not at or (bool(self.flags & re.MULTILINE) and before == "\n")
        if where is c.AT_END:
            return after in {"", "\n"} if self.flags & re.MULTILINE else at >= len(self.text.removesuffix("\n"))
        return at == (0 if where is c.AT_BEGINNING_STRING else len(self.text))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: str.isdecimal,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: _is_word,
    c.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdecimal(),
    c.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    c.CATEGORY_NOT_WORD: lambda letter: not _is_word(letter),
}


def _is_among(parts: Any, letter: str) -> bool:
    for op, what in parts:
        if op is c.LITERAL and len(letter) == 1 and ord(letter) == what:
            return True
        if op is c.RANGE and len(letter) == 1 and what[0] <= ord(letter) <= what[1]:
            return True
        if op is c.CATEGORY and _CATEGORIES[what](letter):
            return True
    return False


def has_loop(pattern: re.Pattern[str]) -> bool:
    """Say whether a part of a pattern may stand any number of times; without one it takes the same at every place."""
    return _has_loop(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def _has_loop(tree: Any) -> bool:
    for op, what in tree:
        if op in LOOPS and (what[1] is c.MAXREPEAT or what[1] > FEW):
            return True
        inner = what if isinstance(what, tuple | list) else (what,)
        for part in inner:
            parts = part if isinstance(part, list) else [part]
            if any(isinstance(one, _parser.SubPattern) and _has_loop(one) for one in parts):
                return True
    return False
