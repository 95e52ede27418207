"""The links of a message with their hosts: in fields that hold a URL, and in what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec_tool.model import MessageForm
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.urls import url_fields
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

_AUTHORITY = re.compile(r"https?://(?P<authority>[^\s/?#\"'<>{}|\\^`]*)(?P<next>.?)", re.IGNORECASE | re.DOTALL)
_COMMENT = r"(?s)\{#.*?#\}"
_ENDING = ".,;:!?)"


class Link(NamedTuple):
    """A link whose host is known."""

    field: Field
    host: str
    at: int | None = None
    """Where the host begins in the text; None where a template brings it from elsewhere."""
    login_at: int | None = None
    """Where a user name and a password begin that stand before the host."""

    @property
    def span(self) -> Span:
        """The host's place, or the whole field."""
        return self.field.span if self.at is None else self.field.text_span(self.at, self.at + len(self.host))

    @property
    def login(self) -> Span | None:
        """The place of the user name and the password."""
        if self.login_at is None or self.at is None:
            return None
        return self.field.text_span(self.login_at, self.at - 1)


def links(form: MessageForm) -> Iterator[Link]:
    """Every link of a message whose host does not depend on a row, once for each place."""
    fields = url_fields(form)
    for field in fields:
        yield from _written(field)
        if field.templated:
            yield from _printed(form, field)
    if form.block is None:
        return
    holding = form.block.once(_holding_urls)
    urls = {field.path for field in fields} if holding else ()
    for field in holding:
        if field.path not in urls:
            yield from _written(field)
    yield from _written(form.block)


def _holding_urls(block: Field) -> tuple[Field, ...]:
    return tuple([field for field in block.strings() if "://" in field.value])


def _printed(form: MessageForm, field: Field) -> Iterator[Link]:
    """Links of which a template brings the host from elsewhere."""
    if not _written(field):
        hosts = {host for text in texts_of(form, field) for host in _hosts(text.finite, text.prefix)}
        yield from (Link(field, host) for host in sorted(hosts))


def _hosts(finite: frozenset[str] | None, prefix: str) -> Iterator[str]:
    """Hosts of the texts of a template; of an endless set the one that all begin with, where it is known to its end."""
    for text in finite if finite is not None else (prefix,):
        found = _AUTHORITY.match(text)
        if found is not None and (finite is not None or found["next"]):
            yield _host_of(found["authority"])[0]


def _written(field: Field) -> list[Link]:
    """Links that stand in the text as it is written, expressions of a template included."""
    text = field.value
    if not isinstance(text, str) or "://" not in text:
        return []
    places = _authorities(re.sub(_COMMENT, lambda found: " " * len(found[0]), text) if field.templated else text)
    return [Link(field, host, at, login_at) for host, at, login_at in places]


@lru_cache(maxsize=256)
def _authorities(text: str) -> tuple[tuple[str, int, int | None], ...]:
    """The hosts of the links in a text, each with its place and that of the user name and password before it, where there are such."""
    places = []
    for found in _AUTHORITY.finditer(text):
        host, offset = _host_of(found["authority"])
        if host and found["next"] != "{":
            start = found.start("authority")
            places.append((host, start + offset, start if ":" in found["authority"][:offset] else None))
    return tuple(places)


def _host_of(authority: str) -> tuple[str, int]:
    """The host of an authority, and where it begins in it."""
    offset = authority.rfind("@") + 1
    host = authority[offset:]
    host = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return host.rstrip(_ENDING), offset
