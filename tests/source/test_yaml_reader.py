import math
import time

import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source import yaml_parser
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_reader import YamlReading, read_yaml

Kind = SourceProblemKind


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pure":
        monkeypatch.setattr(yaml_parser, "PARSER", yaml_parser.PureParser)
    return str(request.param)


def read(text: str) -> YamlReading:
    return read_yaml(SourceFile("x", text))


def value(text: str) -> object:
    document = read(text).document
    assert document is not None
    return document.value


def only(text: str, kind: SourceProblemKind) -> SourceProblem:
    problems = read(text).problems
    assert [problem.kind for problem in problems] == [kind], problems
    return problems[0]


def found(text: str) -> list[tuple[str, str]]:
    return [(problem.kind.value, text[slice(*problem.span)]) for problem in read(text).problems]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("~", None), ("", None), ("Null", None), ("true", True), ("FALSE", False), ("yes", "yes"), ("no", "no"), ("on", "on"),
        ("12", 12), ("-12", -12), ("+12", 12), ("012", 12), ("0o14", 12), ("0xC", 12), ("1_000", "1_000"), ("1.5", 1.5), (".5", 0.5),
        ("1e3", 1000.0), (".inf", math.inf), ("-.INF", -math.inf), ("2030-01-31", "2030-01-31"), ("12:30", "12:30"), ("0b1", "0b1"),
        ('"12"', "12"), ("!!str 12", "12"), ("!!int 12", 12), ("9" * 5000, math.inf), ("-" + "9" * 5000, -math.inf),
        ("0x" + "f" * 5000, math.inf), ("0" * 2000, 0), ("-", [None]),
    ],
)  # fmt: skip
def test_scalars_follow_the_core_schema(source: str, expected: object) -> None:
    document = read(f"- {source}\n").document
    assert document is not None
    assert document.value == [expected]


def test_not_a_number_is_a_float() -> None:
    assert math.isnan(value("- .nan\n")[0])  # type: ignore[index]


def test_keys_are_text() -> None:
    assert value("1: a\ntrue: b\n~: c\n") == {"1": "a", "true": "b", "~": "c"}


@pytest.mark.parametrize(
    ("text", "expected", "hidden"),
    [
        ("a: {{ name }}\n", "{{ name }}", "{{ name }}"),
        ("a: {{ name }} rest # c\nb: 1\n", "{{ name }} rest", "{{ name }} rest"),
        ("a: {{ n }} #1 {{ x }}\n", "{{ n }} #1 {{ x }}", "{{ n }} #1 {{ x }}"),
        ("a: {% if x %}y{% endif %}\n", "{% if x %}y{% endif %}", "{% if x %}y{% endif %}"),
        ('a: {{ "x" | upper }}\n', '{{ "x" | upper }}', '{{ "x" | upper }}'),
        ("a: {{ x }}, {{ y }}\n", "{{ x }}, {{ y }}", "{{ x }}, {{ y }}"),
        ("a: {# c #} hi: x\n", "{# c #} hi: x", "{# c #} hi: x"),
        ("a: {{ x }}\n  and {{ y }}\n", "{{ x }} and {{ y }}", "{{ x }}\n  and {{ y }}"),
        ("a: {{ x\n  | upper }}\n", "{{ x | upper }}", "{{ x\n  | upper }}"),
        ("b: {a: {{ x }} by {{ y }}, c: 1}\n", "{{ x }} by {{ y }}", "{{ x }} by {{ y }}"),
        ("b: {\n  a: {{ x }}, c: 1}\n", "{{ x }}", "{{ x }}"),
        ("b: [{a: {{ x }}}]\n", "{{ x }}", "{{ x }}"),
        ("a:\n  {{ x }} y\n", "{{ x }} y", "{{ x }} y"),
    ],
)
def test_unquoted_templates_are_the_text_that_was_meant(text: str, expected: str, hidden: str) -> None:
    reading = read(text)
    assert reading.document is not None
    (problem,) = reading.problems
    assert problem.kind is Kind.UNQUOTED_TEMPLATE
    assert text[slice(*problem.span)] == hidden
    assert f"'a': {expected!r}" in repr(reading.document.value)
    mended = _apply(text, problem)
    assert read(mended).problems == ()
    assert value(mended) == reading.document.value


def _apply(text: str, problem: SourceProblem) -> str:
    for span, new in sorted(problem.edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def test_every_unquoted_item_of_a_list_is_found() -> None:
    assert value("- {{ a }}\n- [{{ b }}, c]\n") == ["{{ a }}", ["{{ b }}", "c"]]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a: b: c\nd: 1\n", ":", {"a": "b: c", "d": 1}),
        ("a: @foo\nd: 1\n", "@", {"a": "@foo", "d": 1}),
        ("a: %foo\nd: 1\n", "%", {"a": "%foo", "d": 1}),
        ("a: `x`\nd: 1\n", "`", {"a": "`x`", "d": 1}),
        ("a: *b* c\nd: 1\n", "*", {"a": "*b* c", "d": 1}),
        ("a: 'It's x'\nd: 1\n", "s x'", {"a": "'It's x'", "d": 1}),
        ("a: 'x\nb: 'y'\nd: 1\n", "'", {"a": "'x", "b": "y", "d": 1}),
        ('a: "x\nd: 1\n', '"', {"a": '"x', "d": 1}),
        ('a: "\\q"\nd: 1\n', "\\q", {"a": "\\q", "d": 1}),
        ('a: "\\ud83d\\ude00"\nd: 1\n', "\\ud83d\\ude00", {"a": "\\ud83d\\ude00", "d": 1}),
        ("a: [1, 2\nd: 1\n", "[", {"a": "[", "d": 1}),
        ("a:\n    b: 1\n  c: 2\n  e: 3\nd: 1\n", "c", {"a": {"b": 1}, "d": 1}),
        ("a: 1\n- b\nd: 1\n", "-", {"a": 1, "d": 1}),
        ("a: b\n  c: d\ne: 1\n", "c", {"a": "b c: d", "e": 1}),
        ("key\nb: 1\n", "key", {"b": 1}),
        ("a: |x\n  y\nd: 1\n", "|x", {"a": "|x y", "d": 1}),
        ("a: - b\nd: 1\n", "-", {"d": 1}),
        ("a: }\nd: 1\n", "}", {"d": 1}),
    ],
)
def test_a_mistake_is_named_at_its_place_and_reading_goes_on(text: str, place: str, expected: object, parser: str) -> None:
    reading = read(text)
    assert reading.document is not None
    assert reading.problems[0].kind is Kind.SYNTAX
    if parser == "libyaml":
        assert found(text) == [("yaml-syntax", place)]
        assert reading.document.value == expected


