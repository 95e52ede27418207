"""Being asked to end: SIGTERM is told like Ctrl-C, so that what is under way is finished and written down."""

from __future__ import annotations

import signal
import threading
from types import FrameType


def end_like_an_interrupt() -> None:
    """From now on SIGTERM raises ``KeyboardInterrupt``; does nothing outside the main thread."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
