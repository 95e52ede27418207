import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.source.document import Document, Field
from msgspec_tool.source.json_reader import read_json
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_reader import read_yaml

WORDS = st.sampled_from(
    ["Hi", "{{ x }}", "{% if a %}", "é", "日本", "😀", "a#b", "a:b", "it", "--", "x", "%}", "\u2028", "\x85", "\u00a0", "\ufeff"]
)
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BREAK = st.sampled_from(["\n", "\r\n", "\r"])


def yaml(text: str) -> Document:
    document = read_yaml(SourceFile("x", text)).document
    assert document is not None
    return document


@st.composite
def block_scalars(draw: st.DrawFn) -> str:
    newline = draw(BREAK)
    header = draw(st.sampled_from("|>")) + draw(st.sampled_from(["", "-", "+", "2", "2-"])) + draw(st.sampled_from(["", " # note"]))
    lines = [draw(LINE), *draw(st.lists(st.one_of(LINE, st.just(""), LINE.map(lambda line: "  " + line)), max_size=4))]
    return (
        draw(st.sampled_from(["", "\ufeff"]))
        + newline.join([f"k: &a {header}", *(f"  {line}" if line else "" for line in lines)])
        + newline
    )


@st.composite
def flow_scalars(draw: st.DrawFn) -> str:
    newline = draw(BREAK)
    quote = draw(st.sampled_from(["", "'", '"']))
    lines = ["Text " + line for line in draw(st.lists(LINE, min_size=1, max_size=3))]
    if quote == '"':
        escapes = st.sampled_from(["", "\\n", "\\u00e9", "\\U0001F600", "\\x41", '\\"'])
        lines = [line + draw(escapes) + " z" for line in lines]
    elif quote == "'":
        lines = [line + draw(st.sampled_from(["", "''"])) for line in lines]
    folds = st.sampled_from([newline, newline + newline, "  " + newline])
    text = lines[0]
    for line in lines[1:]:
        text += draw(folds) + "   " + line
    return f"k: {quote}{text}{quote}{newline}"


def check_every_character(text: str) -> None:
    document = yaml(text)
    value = document.value["k"]
    assert isinstance(value, str)
    whole = document.span(("k",))
    for index, char in enumerate(value):
        place = document.text_span(("k",), index, index + 1)
        assert place.start < place.end
        assert place != whole or len(value) == 1
        source = text[slice(*place)]
        if len(source) == 1 and source not in "\r\n":
            assert source == char
        else:
            assert char in " \n" or source[0] in "\\'"


@settings(max_examples=200, deadline=None)
@given(st.one_of(block_scalars(), flow_scalars()))
def test_every_character_of_a_value_is_found_in_the_file(text: str) -> None:
    check_every_character(text)


def test_spans_of_collections_end_at_their_content() -> None:
    text = "a:\n  b: 1\n  c:\n    - x\n    - |\n      y\n\n\n# c\nd: {e: 1}\nf: !!map\n  g: &h\n    - 1\ni:\n"
    document = yaml(text)

    def at(*path: str | int) -> str:
        return text[slice(*document.span(path))]

    assert at("a") == "b: 1\n  c:\n    - x\n    - |\n      y"
    assert at("a", "c", 1) == "|\n      y"
    assert at("d") == "{e: 1}"
    assert at("f") == "g: &h\n    - 1"
    assert at("f", "g") == "- 1"
    assert at("i") == ""
    assert text[slice(*document.key_span(("a", "c")))] == "c"
    assert document.key_span(("a", "c", 0)) == document.span(("a", "c", 0))
    assert document.key_span(()) == document.span(())
    assert document.span(("a", "nothing", 3)) == document.span(("a",))
    assert document.span(("d", "e", "x")) == document.span(("d", "e"))
    assert [document.style(path) for path in [("a",), ("d",), ("a", "b"), ("a", "c", 1)]] == ["block", "flow", "plain", "literal"]


