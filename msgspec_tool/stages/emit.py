"""emit: the bytes of requests, and the folder of a plan. What is written here is what is sent, byte for byte.

A plan is written into a hidden folder beside its place and renamed when it is complete: a killed render leaves no plan.
Its files hold customers' data, so nobody else may read them, and what a render left that was killed is removed by the next one.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from msgspec_tool.errors import ToolError, UsageError
from msgspec_tool.file_writing import claimed, sync
from msgspec_tool.model import Refusal
from msgspec_tool.source.document import Plain

MANIFEST_VERSION = 1
"""Of the manifest's form."""

_PARTIAL = ".partial"
"""Ends the names of folders of plans that are not complete."""


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def content_text(value: Plain) -> str:
    """JSON as request bodies have it: no blanks, keys in the order in which they were made."""
    return _ENCODE(value)


def request_bytes(body: Plain) -> bytes:
    """The exact bytes of a request body, in UTF-8."""
    return content_text(body).encode("utf-8")


def refusal_bytes(refusal: Refusal) -> bytes:
    """A refused row as its line of ``refused.jsonl``. A file's name in it that is no UTF-8 is written as JSON escapes."""
    return content_text(refusal._asdict()).encode("utf-8", "backslashreplace")


def write_jsonl(lines: Iterable[bytes], out: IO[bytes]) -> None:
    """One request body a line, each exactly the bytes that are sent."""
    for line in lines:
        out.write(line + b"\n")


