"""What is this machine, however it is written."""

from __future__ import annotations

import ipaddress
import socket


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine: also with a last dot, below ``localhost``, and as the resolver reads ``127.1``."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and (address.is_loopback or address.is_unspecified)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _short_form(name)
    return getattr(address, "ipv4_mapped", None) or address


def _short_form(name: str) -> ipaddress.IPv4Address | None:
    """An address of the old forms, such as ``127.1`` or ``0x7f000001``."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name)) if name.isascii() and name.isprintable() and " " not in name else None
    except OSError:
        return None
