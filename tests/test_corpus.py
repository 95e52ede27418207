"""The corpus of small templates: exactly what is written below each is found in it, and nothing in those that must stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus_runs import Entry, entries

FINDS, SILENT = entries("finds"), entries("silent")


@pytest.mark.parametrize("entry", FINDS, ids=lambda entry: entry.name)
def test_finds(entry: Entry, tmp_path: Path) -> None:
    assert entry.finds
    assert entry.found(tmp_path, "default") == entry.finds


@pytest.mark.parametrize("entry", SILENT, ids=lambda entry: entry.name)
def test_stays_silent(entry: Entry, tmp_path: Path) -> None:
    assert entry.found(tmp_path, "audit") == ()


def test_there_are_many_and_no_two_are_alike() -> None:
    assert len(FINDS) >= 150
    assert len(SILENT) >= 40
    templates = [entry.template for entry in (*FINDS, *SILENT)]
    assert len(set(templates)) == len(templates)
