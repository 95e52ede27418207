"""What servers need beyond the base install, told in one sentence where it is missing."""

from __future__ import annotations

from importlib.util import find_spec

from msgspec_tool.errors import UsageError

NEEDED = ("starlette", "uvicorn", "trustme", "jsonschema_rs")


def require_extra(command: str) -> None:
    """``UsageError`` naming the extra where a library of it is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"`{command}` needs more than the base install: '{missing[0]}' is missing",
            help="pip install 'msgspec-tool[sandbox]'",
        )
