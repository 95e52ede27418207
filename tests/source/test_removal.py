"""An entry that is taken out of a mapping takes its own lines and comments with it, and changes nothing else."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.source.document import Field
from msgspec_tool.source.removal import entry_removal
from msgspec_tool.source.text import SourceFile
from msgspec_tool.source.yaml_reader import YamlReading, read_yaml


def read(text: str) -> YamlReading:
    return read_yaml(SourceFile("a.yaml", text))


def without(text: str, *path: str | int) -> str | None:
    """The text without an entry; None where it can't be taken out."""
    reading = read(text)
    assert reading.document is not None
    entry = Field(reading.document, (), reading.document.value).find(*path)
    assert entry is not None
    span = entry_removal(entry, {comment.span.start for comment in reading.comments if comment.alone})
    return None if span is None else text[: span.start] + text[span.end :]


BLOCK = """\
# the data
holder:
  # who
  # it is for
  a: 1 # first
  # not of b

  b:
    type: string
    # inside
    text: |
      two
      lines
  c: "x"   # last
rest: 1
"""


def test_lines_and_comments_of_a_block_entry() -> None:
    assert without(BLOCK, "holder", "a") == BLOCK.replace("  # who\n  # it is for\n  a: 1 # first\n", "")
    block = "  b:\n    type: string\n    # inside\n    text: |\n      two\n      lines\n"
    assert without(BLOCK, "holder", "b") == BLOCK.replace(block, "")
    assert without(BLOCK, "holder", "c") == BLOCK.replace('  c: "x"   # last\n', "")
    assert without(BLOCK, "rest") == BLOCK.replace("rest: 1\n", "")
    assert without(BLOCK, "holder") == "rest: 1\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h: {a: 1, b: 2, c: 3}", "h: {b: 2, c: 3}"),
        ("h: {b: 2, a: 1, c: 3}", "h: {b: 2, c: 3}"),
        ("h: {b: 2 , a: {x: [1, '}'], y: ','}}", "h: {b: 2}"),
        ("h: {a: 1}", "h: {}"),
        ("h: {a: 1,}", None),
        ("h: {a: , b: 2}", "h: {b: 2}"),
        ("h: {b: 2, a}", "h: {b: 2}"),
        ("h: {'a': 1, b: 2}", "h: {b: 2}"),
        ("h: {a: 1,\n    b: 2}", "h: {b: 2}"),
        ("h: {\n  a: 1, # one\n  b: 2, # two\n}", "h: {\n  b: 2, # two\n}"),
        ("h: {\n  b: 2, # two\n  # of a\n  a: 1\n}", "h: {\n  b: 2, # two\n}"),
        ("h: {\n  b: 2,\n  a: {x: 1,\n    y: 2},\n}\n", "h: {\n  b: 2,\n}\n"),
        ("h: {b: 2, # two\n  a: 1}", None),
        ("h:\r\n  a: 1\r\n  b: 2\r\n", "h:\r\n  b: 2\r\n"),
        ("h:\n  b: 2\n  a: 1", "h:\n  b: 2\n"),
        ("h:\n  b: 2\n  a:\n", "h:\n  b: 2\n"),
        ("h:\n  b: 2\n  a: !!str 1\n", "h:\n  b: 2\n"),
        ("h:\n  b: |\n    text\n    # text\n  a: 1\n", "h:\n  b: |\n    text\n    # text\n"),
        ("h:\n  b: |+\n    text\n  # text\n  a: 1\n", "h:\n  b: |+\n    text\n"),
        ("h:\n    # deeper\n  # of a\n  a: 1\n  b: 2\n", "h:\n    # deeper\n  b: 2\n"),
        ("h:\n  a: 1\n", None),
        ("h:\n  ? a\n  : 1\n  b: 2\n", None),
        ("h:\n  a: &x 1\n  b: *x\n", None),
        ("h:\n  &x a: 1\n  b: 2\n", None),
        ("o: &o {a: 1, b: 2}\nh: *o\n", None),
        ("o: &o {c: 1}\nh:\n  b: 2\n  a: *o\n", "o: &o {c: 1}\nh:\n  b: 2\n"),
        ("o: &o {c: 1}\nh: {b: 2, a: *o}\n", "o: &o {c: 1}\nh: {b: 2}\n"),
    ],
)
def test_styles(text: str, expected: str | None) -> None:
    assert without(text, "h", "a") == expected


def test_what_shares_a_line_with_the_dash_of_a_list_stays() -> None:
    assert without("h:\n- a: 1\n  b: 2\n", "h", 0, "a") is None
    assert without("h:\n- a: 1\n  b: 2\n", "h", 0, "b") == "h:\n- a: 1\n"


VALUES = st.sampled_from(
    (
        "1",
        "'it''s'",
        '"a, {b} # c"',
        "plain text",
        "{x: 1, y: [2, 3]}",
        "[1, {z: 2}]",
        "\n  t: string\n  # inside\n  u: 1",
        "\n- 1\n- {a: 2}",
        "|\n  one\n\n  # two",
        ">-\n  folded\n  text\n",
        "",
        "{x: 1,\n  y: 2}",
    )
)
ENTRIES = st.tuples(st.sampled_from(("", "# above\n", "\n# above\n# it\n", "\n")), VALUES, st.sampled_from(("", " # behind")))


@settings(max_examples=200, deadline=None)
@given(st.lists(ENTRIES, min_size=2, max_size=4), st.data(), st.sampled_from(("\n", "\r\n")), st.booleans())
def test_block_mappings_keep_all_else(entries: list[tuple[str, str, str]], data: st.DataObject, newline: str, deeper: bool) -> None:
    lines = "".join(
        f"{above}k{i}: {value}{behind if value and value[0].isprintable() and value[0] not in '|>' else ''}\n"
        for i, (above, value, behind) in enumerate(entries)
    )
    text = (f"h:\n{textwrap.indent(lines, '  ')}end: 1\n" if deeper else lines).replace("\n", newline)
    chosen = f"k{data.draw(st.integers(0, len(entries) - 1))}"
    mended = without(text, *(("h", chosen) if deeper else (chosen,)))
    assert mended is not None
    assert_only_lost(text, mended, chosen, deeper=deeper)


FLOW = st.sampled_from(("1", "'a, b}'", "{x: 1, y: [2, 3]}", "[1, {z: 2}]", "plain text", "{x: 1,\n  y: 2}"))


@settings(max_examples=200, deadline=None)
@given(st.lists(FLOW, min_size=1, max_size=4), st.data(), st.sampled_from((", ", ",\n  ", " , ", ",")), st.sampled_from(("", ",", "\n")))
def test_flow_mappings_keep_all_else(values: list[str], data: st.DataObject, comma: str, last: str) -> None:
    text = f"h: {{{comma.join(f'k{i}: {value}' for i, value in enumerate(values))}{last}}}\nend: 1\n"
    chosen = f"k{data.draw(st.integers(0, len(values) - 1))}"
    mended = without(text, "h", chosen)
    if mended is not None:
        assert_only_lost(text, mended, chosen, deeper=True)
    else:
        assert (len(values), last) == (1, ",")


def assert_only_lost(text: str, mended: str, chosen: str, *, deeper: bool) -> None:
    before, after = read(text), read(mended)
    assert before.document is not None
    assert after.document is not None
    assert after.problems == ()
    expected = before.document.value
    del (expected["h"] if deeper else expected)[chosen]
    assert after.document.value == expected
