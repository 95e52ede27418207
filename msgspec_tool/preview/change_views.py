"""What stands on the page of a comparison, as frozen data without a word of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec_tool.appearances.seeing import Seen, seen
from msgspec_tool.diagnostics import Failure
from msgspec_tool.message_changes import ABSENT, MessageChange, MessageVersion, Review, SpecChange, Unrendered, ValueChange
from msgspec_tool.preview.findings import finding_views
from msgspec_tool.preview.views import FindingView
from msgspec_tool.reporters import change_words as words
from msgspec_tool.reporters.word_diff import Run, runs


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value of a message before and after, in pieces that say whether the other side has them too; None where it is not there."""

    place: str
    before: tuple[Run, ...] | None
    after: tuple[Run, ...] | None


@dataclass(frozen=True, slots=True)
class MessageChangeView:
    """A message whose words differ, and what a person sees of it on each side."""

    channel: str
    sample: str
    """What it was rendered from, in words."""
    facts: tuple[str, ...]
    values: tuple[ValueView, ...]
    links: tuple[ValueView, ...]
    """Links within texts that are gone or new."""
    before: Seen | None
    after: Seen | None
    others: str
    """Samples that changed alike."""


@dataclass(frozen=True, slots=True)
class StopView:
    """Why a side could not be rendered, with the errors of its spec."""

    side: str
    message: str
    help: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class SpecChangeView:
    """A spec that differs."""

    path: str
    notes: tuple[str, ...]
    """What became of it, where it was, through which files, how many it reaches."""
    breaking: tuple[FindingView, ...]
    costs: tuple[FindingView, ...]
    stops: tuple[StopView, ...]
    messages: tuple[MessageChangeView, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A whole comparison, weightiest specs first."""

    totals: str
    specs: tuple[SpecChangeView, ...]
    failures: tuple[Failure, ...]


def review_view(review: Review) -> ReviewView:
    """What stands on a page about a comparison."""
    return ReviewView(words.totals(review, review.base), tuple(_spec(review, one) for one in review.changes), review.failures)


def _spec(review: Review, change: SpecChange) -> SpecChangeView:
    reached = words.recipients(change)
    notes = (words.outcome(change), words.moved(change), words.through(change), f"recipients: {reached}" if reached else "")
    return SpecChangeView(
        change.path,
        tuple(filter(None, notes)),
        finding_views(change.breaking, ()),
        finding_views(change.costs, ()),
        tuple(_stop(review, one) for one in change.unrendered),
        tuple(_message(group) for group in words.groups(change)),
    )


def _stop(review: Review, unrendered: Unrendered) -> StopView:
    place = unrendered.place
    where = f" ({place.file.place(place.key_span.start)})" if place is not None else ""
    findings = finding_views(unrendered.diagnostics, ())
    return StopView(words.side(review, unrendered), f"{unrendered.message}{where}", unrendered.help or "", findings)


def _message(group: list[MessageChange]) -> MessageChangeView:
    message = group[0]
    gone, new = words.link_changes(message) if message.values else ([], [])
    return MessageChangeView(
        message.channel,
        words.sample(message),
        tuple(words.facts(message)),
        tuple(map(_value, message.values or words.whole(message))),
        (
            *(ValueView("link", ((True, link),), None) for link in gone),
            *(ValueView("link", None, ((True, link),)) for link in new),
        ),
        _seen(message.channel, message.before),
        _seen(message.channel, message.after),
        words.others(group),
    )


def _seen(channel: str, version: MessageVersion | None) -> Seen | None:
    return None if version is None else seen(channel, version.content)


def _value(value: ValueChange) -> ValueView:
    place = words.place(value.path)
    if value.is_text:
        pieces = list(runs(str(value.before), str(value.after)))
        return ValueView(place, tuple(_written(one for one, _other in pieces)), tuple(_written(other for _one, other in pieces)))
    before, after = (None if side is ABSENT else ((True, words.plain(side)),) for side in (value.before, value.after))
    return ValueView(place, before, after)


def _written(pieces: Iterator[Run]) -> Iterator[Run]:
    return ((is_common, text) for is_common, text in pieces if text)