def write_json(lines: Iterable[bytes], out: IO[bytes]) -> None:
    """One indented JSON array of request bodies, for people."""
    opened = False
    for line in lines:
        text = json.dumps(json.loads(line), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        out.write((",\n  " if opened else "[\n  ").encode() + text.encode("utf-8"))
        opened = True
    out.write(b"\n]\n" if opened else b"[]\n")


class Spool:
    """Lines on their way out, kept in an unnamed temporary file: nothing is shown before all of it is sound."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="msgspec-")  # noqa: SIM115
        self.close = weakref.finalize(self, self._file.close)
        """Gives the file back to the system; happens by itself when nobody needs the lines any more."""

    def add(self, line: bytes) -> None:
        """Keep one line; request bodies never hold a line break."""
        self._file.write(line + b"\n")

    def lines(self) -> Iterable[bytes]:
        """All lines, without their breaks."""
        self._file.seek(0)
        for line in self._file:
            yield line[:-1]


class Part(NamedTuple):
    """A file of a plan that is complete, under a name that it has until the plan takes it."""

    path: Path
    lines: int
    size: int
    sha256: str


class PartFile:
    """A new private file that counts and digests what is written to it; one of the same name that a dead process left is replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = 0
        self._size = 0
        self._digest = hashlib.sha256()
        self.stream: IO[bytes] = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

    def add(self, line: bytes) -> None:
        """One line, without its break."""
        # a request of a thousand messages is long: to copy it for its line break takes longer than to write that by itself
        for data in (line, b"\n"):
            self.stream.write(data)
            self._digest.update(data)
        self._size += len(line) + 1
        self.lines += 1

    def restart(self) -> None:
        """Forget everything that was written."""
        self.stream.seek(0)
        self.stream.truncate()
        self.lines, self._size, self._digest = 0, 0, hashlib.sha256()

    def close(self, *, durable: bool = True) -> Part:
        """Bring everything to disk. Unless ``durable`` only begin with that: whoever takes the part waits for its end."""
        if durable:
            to_disk(self.stream)
        else:
            self.stream.flush()
            _begin_to_disk(self.stream.fileno())
        self.stream.close()
        return Part(self.path, self.lines, self._size, self._digest.hexdigest())


class PlanWriter:
    """Puts a plan together; :meth:`finish` puts it into its place, leaving the ``with`` block without that removes it.

    Its request bodies are in parts, files that are written into :attr:`folder` by whoever renders them.
    """

    def __init__(self, out: Path, workplace: Path | None = None) -> None:
        self.out = out
        self._workplace = workplace or out.parent
        self.folder = Path()
        """Where parts are written; inside of the ``with`` block."""
        self._files: list[dict[str, Plain]] = []
        self._refused: PartFile | None = None
        self._claim: int | None = None
        self._on_its_way: Path | None = None
        """The part that may not be on disk yet."""

    def __enter__(self) -> PlanWriter:
        free_place(self.out)
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._begin()
        except OSError as error:
            raise ToolError(f"'{self.out}' can't be written: {error.strerror or error}") from error
        return self

    def _begin(self) -> None:
        """Make the hidden folder. It gets its last name when it is claimed, so that nobody takes it for what a dead process left."""
        for left in self._workplace.glob(f".{glob.escape(self.out.name)}.*{_PARTIAL}"):
            _remove_unclaimed(left)
        begun = Path(tempfile.mkdtemp(prefix=f".{self.out.name}.", suffix=".begun", dir=self._workplace))
        self._refused = PartFile(begun / "refused.jsonl")
        # closing one of the two descriptors does not end the claim
        self._claim = os.dup(self._refused.stream.fileno())
        with suppress(OSError):
            claimed(self._claim)
        self.folder = begun.with_suffix(_PARTIAL)
        os.replace(begun, self.folder)
        self._refused.path = self.folder / "refused.jsonl"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._refused is not None:
            self._refused.stream.close()
        if self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._claim is not None:
            os.close(self._claim)

    def take(self, part: Part) -> None:
        """The next part of the plan, which may still be on its way to disk. One without lines is dropped."""
        if not part.lines:
            part.path.unlink()
            return
        name = f"requests-{len(self._files):05d}.jsonl"
        self._list(part, name)
        self._wait()
        self._on_its_way = self.folder / name

    def _wait(self) -> None:
        """Make the last part durable. While it was on its way the next one was rendered."""
        if self._on_its_way is not None:
            sync(self._on_its_way)
            self._on_its_way = None

    def _list(self, part: Part, name: str) -> None:
        os.replace(part.path, self.folder / name)
        self._files.append({"name": name, "lines": part.lines, "bytes": part.size, "sha256": part.sha256})

    def refuse(self, refusal: Refusal) -> None:
        """One row that could not become a message. A refusal holds shapes and places only."""
        assert self._refused is not None
        self._refused.add(refusal_bytes(refusal))

    def finish(self, manifest: Mapping[str, Plain]) -> None:
        """Close everything, write the manifest last, and rename the folder into its place."""
        assert self._refused is not None
        self._wait()
        self._list(self._refused.close(), "refused.jsonl")
        self._refused = None
        with PartFile(self.folder / "manifest.json").stream as stream:
            stream.write(manifest_bytes(manifest, self._files))
            to_disk(stream)
        os.replace(self.folder, self.out)
        sync(self.out.parent)


def _remove_unclaimed(folder: Path) -> None:
    """Remove an unfinished plan whose process is dead."""
    with suppress(OSError), (folder / "refused.jsonl").open("rb") as stream:
        if claimed(stream.fileno()):
            shutil.rmtree(folder, ignore_errors=True)


def free_place(out: Path) -> None:
    """``UsageError`` where something is at the place of a new plan, but for an empty folder. A link is something: no folder replaces it."""
    if os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"'{out}' is already there", help="name a new folder for the plan, or remove the old one")


def manifest_bytes(manifest: Mapping[str, Plain], files: Sequence[Mapping[str, Plain]]) -> bytes:
    """The manifest as it is written: what the plan was made of, and its files."""
    complete = {"version": MANIFEST_VERSION, **manifest, "files": list(files)}
    return json.dumps(complete, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def to_disk(stream: IO[bytes]) -> None:
    """Make what was written to a stream durable."""
    stream.flush()
    os.fsync(stream.fileno())


def _begin_to_disk(descriptor: int) -> None:
    """Have the system write a file, where it can be asked to, without waiting for it."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
