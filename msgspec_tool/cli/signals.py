"""Being asked to end: SIGTERM and SIGHUP are told like Ctrl-C, so that what is under way is finished and written down."""

from __future__ import annotations

import signal
import threading
from types import FrameType


def end_like_an_interrupt() -> None:
    """From now on SIGTERM and a terminal that goes away (SIGHUP, unless it is ignored, as by nohup) raise ``KeyboardInterrupt``.

    Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
