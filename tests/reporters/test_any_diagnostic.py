"""Any span in any text can be shown, and nothing of it reaches a terminal as a command."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.diagnostics import Applicability, Diagnostic, Edit, Failure, Finding, Fix, Label, LintReport, Prediction, Severity
from msgspec_tool.reporters.concise import concise
from msgspec_tool.reporters.excerpt import Mark, excerpt
from msgspec_tool.reporters.full import full
from msgspec_tool.reporters.github import github
from msgspec_tool.reporters.json_v1 import json_v1, report_value
from msgspec_tool.reporters.registry import FORMATS, Presentation
from msgspec_tool.reporters.sarif_places import region
from msgspec_tool.reporters.screen import Screen, escaped, width
from msgspec_tool.source.text import SourceFile, Span
from tests.published_schemas import validate_report
from tests.reporters.built import RULE

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("\n\r\t \x1b\x00\x9b\u202e\u2028\u0301\u200d🎉你")), max_size=300)
SPANS = st.tuples(st.integers(0, 320), st.integers(0, 320)).map(lambda ends: Span(min(ends), max(ends)))
FILES = st.builds(SourceFile, st.sampled_from(["a.msg.yaml", "b\x1b[2J.yaml"]), TEXTS)
FIXES = st.builds(Fix, TEXTS, st.just((Edit(Span(0, 1), "\x1b"),)), st.sampled_from(Applicability))
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.just(RULE),
    st.sampled_from(Severity),
    st.builds(
        Finding,
        FILES,
        SPANS,
        TEXTS,
        path=st.none() | st.just(("a~/b", 1)),
        related=st.lists(st.builds(Label, TEXTS, FILES, SPANS), max_size=3).map(tuple),
        help=st.none() | TEXTS,
        fix=st.none() | FIXES,
        api=st.none() | st.builds(Prediction, st.just("7003"), TEXTS),
    ),
)
REPORTS = st.builds(
    LintReport,
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.lists(DIAGNOSTICS, max_size=2).map(tuple),
    st.lists(st.builds(Failure, TEXTS, st.just("unreadable"), TEXTS), max_size=1).map(tuple),
)


def tame(line: str) -> bool:
    """Printable, but for the two characters that join emoji and the wide blank."""
    return all(char.isprintable() or char in "\u200d\ufe0f\u3000" for char in line)


@settings(max_examples=150, deadline=None)
@given(REPORTS, st.integers(40, 200))
def test_every_form_can_say_every_report(report: LintReport, screen: int) -> None:
    for lines in (full(report, screen=Screen(screen)), concise(report, screen=Screen()), github(report)):
        assert all(tame(line) for line in lines)
    assert json_v1(report, rule_set=1).replace("\n", "").isprintable()


SHOWN = Presentation(lambda diagnostics: ["0" * 64] * len(diagnostics))


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_every_format_is_text_that_can_be_written(report: LintReport) -> None:
    for name, lines in FORMATS.items():
        for line in lines(report, SHOWN):
            # files are written in UTF-8, and what is made for machines steers no terminal
            line.encode()
            assert name in ("full", "concise") or tame(line.replace("\n", "")), name


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_xml_and_json_stay_whole(report: LintReport) -> None:
    ElementTree.fromstring("\n".join(FORMATS["junit"](report, SHOWN)))
    for name in ("json", "sarif", "gitlab"):
        json.loads("\n".join(FORMATS[name](report, SHOWN)))


@settings(max_examples=100, deadline=None)
@given(FILES, SPANS)
def test_a_region_of_sarif_counts_no_byte_order_mark(file: SourceFile, span: Span) -> None:
    def without(offset: int) -> int:
        return max(0, min(offset, len(file.text)) - file.text.startswith("\ufeff"))

    found = region(file, span)
    bare = SourceFile(file.path, file.text.removeprefix("\ufeff"))
    start = bare.position(without(span.start))
    assert (found["startLine"], found["startColumn"], found["charOffset"]) == (*start, without(span.start))
    assert found["charOffset"] + found["charLength"] == without(span.end)


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_colours_only_add_colours(report: LintReport) -> None:
    import re

    plain = list(full(report, screen=Screen(80)))
    coloured = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in full(report, screen=Screen(80, colour=True))]
    assert [line.rstrip() for line in coloured] == [line.rstrip() for line in plain]


@settings(max_examples=100, deadline=None)
@given(FILES, SPANS)
def test_a_caret_stands_under_the_first_character(file: SourceFile, span: Span) -> None:
    _, shown, carets, *_ = excerpt(file, [Mark(span, primary=True)], Screen(10_000))
    place = file.position(span.start)
    text = file.line_text(place.line)
    before = text[: place.column - 1]
    # what takes no column of its own stands in that of the character before it
    while before and len(before) < len(text) and not width(escaped(text[len(before)])):
        before = before[:-1]
    assert carets.index("^") - (shown.index("|") + 2) == width(escaped(before))


@settings(max_examples=100, deadline=None)
@given(FILES, SPANS, st.integers(40, 100))
def test_source_lines_fit_the_screen(file: SourceFile, span: Span, screen: int) -> None:
    for line in excerpt(file, [Mark(span, primary=True)], Screen(screen)):
        assert width(line) <= screen


@settings(max_examples=50, deadline=None)
@given(DIAGNOSTICS)
def test_the_json_report_keeps_its_shape(diagnostic: Diagnostic) -> None:
    report = LintReport(1, 1, 0, 0, (diagnostic,))
    assert validate_report(report_value(report, rule_set=1)) == ()
    assert json.loads(json_v1(report, rule_set=1)) == report_value(report, rule_set=1)
