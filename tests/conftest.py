"""Settings for the whole suite.

Where CI=true, hypothesis draws the same examples every time, so that a red run is the change's own; ``make soak`` looks for others.
Nothing is remembered from test to test; those of the cache name a folder of their own.
"""

import os
import signal

from _pytest.terminal import TerminalReporter
from hypothesis import settings

os.environ["MSGSPEC_CACHE_DIR"] = "off"

# a suite that runs in the background, or under nohup, inherits that signals are ignored, and so would each program that it stops
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("soak", max_examples=2000, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("steady")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Figures that tests recorded, wherever they ran."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {value}")
