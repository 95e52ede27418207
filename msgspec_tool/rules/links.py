"""The links of a message with their hosts: in fields that hold a URL, and in what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """A link whose host is known. ``span`` is the host's place, or the whole field where a template brings it from elsewhere."""

    field: Field
    host: str
    span: Span
    login: Span | None = None
    """A user name and a password before the host."""
    in_url_field: bool = False
    """The field holds nothing but this URL."""


def links(form: MessageForm) -> Iterator[Link]:
    """Every link of a message whose host does not depend on a row, once for each place."""
    urls = {field.path: field for field in url_fields(form)}
    yield from (link for field in urls.values() for link in _of_url(form, field))
    for field in form.block.walk() if form.block is not None else ():
        if isinstance(field.value, str) and field.path not in urls:
            yield from _written(field, in_url_field=False)


def _of_url(form: MessageForm, field: Field) -> Iterator[Link]:
    written = list(_written(field, in_url_field=True))
    yield from written
    if field.templated and not written:
        hosts = {host for text in texts_of(form, field) for host in _hosts(text.finite, text.prefix)}
        yield from (Link(field, host, field.span, in_url_field=True) for host in sorted(hosts))


def _hosts(finite: frozenset[str] | None, prefix: str) -> Iterator[str]:
    """Hosts of the texts of a template; of an endless set the one that all begin with, where it is known to its end."""
    for text in finite if finite is not None else (prefix,):
        found = _AUTHORITY.match(text)
        if found is not None and (finite is not None or found["next"]):
            yield _host_of(found["authority"])[0]


def _written(field: Field, *, in_url_field: bool) -> Iterator[Link]:
    """Links that stand in the text as it is written, expressions of a template included."""
    text = field.value
    if not isinstance(text, str) or "://" not in text:
        return
    if field.templated:
        text = re.sub(_COMMENT, lambda found: " " * len(found[0]), text)
    for found in _AUTHORITY.finditer(text):
        host, offset = _host_of(found["authority"])
        if host and found["next"] != "{":
            start = found.start("authority")
            login = field.text_span(start, start + offset - 1) if ":" in found["authority"][:offset] else None
            yield Link(field, host, field.text_span(start + offset, start + offset + len(host)), login, in_url_field)


def _host_of(authority: str) -> tuple[str, int]:
    """The host of an authority, and where it begins in it."""
    offset = authority.rfind("@") + 1
    host = authority[offset:]
    host = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return host.rstrip(_ENDING), offset
