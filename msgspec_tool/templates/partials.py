"""Partials: files that templates include or import, from the project's folders and never from outside its root."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.failures import BadValueError, quoted

MAX_BYTES = 128_000
"""Size of a partial: what :data:`~.parsing.MAX_TEMPLATE` characters take at most in UTF-8."""


class OutsideError(BadValueError):
    """A name that leads, or tries to lead, out of the project."""


class Partials:
    """Loads partials by name from ``folders``, in their order. ``root`` is the project's root: no link leads out of it.

    ``look`` is told of every file before it is looked for, by the name that it may have in its folder. What ``unsaved`` holds
    for a real path is read in place of the file.
    """

    def __init__(
        self,
        root: Path,
        folders: tuple[Path, ...],
        look: Callable[[Path], None] = lambda _path: None,
        unsaved: Mapping[str, bytes] | None = None,
    ) -> None:
        self._unsaved = unsaved or {}
        self._root = root
        self._names = folders
        self._look = look

    @cached_property
    def root(self) -> Path:
        return Path(os.path.realpath(self._root))

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(os.path.realpath(folder)) for folder in self._names)

    def load(self, name: str) -> SourceFile:
        """The partial of a name such as ``footer.txt`` or ``legal/footer.txt``.

        Raises :class:`OutsideError` for names that are absolute, hold ``..`` or lead out of the root through a link,
        and :class:`BadValueError` where there is no such file, or it is no text.
        """
        check_name(name)
        for folder, written in zip(self.folders, self._names, strict=True):
            self._look(written / name)
            path = Path(os.path.realpath(folder / name))
            if not path.is_relative_to(self.root):
                raise OutsideError(f"partial {quoted(name)} is outside the project")
            # os.path answers False for names that no file system takes, where pathlib raises
            if os.path.isfile(path):
                return self._read(path, name)
        raise BadValueError(f"there is no partial {quoted(name)} in the partials folder or beside the spec")

    def _read(self, path: Path, name: str) -> SourceFile:
        try:
            data = self._unsaved.get(str(path))
            if data is None:
                data = _file_bytes(path)
        except OSError:
            raise BadValueError(f"partial {quoted(name)} can't be read") from None
        return SourceFile(path.relative_to(self.root).as_posix(), _sound(data, name))


def _file_bytes(path: Path) -> bytes:
    """The beginning of a file, up to one byte more than a partial may have; nothing of what is no plain file."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""


class CarriedPartials(Partials):
    """Partials by value, of a project whose files are not on this disk: see :attr:`~msgspec_tool.config.Project.carried`."""

    def __init__(self, files: Mapping[str, tuple[str, bytes]], folders: tuple[str, ...]) -> None:
        super().__init__(Path(), ())
        self._files = files
        self._beside = folders

    def load(self, name: str) -> SourceFile:
        """See :class:`Partials`."""
        check_name(name)
        for folder in self._beside:
            found = self._files.get(os.path.normpath(os.path.join(folder, name)))
            if found is not None:
                real, data = found
                if real.startswith(os.pardir):
                    raise OutsideError(f"partial {quoted(name)} is outside the project")
                return SourceFile(real, _sound(data, name))
        raise BadValueError(f"there is no partial {quoted(name)} in the partials folder or beside the spec")


def _sound(data: bytes, name: str) -> str:
    """The text of a partial; :class:`BadValueError` where it is none."""
    if len(data) > MAX_BYTES:
        raise BadValueError(f"partial {quoted(name)} is larger than {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadValueError(f"partial {quoted(name)} is not UTF-8 text") from None
    if text.startswith("\ufeff"):
        raise BadValueError(f"partial {quoted(name)} starts with a byte order mark; save it without")
    return text


def check_name(name: str) -> None:
    """Raise :class:`OutsideError` for a name that could lead anywhere but downwards from a partials folder."""
    parts = name.split("/")
    if (
        not name
        or not name.isprintable()
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise OutsideError(f"partial {quoted(name)} must be a plain relative name without '..'")
