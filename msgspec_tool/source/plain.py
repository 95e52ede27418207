"""Documents without a file of their own: rendered messages. Their places are those of the document that they came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec_tool.source.document import Document, Path, Plain
from msgspec_tool.source.text import SourceFile, Span

_NO_FILE = SourceFile("<rendered>", "")


class PlainDocument:
    """Implements :class:`~msgspec_tool.source.document.Document` over plain data.

    ``mapping`` turns a path here into the path in ``places`` that it came from (a mapping of paths, or a function that gives
    None where there is none); a path that it does not know is answered for its nearest known ancestor. Text offsets are not
    carried over: what was rendered stands elsewhere than what was written.
    """

    templated = False

    def __init__(
        self, value: Plain, places: Document | None = None, mapping: Mapping[Path, Path] | Callable[[Path], Path | None] | None = None
    ) -> None:
        self.value = value
        self._places = places
        self._mapping = mapping

    @property
    def file(self) -> SourceFile:
        return self._places.file if self._places is not None else _NO_FILE

    def span(self, path: Path) -> Span:
        return self._places.span(self._origin(path)) if self._places is not None else Span(0, 0)

    def key_span(self, path: Path) -> Span:
        return self._places.key_span(self._origin(path)) if self._places is not None else Span(0, 0)

    def text_span(self, path: Path, start: int, end: int) -> Span:  # noqa: ARG002
        return self.span(path)

    def lexeme(self, path: Path) -> str:
        """What JSON would write for the value; its source's lexeme would be a template."""
        import json

        return json.dumps(self._value(path), ensure_ascii=False)

    def style(self, path: Path) -> str:
        value = self._value(path)
        if isinstance(value, (dict, list)):
            return "flow"
        return "double" if isinstance(value, str) else "plain"

    def _value(self, path: Path) -> Plain:
        value = self.value
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                break
        return value

    def _origin(self, path: Path) -> Path:
        if self._mapping is None:
            return path
        for length in range(len(path), -1, -1):
            found = self._mapped(path[:length])
            if found is not None:
                return found
        return ()

    def _mapped(self, path: Path) -> Path | None:
        if callable(self._mapping):
            return self._mapping(path)
        return self._mapping.get(path) if self._mapping is not None else None


class RenderedDocument(PlainDocument):
    """A rendered message: a span inside a text counts the text's own characters, everything else has no place."""

    def text_span(self, path: Path, start: int, end: int) -> Span:  # noqa: ARG002
        return Span(start, end)