@pytest.mark.parametrize(
    "text", ["a: b\n  c: d\n  e: {f: g}\nh: 1\n", "a: b: c: d # e: f\nh: 1\n", "a: : \n  c: d\n  e:\n    - f: 1\nh: 1\n"]
)
def test_one_mistake_is_one_finding(text: str) -> None:
    assert len(read(text).problems) == 1
    assert value(text)["h"] == 1  # type: ignore[index]


def test_several_mistakes_in_one_run() -> None:
    assert [place for _kind, place in found("a: @x\nb: c: d\ne: %f\n")] == ["@", ":", "%"]


def test_mistakes_end_at_the_limit() -> None:
    reading = read("- @x\n" * 50)
    assert reading.document is None
    assert len(reading.problems) == 11


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ""), ("# only\n", "#"), ("---\n", "-"), ("a: 1\n---\nb: 2\n", "---"), ("a: !foo x\n", "!foo"),
        ("a: !!python/object/apply:os.system [ls]\n", "!!python/object/apply:os.system"), ("a: \x07b\n", "\x07"), ("a: \0\n", "\0"),
        ("a: \ud800\n", "\ud800"), ("a: x\ufeffy\n", "\ufeff"), ("? [a]\n: b\n", "[a]"), ("a:\n\tb: 1\n\tc: 2\n", "\t"),
    ],
)  # fmt: skip
def test_bad_documents(text: str, place: str) -> None:
    problem = only(text, Kind.DOCUMENT)
    assert text[slice(*problem.span)] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: *x\n", "*x"), ("a: &a [*a]\n", "*a"), ("a: &x 1\n", "&x"), ("b: &b {x: 1}\na: {<<: *b}\n", "<<"),
        ("a: &x 1\nb: &x 2\nc: *x\n", "&x"),
    ],
)  # fmt: skip
def test_alias_misuse(text: str, place: str) -> None:
    problem = only(text, Kind.ALIAS)
    assert text[slice(*problem.span)] == place


def test_merge_keys_are_followed() -> None:
    text = "b: &b {x: 1, y: 2}\nc: &c {x: 9, z: 3}\na:\n  <<: [*b, *c]\n  y: 5\n"
    document = read(text).document
    assert document is not None
    assert document.value["a"] == {"y": 5, "x": 1, "z": 3}
    assert text[slice(*document.span(("a", "z")))] == "3"


def test_duplicate_keys_name_both_places_and_the_last_counts() -> None:
    problem = only("a: 1\nb: 2\na: 3\n", Kind.DUPLICATE_KEY)
    assert problem.span == Span(10, 11)
    assert problem.related == (("first written here", Span(0, 1)),)
    assert value("a: 1\na: 3\n") == {"a": 3}


def test_foreign_line_breaks_are_text() -> None:
    assert value("a: b\x85c\u2028d\u2029e\n") == {"a": "b\x85c\u2028d\u2029e"}


def test_comments_are_told_from_text() -> None:
    text = "# top\na: x # one\nb: | # head\n  # no\n  y\n  # two\nc: '#no'\nd: \"\n  # no\"\ne: [1, #x\n 2]\nf: a#b\n"
    comments = read(text).comments
    assert [(comment.text, comment.alone) for comment in comments] == [
        ("# top", True),
        ("# one", False),
        ("# head", False),
        ("#x", False),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "too-deep"),
        ("{a: " * 5_000, "too-deep"),
        ("- " * 50_000, "too-deep"),
        ("? " * 5_000, "too-deep"),
        ("- a: \n  " + "", None),
    ],
)
def test_deep_nesting_is_refused_with_its_place(text: str, reason: str | None) -> None:
    if reason is None:
        assert value(text) == [{"a": None}]
        return
    with pytest.raises(UnreadableError, match="line 1, column") as caught:
        read(text)
    assert caught.value.reason == reason


def test_a_depth_of_one_hundred_is_read() -> None:
    assert read("[" * 100 + "]" * 100).document is not None
    with pytest.raises(UnreadableError):
        read("[" * 101 + "]" * 101)


@pytest.mark.parametrize("item", ["[{}]", "{{<<: [{}]}}"])
def test_bombs_are_refused_at_once(item: str) -> None:
    text = "a0: &a0 {k: 1}\n" + "".join(f"a{n}: &a{n} {item.format(', '.join([f'*a{n - 1}'] * 10))}\n" for n in range(1, 30))
    started = time.perf_counter()
    reading = read(text)
    assert time.perf_counter() - started < 2
    assert reading.document is None
    assert any("multiply" in problem.message for problem in reading.problems)
