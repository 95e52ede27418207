"""Recipients from a stream that can be read only once: kept in a file of their own while they are needed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec_tool.errors import ToolError


@contextmanager
def spooled_recipients(stream: BinaryIO) -> Iterator[Path]:
    """A private file with everything that a stream gives, named after its kind: by its first bytes Parquet, JSON Lines or CSV."""
    head = stream.read(64)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = "parquet" if head[:4] == b"PAR1" else "jsonl" if text[:1] == b"{" else "csv"
    with tempfile.TemporaryDirectory(prefix="msgspec-") as folder:
        path = Path(folder) / f"recipients.{kind}"
        with path.open("wb") as file:
            file.write(head)
            shutil.copyfileobj(stream, file, 1 << 20)
        try:
            yield path
        except ToolError as error:
            # the file is gone when this is read, and nobody gave it its name
            error.message = error.message.replace(f"'{path}'", "standard input")
            raise
