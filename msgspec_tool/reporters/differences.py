"""What fixes change, as a unified diff that ``patch`` and ``git apply`` take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from msgspec_tool.reporters.screen import BOLD, CYAN, GREEN, RED, Screen, escaped

_COLOURS = {"-": (RED,), "+": (GREEN,), "@": (CYAN,)}


def differences(files: Iterable[tuple[str, bytes, bytes]], *, screen: Screen) -> Iterator[str]:
    r"""Lines of the diffs with their line breaks; of each file its path, and its bytes before and after.

    In colour nothing can steer a terminal; without, the lines hold the files' own characters.
    """
    for path, before, after in files:
        for line in unified_diff(_lines(before.decode("utf-8")), _lines(after.decode("utf-8")), f"a/{path}", f"b/{path}"):
            yield _shown(line, screen)
            if not line.endswith("\n"):
                yield "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    r"""Lines as ``patch`` counts them: only ``\n`` ends one."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _shown(line: str, screen: Screen) -> str:
    if not screen.colour:
        return line
    body, end = (line[:-1], "\n") if line.endswith("\n") else (line, "")
    colours = (BOLD,) if line.startswith(("---", "+++")) else _COLOURS.get(line[:1], ())
    return (screen.paint(escaped(body), *colours) if colours else escaped(body)) + end
