"""``preview``: one page that shows every message as a person sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.output import clock, print_lines, project
from msgspec_tool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec_tool.preview.views import Preview


@click.command("preview", short_help="make a page that shows every message")
@click.argument("paths", nargs=-1)
@click.option("--out", default="preview.html", metavar="FILE", help="The page; preview.html in the current folder without it.")
@click.option("--sample", "samples", multiple=True, metavar="NAME", help="Show only this sample; repeatable.")
@click.option("--env", "environment", metavar="NAME", help="The environment whose values templates read.")
@click.option("--now", metavar="TIME", help="The clock of the run; the present without it.")
@click.option("--config", metavar="FILE", help="The project file, in place of the nearest msgspec.yaml.")
def command(
    paths: tuple[str, ...], out: str, samples: tuple[str, ...], environment: str | None, now: str | None, config: str | None
) -> int:
    """Write one HTML file that shows the samples of all specs below PATHS (the current folder without any) on every channel.

    The page needs nothing but itself. It is made of samples: nothing of a file of recipients is in it.
    """
    from msgspec_tool.file_writing import write_whole
    from msgspec_tool.preview.pages import preview_page
    from msgspec_tool.preview.run import PreviewOptions

    if "-" in paths:
        raise UsageError("'-' is no spec with a folder: preview reads files", help="name the file, or the folder that it is in")
    options = PreviewOptions(
        now=clock(now),
        project=project(Path(), config) if config else None,
        paths=paths or (".",),
        environment=environment,
        samples=samples,
    )
    page = preview_page(options)
    if page.preview.specs:
        write_whole(Path(out), page.html.encode("utf-8"))
    print_lines(_summary(page.preview, out))
    return page.exit_code


def _summary(preview: Preview, out: str) -> Iterator[str]:
    """What was written, and why it is less than was asked for."""
    from msgspec_tool.diagnostics import Severity
    from msgspec_tool.reporters.full import number
    from msgspec_tool.reporters.screen import escaped

    for failure in preview.failures:
        yield f"not shown: {escaped(failure.path)}: {escaped(failure.message)}"
    if not preview.specs:
        yield "no page was written: no spec was found (files end in .msg.yaml)"
        return
    yield f"{escaped(out)}: {number(len(preview.specs), 'message')}, {number(preview.messages, 'rendering')}"
    for spec in preview.specs:
        if spec.broken:
            yield f"{escaped(spec.path)}: {number(spec.count(Severity.ERROR), 'error')}, nothing is rendered"
        for sample in spec.own_samples:
            if sample.refused:
                yield f"{escaped(spec.path)}: sample '{escaped(sample.name)}' is refused: {escaped(sample.refused)}"
