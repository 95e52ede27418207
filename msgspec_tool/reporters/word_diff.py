"""Two texts with the words marked that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec_tool.reporters.screen import BOLD, GREEN, RED, Screen, escaped

MOST_WORDS = 400
"""Words of a text, behind the common beginning and before the common end, that are compared one by one: it takes their product."""

_WORDS = re.compile(r"\s+|\S+")

Run = tuple[bool, str]
"""A piece of a text: whether the other text has it too, and its characters."""

REMOVED, ADDED = ("[-", "-]"), ("{+", "+}")
"""What stands around a piece that only one text has, where there are no colours."""


def word_diff(expected: str, got: str, *, screen: Screen) -> tuple[str, str]:
    """Both texts on a line each: what only the first has is marked as removed, what only the second has as added.

    Marked in colours where there are colours, else by ``[-…-]`` and ``{+…+}``. Blanks count as words.
    """
    pieces = list(runs(expected, got))
    removed = "".join(_marked(run, screen, REMOVED, RED) for run, _other in pieces)
    added = "".join(_marked(run, screen, ADDED, GREEN) for _other, run in pieces)
    return removed, added


def runs(expected: str, got: str) -> Iterator[tuple[Run, Run]]:
    """Both texts in pieces, side by side: together the pieces of a side are its text, and some are empty.

    A blank between two words that changed belongs to the change.
    """
    pieces = list(_aligned(expected, got))
    while pieces:
        run = pieces.pop(0)
        while not run[0][0] and len(pieces) > 1 and _is_blank(pieces[0]) and not pieces[1][0][0]:
            (_same_blank, blank), (one, other) = pieces[0][0], pieces[1]
            run = (False, f"{run[0][1]}{blank}{one[1]}"), (False, f"{run[1][1]}{blank}{other[1]}")
            del pieces[:2]
        yield run


def _is_blank(run: tuple[Run, Run]) -> bool:
    return run[0][0] and run[0][1].isspace()


def _aligned(expected: str, got: str) -> Iterator[tuple[Run, Run]]:
    first, second = _WORDS.findall(expected), _WORDS.findall(got)
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    yield _same(first[:start])
    one, other = first[start : len(first) - end], second[start : len(second) - end]
    if max(len(one), len(other)) > MOST_WORDS:
        yield (False, "".join(one)), (False, "".join(other))
    else:
        for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            yield _same(one[a:b]) if kind == "equal" else ((False, "".join(one[a:b])), (False, "".join(other[c:d])))
    yield _same(first[len(first) - end :])


def _common(first: list[str], second: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(first, second, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def _same(words: list[str]) -> tuple[Run, Run]:
    return (True, "".join(words)), (True, "".join(words))


def _marked(run: Run, screen: Screen, brackets: tuple[str, str], colour: int) -> str:
    is_common, text = run
    shown = escaped(text)
    if is_common or not text:
        return shown
    return screen.paint(shown, BOLD, colour) if screen.colour else f"{brackets[0]}{shown}{brackets[1]}"
