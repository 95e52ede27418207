"""Messages of several channels, and of rows that were rendered one by one, in the order in which the stages make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from msgspec_tool.batches.requests import Head, Messages
from msgspec_tool.model import RenderedMessage
from msgspec_tool.stages.emit import content_text


class Placed(NamedTuple):
    """Messages, and where each stands among those of all rows."""

    numbers: Sequence[int]
    """Of their rows."""
    orders: int | Sequence[int]
    """The place of each among the messages of its row."""
    messages: Messages

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Number and order of each."""
        return zip(self.numbers, repeat(self.orders) if isinstance(self.orders, int) else self.orders, strict=False)


NOTHING = Placed((), 0, Messages((), ()))


def merged(several: Iterable[Placed]) -> Placed:
    """All of them in order."""
    found = [one for one in several if one.numbers]
    if len(found) <= 1:
        return found[0] if found else NOTHING
    places = [place for one in found for place in one.places]
    order = sorted(range(len(places)), key=places.__getitem__)
    contents = [content for one in found for content in one.messages.contents]
    addresses = [address for one in found for address in one.messages.addresses]
    ids = [identifier for one in found for identifier in one.messages.ids]
    heads = [head for one in found for head in _heads(one.messages)]
    messages = Messages(
        [addresses[index] for index in order],
        [ids[index] for index in order],
        objects=[contents[index] for index in order],
        heads=[heads[index] for index in order],
    )
    return Placed([places[index][0] for index in order], [places[index][1] for index in order], messages)


def _heads(messages: Messages) -> Sequence[Head]:
    return messages.heads if messages.form is None else [messages.form.head] * len(messages)


def rendered(several: Iterable[tuple[int, int, RenderedMessage]]) -> Placed:
    """Messages that the stages made, each with the number of its row and its place among those of the row."""
    found = list(several)
    made = [message for _number, _order, message in found]
    messages = Messages(
        [content_text(one.address)[1:-1] for one in made],
        [None if one.correlationid is None else content_text(one.correlationid)[1:-1] for one in made],
        objects=[content_text(one.content)[:-1] for one in made],
        heads=[Head(one.channel, one.key) for one in made],
    )
    return Placed([number for number, _order, _message in found], [order for _number, order, _message in found], messages)
