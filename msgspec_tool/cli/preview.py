"""``preview``: one page that shows every message as a person sees it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import CONFIG, ENVIRONMENT, NAMED, NOW
from msgspec_tool.cli.output import clock, given_project, print_lines
from msgspec_tool.cli.signals import end_like_an_interrupt
from msgspec_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec_tool.preview.run import PreviewOptions
    from msgspec_tool.preview.views import Preview

PORT = 8710
"""Where ``--serve`` is found without ``--port``."""


@click.command("preview", short_help="make a page that shows every message")
@click.argument("paths", nargs=-1)
@click.option("--out", type=NAMED, metavar="FILE", help="The page; preview.html in the current folder without it.")
@click.option("--serve", is_flag=True, help="Show the page in browsers on this machine, and again whenever a file is saved.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help=f"The port of --serve ({PORT}); 0 takes a free one.")
@click.option("--sample", "samples", multiple=True, metavar="NAME", help="Show only this sample; repeatable.")
@ENVIRONMENT
@NOW
@CONFIG
def command(
    paths: tuple[str, ...],
    out: str | None,
    serve: bool,
    port: int | None,
    samples: tuple[str, ...],
    environment: str | None,
    now: str | None,
    config: str | None,
) -> int:
    """Write one HTML file that shows the samples of all specs below PATHS (the current folder without any) on every channel.

    The page needs nothing but itself. It is made of samples: nothing of a file of recipients is in it. With --serve it is written
    nowhere: browsers on this machine get it, until interrupted.
    """
    from msgspec_tool.preview.run import PreviewOptions

    if "-" in paths:
        raise UsageError("'-' is no spec with a folder: preview reads files", help="name the file, or the folder that it is in")
    if serve and out is not None:
        raise UsageError("--serve writes no file, and --out names one", help="run preview without --serve to write it")
    if port is not None and not serve:
        raise UsageError("--port is for --serve")
    if out is not None and not out.lower().endswith((".html", ".htm")):
        raise UsageError(f"--out '{out}' is no page", help="give the file a name that ends in .html")
    options = PreviewOptions(
        now=clock(now),
        project=None if serve else given_project(config),
        paths=paths or (".",),
        environment=environment,
        samples=samples,
    )
    if serve:
        return _serve(options, Path(config) if config else None, PORT if port is None else port)
    return _write(options, out or "preview.html")


def _write(options: PreviewOptions, out: str) -> int:
    from msgspec_tool.file_writing import write_whole
    from msgspec_tool.preview.pages import preview_page

    page = preview_page(options)
    if page.preview.specs:
        write_whole(Path(out), page.html.encode("utf-8"))
    print_lines(_summary(page.preview, out))
    return page.exit_code


def _serve(options: PreviewOptions, config: Path | None, port: int) -> int:
    from msgspec_tool.preview.live import LiveOptions, serve_preview

    end_like_an_interrupt()
    serve_preview(LiveOptions(options, config, port), _announce)
    return ExitCode.INTERRUPTED


def _announce(url: str) -> None:
    print_lines([f"url: {url}"])
    sys.stdout.flush()


def _summary(preview: Preview, out: str) -> Iterator[str]:
    """What was written, and why it is less than was asked for."""
    from msgspec_tool.diagnostics import Severity
    from msgspec_tool.reporters.counting import counted
    from msgspec_tool.reporters.screen import escaped

    for failure in preview.failures:
        yield f"not shown: {escaped(failure.path)}: {escaped(failure.message)}"
    if not preview.specs:
        yield "no page was written: no spec was found (files end in .msg.yaml)"
        return
    yield f"{escaped(out)}: {counted(len(preview.specs), 'message')}, {counted(preview.messages, 'rendering')}"
    for spec in preview.specs:
        if spec.broken:
            yield f"{escaped(spec.path)}: {counted(spec.count(Severity.ERROR), 'error')}, nothing is rendered"
        for sample in spec.own_samples:
            if sample.refused:
                yield f"{escaped(spec.path)}: sample '{escaped(sample.name)}' is refused: {escaped(sample.refused)}"
