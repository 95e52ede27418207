"""Load: bytes become a document with places, the problems of reading it, its comments and its suppressions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.model import LoadedSpec, Suppression
from msgspec_tool.source.document import Comment
from msgspec_tool.source.text import SourceFile, decode


def load_spec(path: str, data: bytes) -> LoadedSpec:
    """Read a spec (YAML). ``UnreadableError`` where its bytes are not UTF-8 or a limit is reached."""
    from msgspec_tool.source.yaml_reader import read_yaml

    file = decode(path, data)
    reading = read_yaml(file)
    suppressions = tuple(_suppressions(file, reading.comments))
    return LoadedSpec(file, reading.document, reading.problems, reading.comments, suppressions)


def load_body(path: str, data: bytes) -> LoadedSpec:
    """Read a request body (JSON). ``UnreadableError`` where its bytes are not UTF-8 or a limit is reached."""
    from msgspec_tool.source.json_reader import read_json

    file = decode(path, data)
    reading = read_json(file)
    return LoadedSpec(file, reading.document, reading.problems)


def _suppressions(file: SourceFile, comments: tuple[Comment, ...]) -> Iterator[Suppression]:
    if not any("msgspec" in comment.text for comment in comments):
        return
    from msgspec_tool.suppression import parse_suppression

    alone = {file.position(comment.span.start).line for comment in comments if comment.alone}
    # backwards, so that a run of comments is walked over once
    following: dict[int, int] = {}
    found: list[Suppression] = []
    for comment in reversed(comments):
        if "msgspec" not in comment.text:
            continue
        line = file.position(comment.span.start).line
        covered = _next_content_line(file, line, alone, following) if comment.alone else line
        suppression = parse_suppression(file, comment.span, comment.text, covered)
        if suppression is not None:
            found.append(suppression)
    yield from reversed(found)


def _next_content_line(file: SourceFile, line: int, comment_lines: set[int], known: dict[int, int]) -> int:
    """The next line that is neither blank nor a comment; the comment's own where the file ends first."""
    known[line] = line
    for following in range(line + 1, len(file.line_starts) + 1):
        if following in known:
            known[line] = known[following] if known[following] != following else line
            break
        if following not in comment_lines and file.line_text(following).strip():
            known[line] = following
            break
    return known[line]
