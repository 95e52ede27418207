"""What is kept of a file in which nothing was found: a run of many thousand files keeps little of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from msgspec_tool.caching.file_states import Seen, file_bytes
from msgspec_tool.errors import UnreadableError
from msgspec_tool.linting.rule_run import Examined
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Path
from msgspec_tool.source.text import SourceFile, decode


class ReleasedFile(SourceFile):
    """A file whose text was given back. Who asks for it reads the file again: it has to be the same as then."""

    def __init__(self, path: str, data: bytes) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "state", hash(data))

    @cached_property
    def text(self) -> str:
        """Raises :class:`~msgspec_tool.errors.UnreadableError` where the file has changed meanwhile, or is gone."""
        try:
            data = file_bytes(self.path)
        except OSError:
            data = b""
        if hash(data) != vars(self)["state"]:
            message = f"'{self.path}' has changed while it was checked"
            raise UnreadableError(message, path=self.path, reason="changed", help="check it again")
        return decode(self.path, data).text


def released(examined: Examined, data: bytes, context: RuleContext) -> Examined:
    """What rules found in a file, less what only they needed: the text of the file, where nothing was found in it.

    ``context`` is that of the project: a file that has no other keeps none of its own.
    """
    run = examined.run
    if run.found or run.failures or examined.suppressions:
        return examined
    if not run.context.moments and run.context == context:
        run.context = context
    file = ReleasedFile(examined.path, data)
    # names of fields are the same in all files
    claims = tuple([claim._replace(file=file, path=_one_of(claim.path)) for claim in examined.claims])
    return examined._replace(claims=claims, looked=_same(tuple(examined.looked.items())))


@lru_cache(maxsize=100)
def _one_of(path: Path) -> Path:
    """One path for all that are equal."""
    return path


@lru_cache(maxsize=100)
def _same(looked: tuple[tuple[str, Seen], ...]) -> Mapping[str, Seen]:
    """One mapping for all files that looked into the same others, as those of a folder do."""
    return dict(looked)
