"""What templates have in common that have the same tags: they are parsed once, and each gets a copy with its own texts and places.

Specs of a project are written alike. Their templates differ in words, and seldom in tags.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, wraps
from typing import Any, NamedTuple, TypeVar
from weakref import ref

from jinja2 import nodes
from jinja2.environment import Environment

from msgspec_tool.templates.cutting import Cut, cut
from msgspec_tool.templates.positions import Line, Tokens, offset_of, parse_located
from msgspec_tool.templates.tree import NAMING, Below, Parts, attach, below, know_below, parts_of

MOST_KEPT = 256
"""Skeletons that are kept: those that were used last."""

MOST_CHARACTERS = 4_096
"""Longer templates have a tree of their own: they are rare, and much to keep."""

Answer = TypeVar("Answer")
Question = Callable[[nodes.Template], Answer]
Found = TypeVar("Found")


def skeleton_of(root: nodes.Template) -> Skeleton | None:
    """What a tree has in common with others, if it may have something."""
    parts = parts_of(root)
    if parts.copied is not None:
        return parts.copied.skeleton
    return parts.original() if parts.original is not None else None


def copy_of(root: nodes.Template) -> Copied | None:
    """How a tree lies to its skeleton, which its own may be."""
    parts = parts_of(root)
    original = parts.original() if parts.original is not None else None
    return parts.copied if original is None else Copied(original, original.source, original.pieces)


def same_for_all(question: Question[Answer]) -> Question[Answer]:
    """A question that is asked once for all templates with the same tags: the answer holds no places, nodes or words of texts."""

    @wraps(question)
    def asked(root: nodes.Template) -> Answer:
        skeleton = skeleton_of(root)
        return question(root) if skeleton is None else skeleton.answer(question)

    return asked


def none_for_all(question: Question[tuple[Found, ...]]) -> Question[tuple[Found, ...]]:
    """A question whose answer is empty for all templates with the same tags where it is for one."""

    @wraps(question)
    def asked(root: nodes.Template) -> tuple[Found, ...]:
        skeleton = skeleton_of(root)
        if skeleton is None:
            return question(root)
        answer = skeleton.answer(question)
        return answer if not answer or skeleton.root is root else question(root)

    return asked


def parse_alike(environment: Environment, source: str) -> nodes.Template:
    """:func:`~.positions.parse_located`, once for all templates that have the same tags; the tokens are among the tree's parts."""
    pieces = cut(source) if len(source) <= MOST_CHARACTERS else None
    kept = _kept(environment, pieces.skeleton) if pieces is not None else []
    if kept and pieces is not None and kept[0].sound:
        return kept[0].copy(source, pieces)
    root, tokens = parse_located(environment, source)
    attach(root, Parts(tokens))
    if pieces is not None and not kept:
        skeleton = Skeleton(root, source, pieces)
        kept.append(skeleton)
        # weakly: what holds itself is not taken away where nobody collects garbage
        parts_of(root).original = None if skeleton.names_partials else ref(skeleton)
    return root


@lru_cache(maxsize=MOST_KEPT)
def _kept(_environment: Environment, _skeleton: tuple[tuple[str, ...], tuple[bool, ...]]) -> list[Skeleton]:
    """Where what is known of some tags is kept."""
    return []


def own_texts(root: nodes.Template) -> list[tuple[int, int]]:
    """Where the template's own text stands that is printed as it is written."""
    parts = parts_of(root)
    if parts.texts is None:
        parts.texts = _own_texts(parts)
    return parts.texts


def _own_texts(parts: Parts) -> list[tuple[int, int]]:
    if parts.copied is not None:
        pieces = parts.copied.pieces
        return [(at, at + len(text)) for at, text in zip(pieces.starts[::2], pieces.texts, strict=True) if text]
    tokens = parts.tokens
    return [(start, end) for start, end, kind in zip(tokens.starts, tokens.ends, tokens.kinds, strict=True) if kind == "data"]


