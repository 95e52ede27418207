"""White space that the tags of a template leave behind, and where a ``-`` takes just that away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.adjacency import END, MOST_LEVELS, START, Pair, Piece, neighbours
from msgspec_tool.templates.bounds.analysis import Analysis, Outcome
from msgspec_tool.templates.positions import Tokens, offset_of
from msgspec_tool.templates.skeletons import Skeleton, copy_of
from msgspec_tool.templates.tree import Partial, Parts, attach, parts_of

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.counterexamples import Example

MOST_LEAKS = 8
"""Places of one template, and pairs of pieces at each of them, for which data is looked for that shows the leak."""

MOST_CHARACTERS = 4_000
"""Longer templates are not looked at: no channel takes such texts but one, and the search grows with them."""

Homes = Mapping[SourceFile | None, Tokens]
"""The tokens of the template (under None) and of its partials."""

_BEFORE, _AFTER = "\r\n", "\n\r"
"""What stands for the white space of two pieces while it is tried out whether they meet: to filters it is white space too."""
_OPENING = ("block_begin", "variable_begin", "comment_begin", "raw_begin")
_CLOSING = ("block_end", "variable_end", "comment_end", "raw_begin", "raw_end")
_UNBOUNDED = 6


class Kind(Enum):
    """What is left behind."""

    BLANKS = "blanks"
    LINES = "lines"
    BEGINNING = "beginning"


class Leak(NamedTuple):
    """White space around the tag at ``[start, end)``, and data for which it shows. ``dash`` is what to put in place of ``cut``."""

    kind: Kind
    start: int
    end: int
    example: Example
    between: tuple[int, int]
    """From the piece of text before to the one behind it, where both stand in the same file."""
    cut: tuple[int, int] | None = None
    dash: str = ""
    file: SourceFile | None = None
    """The partial in which the tag stands; None for the template itself."""


def leaks(analysis: Analysis) -> Iterator[Leak]:
    """Every leak of a template for which there is data that shows it."""
    root, source = analysis.template.tree, analysis.template.source
    # between texts that only expressions part there is always something
    if len(source) > MOST_CHARACTERS or ("{%" not in source and "{#" not in source):
        return
    if not _may_leak(root):
        return
    homes = _homes(parts_of(root))
    plan = _Plan(homes, neighbours(root))
    for pairs, mend in plan.mends():
        shown = next(((pair, found) for pair in pairs[:MOST_LEAKS] if (found := _witness(analysis, homes, pair)) is not None), None)
        if shown is not None:
            (before, after), example = shown
            tokens = homes[mend.file]
            between = (0, 0)
            if before.file == after.file or before is START:
                between = (0 if before is START else tokens.ends[before.token or 0], tokens.starts[after.token or 0])
            cut, dash = mend.edit if mend.edit is not None else (None, "")
            kind = kind_of((before, after)) or Kind.BLANKS
            yield Leak(kind, *_tag(tokens, mend.token), example, between, cut, dash, mend.file)


def _may_leak(root: nodes.Template) -> bool:
    """Whether pieces can meet that leave something behind: the tags decide that, and the white space at the ends of texts."""
    copied = copy_of(root)
    ends = tuple(map(_ends, copied.pieces.texts)) if copied is not None else ()
    known = _known_to_leak(root if copied is None else copied.skeleton, ends)
    if not known:
        known.append(bool(_Plan(_homes(parts_of(root)), neighbours(root)).leaking))
    return known[0]


@lru_cache(maxsize=256)
def _known_to_leak(_tags: nodes.Template | Skeleton, _ends: tuple[tuple[str, str], ...]) -> list[bool]:
    """Where it is kept whether texts with these ends leak between some tags, once it is known."""
    return []


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _homes(parts: Parts) -> Homes:
    """The tokens of the template, and of every partial that it leads to."""
    found: dict[SourceFile | None, Tokens] = {None: parts.tokens}
    waiting = [parts]
    while waiting:
        for partial in waiting.pop().partials.values():
            if partial.file not in found:
                found[partial.file] = partial.parts.tokens
                waiting.append(partial.parts)
    return found


def kind_of(pair: Pair) -> Kind | None:
    """What two pieces leave behind where they meet; None where nothing is amiss."""
    before, after = pair
    left, right = before.trailing, after.leading
    if after is END or not right:
        return None
    if before is START:
        return Kind.BEGINNING if after.token else None
    lines = left.count("\n") + right.count("\n")
    if "\n" in left and "\n" in right:
        return Kind.LINES if lines > 2 else None
    return Kind.BLANKS if left and not lines else None


# --- what to put where --------------------------------------------------------------------------------------------------


class _Mend(NamedTuple):
    """The tag to look at (by the token that it begins with), and the edit: the place of a delimiter, and what it becomes."""

    token: int
    file: SourceFile | None = None
    edit: tuple[tuple[int, int], str] | None = None


class _Plan:
    """Chooses for each leak a dash that takes away what is too much in every combination, and nothing else in any."""

    def __init__(self, homes: Homes, pairs: frozenset[Pair]) -> None:
        self.homes = homes
        self.tokens = homes[None]
        self.after: dict[Piece, list[Piece]] = defaultdict(list)
        self.before: dict[Piece, list[Piece]] = defaultdict(list)
        for one, other in pairs:
            self.after[one].append(other)
            self.before[other].append(one)
        # a text that begins with white space for some data only is no rarity, and nobody sees it
        leaking = [pair for pair in pairs if kind_of(pair) is not None and (pair[0] is not START or self.before[pair[1]] == [START])]
        self.leaking = sorted(leaking, key=lambda pair: (_place(pair[1]), _place(pair[0])))
        self.stripped: set[tuple[Piece, str]] = set()

    def mends(self) -> list[tuple[list[Pair], _Mend]]:
        """The leaks that one dash mends together, each group with its dash; by themselves those that none does."""
        found: list[tuple[list[Pair], _Mend]] = []
        left = list(self.leaking)
        while left and len(found) < MOST_LEAKS:
            group, mend = self._mend(left)
            found.append((group, mend))
            left = [pair for pair in left if pair not in group]
        return found

    def _mend(self, left: list[Pair]) -> tuple[list[Pair], _Mend]:
        """The dash that mends the first of the leaks, and of two the one that mends more with it."""
        one, other = left[0]
        behind, ahead = self._behind(one), self._ahead(other)
        after = [pair for pair in left if pair[0] == one]
        before = [pair for pair in left if pair[1] == other]
        if behind is not None and (ahead is None or len(after) >= len(before)):
            self.stripped.add((one, "end"))
            return after, behind
        if ahead is not None:
            self.stripped.add((other, "start"))
            return before, ahead
        beside = self._beside(one, other)
        # without a dash each tag is told once
        return [pair for pair in left if self._beside(*pair) == beside], beside

    def _beside(self, one: Piece, other: Piece) -> _Mend:
        """The tag between two pieces: that of the template, where one of them stands in it."""
        if one is START or (one.file is not None and other.file is None):
            return _Mend((other.token or 0) - 1, other.file)
        return _Mend((one.token or 0) + 1, one.file)

    def _behind(self, piece: Piece) -> _Mend | None:
        """``{%-`` in the tag behind a piece: right where whatever follows brings the white space itself."""
        at = (piece.token or 0) + 1
        if piece is START or piece is END or piece.file is not None:
            return None
        if at >= len(self.tokens.kinds) or self.tokens.values[at] not in ("{%", "{#", "{{"):
            return None
        following = self.after[piece]
        if not all(other is END or self._is_mended((piece, other), other.leading, (other, "start")) for other in following):
            return None
        start = self.tokens.starts[at]
        return _Mend(at, None, ((start, start + 2), self.tokens.values[at] + "-"))

    def _ahead(self, piece: Piece) -> _Mend | None:
        """``-%}`` in the tag ahead of a piece: right where whatever comes before brings the white space itself."""
        at = (piece.token or 0) - 1
        if at < 0 or piece.file is not None or self.tokens.values[at].rstrip() not in ("%}", "#}", "}}"):
            return None
        before = self.before[piece]
        if not all(self._is_mended((other, piece), other.trailing, (other, "end")) for other in before):
            return None
        start = self.tokens.starts[at]
        return _Mend(at, None, ((start, start + 2), "-" + self.tokens.values[at].rstrip()))

    def _is_mended(self, pair: Pair, rest: str, side: tuple[Piece, str]) -> bool:
        """Whether what is left of a leak's white space on the other side is what was meant; a pair that does not leak may not change."""
        kind = kind_of(pair)
        if side in self.stripped:
            return False
        if kind is Kind.LINES:
            return 0 < rest.count("\n") <= 2
        return rest == {Kind.BLANKS: " ", Kind.BEGINNING: ""}.get(kind) if kind is not None else False


