"""Refusals of rendered messages that name the place in the spec: of a value its field, of a character the tag that printed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec_tool.model import AnalysedSpec, BoundMessage, Refusal, RenderedMessage
from msgspec_tool.provenance.message_places import written, written_field
from msgspec_tool.source.document import Plain, at
from msgspec_tool.source.quoting import shown
from msgspec_tool.stages.check import Objection
from msgspec_tool.stages.render import ChannelRenderer

_LONGEST_TAG = 60
"""Characters of a tag that are shown."""


@dataclass
class RefusedPlaces:
    """Makes refusals of objections. A message is rendered a second time, with a trace, where a character is objected to."""

    spec: AnalysedSpec
    traced: Callable[[], Mapping[str, ChannelRenderer]] = field(repr=False)
    """Makes the renderers that trace, by channel, when the first one is needed."""
    _renderers: Mapping[str, ChannelRenderer] | None = field(default=None, init=False, repr=False)

    def refusal(self, objection: Objection, bound: BoundMessage, message: RenderedMessage) -> Refusal:
        """Why this recipient gets no message, with the place: ``(printed by {{ name }} at path:line:column)``."""
        place = self._place(objection, bound, message)
        return Refusal(bound.row, f"{bound.channel}: {objection.reason}{f' ({place})' if place else ''}", objection.code)

    def _place(self, objection: Objection, bound: BoundMessage, message: RenderedMessage) -> str | None:
        if not objection.path:
            return None
        shaped = self.spec.shaped
        found = written_field(shaped, bound.channel, message.content, objection.path, shaped.destination)
        if found is None:
            return None
        printed = self._printed(objection, bound) if objection.characters is not None else None
        return printed or found.file.place(found.span.start)

    def _printed(self, objection: Objection, bound: BoundMessage) -> str | None:
        """The tag or the literal text that printed the first of the characters."""
        value = self._traced_value(objection, bound)
        runs, path = getattr(value, "runs", ()), getattr(value, "field", None)
        source = self.spec.shaped.root.find(*path) if path else None
        if objection.characters is None or source is None:
            return None
        left = objection.characters.start
        for run in runs:
            if left < run.length:
                place = written(run.character(left), source)
                text = place.file.text[place.span.start : place.span.end]
                where = place.file.place(place.span.start)
                return where if run.literal else f"printed by {shown(text, _LONGEST_TAG)} at {where}"
            left -= run.length
        return None

    def _traced_value(self, objection: Objection, bound: BoundMessage) -> Plain:
        if self._renderers is None:
            self._renderers = self.traced()
        again = self._renderers[bound.channel].render(bound)
        try:
            return at(again.content, objection.path or ()) if isinstance(again, RenderedMessage) else None
        except (KeyError, IndexError, TypeError):
            return None
