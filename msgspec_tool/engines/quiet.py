"""What workers of a cluster on this machine load first: they say nothing, because the terminal is the command's own.

Ctrl-C reaches every process of a terminal: whoever started the workers ends them.
"""

from __future__ import annotations

import os
import signal


def dask_setup(_worker: object) -> None:
    """Called by Dask in each worker, in its main thread."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