class Skeleton:
    """The tree of one template, and what it takes to make the trees of others that have the same tags."""

    def __init__(self, root: nodes.Template, source: str, pieces: Cut) -> None:
        self.root = root
        self.tokens = parts_of(root).tokens
        self.source = source
        self.pieces = pieces
        self.names_partials = any(isinstance(node, NAMING) for node in below(root).nodes)
        self._answers: dict[Question[Any], Any] = {}

    def answer(self, question: Question[Answer]) -> Answer:
        """What a question to the skeleton's own tree gives; it is asked once."""
        if question not in self._answers:
            self._answers[question] = question(self.root)
        found: Answer = self._answers[question]
        return found

    def piece(self, offset: int) -> int:
        """The piece in which a token of the skeleton's own template begins."""
        return bisect_right(self.pieces.starts, offset) - 1

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each node below the root, by its id."""
        return {id(node): number for number, node in enumerate(below(self.root).nodes)}

    @cached_property
    def token_pieces(self) -> list[int]:
        """The piece of each token."""
        return list(map(self.piece, self.tokens.starts))

    @cached_property
    def data(self) -> list[tuple[int, int]]:
        """The tokens that are text, each with the number of the text that it is."""
        return [(at, self.token_pieces[at] // 2) for at, kind in enumerate(self.tokens.kinds) if kind == "data"]

    @cached_property
    def sound(self) -> bool:
        """Whether Jinja found just the pieces that were cut, and every node once: only then are copies what it would find."""
        found: list[tuple[int, int | str]] = []
        begin, tokens = 0, self.tokens
        for start, end, kind, value in zip(tokens.starts, tokens.ends, tokens.kinds, tokens.values, strict=True):
            if kind == "data":
                found.append((start, value))
            elif kind.endswith("_begin"):
                begin = start
            elif kind.endswith("_end"):
                found.append((begin, end))
        every = below(self.root).nodes
        return found == list(_cuts(self.pieces)) and len(set(map(id, every))) == len(every)

    @cached_property
    def plan(self) -> Plan:
        """What makes the nodes of copies."""
        return Plan(self)

    def copy(self, source: str, pieces: Cut) -> nodes.Template:
        """The tree of another template that has the same tags; what is below its root is made when somebody asks for it."""
        copied = Copied(self, source, pieces)
        root: nodes.Template = object.__new__(_LATER)
        # what a partial does is not the same in all templates that name it
        parts = Parts(CopiedTokens(copied), copied=None if self.names_partials else copied)
        root.__dict__ = {"lineno": self.root.lineno, "environment": self.root.environment, "copied": copied}
        attach(root, parts)
        return root


class Copied:
    """How a template lies to the skeleton that its tree is a copy of."""

    def __init__(self, skeleton: Skeleton, source: str, pieces: Cut) -> None:
        self.skeleton = skeleton
        self.source = source
        self.pieces = pieces

    @cached_property
    def shifts(self) -> list[int]:
        """How far each piece is from the skeleton's."""
        return [own - known for own, known in zip(self.pieces.starts, self.skeleton.pieces.starts, strict=True)]

    def moved(self, offset: int) -> int:
        """The offset in this template of a character of a tag, by its offset in the skeleton's own template."""
        return offset + self.shifts[self.skeleton.piece(offset)]


def _cuts(pieces: Cut) -> Iterator[tuple[int, int | str]]:
    """Each text with its place, and each tag from where to where."""
    for number, text in enumerate(pieces.texts):
        if text:
            yield pieces.starts[2 * number], text
        if number < len(pieces.tags):
            start = pieces.starts[2 * number + 1]
            yield start, start + len(pieces.tags[number])


def _lines(source: str, pieces: Cut) -> list[int]:
    """The number of the line on which each piece begins."""
    found, line, at = [], 1, 0
    if "\n" not in source:
        return [1] * len(pieces.starts)
    for start in pieces.starts:
        line += source.count("\n", at, start)
        at = start
        found.append(line)
    return found


# --- copies -------------------------------------------------------------------------------------------------------------


class _Step(NamedTuple):
    """How one node is made: what it has like all its copies, and where its place, its text and the nodes below come from."""

    kind: type[nodes.Node]
    fixed: dict[str, Any]
    place: int | None
    text: int | None
    below: list[tuple[str, int]]
    lists: list[tuple[str, list[int]]]


