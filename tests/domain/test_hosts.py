"""Hosts that nobody reaches, and hosts that look like others."""

from __future__ import annotations

import pytest

from msgspec_tool.domain.hosts import belongs_to, disguised, unreachable


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("localhost", "is the machine that opens the link itself"),
        ("api.localhost.", "is the machine that opens the link itself"),
        ("127.0.0.1", "is the machine that opens the link itself"),
        ("[::1]", "is the machine that opens the link itself"),
        ("0.0.0.0", "is the machine that opens the link itself"),
        ("192.168.1.1", "is an address of a private network"),
        ("[fd00::1]", "is an address of a private network"),
        ("169.254.169.254", "is an address of a private network"),
        ("intranet", "is a name of a private network"),
        ("db.corp", "is a name of a private network"),
        ("printer.local", "is a name of a private network"),
        ("Hooks.Example.com", "is reserved for examples"),
        ("a.test", "is reserved for examples"),
        ("8.8.8.8", None),
        ("[2606:4700::1111]", None),
        ("example.shop", None),
        ("localhost.shop", None),
        ("myexample.com", None),
    ],
)
def test_unreachable(host: str, reason: str | None) -> None:
    assert unreachable(host) == reason


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("northlight.shop", None),
        ("bücher.shop", None),
        ("магазин", None),
        ("pаypal.com", "pаypal.com"),
        ("xn--bcher-kva.shop", "bücher.shop"),
        ("xn--.shop", ".shop"),
        ("xn--\u00fc.shop", None),
    ],
)
def test_disguised(host: str, shown: str | None) -> None:
    assert disguised(host) == shown


def test_what_belongs_to_a_domain() -> None:
    assert belongs_to("a.b.shop", ("b.shop",))
    assert belongs_to("B.shop.", (".b.shop",))
    assert not belongs_to("ab.shop", ("b.shop",))
