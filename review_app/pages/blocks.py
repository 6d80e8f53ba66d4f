"""Cuts a page's source into blocks: runs of text and inline markup, each piece with its place in the source.

The tokens are read in source order and say where everything is; the tree of an HTML5 parser says which elements are
not for translation and how far they reach. Nothing is serialised, so what is not translated stays as it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import turbohtml
from turbohtml import TokenType

from review_app.errors import BadPage
from review_app.locale import N_
from review_app.pages.attributes import attribute_blocks
from review_app.pages.markup import ENDS_ITSELF, INLINE, VOID, Found, Kind, Run, says_something
from review_app.pages.untranslated import Range, page_language, untranslated_ranges

MOST_BLOCKS = 50_000
"""Blocks of one page; the longest law of the land has some 10,000."""

_OBJECTS = INLINE | {"code", "svg", "math", "script", "style", "template", "noscript"}
"""Untranslated elements that a sentence runs on around; any other ends it."""

_TAG_NAME = re.compile(r"<([^\s/>]{1,40})")
_LAST_TAG = re.compile(r"</([^\s/>]{1,40})\s*>\Z")
_BLANK_LINE = re.compile(r"\n[ \t\f]*\n\s*")


def find_blocks(source: str, tree: turbohtml.Document, default_language: str) -> list[Found]:
    """Return a page's blocks in source order. ``source`` has newlines as the parser sees them: ``\\n`` only."""
    skipped = untranslated_ranges(tree, page_language(tree) or default_language, len(source))
    found = [*_text_blocks(source, skipped), *attribute_blocks(source, tree, skipped)]
    return sorted(found, key=lambda block: block.start)


def _text_blocks(source: str, skipped: Sequence[Range]) -> list[Found]:
    """Scan the source between the skipped ranges: what stands in those may mislead a tokeniser without a tree."""
    scanner = _Scanner()
    position = 0
    for start, end in skipped:
        _scan(scanner, source[position:start], position)
        _skip(scanner, source, start, end)
        position = end
    _scan(scanner, source[position:], position)
    scanner.flush()
    return scanner.blocks


def _scan(scanner: "_Scanner", source: str, offset: int) -> None:
    position, length = offset, offset + len(source)
    text_token, reference = TokenType.TEXT, TokenType.CHARACTER_REFERENCE  # looked up once: pages have thousands
    start_tag, end_tag = TokenType.START_TAG, TokenType.END_TAG
    for token in turbohtml.tokenize(source, resolve_references=False, capture_source=True, capture_attributes=False):
        start, kind = position, token.type
        if kind is text_token:
            text = token.data or ""
            position += len(text)
            if scanner.runs or not text.isspace():  # most text of a page is white space between blocks
                scanner.text(start, position, text, exact=True)
            continue
        position += len(token.source or token.data or "")
        if kind is reference:
            scanner.text(start, position, token.data or "", exact=False)
        elif kind is start_tag or kind is end_tag:
            tag, opens = token.tag or "", kind is start_tag
            if tag not in INLINE:
                scanner.tag(tag, opens=opens)
            else:
                inline = Kind.VOID if tag in VOID else Kind.OPEN if opens else Kind.CLOSE
                scanner.inline(Run(inline, start, position, tag=tag))
    if position != length:
        raise BadPage(N_("The page cannot be read without losing text. Check its HTML for control characters."))


def _skip(scanner: "_Scanner", source: str, start: int, end: int) -> None:
    """Pass over what is not for translators: inside a sentence it is one object, elsewhere it ends the block."""
    name = _TAG_NAME.match(source, start)
    tag = name[1].lower() if name else ""
    last = _LAST_TAG.search(source, max(start, end - 100), end)
    closed = tag in VOID or (last is not None and last[1].lower() == tag)
    if tag in _OBJECTS and closed:
        scanner.inline(Run(Kind.VOID, start, end, tag=tag))
    else:
        scanner.flush()  # one that is left open cannot be moved: what follows it would stand in it


