"""The files of a repository as they stood at a revision."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec_tool.errors import UnreadableError
from msgspec_tool.revisions.objects import Objects, Repository
from msgspec_tool.source.text import MAX_BYTES

MOST_LINKS = 40
"""Links that a path may lead through, as on Linux."""

MOST_RECIPIENTS = 64 << 20
"""Bytes of a file of recipients that are read from a revision."""

_ELSEWHERE = b"version https://git-lfs.github.com/spec/"
"""What stands in place of a file that git-lfs keeps."""
_LONGEST_LINK = 4_096
_MOST_TREE = 64 << 20
_TREE, _LINK, _SUBMODULE = 0o040000, 0o120000, 0o160000


class Entry(NamedTuple):
    """What a tree holds under a name."""

    mode: int
    object: str
    """Hexadecimal name."""

    @property
    def is_file(self) -> bool:
        """A regular file, executable or not."""
        return self.mode & 0o170000 == 0o100000

    @property
    def is_folder(self) -> bool:
        """A tree."""
        return self.mode == _TREE


class Revision:
    """The files of one commit. Paths are ``/``-separated and begin at the repository's root; they never lead out of it.

    Only the trees and files that are asked for are read.
    """

    def __init__(self, repository: Repository, name: str, objects: Objects) -> None:
        """``UsageError`` where the name means no commit."""
        self.repository = repository
        self.name = name
        self.commit = repository.commit(name)
        self._objects = objects
        self._tree = lru_cache(maxsize=None)(self._read_tree)
        self._root = Entry(_TREE, f"{self.commit}^{{tree}}")

    def entry(self, path: str) -> Entry | None:
        """What stands under a path; where that is a link, the link itself. What stands below a link is found."""
        folder, _, name = path.rpartition("/")
        found = self.resolved(folder)
        return self._tree(found[1].object).get(name) if found is not None and found[1].is_folder else None

    def resolved(self, path: str) -> tuple[str, Entry] | None:
        """Where a path leads when links are followed, and what stands there; None where that is nothing, or outside."""
        left = path.split("/")[::-1]
        at: list[tuple[str, Entry]] = []
        links = 0
        while left:
            name = left.pop()
            if name in ("", "."):
                continue
            if name == "..":
                if not at:
                    return None
                at.pop()
                continue
            holder = at[-1][1] if at else self._root
            found = self._tree(holder.object).get(name) if holder.is_folder else None
            if found is None:
                return None
            if found.mode == _LINK:
                links += 1
                target = os.fsdecode(self._objects.read(found.object, _LONGEST_LINK))
                if links > MOST_LINKS or target.startswith("/") or len(target) > _LONGEST_LINK:
                    return None
                left += target.split("/")[::-1]
            else:
                at.append((name, found))
        return "/".join(name for name, _entry in at), at[-1][1] if at else self._root

    def file(self, path: str) -> tuple[str, Entry] | None:
        """:meth:`resolved` where a file stands there."""
        found = self.resolved(path)
        return found if found is not None and found[1].is_file else None

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | None:
        """The bytes of a file, and one more than ``most`` where there are more; None where there is no file."""
        found = self.file(path)
        return self._objects.read(found[1].object, most) if found is not None else None

    def data(self, entry: Entry, most: int = MAX_BYTES) -> bytes:
        """The bytes of what a tree holds, likewise."""
        return self._objects.read(entry.object, most)

    def is_folder(self, path: str) -> bool:
        """Whether a folder stands there."""
        found = self.resolved(path)
        return found is not None and found[1].is_folder

    def submodule_above(self, path: str) -> str | None:
        """The folder of another repository that a path leads into; its files are not in this one."""
        parts = path.split("/")
        for length in range(1, len(parts)):
            folder = "/".join(parts[:length])
            found = self.entry(folder)
            if found is None:
                return None
            if found.mode == _SUBMODULE:
                return folder
        return None

    def members(self, folder: str) -> Mapping[str, Entry]:
        """What a folder holds; nothing where there is none."""
        found = self.resolved(folder)
        return self._tree(found[1].object) if found is not None and found[1].is_folder else {}

    def tree(self, entry: Entry) -> Mapping[str, Entry]:
        """What a folder that was found holds."""
        return self._tree(entry.object)

    def blob_name(self, data: bytes) -> str:
        """What git would call a file of these bytes."""
        kind = hashlib.sha1 if len(self.commit) == 40 else hashlib.sha256
        found = kind(b"blob %d\0" % len(data), usedforsecurity=False)
        found.update(data)
        return found.hexdigest()

    def _read_tree(self, name: str) -> dict[str, Entry]:
        data = self._objects.read(name, _MOST_TREE)
        try:
            return dict(_entries(data, len(self.commit) // 2))
        except ValueError:
            words = f"git's folder {name[:12]} at '{self.name}' is damaged, or too large"
            raise UnreadableError(words, path=self.name, reason="unreadable", help="look with git fsck") from None


def _entries(data: bytes, size: int) -> Iterator[tuple[str, Entry]]:
    """The entries of a tree object: mode, blank, name, NUL, and the object's name in ``size`` bytes."""
    at = 0
    while at < len(data):
        end = data.index(b"\0", at)
        mode, _, name = data[at:end].partition(b" ")
        at = end + 1 + size
        yield os.fsdecode(name), Entry(int(mode, 8), data[end + 1 : at].hex())


class RevisionFiles(Mapping[str, tuple[str, bytes]]):
    """The files below one folder as a project carries them: by their path as seen from there, each with where links lead.

    A file that is too long, or whose bytes git keeps elsewhere, is not there.
    """

    def __init__(self, revision: Revision, root: str) -> None:
        """``root`` is the path of the folder."""
        self._revision = revision
        self._root = root

    def __getitem__(self, path: str) -> tuple[str, bytes]:
        found = self._revision.file(os.path.normpath(os.path.join(self._root, path)))
        data = self._revision.data(found[1], MOST_RECIPIENTS) if found is not None else b""
        if found is None or len(data) > MOST_RECIPIENTS or data.startswith(_ELSEWHERE):
            raise KeyError(path)
        return os.path.relpath(found[0], self._root or "."), data

    def __iter__(self) -> Iterator[str]:
        return self._below("")

    def __len__(self) -> int:
        return sum(1 for _path in self)

    def _below(self, folder: str) -> Iterator[str]:
        for name, entry in self._revision.members(os.path.join(self._root, folder)).items():
            path = os.path.join(folder, name)
            if entry.is_folder:
                yield from self._below(path)
            elif path in self:
                yield path
