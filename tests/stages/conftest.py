"""Stands in for channel counting where it is not built: the alphabet is ASCII, a part has 160 characters."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType, SimpleNamespace

if importlib.util.find_spec("msgspec_tool.channels.gsm7") is None:
    gsm7 = ModuleType("msgspec_tool.channels.gsm7")
    gsm7.is_gsm7 = str.isascii  # type: ignore[attr-defined]
    sys.modules[gsm7.__name__] = gsm7
if importlib.util.find_spec("msgspec_tool.channels.sms_parts") is None:
    parts = ModuleType("msgspec_tool.channels.sms_parts")
    parts.count = lambda text: SimpleNamespace(parts=-(-len(text) // 160))  # type: ignore[attr-defined]
    sys.modules[parts.__name__] = parts
