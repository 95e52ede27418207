import json
import time

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source import yaml_parser
from msgspec_tool.source.json_reader import read_json
from msgspec_tool.source.problems import SourceProblemKind
from msgspec_tool.source.text import SourceFile, decode
from msgspec_tool.source.yaml_reader import read_yaml

PIECES = st.sampled_from([
    "a: ", "b:\n", "- ", "  ", "\n", "\r\n", "\t", "{{ x }}", "{% if x %}", "{#", "}}", "'", '"', "[", "]", "{", "}", ", ", ": ",
    " #", "&a ", "*a", "<<: *a\n", "|\n", ">-\n", "!t ", "!!str ", "@", "%", "`", "? ", "---\n", "...\n", "\\", "\\u00e9", "\0",
    "\ud800", "\ufeff", "\x85", "\u2028", "é", "😀", "x", "1",
])  # fmt: skip
YAML_LIKE = st.lists(PIECES, max_size=30).map("".join)


def check_reading(text: str) -> None:
    file = SourceFile("x", text)
    started = time.perf_counter()
    try:
        reading = read_yaml(file)
    except UnreadableError:
        return
    assert time.perf_counter() - started < 2
    assert reading.document is not None or reading.problems
    for problem in reading.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
        for span, _new in problem.edits:
            assert 0 <= span.start <= span.end <= len(text)
    for comment in reading.comments:
        assert file.slice(comment.span) == comment.text
    if reading.document is not None:
        check_places(reading.document.value, (), reading.document, len(text))


def check_places(value, path, document, size) -> None:
    for span in (document.span(path), document.key_span(path)):
        assert 0 <= span.start <= span.end <= size
    document.lexeme(path)
    document.style(path)
    if isinstance(value, dict):
        for key, member in value.items():
            check_places(member, (*path, key), document, size)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            check_places(member, (*path, index), document, size)
    elif isinstance(value, str) and value:
        place = document.text_span(path, 0, len(value))
        assert 0 <= place.start <= place.end <= size


@settings(max_examples=300, deadline=None)
@given(st.one_of(YAML_LIKE, st.text(max_size=60)))
@example("a: {# c #} hi: x\n")
@example("\ufeff\t- a\n")
def test_any_text_gives_a_reading_or_problems(text: str) -> None:
    check_reading(text)


@settings(max_examples=100, deadline=None)
@given(YAML_LIKE)
def test_the_pure_parser_never_fails_either(text: str) -> None:
    swift = yaml_parser.PARSER
    yaml_parser.PARSER = yaml_parser.PureParser
    try:
        check_reading(text)
    finally:
        yaml_parser.PARSER = swift


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        file = decode("x", data)
    except UnreadableError as refusal:
        reason = refusal.reason
    else:
        reason = "encoding"
        assert file.text.encode() == data
    assert reason == "encoding"


# --- JSON ---------------------------------------------------------------------------------------------------------------

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
SNIPPETS = st.sampled_from([*'{}[],:"\\01eE.+-tu nx', "\n", "\x01", "true", "null", "NaN", "\\u00e9", "é"])


@settings(max_examples=150, deadline=None)
@given(TREES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_what_python_writes_is_read_the_same(tree: object, ascii_only: bool, indent: int | str | None) -> None:
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    reading = read_json(SourceFile("x", text))
    assert reading.problems == ()
    assert reading.document is not None
    assert reading.document.value == tree


@settings(max_examples=300, deadline=None)
@given(TREES, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 2), SNIPPETS), max_size=3))
def test_python_and_the_reader_accept_the_same(tree: object, changes: list[tuple[int, int, str]]) -> None:
    text = json.dumps(tree)
    for at, length, new in changes:
        text = text[:at] + new + text[at + length :]
    expected = _loads(text)
    reading = read_json(SourceFile("x", text))
    assume(not any("half of a character" in problem.message for problem in reading.problems))
    accepted = not any(problem.kind is SourceProblemKind.JSON for problem in reading.problems)
    assert accepted == (expected is not None)
    if expected is not None and reading.document is not None:
        assert reading.document.value == expected[0]


def _loads(text: str) -> tuple[object] | None:
    def refuse(_word: str) -> None:
        raise ValueError

    try:
        return (json.loads(text, parse_constant=refuse),)
    except ValueError:
        return None