class _Scanner:
    """Collects runs into blocks while the tokens go by; ``runs`` are those of the block in hand."""

    def __init__(self) -> None:
        self.blocks: list[Found] = []
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self.runs: list[Run] = []
        self._speaks = False

    def text(self, start: int, end: int, text: str, *, exact: bool) -> None:
        """Take text into the block in hand; where line breaks are kept, a blank line ends it."""
        if exact and self._counts["pre"] and "\n" in text:
            self._take_lines(start, text)
        elif self.runs or not text.isspace():
            self.runs.append(Run(Kind.TEXT, start, end, text, "", exact))
            self._speaks = self._speaks or not text.isspace()

    def inline(self, run: Run) -> None:
        """Take a tag or an object into the block in hand; two line breaks in a row end it."""
        if run.tag == "br" and self._breaks_twice():
            self.flush()
        else:
            self.runs.append(run)

    def tag(self, name: str, *, opens: bool) -> None:
        """End the block in hand and remember which element the next one stands in."""
        if self.runs:
            self.flush()
        if opens:
            if self._open and self._open[-1] == name and name in ENDS_ITSELF:
                self._counts[self._open.pop()] -= 1
            if name not in VOID:
                self._open.append(name)
                self._counts[name] += 1
        elif self._counts[name]:
            last = ""
            while last != name:
                last = self._open.pop()
                self._counts[last] -= 1

    def flush(self) -> None:
        """End the block in hand; markup that is opened or closed elsewhere parts it in two."""
        runs, self.runs = self.runs, []
        if not self._speaks:
            return
        self._speaks = False
        kind = self._open[-1] if self._open else "body"
        if len(runs) == 1 or not any(run.tag for run in runs):
            self._keep(kind, runs)
            return
        part: list[Run] = []
        for run, loose in zip(runs, loose_tags(runs), strict=True):
            if loose:
                self._keep(kind, part)
                part = []
            else:
                part.append(run)
        self._keep(kind, part)

    def _take_lines(self, start: int, text: str) -> None:
        position = 0
        for match in _BLANK_LINE.finditer(text):
            self._take_piece(start + position, text[position : match.start()])
            self.flush()
            position = match.end()
        self._take_piece(start + position, text[position:])

    def _take_piece(self, start: int, text: str) -> None:
        if text:
            self.runs.append(Run(Kind.TEXT, start, start + len(text), text))
            self._speaks = self._speaks or not text.isspace()

    def _keep(self, kind: str, runs: list[Run]) -> None:
        """Keep what says something."""
        if any(map(says_something, runs)):
            self.blocks.append(Found(kind, tuple(runs)))
        if len(self.blocks) > MOST_BLOCKS:
            raise BadPage(N_("The page has more than {most} passages. Split it."), most=MOST_BLOCKS)

    def _breaks_twice(self) -> bool:
        for run in reversed(self.runs):
            if run.tag == "br":
                return True
            if not run.text.isspace():
                return False
        return False


def loose_tags(runs: Sequence[Run]) -> list[bool]:
    """Say of each run whether it is a tag without its other half, or one that such a tag parts from it."""
    loose = [False] * len(runs)
    pairs = list(_pairs(runs, loose))
    if True in loose:
        before = [0]
        for flag in loose:
            before.append(before[-1] + flag)
        for opened, closed in pairs:
            if before[closed] > before[opened]:
                loose[opened] = loose[closed] = True
    return loose


def _pairs(runs: Sequence[Run], loose: list[bool]) -> Iterator[tuple[int, int]]:
    """Return which tags belong together, and mark in ``loose`` those that belong to none."""
    opened: list[int] = []
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    for index, run in enumerate(runs):
        if run.kind is Kind.OPEN:
            opened.append(index)
            by_tag[run.tag].append(index)
        elif run.kind is Kind.CLOSE:
            if not by_tag[run.tag]:
                loose[index] = True
                continue
            match = by_tag[run.tag][-1]
            while (last := opened.pop()) != match:
                by_tag[runs[last].tag].pop()
                loose[last] = True
            by_tag[run.tag].pop()
            yield match, index
    for index in opened:
        loose[index] = True
