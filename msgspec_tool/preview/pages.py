"""The page of ``preview`` as one text: what is written to a file, and what is served."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec_tool.caching.watching import Noted
from msgspec_tool.errors import ExitCode
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


def preview_page(options: PreviewOptions, live_script: str = "", noted: Noted | None = None) -> PreviewPage:
    """Lint and render everything that was asked for, and write it as one HTML page that needs nothing else.

    ``live_script`` is JavaScript that is added to the page's own and that may talk to the server that the page came from.
    ``noted`` takes what the page rests on. Raises what :func:`~msgspec_tool.preview.run.preview` raises.
    """
    made = preview(options, noted)
    return PreviewPage(PageWriter(options.now).page(made, live_script), made)
