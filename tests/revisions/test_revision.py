"""The files of a revision: compared with what git itself lists and prints."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.review.standing import Now, Then
from msgspec_tool.revisions.objects import Repository
from msgspec_tool.revisions.revision import Revision, RevisionFiles
from tests.repositories import Scratch

FILES = {"a.txt": "one", "b/c.txt": "two", "b/d/e f.txt": "three", "ü/g.txt": b"\xff\x00", "b.txt": ""}


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_files_and_digests(tmp_path: Path, options: tuple[str, ...]) -> None:
    scratch = Scratch.made(tmp_path, *options)
    scratch.write(FILES)
    (tmp_path / "link.txt").symlink_to("b/c.txt")
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    scratch.commit()
    repository = Repository.of(str(tmp_path))
    with repository.objects() as objects:
        revision = Revision(repository, "HEAD", objects)
        files = RevisionFiles(revision, "")
        assert sorted(files) == sorted([*FILES, "link.txt"])
        assert len(files) == len(FILES) + 1
        assert files["link.txt"] == ("b/c.txt", b"two")
        assert dict(RevisionFiles(revision, "b"))["d/e f.txt"] == ("d/e f.txt", b"three")
        assert RevisionFiles(revision, "b")["../a.txt"] == ("../a.txt", b"one")
        then, now = Then(revision), Now(str(tmp_path), sha256=bool(options))
        for path in (*FILES, "link.txt", "dangling.txt", "b", "nowhere", "a.txt/x", "b/../a.txt", "\0"):
            assert then.digest(path) == now.digest(path), path
        for path in FILES:
            assert then.text(path) == now.text(path)
            assert revision.blob_name((tmp_path / path).read_bytes()) == scratch.git("rev-parse", f"HEAD:{path}").strip()
        assert then.text("nowhere") == now.text("nowhere") == ""


def test_a_damaged_folder(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({"a.txt": "one"})
    command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    name = subprocess.run(command, cwd=tmp_path, input=b"100644 cut", capture_output=True, check=True).stdout.decode().strip()
    repository = Repository.of(str(tmp_path))
    with repository.objects() as objects:
        revision = Revision(repository, "HEAD", objects)
        entry = revision.resolved("")
        assert entry is not None
        with pytest.raises(UnreadableError, match="is damaged, or too large"):
            revision.tree(entry[1]._replace(object=name))
