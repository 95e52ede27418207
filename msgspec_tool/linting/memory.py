"""What lint remembers from run to run: of each file what rules found in it, and the facts that a whole run rests on.

The findings of a file hold while its bytes, every file that it looked into, the settings and the program are the same, and
the clock has passed no instant that a rule compared it with.
"""

from __future__ import annotations

import json
import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec_tool.caching.file_states import Seen, digest, encoded, looked_into, project_file_above, seen
from msgspec_tool.caching.folder import CacheFolder, veiled
from msgspec_tool.caching.remembered_runs import Facts, RememberedRun, below
from msgspec_tool.config import Project
from msgspec_tool.linting.examined_data import PlainData
from msgspec_tool.linting.rule_run import Examined, Settings

MOST_ENTRIES = 20_000
"""Files of one folder that are remembered; of more, those that were not asked for longest are forgotten."""

Remembered = tuple[Mapping[str, Seen], Mapping[float, bool], PlainData]
"""The files that the rules looked into, the moments that the clock was compared with, and what was found."""
_Entry = str
"""Digest of the file's bytes, states of the files that it looked into, moments, and the veiled findings: as one line of JSON, because
thousands of them are held."""


class LintMemory:
    """The memory of one run: what is known of files in the current folder, and the facts that are to be known of the run."""

    def __init__(self, run: RememberedRun, now: float, *, fixed_clock: bool) -> None:
        """``now`` is the clock of the run, in seconds of the epoch; ``fixed_clock`` where the command line gives it."""
        self.facts = Facts()
        self._run = run
        self._now = now
        self._fixed_clock = fixed_clock
        self._name = f"files-{digest(run.program, encoded(str(Path.cwd()))).hex()}"
        self._entries: dict[str, _Entry] = _entries(run.folder, self._name)
        self._changed = False
        self._steady = True

    def recall(self, key: str, bytes_seen: Seen) -> Remembered | None:
        """What is known of a file, where all is as it was."""
        entry = self._entries.pop(key, None)
        if entry is None:
            return None
        try:
            found = self._current(key, entry, bytes_seen)
        except (ValueError, TypeError, KeyError, IndexError):
            return None
        if found is not None:
            # what is used stands last: the first are forgotten first
            self._entries[key] = entry
        return found

    def _current(self, key: str, entry: _Entry, bytes_seen: Seen) -> Remembered | None:
        *head, said = json.loads(entry)
        state, paths, moments = head
        if state != bytes_seen[0].hex() or any((instant <= self._now) is not passed for instant, passed in moments):
            return None
        looked = {path: looked_into(path) for path, _state in paths}
        if any(looked[path][0].hex() != known for path, known in paths):
            return None
        data = veiled(a2b_base64(said), _key(key, bytes_seen, looked, head))
        return looked, {float(instant): passed for instant, passed in moments}, json.loads(data)

    def remember(self, key: str, bytes_seen: Seen, looked: Mapping[str, Seen], moments: Mapping[float, bool], data: PlainData) -> None:
        """Keep what was found in a file."""
        head = [bytes_seen[0].hex(), [[path, state.hex()] for path, (state, _secret) in looked.items()], [*map(list, moments.items())]]
        said = veiled(json.dumps(data).encode(), _key(key, bytes_seen, looked, head))
        self._entries[key] = json.dumps([*head, b2a_base64(said, newline=False).decode("ascii")])
        self._changed = True

    def save(self) -> None:
        """Write what is known of files; the last run that does so is believed."""
        if self._changed:
            record = bytearray()
            for key, entry in islice(self._entries.items(), max(0, len(self._entries) - MOST_ENTRIES), None):
                record += f"{key} {entry}\n".encode("ascii")
            self._run.folder.write(self._name, record)

    def note_paths(self, paths: Iterable[str]) -> None:
        """Note the folders among the paths of a run, before they are searched."""
        self.facts.folders.update((path, below(path)) for path in paths if os.path.isdir(path))

    def note_file(self, path: str, data: bytes) -> Seen:
        """Note a file that the run reads; both digests of its bytes."""
        found = self.facts.files[path] = seen(data)
        return found

    def note_project(self, folder: Path) -> None:
        """Note which project file a folder belongs to, before it is read."""
        if str(folder) not in self.facts.projects:
            file = project_file_above(str(folder))
            self.facts.projects[str(folder)] = file or ""
            if file is not None:
                self.note_settings(file)

    def note_settings(self, file: str) -> None:
        """Note a project file that the command line names, before it is read."""
        self.note_looked({file: looked_into(file)})

    def note_looked(self, looked: Mapping[str, Seen]) -> None:
        """Note the states of files that were looked into; where one changes during a run, the run is not remembered."""
        for path, state in looked.items():
            self._steady &= self.facts.looked.setdefault(path, state) == state

    def project_state(self, project: Project) -> bytes:
        """The digest of a project's settings."""
        if project.file is None:
            return digest(encoded(str(project.root)))
        file = str(project.file)
        if file not in self.facts.looked:
            self.note_settings(file)
        return digest(encoded(str(project.root)), encoded(file), self.facts.looked[file][0])

    def note_examined(self, examined: Iterable[tuple[Settings, Examined]]) -> None:
        """Note what the findings of a run rest on, when they are complete."""
        for (_project, _selection, context), one in examined:
            self.note_looked(one.looked)
            self.facts.moments.update({**context.moments, **one.run.context.moments})

    def keep_run(self, code: int, text: str) -> None:
        """Remember what the run printed."""
        if self._fixed_clock:
            self.facts.moments.clear()
        if self._steady:
            self._run.keep(self.facts, code, text)


def _entries(folder: CacheFolder, name: str) -> dict[str, _Entry]:
    """By key; a line is a key, a blank and its entry."""
    try:
        lines = (folder.read(name) or b"").decode("ascii").splitlines()
        return dict(line.split(" ", 1) for line in lines)
    except ValueError:
        return {}


def _key(key: str, bytes_seen: Seen, looked: Mapping[str, Seen], head: list[Any]) -> bytes:
    return digest(encoded(key), json.dumps(head).encode(), *_secrets(bytes_seen, looked))


def _secrets(bytes_seen: Seen, looked: Mapping[str, Seen]) -> Iterator[bytes]:
    yield bytes_seen[1]
    yield from (secret for _state, secret in looked.values())
