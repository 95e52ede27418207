"""Settings for the whole suite.

Where CI=true, hypothesis draws the same examples every time, so that a red run is the change's own; ``make soak`` looks for others.
Nothing is remembered from test to test; those of the cache name a folder of their own.
"""

import os
import signal

from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

os.environ["MSGSPEC_CACHE_DIR"] = "off"

# a suite that runs in the background, or under nohup, inherits that signals are ignored, and so would each program that it stops
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# how long an example takes is the machine's affair: the first text that is drawn on a new one waits for tables of all of Unicode
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", patient)
settings.register_profile("steady", patient, derandomize=True, database=None)
settings.register_profile("soak", patient, max_examples=2000)
settings.load_profile("steady" if os.environ.get("CI") else "patient")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Figures that tests recorded, wherever they ran."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {value}")
