"""``preview --serve`` in this process: the page is there when its address is told. Later ones are looked at in ``tests/browser``."""

from __future__ import annotations

import http.client
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from msgspec_tool.preview.live import LiveOptions, serve_preview
from msgspec_tool.preview.run import PreviewOptions
from tests.cli.projects import CLEAN, PROJECT, files

NOW = datetime(2030, 1, 1, 9, 30, tzinfo=timezone.utc)


class InterruptError(Exception):
    """What ends a server that nobody else would end."""


@pytest.mark.parametrize("config", [None, "other.yaml"])
def test_the_page_is_there_when_its_address_is_told(tmp_path: Path, config: str | None) -> None:
    files(tmp_path, hello_msg_yaml=CLEAN, other_yaml=PROJECT)
    pages = []

    def fetch(url: str) -> None:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        connection.request("GET", "/")
        pages.append(connection.getresponse().read().decode())
        connection.close()
        raise InterruptError

    live = LiveOptions(PreviewOptions(NOW, paths=(str(tmp_path),)), tmp_path / config if config else None, 0)
    with pytest.raises(InterruptError):
        serve_preview(live, fetch)
    (page,) = pages
    assert "Hello from Meridian Bank." in page
    assert "connect-src &#39;self&#39;" in page
    assert "new EventSource" in page
