"""What lies around a spec: its own bytes, the partials that it may include, the columns of its recipients."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.caching.file_states import Seen, looked_into
from msgspec_tool.config import Project
from msgspec_tool.errors import ToolError, UnreadableError
from msgspec_tool.model import ShapedSpec
from msgspec_tool.source.text import MAX_BYTES

if TYPE_CHECKING:
    from msgspec_tool.storage.remote import Place, Readable
    from msgspec_tool.templates.partials import Partials


Look = Callable[[Path], None]
"""Is told of a file before it is looked for."""


def _unnoticed(_path: Path) -> None: ...


class Looked:
    """The states of the files that one spec leads to, each taken before the file is looked for."""

    def __init__(self) -> None:
        self.states: dict[str, Seen] = {}

    def look(self, path: Path) -> None:
        """Take the state of a file, which may be absent."""
        self.states.setdefault(str(path), looked_into(str(path)))


def partials(project: Project, folder: Path, look: Look = _unnoticed) -> Partials:
    """Where ``include`` and ``import`` look: the project's partials and the spec's own folder, never outside the project."""
    from msgspec_tool.templates.partials import CarriedPartials, Partials

    if project.carried is not None:
        return CarriedPartials(project.carried, (project.partials, str(folder)))
    return Partials(project.root, (project.root / project.partials, folder), look, project.unsaved)


def read_file(path: Path) -> bytes:
    """A file's bytes, and one more than may be where it is too long; ``UnreadableError`` otherwise."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        raise UnreadableError(f"'{path}' can't be read: {error.strerror or error}", path=str(path), reason=reason) from error


def recipient_columns(
    shaped: ShapedSpec, project: Project, folder: Path, recipients: Place | None, look: Look = _unnoticed
) -> tuple[str, ...] | None:
    """The columns that templates of a destination mapping may read, where there is a CSV file to look at.

    Objects of JSON Lines may each have other members: what they lack is null. ``UnreadableError`` where the file is there and
    can't be used: what could not be checked is never passed over in silence.
    """
    destination = shaped.destination
    if destination is None or not isinstance(destination.value, dict):
        return None
    path: Readable | None = recipients or recipients_file(shaped, project, folder)
    if path is None or path.suffix.lower() != ".csv":
        return None
    if isinstance(path, Path):
        look(path)
    if not path.is_file():
        return None
    from msgspec_tool.recipients.files import columns_of

    try:
        return columns_of(path)
    except UnreadableError:
        raise
    except ToolError as error:
        raise UnreadableError(error.message, path=str(path), reason="unreadable", help=error.help) from error


def recipients_file(shaped: ShapedSpec, project: Project, folder: Path) -> Readable | None:
    """The file that the destination names; None where it names none, or where a project by value has none of that name."""
    source = shaped.root.find("destination", "from")
    if source is None or not isinstance(source.value, str):
        return None
    if project.carried is None:
        return folder / source.value
    from msgspec_tool.storage.held import HeldFile

    found = project.carried.get(os.path.normpath(folder / source.value))
    return HeldFile(source.value, found[1]) if found is not None else None