class Plan:
    """Makes nodes. They are numbered from the last to the first, so that those below are there before those above."""

    def __init__(self, skeleton: Skeleton) -> None:
        # not the skeleton, which holds this: what holds itself is not taken away where nobody collects garbage
        self._known_lines = _lines(skeleton.source, skeleton.pieces)
        self._levels = below(skeleton.root).levels
        every = below(skeleton.root).nodes[::-1]
        self._numbers = {id(node): number for number, node in enumerate(every)}
        self._lines: dict[tuple[int, int, int], int] = {}
        self._steps = [self._step(node, skeleton) for node in every]
        self._places = [(skeleton.piece(start), line, start, end) for line, start, end in self._lines]
        self._first = [self._numbers[id(node)] for node in skeleton.root.body]

    def _step(self, node: nodes.Node, skeleton: Skeleton) -> _Step:
        fixed = dict.fromkeys(("lineno", "environment"))
        single, lists = [], []
        for name in node.fields:
            value = getattr(node, name)
            if isinstance(value, nodes.Node):
                single.append((name, self._numbers[id(value)]))
            elif isinstance(value, list) and value and isinstance(value[0], nodes.Node):
                lists.append((name, [self._numbers[id(one)] for one in value]))
            else:
                fixed[name] = value
        fixed |= {name: getattr(node, name) for name in node.attributes}
        text = skeleton.piece(offset_of(node)) // 2 if isinstance(node, nodes.TemplateData) else None
        return _Step(type(node), fixed, self._place(node.lineno), text, single, lists)

    def _place(self, line: int) -> int | None:
        if not isinstance(line, Line):
            return None
        return self._lines.setdefault((int(line), line.offset, line.end), len(self._lines))

    def grow(self, root: nodes.Template, copied: Copied) -> None:
        """Make what is below the root of a template with the same tags."""
        pieces = copied.pieces
        places = self._moved(pieces, copied.shifts, _lines(copied.source, pieces))
        texts, made = pieces.texts, list[Any]()
        new = object.__new__
        for kind, fixed, place, text, single, lists in self._steps:
            node = new(kind)
            state = fixed.copy()
            if place is not None:
                state["lineno"] = places[place]
            for name, number in single:
                state[name] = made[number]
            for name, numbers in lists:
                state[name] = [made[number] for number in numbers]
            if text is not None:
                state["data"] = texts[text]
            node.__dict__ = state
            made.append(node)
        root.body = [made[number] for number in self._first]
        made.reverse()
        know_below(root, Below(made, self._levels))

    def _moved(self, pieces: Cut, shifts: list[int], lines: list[int]) -> list[Line]:
        known, texts, found = self._known_lines, pieces.texts, []
        for piece, line, start, end in self._places:
            shift = shifts[piece]
            # a text has a length of its own
            last = start + shift + len(texts[piece // 2]) if not piece % 2 else end + shift
            made = Line(line + lines[piece] - known[piece])
            made.offset, made.end = start + shift, last
            found.append(made)
        return found


class _Below:
    """What is below a copied root, made when it is read first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, root: Any, _kind: type) -> Any:
        copied = root.copied
        copied.skeleton.plan.grow(root, copied)
        return root.__dict__[self._name]


# Jinja lets nobody derive from its nodes, which compilers look up by the names of their classes: this one has the name of its own
_LATER: Any = type.__new__(type(nodes.Template), "Template", (nodes.Template,), {name: _Below(name) for name in ("body", "msgspec_nodes")})


class CopiedTokens(Tokens):
    """The tokens of a copy, worked out when somebody asks for them."""

    def __init__(self, copied: Copied) -> None:
        self._copied = copied
        self.kinds = copied.skeleton.tokens.kinds
        self.extents = {}

    @cached_property
    def values(self) -> list[str]:  # type: ignore[override]
        skeleton, texts = self._copied.skeleton, self._copied.pieces.texts
        found = skeleton.tokens.values.copy()
        for at, text in skeleton.data:
            found[at] = texts[text]
        return found

    @cached_property
    def starts(self) -> list[int]:  # type: ignore[override]
        skeleton, shifts = self._copied.skeleton, self._copied.shifts
        return [start + shifts[piece] for start, piece in zip(skeleton.tokens.starts, skeleton.token_pieces, strict=True)]

    @cached_property
    def ends(self) -> list[int]:  # type: ignore[override]
        return [start + len(value) for start, value in zip(self.starts, self.values, strict=True)]