def _place(piece: Piece) -> tuple[str, int]:
    return "" if piece.file is None else piece.file.path, piece.token or 0


def _tag(tokens: Tokens, at: int) -> tuple[int, int]:
    """The whole tag or comment that a token begins or ends."""
    first = last = at
    while first > 0 and tokens.kinds[first] not in _OPENING:
        first -= 1
    while last < len(tokens.kinds) - 1 and tokens.kinds[last] not in _CLOSING:
        last += 1
    return tokens.starts[first], tokens.starts[last] + len(tokens.values[last].rstrip())


# --- whether it shows ---------------------------------------------------------------------------------------------------


def _witness(analysis: Analysis, homes: Homes, pair: Pair) -> Example | None:
    """Data for which the white space of two pieces surely meets."""
    from msgspec_tool.templates.bounds.counterexamples import Search

    before, after = pair
    marks = [_Mark(after.file, homes[after.file].starts[after.token or 0], True, len(after.leading), _AFTER)]
    if before is not START:
        marks.append(_Mark(before.file, homes[before.file].starts[before.token or 0], False, len(before.trailing), _BEFORE))
    marked = replace(analysis, template=replace(analysis.template, tree=_marked_template(analysis.template.tree, None, marks)))
    wanted = _AFTER if before is START else _BEFORE + _AFTER

    def shows(outcome: Outcome) -> float:
        known = outcome.text.finite or ()
        # a text of nothing but white space has a finding of its own
        return float(bool(known) and all(one.strip() and (one.startswith(wanted) if before is START else wanted in one) for one in known))

    found = Search(marked, unbounded=_UNBOUNDED).best(shows, enough=1)
    return found if found is not None and found.score >= 1 else None


