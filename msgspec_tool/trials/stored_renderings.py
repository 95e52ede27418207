"""Renderings that stand in the repository: what each sample of a spec gives, reviewed once and compared from then on.

A spec ``card.msg.yaml`` has its own in ``card.msg.yaml.rendered``, a file for each sample: the request bodies as
``render --sample NAME --format json`` prints them. What the clock of the run decides is stored as the spec writes it,
``{"after": "2h"}``, so that the same spec always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path as FilePath
from urllib.parse import quote

from msgspec_tool.channels.layout import canonical
from msgspec_tool.errors import UnreadableError
from msgspec_tool.file_writing import write_whole
from msgspec_tool.model import ShapedSpec
from msgspec_tool.provenance.message_places import written_field
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.source.document import Field, Path, Plain, pointer
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import MAX_BYTES
from msgspec_tool.surroundings.files import read_file
from msgspec_tool.variables.keywords import same
from msgspec_tool.verdicts import STORED, Case, Comparison, Mismatch, StoredChanges

CASE = "stored rendering"
"""The name of the cases that compare."""

SUFFIX = ".rendered"
"""Behind the path of a spec: the folder of its stored renderings."""

MOST_DIFFERENCES = 20
"""Differences of one sample that are told one by one."""

_LONGEST_NAME = 150
"""Characters of a file's name; file systems take 255 bytes."""

_ABSENT = object()


@dataclass(frozen=True)
class StoredRenderings:
    """The stored renderings of one spec."""

    spec: ShapedSpec
    path: str
    """The folder, as a person is shown it."""

    def update(self, rendered: Iterable[RenderedSample]) -> StoredChanges:
        """Store what the spec's own samples give, and remove renderings of samples that are no more.

        A sample that gives no message keeps what is stored of it. ``UnreadableError`` where a file can't be written, and for
        links: nothing is written to where a link leads.
        """
        written, unchanged = [], 0
        for sample in rendered:
            if sample.requests:
                path, data = self._file(sample.name), self._bytes(sample)
                if self._stored(path) == data:
                    unchanged += 1
                    continue
                self._write(path, data)
                written.append(path.as_posix())
        removed = [path for path in self._files_of_none() if _is_rendering(self._stored(path))]
        for path in removed:
            path.unlink()
        return StoredChanges(tuple(written), tuple(path.as_posix() for path in removed), unchanged)

    def cases(self, rendered: Iterable[RenderedSample]) -> Iterator[Case]:
        """Each sample that gives a message against what is stored of it; none where nothing of the spec is stored."""
        if not FilePath(self.path).is_dir():
            return
        for sample in rendered:
            if sample.requests:
                yield Case(CASE, sample.name, tuple(self._mismatches(sample)))
        for path in self._files_of_none():
            message = f"{path.as_posix()} is the rendering of no sample: remove it"
            yield Case(CASE, None, (_at_key(message, self.spec.root.get("samples") or self.spec.root),))

    def _mismatches(self, sample: RenderedSample) -> Iterator[Mismatch]:
        path = self._file(sample.name)
        place = self.spec.root.find("samples", sample.name) or self.spec.root
        data = self._stored(path)
        if data is None:
            yield _at_key(f"nothing is stored of the sample: there is no {path.as_posix()}", place)
            return
        stored, fresh = _read(data), self._value(sample)
        if not isinstance(stored, list):
            yield _at_key(f"{path.as_posix()} is no stored rendering: it holds no JSON array of request bodies", place)
            return
        found = _differences(stored, fresh)
        for where, before, after in islice(found, MOST_DIFFERENCES):
            yield self._told(path, where, (before, after), fresh, place)
        more = sum(1 for _difference in found)
        if more:
            yield _at_key(f"{path.as_posix()} has {more} more difference{'s' if more > 1 else ''}", place)

    def _told(self, path: FilePath, where: Path, values: tuple[Plain, Plain], fresh: Plain, place: Field) -> Mismatch:
        """One difference, at the field of the spec that gives the value where there is one."""
        before, after = values
        place = self._field(fresh, where) or place
        name = f"{pointer(where) or 'the rendering'} "
        if before is _ABSENT:
            return _difference(f"{name}is new: it is not in {path.as_posix()}", place, Comparison(STORED, None, after))
        if after is _ABSENT:
            return _difference(f"{name}is gone: it is in {path.as_posix()}", place, Comparison(STORED, before, None))
        texts = isinstance(before, str) and isinstance(after, str) and any(map(str.isspace, before + after))
        said = "is not as stored" if texts else f"is {_said(after)}; stored is {_said(before)}"
        return _difference(f"{name}{said} in {path.as_posix()}", place, Comparison(STORED, before, after))

    def _field(self, fresh: Plain, where: Path) -> Field | None:
        found = _message(fresh, where)
        if found is None:
            return None
        body, inside = found
        channel = canonical(str(body.get("deliverychannel")))
        if channel is None or all(form.channel != channel for form in self.spec.messages):
            return None
        return written_field(self.spec, channel, body, inside, None)

    def _value(self, sample: RenderedSample) -> list[Plain]:
        expiry = self.spec.root.get("expiry")
        requests = [json.loads(body) for body in sample.requests]
        if expiry is not None and isinstance(expiry.value, Mapping):
            for message in (one for body in requests for one in (body if isinstance(body, list) else [body])):
                message["expiry"] = expiry.value
        return requests

    def _bytes(self, sample: RenderedSample) -> bytes:
        return (json.dumps(self._value(sample), ensure_ascii=False, indent=2) + "\n").encode("utf-8")

    def _file(self, sample: str) -> FilePath:
        return FilePath(self.path) / f"{_file_stem(sample)}.json"

    def _files_of_none(self) -> list[FilePath]:
        samples = self.spec.root.get("samples")
        known = {f"{_file_stem(name)}.json" for name, _sample in (samples.items() if samples is not None else ())}
        return sorted(path for path in FilePath(self.path).glob("*.json") if path.name not in known)

    def _stored(self, path: FilePath) -> bytes | None:
        try:
            return read_file(path)
        except UnreadableError as error:
            if error.reason == "missing":
                return None
            raise

    def _write(self, path: FilePath, data: bytes) -> None:
        folder = FilePath(self.path)
        for one in (folder, path):
            if one.is_symlink():
                raise UnreadableError(f"'{one}' is a link; renderings are written through none", path=one.as_posix(), reason="unreadable")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise UnreadableError(f"'{folder}' can't be made: {error.strerror}", path=self.path, reason="unreadable") from error
        write_whole(path, data)


