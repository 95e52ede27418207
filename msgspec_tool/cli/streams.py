"""The three standard streams, also where whoever started the program closed them.

A closed one would be the number of the next file that is opened, perhaps of the ledger, and what is printed would go into it.
"""

from __future__ import annotations

import os
import sys


def open_closed_streams() -> None:
    """Open those that are closed: the input is empty, output can't be written, and what is said to a person goes nowhere."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(_nowhere(os.O_RDONLY), "r")
    if sys.stdout is None:
        # for reading alone: what is printed is lost, and the exit code must tell
        sys.stdout = os.fdopen(_nowhere(os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(_nowhere(os.O_WRONLY), "w", errors="backslashreplace")


def _nowhere(flags: int) -> int:
    """The lowest free descriptor, which is the closed stream's own. Programs that are started have it too."""
    descriptor = os.open(os.devnull, flags)
    os.set_inheritable(descriptor, True)
    return descriptor
