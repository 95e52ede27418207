"""Settings for the whole suite: where CI=true, hypothesis draws the same examples every time, so that a red run is the change's own."""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("steady")
