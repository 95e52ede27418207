"""What changed, told in each form whatever stands in it: nothing steers a terminal, breaks out of a comment, or is too long."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from msgspec_tool.channels.sms_parts import count
from msgspec_tool.diagnostics import Diagnostic, Failure, Finding, Severity
from msgspec_tool.message_changes import (
    ABSENT,
    MessageChange,
    MessageVersion,
    Reached,
    Review,
    SpecChange,
    Status,
    Unrendered,
    ValueChange,
)
from msgspec_tool.reporters.change_json import change_json
from msgspec_tool.reporters.change_markdown import MARKER, change_markdown
from msgspec_tool.reporters.change_text import change_text
from msgspec_tool.reporters.markdown import LIMIT
from msgspec_tool.reporters.screen import Screen, width
from msgspec_tool.rules.changes import breaking_change, cost_change
from msgspec_tool.source.text import SourceFile, Span
from tests.published_schemas import validate_report

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
HOSTILE = st.sampled_from(
    [
        *("</details>", "<script>alert(1)</script>", "```", "````\n", "`", "``", "\n", "\n\n", "# head", "- item", "| a | b |", "&lt;"),
        *("[x](javascript:alert(1))", "![x](https://evil.example)", "https://evil.example", "@everyone", "#1", "<!-- ", "-->", "\x1b[2J"),
        *("\u202e", "\u200b", "\x00", "\t", " ", "a", "हिन्दी", "😀", "~~~", "<img src=x onerror=alert(1)>", "*b*", "\\", "    code", "---"),
    ]
)
TEXTS = st.lists(HOSTILE | st.text(st.characters(exclude_categories=("Cs",)), max_size=4), max_size=4).map("".join)
SURROGATES = st.sampled_from(["\ud800", "a\udfffb"])
WORDS = TEXTS | SURROGATES
VALUES = WORDS | st.none() | st.integers() | st.floats() | st.lists(WORDS, max_size=2)


@st.composite
def versions(draw: st.DrawFn) -> MessageVersion:
    text = draw(WORDS)
    content = {"deliverychannel": "sms", "expiry": draw(VALUES), "channels": {"sms": {"text": text, draw(WORDS): draw(VALUES)}}}
    return MessageVersion(
        content, draw(st.none() | st.just(count(text))), draw(st.none() | WORDS), tuple(draw(st.lists(WORDS, max_size=2)))
    )


@st.composite
def messages(draw: st.DrawFn) -> MessageChange:
    before, after = draw(st.none() | versions()), draw(versions())
    values = [
        ValueChange(("channels", "sms", draw(WORDS)), *draw(st.tuples(VALUES | st.just(ABSENT), VALUES)))
        for _one in range(draw(st.integers(0, 3)))
    ]
    return MessageChange("sms", draw(WORDS), before, after, tuple(values), draw(st.booleans()), draw(st.booleans()))


@st.composite
def findings(draw: st.DrawFn) -> Diagnostic:
    file = SourceFile(draw(WORDS), "name: x\n")
    finding = Finding(file, Span(0, 4), draw(WORDS), ("name",), help=draw(st.none() | WORDS))
    return Diagnostic(draw(st.sampled_from([breaking_change, cost_change])), Severity.ERROR, finding)


@st.composite
def changes(draw: st.DrawFn) -> SpecChange:
    path = draw(WORDS)
    unrendered = Unrendered(draw(st.booleans()), draw(WORDS), draw(st.none() | WORDS), None, draw(st.none() | WORDS), (draw(findings()),))
    return SpecChange(
        path,
        draw(WORDS),
        draw(st.sampled_from(Status)),
        draw(st.just(path) | WORDS),
        through=tuple(draw(st.lists(WORDS, max_size=7))),
        messages=tuple(draw(st.lists(messages(), max_size=4))),
        unchanged=draw(st.integers(0, 3)),
        reached=Reached(1, draw(st.none() | st.just(2))),
        unrendered=draw(st.just(()) | st.just((unrendered,))),
        findings=tuple(draw(st.lists(findings(), max_size=3))),
    )


REVIEWS = st.builds(
    Review,
    WORDS,
    st.just("0" * 40),
    st.lists(changes(), max_size=4).map(tuple),
    st.integers(0, 9),
    st.lists(st.builds(Failure, WORDS, st.just("missing"), WORDS), max_size=2).map(tuple),
)
steady = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@steady
@given(REVIEWS, st.booleans(), st.integers(40, 120))
def test_text(review: Review, colour: bool, screen: int) -> None:
    for line in change_text(review, screen=Screen(screen, colour=colour)):
        plain = _without_colours(line) if colour else line
        assert plain.isprintable() or set(plain) <= {*filter(str.isprintable, plain), "\u200d", "\ufe0f", "\u3000"}
        if plain.startswith(("      - ", "      + ")):
            assert width(plain) <= screen


def _without_colours(line: str) -> str:
    return "".join(part.partition("m")[2] if index else part for index, part in enumerate(line.split("\x1b[")))


@steady
@given(REVIEWS)
def test_json(review: Review) -> None:
    assert validate_report(json.loads(change_json(review, rule_set=1)), "diff") == ()


class Tags(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(f"{tag} {attrs}" if attrs else tag)


@steady
@given(REVIEWS, st.sampled_from([LIMIT, 2_000]))
def test_markdown(review: Review, limit: int) -> None:
    lines = list(change_markdown(review, limit=limit))
    comment = "\n".join(lines)
    assert lines[0] == MARKER
    assert len(comment.encode("utf-8", "surrogatepass")) <= limit
    tokens = [inner for token in MarkdownIt("gfm-like", {"linkify": False}).parse(comment) for inner in (token, *(token.children or ()))]
    kinds = {token.type for token in tokens}
    assert kinds <= {
        *("html_block", "heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "code_inline", "fence"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open", "strong_close"),
    }
    blocks = [token.content for token in tokens if token.type == "html_block"]
    found = Tags()
    for block in blocks:
        found.feed(block)
    assert set(found.names) <= {"details", "details [('open', None)]", "summary", "code"}
    assert sum(block.startswith("<details") for block in blocks) == comment.count("\n</details>")
