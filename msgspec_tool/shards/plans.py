"""A plan behind a URL: what :class:`~msgspec_tool.stages.emit.PlanWriter` makes on disk, where nothing can be renamed.

Requests are copied from the store by the storage itself, under their names in the plan. The manifest is written last, and only
with it a folder is a plan: what a run that died left there is removed by the next one.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from msgspec_tool.errors import UsageError
from msgspec_tool.model import Refusal
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.emit import Part, PartFile, manifest_bytes, refusal_bytes
from msgspec_tool.storage.remote import RemotePath, told
from msgspec_tool.storage.stores import ObjectStore

_OWN = re.compile(r"requests-[0-9]{5,}\.jsonl|refused\.jsonl", re.ASCII)


class RemotePlanWriter:
    """Puts a plan together in shared storage out of what is in a store there."""

    def __init__(self, out: RemotePath, store: ObjectStore) -> None:
        self.out = out
        self._store = store
        self._place = ObjectStore(out)
        self._folder = tempfile.TemporaryDirectory(prefix="msgspec-")
        self._refused = PartFile(Path(self._folder.name) / "refused.jsonl")
        self._files: list[dict[str, Plain]] = []

    def __enter__(self) -> RemotePlanWriter:
        free_place(self.out)
        self._place.make()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._refused.stream.close()
        self._folder.cleanup()

    def take(self, part: Part) -> None:
        """The next part of the plan, by its name in the store. One without lines is left out."""
        if part.lines:
            name = f"requests-{len(self._files):05d}.jsonl"
            with told(self.out, "written"):
                self._place.files.cp_file(self._store.path(part.path.name), self._place.path(name))
            self._list(part, name)

    def refuse(self, refusal: Refusal) -> None:
        """One row that could not become a message."""
        self._refused.add(refusal_bytes(refusal))

    def finish(self, manifest: Mapping[str, Plain]) -> None:
        """Write the refused rows, and the manifest last."""
        part = self._refused.close()
        self._place.keep(part.path, "refused.jsonl")
        self._list(part, "refused.jsonl")
        self._place.write("manifest.json", manifest_bytes(manifest, self._files))

    def _list(self, part: Part, name: str) -> None:
        self._files.append({"name": name, "lines": part.lines, "bytes": part.size, "sha256": part.sha256})


def free_place(out: RemotePath) -> None:
    """Remove what a run that died left at the place of a plan; ``UsageError`` where something else is there."""
    files, path = out.filesystem()
    with told(out):
        found = files.ls(path, detail=False) if files.exists(path) else []
    names = [name.rstrip("/").rpartition("/")[2] for name in found]
    if "manifest.json" in names or not all(_OWN.fullmatch(name) for name in names):
        raise UsageError(f"'{out}' is already there", help="name a new folder for the plan, or remove the old one")
    with told(out, "written"):
        for name in found:
            files.rm_file(name)
