"""Settings for the whole suite."""

import os

from hypothesis import settings

settings.register_profile("long", max_examples=int(os.environ.get("FUZZ_EXAMPLES", "20000")), deadline=None)
