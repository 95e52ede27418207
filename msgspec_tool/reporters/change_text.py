"""What changed in the messages, for people at a terminal: words marked, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.message_changes import ABSENT, BREAKING, MessageChange, Review, SpecChange, Unrendered, ValueChange
from msgspec_tool.reporters import change_words as words
from msgspec_tool.reporters.full import one
from msgspec_tool.reporters.screen import BLUE, BOLD, GREEN, RED, YELLOW, Style, escaped, width
from msgspec_tool.reporters.word_diff import ADDED, REMOVED, Run, runs
from msgspec_tool.reporters.wrapping import atoms, wrapped

_INDENT = "  "
PLAIN = Style()


def change_text(review: Review, *, style: Style, screen: int) -> Iterator[str]:
    """Lines of the whole comparison; ``screen`` is the width in columns."""
    for change in review.changes:
        yield from _spec(review, change, style, screen)
        yield ""
    for failure in review.failures:
        yield f"{style.paint('not compared', BOLD, RED)}: {escaped(failure.path)}: {escaped(failure.message)}"
    yield style.paint(words.totals(review, escaped(review.base)), BOLD)


def _spec(review: Review, change: SpecChange, style: Style, screen: int) -> Iterator[str]:
    yield f"{style.paint(escaped(change.path), BOLD, BLUE)}: {words.outcome(change)}"
    for note in filter(None, (words.moved(change), words.through(change))):
        yield from _paragraph("", note, _INDENT, screen)
    for diagnostic in change.findings:
        yield from _finding(diagnostic, style, screen)
    counts = words.recipients(change)
    if counts:
        yield f"{_INDENT}recipients: {counts}"
    for unrendered in change.unrendered:
        yield from _unrendered(review, unrendered, style, screen)
    for group in words.groups(change):
        yield from _message(group[0], words.others(group), style, screen)


def _finding(diagnostic: Diagnostic, style: Style, screen: int) -> Iterator[str]:
    finding, is_breaking = diagnostic.finding, diagnostic.rule.code == BREAKING
    label, colour = ("breaking", RED) if is_breaking else ("dearer", YELLOW)
    yield from _paragraph(label, f": {finding.message} [{diagnostic.rule.code}]", _INDENT, screen, (BOLD, colour), style)
    place = finding.file.position(finding.span.start)
    yield f"    {style.paint('-->', BOLD, BLUE)} {escaped(finding.file.path)}:{place.line}:{place.column}"
    if finding.help:
        yield from _paragraph("= help: ", finding.help, "    ", screen)


def _unrendered(review: Review, unrendered: Unrendered, style: Style, screen: int) -> Iterator[str]:
    label = escaped(words.side(review, unrendered))
    yield from _paragraph(label, f": {unrendered.message}", _INDENT, screen, (BOLD, RED), style)
    if unrendered.place is not None:
        file, span = unrendered.place.file, unrendered.place.key_span
        place = file.position(span.start)
        yield f"    {style.paint('-->', BOLD, BLUE)} {escaped(file.path)}:{place.line}:{place.column}"
    if unrendered.help:
        yield from _paragraph("= help: ", unrendered.help, "    ", screen)
    for diagnostic in unrendered.diagnostics:
        yield from (f"    {line}" for line in one(diagnostic, style=style, screen=screen - 4))


def _message(message: MessageChange, others: str, style: Style, screen: int) -> Iterator[str]:
    facts = ", ".join(words.facts(message))
    yield from _paragraph(escaped(words.title(message)), f": {facts}" if facts else "", _INDENT, screen, (BOLD,), style)
    for value in message.values or words.whole(message):
        yield from _value(value, style, screen)
    gone, new = words.link_changes(message)
    if message.values and (gone or new):
        yield "    links:"
        for sign, colour, links in (("- ", RED, gone), ("+ ", GREEN, new)):
            for link in links:
                yield from _side(sign, [(True, link)], ADDED, colour, style, screen)
    if others:
        yield from _paragraph("", others, "    ", screen)


def _value(value: ValueChange, style: Style, screen: int) -> Iterator[str]:
    name = f"{escaped(words.place(value.path))}:"
    if value.is_text:
        yield f"    {name}"
        pieces = list(runs(str(value.before), str(value.after)))
        yield from _side("- ", [one for one, _other in pieces], REMOVED, RED, style, screen)
        yield from _side("+ ", [other for _one, other in pieces], ADDED, GREEN, style, screen)
    elif ABSENT in (value.before, value.after):
        sign, colour, shown = ("+ ", GREEN, value.after) if value.before is ABSENT else ("- ", RED, value.before)
        yield f"    {name}"
        yield from _side(sign, [(True, words.plain(shown))], ADDED, colour, style, screen)
    else:
        before, after = (words.plain(one) for one in (value.before, value.after))
        if width(f"    {name} {escaped(before)} → {escaped(after)}") <= screen:
            yield f"    {name} {style.paint(escaped(before), RED)} → {style.paint(escaped(after), GREEN)}"
            return
        yield f"    {name}"
        yield from _side("- ", [(True, before)], REMOVED, RED, style, screen)
        yield from _side("+ ", [(True, after)], ADDED, GREEN, style, screen)


def _side(sign: str, pieces: Iterable[Run], brackets: tuple[str, str], colour: int, style: Style, screen: int) -> Iterator[str]:
    indent = " " * 6
    first = True
    for line in wrapped(atoms(pieces, brackets, colour, style), max(20, screen - 8)):
        yield f"{indent}{style.paint(sign, colour) if first else '  '}{line}"
        first = False


def _paragraph(label: str, text: str, indent: str, screen: int, colours: tuple[int, ...] = (), style: Style = PLAIN) -> Iterator[str]:
    """A label in its colours and a text behind it; further lines stand a little further in."""
    words = [(label, style.paint(label, *colours)), *atoms([(True, text)], ("", ""), 0, style)]
    for index, line in enumerate(wrapped(words, max(20, screen - len(indent) - len(_INDENT)))):
        yield f"{indent}{_INDENT if index else ''}{line}"