class _Mark(NamedTuple):
    """White space at one end of the piece at ``offset`` of a template or partial, and what stands for it."""

    file: SourceFile | None
    offset: int
    at_start: bool
    length: int
    sign: str

    def put(self, text: str) -> str:
        """The text with the sign in place of the white space."""
        return self.sign + text[self.length :] if self.at_start else text[: len(text) - self.length] + self.sign


def _marked_template(root: Any, file: SourceFile | None, marks: list[_Mark], level: int = 0) -> Any:
    """A template with marks in its own pieces and in those of its partials."""
    made = _marked(root, [mark for mark in marks if mark.file == file])
    # what is marked is like no other template
    parts = copy(parts_of(root))
    parts.copied = parts.original = None
    made = copy(root) if made is root else made
    attach(made, parts)
    if level >= MOST_LEVELS or all(mark.file is None for mark in marks):
        return made
    partials = {}
    for name, partial in parts.partials.items():
        inner = _marked_template(partial.root, partial.file, marks, level + 1)
        partials[name] = Partial(partial.file, inner, parts_of(inner))
    parts.partials = partials
    return made


def _marked(node: Any, marks: list[_Mark]) -> Any:
    """A tree with marks in some pieces of text; what holds none of them is shared with the tree that was given."""
    changed: dict[str, Any] = {}
    for name, value in node.iter_fields():
        if isinstance(value, list):
            made: Any = [_marked(one, marks) if isinstance(one, nodes.Node) else one for one in value]
            if any(one is not other for one, other in zip(made, value, strict=True)):
                changed[name] = made
        elif isinstance(value, nodes.Node) and (made := _marked(value, marks)) is not value:
            changed[name] = made
    if isinstance(node, nodes.TemplateData):
        for mark in marks:
            if offset_of(node) == mark.offset:
                changed["data"] = mark.put(changed.get("data", node.data))
    if not changed:
        return node
    copied = copy(node)
    for name, value in changed.items():
        setattr(copied, name, value)
    return copied
