"""The digest of a file is that of its bytes, however much of it was handed out before."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest

from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.recipients.files import open_recipients

CSV = b"\xef\xbb\xbfphone,name\n" + b"".join(b"+4477009%05d,Asha\n" % number for number in range(50))


@pytest.mark.parametrize("blocks", [0, 1, 2, 3, None])
@pytest.mark.parametrize("times", [1, 2])
def test_of_a_file_whatever_was_read(tmp_path: Path, blocks: int | None, times: int) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(CSV)
    file = open_recipients(path)
    digest = FileDigest(file)
    for _ in range(times):
        assert list(islice(digest.blocks(100), blocks)) == list(islice(file.blocks(100), blocks))
    assert digest.hexdigest() == digest.hexdigest() == sha256(CSV).hexdigest()


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(CSV)
    digest = FileDigest(replace(open_recipients(path), sha256="known"))
    list(digest.blocks(100))
    path.unlink()
    assert digest.hexdigest() == "known"
