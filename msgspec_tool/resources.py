"""Files that ship with the program: schemas and examples, in the wheel under ``_data`` and in a checkout at the top level."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def data(*parts: str) -> Traversable:
    """A shipped file or folder, such as ``data("schemas", "v1", "spec.schema.json")``."""
    base = _shipped()
    for part in parts:
        base = base / part
    return base


@cache
def _shipped() -> Traversable:
    """What ships with an installed program, or the top level of a checkout."""
    base = _package() / "_data"
    return base if base.is_dir() else Path(__file__).resolve().parent.parent


@cache
def _package() -> Traversable:
    """The package's own folder; only where it is in an archive is the library that reads those worth its loading."""
    folder = Path(__file__).resolve().parent
    if folder.is_dir():
        return folder
    from importlib import resources

    return resources.files("msgspec_tool")


@cache
def schema(name: str) -> dict[str, Any]:
    """A JSON Schema of version 1 by its file name below ``schemas/v1``: ``payload.schema.json``, ``channels/sms.schema.json``."""
    loaded: dict[str, Any] = json.loads(data("schemas", "v1", *name.split("/")).read_text(encoding="utf-8"))
    return loaded


def project_template() -> Traversable:
    """The folder of files that ``init`` writes; names that begin with ``dot-`` stand for hidden ones."""
    return _package() / "cli" / "project_template"


def page_file(*parts: str) -> str:
    """A file that the page of ``preview`` is made of: a template, a style sheet, a script."""
    found: Traversable = _package() / "preview" / "page"
    for part in parts:
        found = found / part
    return found.read_text(encoding="utf-8")
