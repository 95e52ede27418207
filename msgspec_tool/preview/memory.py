"""What is known of specs from the page before, so that a page is made again in the time that its changes take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from msgspec_tool.caching.file_states import looked_into
from msgspec_tool.config import Project
from msgspec_tool.linting.rule_run import Examined
from msgspec_tool.preview.views import SampleView
from msgspec_tool.surroundings.discovery import InputFile


class Rendered(NamedTuple):
    """What the samples of a spec give."""

    names: tuple[str, ...]
    """Of all samples that the spec has, those that were not asked for among them."""
    samples: tuple[SampleView, ...]


@dataclass
class _Known:
    file: InputFile
    project: Project
    examined: Examined
    rendered: Rendered | None = None


class SpecMemory:
    """For runs with the same options and clock: what holds while a spec, the files that it leads to and its project are the same."""

    def __init__(self) -> None:
        self._specs: dict[str, _Known] = {}

    def examined(self, file: InputFile, project: Project, examine: Callable[[], Examined]) -> Examined:
        """What rules find in a file by itself; other files may add to it."""
        known = self._specs.get(file.path)
        if known is None or (known.file, known.project) != (file, project) or _changed(known.examined):
            known = self._specs[file.path] = _Known(file, project, examine())
        run = known.examined.run
        return known.examined._replace(run=run.copied())

    def rendered(self, path: str, render: Callable[[], Rendered]) -> Rendered:
        """What the samples of a spec give that was examined in this run."""
        known = self._specs[path]
        if known.rendered is None:
            known.rendered = render()
        return known.rendered


def _changed(examined: Examined) -> bool:
    return any(looked_into(path) != state for path, state in examined.looked.items())
