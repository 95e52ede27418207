"""Texts as runs: links, short links, and characters that nobody sees."""

from __future__ import annotations

import pytest

from msgspec_tool.appearances.texts import Look, Run, seen_text

SHORT = "the platform puts a short link here"
OVERRIDE = "right-to-left override: it turns the direction of the text around it"

TEXTS = [
    ("", ()),
    ("Hello\n\tyou", (Run("Hello\n\tyou"),)),
    ("see HTTPS://x.example/a?b=c).", (Run("see "), Run("HTTPS://x.example/a?b=c", Look.LINK), Run(")."))),
    ("{{link_5}}{{ link_5 }}", (Run("{{link_5}}", Look.SHORT_LINK, SHORT), Run("{{ link_5 }}"))),
    ("javascript:alert(1)", (Run("javascript:alert(1)"),)),
    ("a\u202eb", (Run("a"), Run("U+202E", Look.UNSEEN, OVERRIDE), Run("b"))),
    ("a\u200bb", (Run("a"), Run("U+200B", Look.UNSEEN, "zero width space: nobody sees it"), Run("b"))),
    ("a\u2028b", (Run("a"), Run("U+2028", Look.UNSEEN, "line separator: nobody sees it"), Run("b"))),
    ("\x00\x1b", (Run("U+0000", Look.UNSEEN, "control character U+0000"), Run("U+001B", Look.UNSEEN, "control character U+001B"))),
    ("\ud83d", (Run("U+D83D", Look.UNSEEN, "U+D83D: nobody sees it"),)),
    ("5\u00a0kg", (Run("5\u00a0kg"),)),
    ("👩\u200d👧 \U0001f3f4\U000e0067\U000e007f", (Run("👩\u200d👧 \U0001f3f4\U000e0067\U000e007f"),)),
    ("مرحبا\u200f!", (Run("مرحبا\u200f!"),)),
]


@pytest.mark.parametrize(("text", "runs"), TEXTS)
def test_runs(text: str, runs: tuple[Run, ...]) -> None:
    assert seen_text(text) == runs
