"""Files of the user that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from msgspec_tool.errors import UnreadableError


def write_whole(path: Path, data: bytes) -> None:
    """Write beside a file and move into its place: there is never half of it. Links are followed, permissions kept.

    ``UnreadableError`` where that can't be done; what was there is as it was.
    """
    real = Path(os.path.realpath(path))
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=real.parent, prefix=f".{real.name[:100]}.", delete=False) as stream:
            temporary = stream.name
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _set_mode(temporary, real)
        os.replace(temporary, real)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise UnreadableError(f"'{path}' can't be written: {error.strerror}", path=path.as_posix(), reason="unreadable") from error


def _set_mode(temporary: str, real: Path) -> None:
    """The permissions of the file that is there, or those of any new file."""
    if real.exists():
        shutil.copymode(real, temporary)
    else:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
