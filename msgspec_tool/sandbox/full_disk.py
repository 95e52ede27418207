"""A full disk of the client: from one moment on, no file that it writes may grow.

The client of a sandbox is a process of this machine, at the other end of a connection; the kernel says which. A limit of its file sizes
does to it what a full disk does: every write fails. It ends with the process. Linux only.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
from pathlib import Path

POSSIBLE = sys.platform == "linux"


def fill(client: tuple[str, int], server: tuple[str, int]) -> bool:
    """Let the disk of the process that holds the client's end of a connection be full; False where it is not found, or is this one."""
    process = _holder(_inode(client, server))
    if process is None or process == os.getpid():
        return False
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    return True


def _inode(client: tuple[str, int], server: tuple[str, int]) -> str:
    """The number of the client's socket."""
    table = "/proc/net/tcp6" if ":" in client[0] else "/proc/net/tcp"
    wanted = [_written(client), _written(server)]
    rows = (line.split() for line in Path(table).read_text(encoding="ascii").splitlines())
    return next((row[9] for row in rows if row[1:3] == wanted), "")


def _written(end: tuple[str, int]) -> str:
    """An address as the kernel's table has it: words of 32 bits in the machine's order."""
    packed = socket.inet_pton(socket.AF_INET6 if ":" in end[0] else socket.AF_INET, end[0])
    words = (packed[start : start + 4] for start in range(0, len(packed), 4))
    return "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words) + f":{end[1]:04X}"


def _holder(inode: str) -> int | None:
    """The process that has a socket open."""
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(os.readlink(one) == f"socket:[{inode}]" for one in folder.iterdir()):
                return int(folder.parent.name)
        except OSError:
            continue
    return None
