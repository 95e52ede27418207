"""What a plan's folder knows of its own submission: which ledger is its own, and how far that had come.

It serves commands that only look, and it bears witness: a plan that was submitted is never taken for a new one because its ledger, or
the whole registry, is gone, is another one, or came back older from a backup.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from msgspec_tool.delivery.plan import read_manifest
from msgspec_tool.delivery.registry import Registry
from msgspec_tool.errors import PolicyError, ToolError, UsageError
from msgspec_tool.file_writing import write_private

POINTER = "submission.json"

_IDENTITY = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Pointer:
    """The file. ``requests`` had been begun when it was written: never more than the ledger knew then."""

    identity: str
    registry: str
    requests: int = 0

    def write(self, folder: Path) -> None:
        """Put it into the plan's folder, durably; ``ToolError`` where that can't be done."""
        try:
            write_private(folder / POINTER, json.dumps(asdict(self)).encode("utf-8") + b"\n")
        except OSError as error:
            words = f"'{folder / POINTER}' can't be written: {error.strerror or error}"
            raise ToolError(words, help="nothing is sent while the plan's folder can't say that it was") from error


def read_pointer(folder: Path) -> Pointer | None:
    """The pointer of a plan's folder; None where there is none, ``PolicyError`` where it is not understood."""
    try:
        value: Any = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        found = Pointer(value["identity"], value["registry"], value.get("requests", 0))
        if not (_IDENTITY.fullmatch(found.identity) and isinstance(found.registry, str) and type(found.requests) is int):
            raise ValueError
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PolicyError(
            f"'{folder / POINTER}' can't be read", help="where the ledger is there, `msgspec-tool submit` writes it again"
        ) from None
    return found


@dataclass(frozen=True)
class Submitted:
    """A plan that was submitted, found by the pointer in its folder."""

    folder: Path
    identity: str
    registry: Registry

    @property
    def ledger_path(self) -> Path:
        """Its ledger."""
        return self.registry.ledger_path(self.identity)


def find_submitted(folder: Path) -> Submitted | None:
    """The submission of a plan's folder; None where the plan was never submitted, ``UnreadableError`` where there is no folder."""
    found = read_pointer(folder) if os.path.isdir(folder) else None
    if found is None:
        read_manifest(folder)
        return None
    return Submitted(folder, found.identity, Registry(Path(found.registry)))


def require_submitted(folder: Path) -> Submitted:
    """:func:`find_submitted`; ``UsageError`` where there is none."""
    found = find_submitted(folder)
    if found is None:
        raise UsageError(f"the plan '{folder}' was not submitted yet", help="`msgspec-tool submit` sends it")
    return found
