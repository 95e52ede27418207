"""The page of ``preview`` as one text: what is written to a file, and what is served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from msgspec_tool.caching.watching import Noted
from msgspec_tool.errors import ExitCode
from msgspec_tool.preview.memory import SpecMemory
from msgspec_tool.preview.page_html import PageWriter
from msgspec_tool.preview.run import PreviewOptions, preview
from msgspec_tool.preview.views import Preview


@dataclass(frozen=True)
class PreviewPage:
    """A page and what it is made of."""

    html: str
    preview: Preview

    @property
    def exit_code(self) -> ExitCode:
        """See :attr:`Preview.exit_code`."""
        return self.preview.exit_code


class PageMaker:
    """Makes the page of the same options again and again: what has not changed since is not made anew."""

    def __init__(self, now: datetime) -> None:
        """``now`` is the clock of all pages (aware, UTC)."""
        self._writer = PageWriter(now)
        self._memory = SpecMemory()

    def page(self, options: PreviewOptions, noted: Noted, live_script: str = "") -> PreviewPage:
        """Lint and render everything that was asked for, and write it as one HTML page that needs nothing else.

        ``noted`` takes what the page rests on. ``live_script`` is JavaScript that is added to the page's own and that may talk to the
        server that the page came from. Raises what :func:`~msgspec_tool.preview.run.preview` raises.
        """
        made = preview(options, noted, self._memory)
        return PreviewPage(self._writer.page(made, live_script), made)


def preview_page(options: PreviewOptions) -> PreviewPage:
    """The page, once."""
    return PageMaker(options.now).page(options, Noted())
