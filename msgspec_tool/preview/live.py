"""``preview --serve``: the page on this machine, made again whenever a file that it rests on has changed.

What fails at the first time ends the command, as it does without --serve; what fails later stands on the page until it is mended.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from msgspec_tool.caching.watching import Noted
from msgspec_tool.diagnostics import Failure
from msgspec_tool.errors import ToolError, UnreadableError
from msgspec_tool.preview.page_html import PageWriter
from msgspec_tool.preview.pages import PageMaker
from msgspec_tool.preview.rebuilding import Rebuilding
from msgspec_tool.preview.run import PreviewOptions
from msgspec_tool.preview.views import Preview
from msgspec_tool.resources import page_file
from msgspec_tool.serving.local_page import PageServer, ServedPage
from msgspec_tool.surroundings.project_file import ProjectFileError, load_project


@dataclass(frozen=True)
class LiveOptions:
    """What ``preview --serve`` was asked for; port 0 takes a free one."""

    options: PreviewOptions
    """Without a project: it is read again for each page."""
    config: Path | None
    """The project file of all files, in place of the nearest."""
    port: int


def serve_preview(live: LiveOptions, announce: Callable[[str], None]) -> None:
    """Serve until interrupted. ``announce`` is told the address when the first page can be had.

    Raises what :func:`~msgspec_tool.preview.run.preview` raises where the first page can't be made, ``UnreadableError`` where it would
    show nothing, and ``UsageError`` where the port is taken.
    """
    with Rebuilding(partial(_built, live, PageMaker(live.options.now))) as pages, PageServer(live.port) as server:
        for number, made in enumerate(pages):
            if isinstance(made, ToolError) and number == 0:
                raise made
            server.showcase.show(_failed(live, made) if isinstance(made, ToolError) else made)
            if number == 0:
                announce(server.url)


def _built(live: LiveOptions, maker: PageMaker, noted: Noted) -> ServedPage:
    options = live.options
    if live.config is not None:
        noted.file(str(live.config))
        options = replace(options, project=load_project(Path(), live.config))
    version = _new_version()
    page = maker.page(options, noted, _script(version))
    if not page.preview.specs:
        raise _nothing(page.preview)
    return ServedPage(page.html.encode("utf-8"), version)


def _nothing(preview: Preview) -> UnreadableError:
    if preview.failures:
        first = preview.failures[0]
        return UnreadableError(first.message, path=first.path, reason=first.reason)
    return UnreadableError("there is nothing to show: no spec was found", path="", reason="missing", help="specs end in .msg.yaml")


def _failed(live: LiveOptions, error: ToolError) -> ServedPage:
    """A page that tells why there is no other."""
    version = _new_version()
    preview = Preview((), live.options.now, live.options.environment or "", tuple(_failures(error)))
    return ServedPage(PageWriter(live.options.now).page(preview, _script(version)).encode("utf-8"), version)


def _failures(error: ToolError) -> Iterator[Failure]:
    if isinstance(error, ProjectFileError):
        for label in error.mistakes:
            yield Failure(label.file.place(label.span.start), "unreadable", label.message)
        return
    path = error.path if isinstance(error, UnreadableError) else ""
    yield Failure(path, "unreadable", f"{error.message} ({error.help})" if error.help else error.message)


def _new_version() -> str:
    return secrets.token_hex(8)


def _script(version: str) -> str:
    """The script of a page that knows which version it is."""
    return f"\nconst version = {json.dumps(version)};\n{page_file('live.js')}"
