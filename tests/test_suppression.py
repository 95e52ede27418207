from datetime import date

import pytest

from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.suppression import parse_suppression


def parse(text: str):
    file = SourceFile("x", "ab " + text)
    return parse_suppression(file, Span(3, 3 + len(text)), text, 7)


@pytest.mark.parametrize("form", ["# {}", "#{}", "{{# {} #}}", "{{#- {} -#}}"])
def test_names_until_and_reason(form: str) -> None:
    suppression = parse(form.format("msgspec: ignore[sms-parts, TPL202] until=2031-12-31 the  brand's name"))
    assert suppression is not None
    assert [name for name, _span in suppression.names] == ["sms-parts", "TPL202"]
    assert [suppression.file.slice(span) for _name, span in suppression.names] == ["sms-parts", "TPL202"]
    assert suppression.until == date(2031, 12, 31)
    assert suppression.reason == "the brand's name"
    assert suppression.line == 7
    assert suppression.malformed is None


@pytest.mark.parametrize("text", ["# note", "# msgspec: 1", "# msgspec", "# yaml-language-server: x", "# msgspec: see the docs"])
def test_other_comments_are_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# msgspec: ignore", "names no rule"),
        ("# msgspec: ignore[] x", "empty"),
        ("# msgspec: ignore[a", "not closed"),
        ("# msgspec: disable[a]", "'disable' is not known"),
        ("# msgspec: ignore[a] until=2031-02-30 x", "no date"),
        ("# msgspec: ignore[a] until=soon", "no date"),
    ],
)
def test_malformed_ones_say_why(text: str, words: str) -> None:
    suppression = parse(text)
    assert suppression is not None
    assert words in (suppression.malformed or "")


def test_names_stand_at_the_whole_comment_where_the_text_is_not_the_files() -> None:
    file = SourceFile("x", "{# msgspec:\\u0020ignore[a] #}")
    suppression = parse_suppression(file, Span(0, 5), "{# msgspec: ignore[a] #}", 1)
    assert suppression is not None
    assert suppression.names == (("a", Span(0, 5)),)
