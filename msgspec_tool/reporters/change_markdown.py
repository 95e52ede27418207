"""What changed in the messages as a comment on a pull request: worst first, as much as a comment can hold, the rest counted.

What comes from specs stands in code spans, in ``code`` elements and behind fences that are longer than any run of backticks in
it: it is no markup, no link and no mention, and it does not end its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.message_changes import ABSENT, BREAKING, MessageChange, Review, SpecChange, Unrendered, ValueChange
from msgspec_tool.reporters import change_words as words
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.markdown import LIMIT, code, size
from msgspec_tool.reporters.privacy import public_findings
from msgspec_tool.reporters.screen import Screen, escaped
from msgspec_tool.reporters.word_diff import word_diff
from msgspec_tool.source.text import SourceFile, Span

MARKER = "<!-- msgspec-tool: diff -->"
"""The first line: who comments again finds the comment to write over by it."""

_RESERVE = 500
"""Bytes kept for the last lines."""
_MOST_PATHS = 5
_PLAIN = Screen()


def change_markdown(review: Review, *, limit: int = LIMIT) -> Iterator[str]:
    """Lines of the comment. ``limit`` is in bytes, which are never fewer than characters."""
    head = [MARKER, "### What people receive", "", words.totals(review, code(review.base))]
    heads = list(_fitting([_head(review, change) for change in review.changes], (limit - _RESERVE) // 2))
    failures = list(_fitting([[_bullet("not compared", one.path, one.message)] for one in review.failures], limit // 8))
    left = limit - _RESERVE - sum(map(size, chain(head, *heads, *failures)))
    yield from head
    yield from ["", *chain(*failures)] if failures else []
    for change, lines in zip(review.changes, heads, strict=False):
        yield from lines
        groups = words.groups(change)
        blocks = list(_fitting((_message(group, is_open=bool(change.breaking)) for group in groups), left))
        left -= sum(map(size, chain(*blocks)))
        yield from chain(*blocks)
        left_out = sum(map(len, groups[len(blocks) :]))
        if left_out:
            yield from ("", f"… and {counted(left_out, 'message')} more")
    untold = len(review.changes) - len(heads) + len(review.failures) - len(failures)
    if untold:
        yield from ("", f"… and {counted(untold, 'spec')} more; `msgspec-tool diff` shows all.")


def _fitting(items: Iterator[list[str]] | Sequence[list[str]], room: int) -> Iterator[list[str]]:
    """The first items that fit into so many bytes together."""
    for item in items:
        room -= sum(map(size, item)) + 40
        if room < 0:
            return
        yield item


def _bullet(label: str, path: str, message: str) -> str:
    return f"- **{label}** {code(path)}: {code(message)}"


def _head(review: Review, change: SpecChange) -> list[str]:
    lines = ["", f"#### {code(change.path)}", "", words.outcome(change)]
    if change.before_path != change.path:
        lines[-1] += f", was {code(change.before_path)}"
    others = [path for path in change.through if path != change.path]
    if others:
        named = ", ".join(code(path) for path in others[:_MOST_PATHS])
        more = f" and {len(others) - _MOST_PATHS} more" if len(others) > _MOST_PATHS else ""
        lines[-1] += f", {'only' if change.is_indirect else 'also'} through {named}{more}"
    counts = words.recipients(change)
    lines[-1] += f"; recipients: {counts}" if counts else ""
    bullets = [*map(_finding, change.findings), *(_unrendered(review, one) for one in change.unrendered[:_MOST_PATHS])]
    return [*lines, "", *bullets] if bullets else lines


def _finding(diagnostic: Diagnostic) -> str:
    finding = diagnostic.finding
    label = "breaking" if diagnostic.rule.code == BREAKING else "dearer"
    help = f"; help: {code(finding.help)}" if finding.help else ""
    return f"- **{label}** {code(finding.message)} at {_where(finding.file, finding.span)}{help}"


def _unrendered(review: Review, one: Unrendered) -> str:
    side = f"**not rendered** as of {code(review.base)}" if one.before else "**not rendered**"
    first = "".join(
        f"; {code(error.finding.message)} at {_where(error.finding.file, error.finding.span)}"
        for error in public_findings(one.diagnostics[:1])
    )
    place = f" at {_where(one.place.file, one.place.key_span)}" if one.place is not None else ""
    help = f"; help: {code(one.help)}" if one.help else ""
    return f"- {side}: {code(one.message)}{place}{first}{help}"


def _where(file: SourceFile, span: Span) -> str:
    return code(file.place(span.start))


def _message(group: list[MessageChange], *, is_open: bool) -> list[str]:
    message, others = group[0], words.others(group)
    facts = ", ".join(words.facts(message))
    title = f"<code>{escape(escaped(words.title(message)))}</code>{f': {escape(facts)}' if facts else ''}"
    lines = list(chain.from_iterable(map(_value, message.values or words.whole(message))))
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [
        "",
        f"<details{' open' if is_open else ''}><summary>{title}</summary>",
        "",
        f"{fence}diff",
        *lines,
        fence,
        "",
        *([code(others), ""] if others else []),
        "</details>",
    ]


def _value(value: ValueChange) -> Iterator[str]:
    """The lines of a fenced block: each begins with its sign."""
    yield f"  {escaped(words.place(value.path))}"
    if value.is_text:
        before, after = word_diff(str(value.before), str(value.after), screen=_PLAIN)
        yield from (f"- {before}", f"+ {after}")
        return
    if value.before is not ABSENT:
        yield f"- {escaped(words.plain(value.before))}"
    if value.after is not ABSENT:
        yield f"+ {escaped(words.plain(value.after))}"
