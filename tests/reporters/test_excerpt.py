"""Source lines with carets: what stands under what, on any text."""

from __future__ import annotations

import time

import pytest

from msgspec_tool.reporters.excerpt import Mark, excerpt
from msgspec_tool.reporters.screen import Screen, width
from msgspec_tool.source.text import SourceFile, Span
from tests.reporters.built import marked


def picture(text: str, *others: Mark, screen: int = 60) -> str:
    file, span = marked(text)
    return "\n".join(excerpt(file, [Mark(span, primary=True), *others], Screen(screen)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("text: «Hi»", "  |\n1 | text: Hi\n  |       ^^", id="ascii"),
        pytest.param("a: «你好»!", "  |\n1 | a: 你好!\n  |    ^^^^", id="wide characters take two columns"),
        pytest.param("a: 你好 «x»", "  |\n1 | a: 你好 x\n  |         ^", id="behind wide characters"),
        pytest.param("a: 🎉«🎉»", "  |\n1 | a: 🎉🎉\n  |      ^^", id="emoji"),
        pytest.param("a: cafe\u0301 «x»", "  |\n1 | a: cafe\u0301 x\n  |         ^", id="a combining accent takes none"),
        pytest.param("a: «👩\u200d👩»", "  |\n1 | a: 👩\u200d👩\n  |    ^^^^", id="joined emoji"),
        pytest.param("\t«x»: 1", "  |\n1 |     x: 1\n  |     ^", id="a tab is four columns"),
        pytest.param("a: «\x1b[31m»x", "  |\n1 | a: \\x1b[31mx\n  |    ^^^^^^^^", id="control characters are written out"),
        pytest.param("a: «\u202e»b", "  |\n1 | a: \\u202eb\n  |    ^^^^^^", id="a direction override is written out"),
        pytest.param("a: 1«\u00a0»000", "  |\n1 | a: 1\\xa0000\n  |     ^^^^", id="a no-break space is written out"),
        pytest.param("a: «»b", "  |\n1 | a: b\n  |    ^", id="a place between characters"),
        pytest.param("a: b«»", "  |\n1 | a: b\n  |     ^", id="the end of the file"),
        pytest.param("a: b\n«»", "  |\n2 |\n  | ^", id="behind the last line break"),
        pytest.param("«»", "  |\n1 |\n  | ^", id="an empty file"),
        pytest.param("a: 1\r\n«b»: 2\r\n", "  |\n2 | b: 2\n  | ^", id="CRLF"),
        pytest.param("a: 1\r«b»: 2\r", "  |\n2 | b: 2\n  | ^", id="CR alone"),
        pytest.param("a: «b\n»c: d", "  |\n1 | a: b\n  |    ^", id="a line break at the end belongs to its line"),
        pytest.param("a: «b\r\n\r\n  c» d", "  |\n1 | a: b\n  |    ^\n...\n3 |   c d\n  |   ^", id="two lines and an empty one"),
        pytest.param(
            "a: «b\n  c\n  d\n  e\n  f\n  g»\n",
            "  |\n1 | a: b\n  |    ^\n...\n6 |   g\n  |   ^",
            id="of many lines the first and the last",
        ),
    ],
)
def test_carets_stand_under_the_span(text: str, expected: str) -> None:
    assert picture(text) == expected


def test_related_places_are_in_the_same_picture() -> None:
    others = [Mark(Span(0, 1), "first here"), Mark(Span(10, 13), "then here")]
    assert picture("a: one\nb: two\n\n\n«a»: three\n", *others) == "\n".join(
        ["  |", "1 | a: one", "  | - first here", "2 | b: two", "  |    --- then here", "...", "5 | a: three", "  | ^"]
    )


def test_the_primary_place_comes_first_on_its_line() -> None:
    assert picture("a: «b»", Mark(Span(0, 1), "the key")) == "  |\n1 | a: b\n  |    ^\n  | - the key"


def test_line_numbers_are_aligned() -> None:
    assert picture("a\n" * 9 + "«b»", Mark(Span(0, 1), "here")).splitlines() == ["   |", " 1 | a", "   | - here", "...", "10 | b", "   | ^"]


@pytest.mark.parametrize("before", [0, 20, 45, 46, 47, 60, 200, 5000, 500_000])
@pytest.mark.parametrize("filling", ["x", "你", "\u202e", "e\u0301"])
def test_long_lines_are_cut_around_the_place(before: int, filling: str) -> None:
    shown, line = picture(f"{filling * before}«NEEDLE»{filling * 5000}").splitlines()[1:]
    assert width(shown) <= 60
    assert width(shown[: shown.index("NEEDLE")]) == line.index("^")
    assert line.endswith(" ^^^^^^") or line == "  | ^^^^^^"
    assert shown.endswith("…")


def test_places_that_are_cut_off_are_marked_at_the_ellipsis() -> None:
    text = "x" * 300 + "«NEEDLE»" + "y" * 300
    _, shown, primary, left, right = picture(text, Mark(Span(0, 3), "left"), Mark(Span(590, 600), "right")).splitlines()
    assert shown[left.index("-")] == shown[right.index("-")] == "…"
    assert left.index("-") < primary.index("^") < right.index("-")


def test_a_place_longer_than_the_screen_ends_at_the_ellipsis() -> None:
    _, shown, carets = picture("a: «" + "x" * 5000 + "»").splitlines()
    assert len(shown) == len(carets) <= 60


@pytest.mark.parametrize("char", ["x", "\x1b", "\u0301", "你", "\t"])
def test_a_line_of_a_megabyte_is_no_work(char: str) -> None:
    text = char * 500_000 + "«x»" + char * 500_000
    start = time.process_time()
    lines = picture(text).splitlines()
    assert time.process_time() - start < 0.5
    assert all(width(line) <= 60 and len(line) < 3000 for line in lines)


def test_places_outside_the_text_are_its_end() -> None:
    lines = list(excerpt(SourceFile("a", "ab"), [Mark(Span(90, 99), primary=True)], Screen(60)))
    assert lines == ["  |", "1 | ab", "  |   ^"]


def test_colours() -> None:
    file, span = marked("a: «b»")
    assert list(excerpt(file, [Mark(span, primary=True, colour=31)], Screen(60, colour=True))) == [
        "  \x1b[1;34m|\x1b[0m",
        "\x1b[1;34m1\x1b[0m \x1b[1;34m|\x1b[0m a: b",
        "  \x1b[1;34m|\x1b[0m    \x1b[1;31m^\x1b[0m",
    ]