def _file_stem(sample: str) -> str:
    """A sample's name as one of a file: what file systems do not take is percent-encoded, long names end in a digest."""
    name = "".join(char if char.isalnum() or char in " _-." else quote(char, safe="") for char in sample)
    name = f"%2E{name[1:]}" if name.startswith(".") else name
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    return f"{name.encode()[: _LONGEST_NAME // 2].decode(errors='ignore')}~{hashlib.sha256(sample.encode()).hexdigest()[:16]}"


def _read(data: bytes) -> Plain:
    if len(data) > MAX_BYTES:
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _is_rendering(data: bytes | None) -> bool:
    stored = _read(data) if data is not None else None
    messages = [one for body in stored for one in (body if isinstance(body, list) else [body])] if isinstance(stored, list) else []
    return bool(messages) and all(isinstance(one, dict) and "deliverychannel" in one for one in messages)


def _differences(stored: Plain, fresh: Plain, path: Path = ()) -> Iterator[tuple[Path, Plain, Plain]]:
    """The places that differ, in the order of what is rendered; what one side lacks is absent there as a whole."""
    if isinstance(stored, dict) and isinstance(fresh, dict):
        for key in dict.fromkeys((*fresh, *stored)):
            yield from _differences(stored.get(key, _ABSENT), fresh.get(key, _ABSENT), (*path, key))
    elif isinstance(stored, list) and isinstance(fresh, list):
        for index, (before, after) in enumerate(zip_longest(stored, fresh, fillvalue=_ABSENT)):
            yield from _differences(before, after, (*path, index))
    elif not same(stored, fresh):
        yield path, stored, fresh


def _message(fresh: Plain, where: Path) -> tuple[Mapping[str, Plain], Path] | None:
    """The message object that a place is in, and the place inside it."""
    value = fresh
    for index, part in enumerate(where):
        if isinstance(value, dict):
            return value, where[index:]
        value = value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None
    return None


def _said(value: Plain) -> str:
    return shown(json.dumps(value, ensure_ascii=False), 60)


def _at_key(message: str, field: Field) -> Mismatch:
    return Mismatch(message, field.file, field.key_span, field.path)


def _difference(message: str, field: Field, comparison: Comparison) -> Mismatch:
    return Mismatch(message, field.file, field.span, field.path, None, comparison)
