from __future__ import annotations

import pytest

from msgspec_tool.serving.loopback import is_loopback

OURS = (
    *("localhost", "LOCALHOST", "localhost.", "api.localhost"),
    *("127.0.0.1", "127.0.0.2", "0.0.0.0", "127.1", "0x7f.1", "2130706433", "017700000001"),
    *("::1", "::", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"),
)
OTHERS = (
    "",
    ".",
    "10.0.0.1",
    "a.b",
    "localhost.example.com",
    "notlocalhost",
    "10.1",
    "::ffff:10.0.0.1",
    "2001:db8::1",
    "127.0.0.1 x",
    "1.2.3.4.5",
    "é",
)


@pytest.mark.parametrize(("host", "ours"), [*((host, True) for host in OURS), *((host, False) for host in OTHERS)])
def test_this_machine(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours
