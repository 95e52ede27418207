"""What is said of a change in every form for people."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec_tool.message_changes import ABSENT, MessageChange, Review, SmsCount, SpecChange, Status, Unrendered, ValueChange
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.word_diff import runs
from msgspec_tool.source.document import Path, Plain

_MOST_NAMES = 6

ENCODINGS = {"gsm7": "GSM-7", "ucs2": "Unicode"}


def outcome(change: SpecChange) -> str:
    """What became of a spec, in some words."""
    if change.status is Status.ADDED:
        return f"new, {counted(len(change.messages), 'message')}"
    if change.status is Status.REMOVED:
        return f"removed, with {counted(len(change.messages), 'message')}"
    if not change.messages:
        return "not compared" if change.unrendered and not change.unchanged else "no message changed"
    more = f", {change.unchanged} unchanged" if change.unchanged else ""
    return f"{counted(len(change.messages), 'message')} changed{more}"


def moved(change: SpecChange) -> str:
    """Where a spec was, if that was elsewhere."""
    return f"was {change.before_path}" if change.before_path != change.path else ""


def through(change: SpecChange) -> str:
    """What else than the spec itself brought the change; empty where nothing did."""
    others = [path for path in change.through if path != change.path]
    if not others:
        return ""
    return f"{'only ' if change.is_indirect else 'also '}through {', '.join(others)}"


def title(change: MessageChange) -> str:
    """Channel and sample of a message."""
    return f"{change.channel}, {sample(change)}"


def sample(change: MessageChange) -> str:
    """What a message was rendered from."""
    return "example" if change.is_generated else f"sample '{change.sample}'"


def groups(change: SpecChange) -> list[list[MessageChange]]:
    """The messages of a spec, those together whose words changed alike: the first shows what the others do too."""
    found: dict[object, list[MessageChange]] = {}
    for index, message in enumerate(change.messages):
        found.setdefault(_edit(message) or index, []).append(message)
    return list(found.values())


def _edit(change: MessageChange) -> tuple[object, ...] | None:
    """What was done to a message, whatever the data of its sample; None where a side has no such message."""
    if change.before is None or change.after is None:
        return None
    counts = tuple((one.encoding, one.parts) if one else None for one in (change.before.sms, change.after.sms))
    return change.channel, change.has_other_data, counts, tuple((value.path, _pieces(value)) for value in change.values)


def _pieces(value: ValueChange) -> tuple[object, ...]:
    if not value.is_text:
        return plain(value.before), plain(value.after)
    return tuple((one[1], other[1]) for one, other in runs(str(value.before), str(value.after)) if not one[0])


def others(messages: list[MessageChange]) -> str:
    """The samples of a group besides the first."""
    names = [f"'{message.sample}'" for message in messages[1:]]
    if not names:
        return ""
    listed = ", ".join(names[:_MOST_NAMES])
    return f"the same with {listed}{f' and {len(names) - _MOST_NAMES} more samples' if len(names) > _MOST_NAMES else ''}"


def facts(change: MessageChange) -> Iterator[str]:
    """What is worth knowing of a message besides its values: parts, encoding, whether it is new."""
    if change.before is None:
        yield "new"
    elif change.after is None:
        yield "gone"
    if change.has_other_data:
        yield "the sample has other data"
    before, after = (side.sms if side else None for side in (change.before, change.after))
    if before and after and before != after:
        yield from _measured(before, after)
    elif (after or before) and not (change.before and change.after):
        known = after or before
        assert known is not None
        yield f"{counted(known.parts, 'part')}, {known.units} units of {ENCODINGS[known.encoding]}"


def _measured(before: SmsCount, after: SmsCount) -> Iterator[str]:
    yield arrow(str(before.parts), str(after.parts), " part" if after.parts == before.parts == 1 else " parts")
    if before.encoding != after.encoding:
        yield f"{before.units} units of {ENCODINGS[before.encoding]} → {after.units} units of {ENCODINGS[after.encoding]}"
    else:
        yield arrow(str(before.units), str(after.units), f" units of {ENCODINGS[after.encoding]}")


def arrow(before: str, after: str, word: str = "") -> str:
    """``1 → 2 parts``; what stayed stands once."""
    return f"{after}{word}" if before == after else f"{before} → {after}{word}"


def place(path: Path) -> str:
    """A place of a message object, without where the API nests the channel's block: ``text``, ``android.title``, ``expiry``."""
    nested = {"sms": 2, "voice": 2, "push": 2, "appmessaging": 2, "OTT-Messaging": 3}
    inside = nested.get(str(path[1]), 1) if len(path) > 1 and path[0] == "channels" else 0
    return ".".join(map(str, path[inside:] or path))


def plain(value: Plain) -> str:
    """A value in one line."""
    if value is ABSENT:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def link_changes(change: MessageChange) -> tuple[list[str], list[str]]:
    """Links in texts that are gone, and that are new; a value that is nothing but a link is told already."""
    told = {one for value in change.values for one in (value.before, value.after) if isinstance(one, str)}
    before, after = ([link for link in side.links if link not in told] if side else [] for side in (change.before, change.after))
    return [link for link in before if link not in after], [link for link in after if link not in before]


def whole(change: MessageChange) -> Iterator[ValueChange]:
    """The values of the content of a message that only one side has."""
    version = change.after or change.before
    if version is not None:
        for path, value in _leaves(version.content.get("channels"), ("channels",)):
            yield ValueChange(path, ABSENT, value) if change.before is None else ValueChange(path, value, ABSENT)


def _leaves(value: Plain, path: Path) -> Iterator[tuple[Path, Plain]]:
    if isinstance(value, (dict, list)):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(member, (*path, key))
    elif value is not None:
        yield path, value


def side(review: Review, unrendered: Unrendered) -> str:
    """Which side could not be rendered."""
    return f"not rendered as of {review.base}" if unrendered.before else "not rendered"


def recipients(change: SpecChange) -> str:
    """How many more or fewer it is sent to; empty where that did not change, is not known, or is a finding already."""
    counts = change.reached
    more = counts.before is not None and counts.after is not None and counts.after > counts.before
    return f"{counts.before:,} → {counts.after:,}" if counts.differ and not (more and change.costs) else ""


def totals(review: Review, base: str) -> str:
    """The whole in one line; ``base`` is the revision's name as the form shows it."""
    unrendered = sum(bool(one.unrendered) for one in review.changes) + len(review.failures)
    counts = [
        (review.count(Status.CHANGED), "changed"),
        (review.count(Status.ADDED), "new"),
        (review.count(Status.REMOVED), "removed"),
        (review.unchanged, "unchanged"),
        (unrendered, "not rendered"),
    ]
    words = ", ".join(f"{count} {word}" for count, word in counts if count)
    if not words:
        return f"nothing was compared with {base}: no spec was found (files end in .msg.yaml)"
    marks = ", ".join(f"{count} {word}" for count, word in ((review.broken, "breaking"), (review.dearer, "dearer")) if count)
    return f"specs since {base} ({review.commit[:12]}): {words}{f'; {marks}' if marks else ''}"
