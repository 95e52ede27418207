import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.json_reader import read_json
from msgspec_tool.source.problems import SourceProblemKind
from msgspec_tool.source.text import SourceFile


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("{'a': 1}", "'", "single quote"), ("{a: 1}", "a", "a key in double quotes"), ('{"a" 1}', "1", "':' after the key 'a'"),
        ("[1 2]", "2", "',' or ']'"), ("[1,", ",", "the file ends"), ("", "", "empty"), ("  ", " ", "empty"), ('"a\nb"', '"', "not closed"),
        ('"\\ud800"', "\\ud800", "half of a character"), ('"\\q"', "\\q", "no escape"), ('"\\u12"', "\\u", "four hexadecimal"),
        ("NaN", "NaN", "no value"), ("[-Infinity]", "-Infinity", "no value"), ("01", "01", "no value"), ("+1", "+1", "no value"),
        ("True", "True", "no value"), ("1 2", "2", "the end of the file"), ("/", "/", "a value"), ('["\t"]', "\t", "a tab"),
        ('"\x01"', "\x01", "U+0001"), ("tru", "tru", "no value"), ('"\\ud83d\\u0041"', "\\ud83d", "half"), ("{", "{", "the file ends"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused_at_its_place(text: str, place: str, words: str) -> None:
    reading = read_json(SourceFile("x", text))
    assert reading.document is None
    (problem,) = reading.problems
    assert problem.kind is SourceProblemKind.JSON
    assert text[slice(*problem.span)] == place
    assert words in problem.message


def test_comments_and_trailing_commas_are_named_and_passed_over() -> None:
    text = '// body\n{"a": [1, 2,], /* b */ "c": 3,} # end'
    reading = read_json(SourceFile("x", text))
    assert reading.document is not None
    assert reading.document.value == {"a": [1, 2], "c": 3}
    assert [text[slice(*problem.span)] for problem in reading.problems] == ["// body", ",", "/* b */", ",", "# end"]
    assert all(problem.edits for problem in reading.problems)


def test_a_byte_order_mark_is_a_warning() -> None:
    reading = read_json(SourceFile("x", "\ufeff{}"))
    assert reading.document is not None
    assert [problem.serious for problem in reading.problems] == [False]


def test_duplicate_keys_name_both_places() -> None:
    reading = read_json(SourceFile("x", '{"a": 1, "a": 2}'))
    assert reading.document is not None
    assert reading.document.value == {"a": 2}
    (problem,) = reading.problems
    assert problem.kind is SourceProblemKind.DUPLICATE_KEY
    assert (problem.span, problem.related[0][1]) == ((9, 12), (1, 4))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(SourceFile("x", text))
    assert caught.value.reason == "too-deep"


def test_long_integers_do_not_raise() -> None:
    document = read_json(SourceFile("x", "9" * 10_000)).document
    assert document is not None
    assert document.value == float("inf")
