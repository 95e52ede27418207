import pytest

from msgspec_tool.source.scalar_map import ScalarMap, map_scalar


def mapped(text: str, style: str | None, value: str) -> ScalarMap:
    found = map_scalar(text, 0, len(text), style, value)
    assert found is not None
    return found


def test_an_escape_is_one_place() -> None:
    text = '"a\\u00e9\\n\\tb"'
    places = mapped(text, '"', "aé\n\tb")
    assert [text[slice(*places.place(index))] for index in range(5)] == ["a", "\\u00e9", "\\n", "\\t", "b"]


def test_an_escaped_line_break_joins() -> None:
    text = '"a \\\n\n  \\ b"'
    places = mapped(text, '"', "a \n b")
    assert text[slice(*places.place(4))] == "b"


def test_a_doubled_quote_is_one_character() -> None:
    assert mapped("'a''b'", "'", "a'b").place(1) == (2, 4)


def test_places_behind_the_end_and_empty_ranges() -> None:
    places = mapped("abc", None, "abc")
    assert places.span(3, 3) == (3, 3)
    assert places.span(9, 12) == (3, 3)
    assert places.span(1, 1) == (1, 1)
    assert places.span(1, 99) == (1, 3)
    assert mapped("''", "'", "").span(0, 0) is None


def test_properties_are_skipped() -> None:
    assert mapped("&a !t # note\n  abc", None, "abc").place(0) == (15, 16)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("|", "|", ""),
        ("|+\n\n\n", "|", "\n\n"),
        ("|2\n    a\n", "|", "  a\n"),
        (">\n\n  a\n\n\n  b\n   c\n  d", ">", "\na\n\nb\n c\nd"),
        ("|\n", "|", ""),
    ],
)
def test_blocks_are_decoded_as_libyaml_does(text: str, style: str, value: str) -> None:
    places = mapped(text, style, value)
    for index, char in enumerate(value):
        if char != "\n" and char != " ":
            assert text[slice(*places.place(index))] == char


@pytest.mark.parametrize(("text", "style"), [("abc", None), ('"\\q"', '"'), ('"\\xzz"', '"'), ("|\n  b", "|")])
def test_what_does_not_decode_to_the_value_has_no_map(text: str, style: str | None) -> None:
    assert map_scalar(text, 0, len(text), style, "other") is None
