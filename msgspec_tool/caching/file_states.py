"""What a result rests on outside the program: bytes of files, which files are there, which project a folder belongs to.

Loads nothing but the operating system's modules: a run that remembers its answer ends before anything else is imported.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    # hashlib loads OpenSSL first, which takes longer than reading a hundred specs
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - an interpreter that was built without it
    from hashlib import blake2b

SPEC_SUFFIXES = (".msg.yaml", ".msg.yml")
PROJECT_FILE = "msgspec.yaml"
MAX_BYTES = 10_000_000
"""The largest file that is read. Specs have some kilobytes; parsing time and memory grow with the file, and must stay bounded."""
HEAD_BYTES = 262_144
"""What is read of a file that is only looked into: more than a partial may have, and than a header of recipients has."""

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
"""Folders that are not searched; nor are hidden ones, and virtual environments of any name."""


def encoded(text: str) -> bytes:
    """Any text as bytes, also a name that no file can have."""
    return text.encode("utf-8", "surrogatepass")


def digest(*parts: bytes | bytearray) -> bytes:
    """16 bytes that stand for these parts, in this order."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


def keyed(data: bytes, key: bytes) -> bytes:
    """64 bytes that nobody without the key (of at most 64 bytes) can foretell."""
    return blake2b(data, key=key).digest()


Seen = tuple[bytes, bytes]
"""The digest of a file that may be told, and one that may not: whoever knows it can read what is said of the file."""


def seen(data: bytes) -> Seen:
    """Both digests of a file's bytes."""
    return digest(data), _secret(data)


def _secret(data: bytes) -> bytes:
    return blake2b(data, digest_size=32, person=b"msgspec veil").digest()


def file_bytes(path: str) -> bytes:
    """A file's bytes, and one more than may be where it is too long; those of a pipe that are there. Raises ``OSError``."""
    with open(path, "rb", opener=_without_waiting) as stream:
        # room for what most files have: for all that may be read, memory would have to be got and given back each time
        data = stream.read(HEAD_BYTES)
        return data if len(data) < HEAD_BYTES else data + stream.read(MAX_BYTES + 1 - HEAD_BYTES)


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file; a pipe that nobody writes to is empty, where it would be waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def looked_into(path: str) -> Seen:
    """The digests of a file that may be absent: of where its name leads and of what stands there.

    Of a long file the head counts, its size and the time of its last change.
    """
    try:
        real = os.path.realpath(path)
        descriptor = _without_waiting(real, os.O_RDONLY)
    except ValueError:
        return digest(b"no name"), b""
    except OSError as error:
        return digest(encoded(real), type(error).__name__.encode()), b""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return digest(encoded(real), b"no file"), b""
    with os.fdopen(descriptor, "rb") as stream:
        head = stream.read(HEAD_BYTES)
    rest = b"" if status.st_size <= HEAD_BYTES else f"{status.st_size} {status.st_mtime_ns}".encode()
    return digest(encoded(real), b"file", head, rest), _secret(head)


def specs_below(folder: str) -> Iterator[str]:
    """Specs below a folder, ``/``-separated; hidden folders, virtual environments and node_modules are left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS and not _is_venv(root, name)
        )
        for name in names:
            if name.endswith(SPEC_SUFFIXES) and not name.startswith("."):
                yield os.path.normpath(os.path.join(root, name)).replace(os.sep, "/")


def _is_venv(root: str, name: str) -> bool:
    return os.path.exists(os.path.join(root, name, "pyvenv.cfg"))


def project_file_above(folder: str) -> str | None:
    """The absolute path of the ``msgspec.yaml`` of a folder, or of the nearest one above it up to the repository's root."""
    at = os.path.abspath(folder)
    while True:
        candidate = os.path.join(at, PROJECT_FILE)
        if os.path.isfile(candidate):
            return candidate
        above = os.path.dirname(at)
        if above == at or os.path.exists(os.path.join(at, ".git")):
            return None
        at = above
