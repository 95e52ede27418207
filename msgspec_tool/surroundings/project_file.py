"""Finding and reading the project file ``msgspec.yaml``: its mistakes have places, like those of a spec."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec_tool.caching.file_states import project_file_above
from msgspec_tool.catalogue import objection
from msgspec_tool.config import Environment, LintSettings, Project
from msgspec_tool.diagnostics import Label
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import MAX_BYTES, Span, decode

MAX_UNKNOWN = 100
"""Unknown rules that are looked up: for each the nearest name is sought, and a hostile file has thousands."""

_KEBAB = {"per-file": "per_file", "require-reason": "require_reason"}


class ProjectFileError(UsageError):
    """Mistakes in the project file: each a message and its place."""

    def __init__(self, path: str, mistakes: tuple[Label, ...]) -> None:
        count = "a mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        super().__init__(f"the project file '{path}' has {count}")
        self.mistakes = mistakes


def load_project(start: Path, explicit: Path | None = None) -> Project:
    """The project that a folder belongs to: the nearest ``msgspec.yaml`` up to the repository's root, or none.

    ``UsageError`` where an explicit file is not there; ``ProjectFileError`` where the file has mistakes;
    ``UnreadableError`` where it is there and can't be read.
    """
    file = explicit if explicit is not None else nearest_project_file(start)
    if file is None:
        return Project(start)
    path = _shown(file)
    try:
        return _project(file, _checked(path, _read(file)))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UsageError(f"there is no project file '{path}'", help="--config names a msgspec.yaml") from error
    except OSError as error:
        raise _unreadable(path, str(error.strerror), "unreadable") from error
    except UnreadableError as error:
        raise _unreadable(path, error.message, error.reason) from error


def projects(given: Project | None) -> Callable[[Path], Project]:
    """The project of a folder, as :func:`load_project` finds it, unless one is given for all; each project file is read once."""
    if given is not None:
        return lambda _folder: given
    of_file = cache(lambda file: load_project(Path(), file))
    nearest_file = cache(nearest_project_file)
    return lambda folder: Project(folder) if nearest_file(folder) is None else of_file(nearest_file(folder))


def project_of(file: Path, shown: str, data: bytes) -> Project:
    """The project of a file whose bytes are given: ``file`` says where it belongs, ``shown`` what a person is told that it is called.

    Raises what :func:`load_project` raises for mistakes in it.
    """
    try:
        return _project(file, _checked(shown, data))
    except UnreadableError as error:
        raise _unreadable(shown, error.message, error.reason) from error


def _read(file: Path) -> bytes:
    # one byte over the limit is enough to know, however much there is
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _unreadable(path: str, reason: str, word: str) -> UnreadableError:
    return UnreadableError(f"the project file '{path}' can't be read: {reason}", path=path, reason=word)


def nearest_project_file(start: Path) -> Path | None:
    """The ``msgspec.yaml`` of a folder or the nearest one above it, up to the repository's root."""
    found = project_file_above(str(start))
    return Path(found) if found is not None else None


def _project(file: Path, root: Field) -> Project:
    value: Mapping[str, Any] = root.value
    environments = {name: _environment(name, entry) for name, entry in (value.get("environments") or {}).items()}
    return Project(
        root=Path(os.path.abspath(file)).parent,
        file=file,
        lint=_lint(value.get("lint") or {}),
        partials=value.get("partials") or "partials",
        environments=environments,
    )


def _shown(file: Path) -> str:
    try:
        return Path(os.path.abspath(file)).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _checked(path: str, data: bytes) -> Field:
    from msgspec_tool.schema.validation import validate_config
    from msgspec_tool.source.yaml_reader import read_yaml

    source = decode(path, data)
    reading = read_yaml(source)
    mistakes = [Label(_words(problem.message, problem.help), source, problem.span) for problem in reading.problems if problem.serious]
    if reading.document is not None and not mistakes:
        root = Field(reading.document, (), reading.document.value)
        mistakes += [
            Label(_words(found.message, found.help), source, found.field.key_span if found.name else found.field.span)
            for found in validate_config(root)
        ]
        if not mistakes:
            mistakes += [*_contradictions(root), *_outside(root), *_endless_numbers(root), *islice(_unknown_rules(root), MAX_UNKNOWN)]
        if not mistakes:
            return root
    raise ProjectFileError(path, tuple(sorted(mistakes, key=lambda label: label.span.start)))


def _words(message: str, help: str | None) -> str:
    said = help is None or help.removeprefix("write ") in message
    return message if said else f"{message} ({help})"


def _contradictions(root: Field) -> Iterator[Label]:
    environments = root.get("environments")
    for name, entry in environments.items() if environments is not None else ():
        endpoint, region = entry.get("endpoint"), entry.get("region")
        if endpoint is not None and region is not None:
            yield Label(f"environment '{name}' has an endpoint and a region: keep one", region.file, region.key_span)


def _outside(root: Field) -> Iterator[Label]:
    """A folder of partials from which nothing would be included."""
    folder = root.get("partials")
    if folder is not None and isinstance(folder.value, str) and _leads_out(folder.value):
        words = f"the folder '{shown(folder.value)}' is outside of the project (name one beside or below this file)"
        yield Label(words, folder.file, folder.span)


def _leads_out(folder: str) -> bool:
    return os.path.isabs(folder) or os.path.normpath(folder).split(os.sep)[0] == os.pardir


def _endless_numbers(root: Field) -> Iterator[Label]:
    """What YAML calls a number and nobody can count with: ``.inf`` and ``.nan``."""
    environments = root.get("environments")
    for _name, entry in environments.items() if environments is not None else ():
        prices = entry.get("prices")
        for number in (entry.get("rate"), *(price for _prefix, price in (prices.items() if prices is not None else ()))):
            if number is not None and isinstance(number.value, float) and not math.isfinite(number.value):
                yield Label("expected a finite number", number.file, number.span)


def _unknown_rules(root: Field) -> Iterator[Label]:
    lint = root.get("lint")
    per_file = lint.get("per-file") if lint is not None else None
    for settings in (lint, *(entry for _pattern, entry in (per_file.items() if per_file is not None else ()))):
        for handle, span in _handles(settings) if settings is not None else ():
            found = objection(handle)
            if found is not None:
                yield Label(found, root.file, span)


def _handles(settings: Field) -> Iterator[tuple[str, Span]]:
    """The names of rules in a ``lint`` section, or in its settings for some files, with their places."""
    for key in ("select", "ignore"):
        listed = settings.get(key)
        for member in listed.elements() if listed is not None else ():
            yield member.value, member.span
    severity = settings.get("severity")
    for handle, member in severity.items() if severity is not None else ():
        yield handle, member.key_span


def _environment(name: str, entry: Mapping[str, Plain]) -> Environment:
    given: dict[str, Any] = {
        key: tuple(value) if key == "allowlist" else value
        for key, value in entry.items()
        if key in Environment._fields and value is not None
    }
    return Environment(name=name, **given)


def _lint(entry: Mapping[str, Plain]) -> LintSettings:
    given: dict[str, Any] = {
        _KEBAB.get(key, key): tuple(value) if key in ("select", "ignore") else value for key, value in entry.items() if value is not None
    }
    return LintSettings(**given)
