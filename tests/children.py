"""Which processes a piece of work started: other tests of the same process may have children of their own that live on."""

from __future__ import annotations

import os

import pytest


def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The children that are forked from now on."""
    children: list[int] = []
    fork = os.fork

    def noted() -> int:
        child = fork()
        if child:
            children.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    return children


def is_gone(child: int) -> bool:
    """Whether a child has ended and was waited for."""
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return True
    return False
