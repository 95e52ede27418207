"""Places and texts as SARIF has them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from msgspec_tool.source.text import SourceFile, Span

_BOM = "\ufeff"


def told(text: str) -> str:
    """A text for a message: braces stand for arguments there and are doubled, and ``](`` would make a link of what stands before it."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def artifact(path: str) -> dict[str, str]:
    """A file: as a relative URI below the root of the sources, or an absolute one."""
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    # a colon in the first segment would make a scheme of it; quote() writes it out
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def physical(file: SourceFile, span: Span) -> dict[str, Any]:
    """A place in a file."""
    return {"artifactLocation": artifact(file.path), "region": region(file, span)}


def region(file: SourceFile, span: Span) -> dict[str, int]:
    """Lines and columns from 1, offsets from 0, all in code points; a byte order mark does not count, unlike in our own offsets."""
    size = len(file.text)
    begin, stop = min(span.start, size), min(max(span.end, span.start), size)
    start, end = file.position(begin), file.position(stop)
    mark = 1 if file.text.startswith(_BOM) else 0
    first = max(begin - mark, 0)
    return {
        "startLine": start.line,
        "startColumn": max(start.column - (mark if start.line == 1 else 0), 1),
        "endLine": end.line,
        "endColumn": max(end.column - (mark if end.line == 1 else 0), 1),
        "charOffset": first,
        "charLength": max(stop - mark, 0) - first,
    }