def test_aliases_stand_where_they_are_written() -> None:
    text = "a: &x text\nb: *x\nc: [*x, {d: *x}]\n*x : e\n"
    document = yaml(text)
    assert [text[slice(*document.span(path))] for path in [("b",), ("c", 0), ("c", 1, "d")]] == ["*x"] * 3
    assert document.span(("b",)) == Span(14, 16)
    assert document.value["text"] == "e"
    assert document.lexeme(("b",)) == "text"
    assert document.text_span(("b",), 0, 4) == Span(6, 10)


def test_a_byte_order_mark_counts() -> None:
    document = yaml("\ufeffa: x\n")
    assert document.span(("a",)) == Span(4, 5)
    assert document.key_span(("a",)) == Span(1, 2)


def test_lexemes_are_what_was_written() -> None:
    document = yaml("a: +44\nb: \"4\"\nc: 007\nd: 'it''s'\n")
    assert [document.lexeme((key,)) for key in "abcd"] == ["+44", '"4"', "007", "'it''s'"]


def test_numbers_have_text_places_too() -> None:
    assert yaml("a: 1234\n").text_span(("a",), 1, 3) == Span(4, 6)
    assert yaml("a: [1]\n").text_span(("a",), 0, 1) == Span(3, 6)


def test_json_places_go_through_escapes() -> None:
    text = '{"a": ["x\\n\\u00e9\\ud83d\\ude00y", 1.50, true], "b": {}}'
    document = read_json(SourceFile("x", text)).document
    assert document is not None
    path = ("a", 0)
    places = [text[slice(*document.text_span(path, index, index + 1))] for index in range(5)]
    assert places == ["x", "\\n", "\\u00e9", "\\ud83d\\ude00", "y"]
    assert document.text_span(path, 5, 5) == Span(document.span(path).end - 1, document.span(path).end - 1)
    assert document.text_span(("a", 1), 0, 1) == document.span(("a", 1))
    assert document.lexeme(("a", 1)) == "1.50"
    assert [document.style(part) for part in [(), ("a",), ("a", 0), ("a", 2)]] == ["flow", "flow", "double", "plain"]
    assert text[slice(*document.key_span(("b",)))] == '"b"'
    assert document.key_span(("a", 1)) == document.span(("a", 1))
    assert document.span(("b", "c")) == document.span(("b",))
    assert document.span((0,)) == document.span(())


def test_plain_documents_answer_with_the_places_of_another() -> None:
    source = yaml("channels:\n  rt: {text: hi}\n")
    mapping = {("channels", "appmessaging"): ("channels", "rt")}
    document = PlainDocument({"channels": {"appmessaging": {"text": "hi", "n": 1}}}, source, mapping)
    assert document.span(("channels", "appmessaging", "text")) == source.span(("channels", "rt"))
    assert document.key_span(("channels", "appmessaging")) == source.key_span(("channels", "rt"))
    assert document.text_span(("channels",), 0, 1) == source.span(())
    assert document.lexeme(("channels", "appmessaging", "text")) == '"hi"'
    assert [document.style(path) for path in [(), ("channels", "appmessaging", "n"), ("channels", "appmessaging", "text")]] == [
        "flow",
        "plain",
        "double",
    ]
    assert document.file is source.file
    assert PlainDocument(1, source, lambda _path: None).span(("a",)) == source.span(())
    assert PlainDocument(1, source).span(("channels", "rt")) == source.span(("channels", "rt"))


def test_a_plain_document_without_places_still_answers() -> None:
    document = PlainDocument({"a": 1})
    assert document.file.text == ""
    assert (document.span(("a",)), document.key_span(("a",)), document.lexeme(("b",))) == (Span(0, 0), Span(0, 0), '{"a": 1}')


@pytest.mark.parametrize("text", ["k: >-\n  a\n  {{ b }}\n", "k: 'a\n  {{ b }}'\n", 'k: "\\U0001F600\n  {{ b }}"\n'])
def test_a_name_on_the_second_line(text: str) -> None:
    field = Field(yaml(text), ("k",), yaml(text).value["k"])
    offset = field.value.index("b")
    assert text[slice(*field.text_span(offset, offset + 1))] == "b"
