"""What changed in the messages, for people at a terminal: words marked, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.message_changes import ABSENT, BREAKING, MessageChange, Review, SpecChange, Unrendered, ValueChange
from msgspec_tool.reporters import change_words as words
from msgspec_tool.reporters.full import one
from msgspec_tool.reporters.screen import BLUE, BOLD, GREEN, RED, YELLOW, Screen, escaped, width
from msgspec_tool.reporters.word_diff import ADDED, REMOVED, Run, runs
from msgspec_tool.reporters.wrapping import atoms, wrapped

_INDENT = "  "


def change_text(review: Review, *, screen: Screen) -> Iterator[str]:
    """Lines of the whole comparison."""
    for change in review.changes:
        yield from _spec(review, change, screen)
        yield ""
    for failure in review.failures:
        yield f"{screen.paint('not compared', BOLD, RED)}: {escaped(failure.path)}: {escaped(failure.message)}"
    yield screen.paint(words.totals(review, escaped(review.base)), BOLD)


def _spec(review: Review, change: SpecChange, screen: Screen) -> Iterator[str]:
    yield f"{screen.paint(escaped(change.path), BOLD, BLUE)}: {words.outcome(change)}"
    for note in filter(None, (words.moved(change), words.through(change))):
        yield from _paragraph("", note, _INDENT, screen)
    for diagnostic in change.findings:
        yield from _finding(diagnostic, screen)
    counts = words.recipients(change)
    if counts:
        yield f"{_INDENT}recipients: {counts}"
    for unrendered in change.unrendered:
        yield from _unrendered(review, unrendered, screen)
    for group in words.groups(change):
        yield from _message(group[0], words.others(group), screen)


def _finding(diagnostic: Diagnostic, screen: Screen) -> Iterator[str]:
    finding, is_breaking = diagnostic.finding, diagnostic.rule.code == BREAKING
    label, colour = ("breaking", RED) if is_breaking else ("dearer", YELLOW)
    yield from _paragraph(label, f": {finding.message} [{diagnostic.rule.code}]", _INDENT, screen, (BOLD, colour))
    yield f"    {screen.paint('-->', BOLD, BLUE)} {escaped(finding.file.place(finding.span.start))}"
    if finding.help:
        yield from _paragraph("= help: ", finding.help, "    ", screen)


def _unrendered(review: Review, unrendered: Unrendered, screen: Screen) -> Iterator[str]:
    label = escaped(words.side(review, unrendered))
    yield from _paragraph(label, f": {unrendered.message}", _INDENT, screen, (BOLD, RED))
    if unrendered.place is not None:
        place = unrendered.place.file.place(unrendered.place.key_span.start)
        yield f"    {screen.paint('-->', BOLD, BLUE)} {escaped(place)}"
    if unrendered.help:
        yield from _paragraph("= help: ", unrendered.help, "    ", screen)
    for diagnostic in unrendered.diagnostics:
        yield from (f"    {line}" for line in one(diagnostic, screen=screen.narrower(4)))


def _message(message: MessageChange, others: str, screen: Screen) -> Iterator[str]:
    facts = ", ".join(words.facts(message))
    yield from _paragraph(escaped(words.title(message)), f": {facts}" if facts else "", _INDENT, screen, (BOLD,))
    for value in message.values or words.whole(message):
        yield from _value(value, screen)
    gone, new = words.link_changes(message)
    if message.values and (gone or new):
        yield "    links:"
        for sign, colour, links in (("- ", RED, gone), ("+ ", GREEN, new)):
            for link in links:
                yield from _side(sign, [(True, link)], ADDED, colour, screen)
    if others:
        yield from _paragraph("", others, "    ", screen)


def _value(value: ValueChange, screen: Screen) -> Iterator[str]:
    name = f"{escaped(words.place(value.path))}:"
    if value.is_text:
        yield f"    {name}"
        pieces = list(runs(str(value.before), str(value.after)))
        yield from _side("- ", [one for one, _other in pieces], REMOVED, RED, screen)
        yield from _side("+ ", [other for _one, other in pieces], ADDED, GREEN, screen)
    elif ABSENT in (value.before, value.after):
        sign, colour, shown = ("+ ", GREEN, value.after) if value.before is ABSENT else ("- ", RED, value.before)
        yield f"    {name}"
        yield from _side(sign, [(True, words.plain(shown))], ADDED, colour, screen)
    else:
        before, after = (words.plain(one) for one in (value.before, value.after))
        if width(f"    {name} {escaped(before)} → {escaped(after)}") <= screen.columns:
            yield f"    {name} {screen.paint(escaped(before), RED)} → {screen.paint(escaped(after), GREEN)}"
            return
        yield f"    {name}"
        yield from _side("- ", [(True, before)], REMOVED, RED, screen)
        yield from _side("+ ", [(True, after)], ADDED, GREEN, screen)


def _side(sign: str, pieces: Iterable[Run], brackets: tuple[str, str], colour: int, screen: Screen) -> Iterator[str]:
    indent = " " * 6
    first = True
    for line in wrapped(atoms(pieces, brackets, colour, screen), max(20, screen.columns - 8)):
        yield f"{indent}{screen.paint(sign, colour) if first else '  '}{line}"
        first = False


def _paragraph(label: str, text: str, indent: str, screen: Screen, colours: tuple[int, ...] = ()) -> Iterator[str]:
    """A label in its colours and a text behind it; further lines stand a little further in."""
    words = [(label, screen.paint(label, *colours)), *atoms([(True, text)], ("", ""), 0, screen)]
    for index, line in enumerate(wrapped(words, max(20, screen.columns - len(indent) - len(_INDENT)))):
        yield f"{indent}{_INDENT if index else ''}{line}"
