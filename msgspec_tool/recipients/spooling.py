"""Recipients from a stream that can be read only once: kept in a file of their own while they are needed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec_tool.errors import ToolError
from msgspec_tool.file_writing import ROOM, room_in


@contextmanager
def spooled_recipients(stream: BinaryIO) -> Iterator[Path]:
    """A private file with everything that a stream gives, named after its kind: by its first bytes Parquet, JSON Lines or CSV.

    What is said of it is said of standard input, because nobody knows its name.
    """
    head = stream.read(64)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = "parquet" if head[:4] == b"PAR1" else "jsonl" if text[:1] in (b"{", b"[") else "csv"
    with tempfile.TemporaryDirectory(prefix="msgspec-") as folder:
        path = Path(folder) / f"recipients.{kind}"
        with room_in(tempfile.gettempdir(), ROOM), path.open("wb") as file:
            file.write(head)
            shutil.copyfileobj(stream, file, 1 << 20)
        try:
            yield path
        except ToolError as error:
            error.message = error.message.replace(repr(str(path)), "standard input")
            raise
