"""Repositories as strangers, hooks and servers make them: one clear message, or the same answer as ever; nothing of theirs is run."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.repositories import Scratch
from tests.review.comparisons import report, said
from tests.review.projects import FIRST, PARCEL

CHANGED = PARCEL.replace("waits", "is")


def repository(folder: Path, *options: str) -> Scratch:
    """The first state, and a parcel that changed since."""
    scratch = Scratch.made(folder, *options)
    scratch.commit(FIRST)
    scratch.write({"messages/parcel.msg.yaml": CHANGED})
    return scratch


def names(folder: Path, *arguments: str, base: str = "HEAD") -> list[str]:
    return [one["name"] for one in report(folder, *arguments, base=base)["specs"]]


# --- where git says something else, or nothing ---


@pytest.mark.parametrize(
    "base", ["-x", "--help", "nothing", "a b", "HEAD..main", "HEAD:messages", "x\ny", "é", "HEAD^{tree}", "-", "refs/heads/", "@{u}"]
)
def test_no_such_revision(tmp_path: Path, base: str) -> None:
    scratch = repository(tmp_path)
    code, output, errors = said(scratch.folder, base=base)
    assert (code, output) == (2, "")
    first, second = errors.splitlines()
    assert first.startswith("error: there is no revision '")
    assert second.startswith("help: ")


def test_a_shallow_clone(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin")
    origin.commit()
    origin.git("clone", "--quiet", "--depth", "1", origin.folder.as_uri(), str(tmp_path / "clone"))
    code, _output, errors = said(tmp_path / "clone", base="HEAD~1")
    assert code == 2
    assert errors == (
        "error: there is no revision 'HEAD~1' in this repository\n"
        "help: the clone is shallow: check out with fetch-depth: 0, or run git fetch --unshallow\n"
    )
    assert names(tmp_path / "clone") == []


def test_no_commit_yet(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.write(FIRST)
    code, _output, errors = said(tmp_path)
    assert (code, errors.splitlines()[1]) == (2, "help: the repository has no commit yet")


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.msg.yaml").write_text(PARCEL, encoding="utf-8")
    code, output, errors = said(tmp_path)
    assert (code, output) == (2, "")
    assert "' is in no git repository\nhelp: run it in the folder of a clone\n" in errors


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _output, errors = said(scratch.folder)
    assert code == 3
    assert errors.splitlines()[0] == "error: git is not installed: revisions are read by it"


def test_a_repository_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = repository(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    code, _output, errors = said(scratch.folder)
    assert code == 2
    assert "it belongs to another user" in errors
    assert "safe.directory" in errors


def test_a_file_outside_the_repository(tmp_path: Path) -> None:
    scratch = repository(tmp_path / "inside")
    (tmp_path / "a.msg.yaml").write_text(PARCEL, encoding="utf-8")
    code, _output, errors = said(scratch.folder, ".", "../a.msg.yaml")
    assert code == 2
    assert errors.startswith("error: '../a.msg.yaml' is outside the repository")


def test_objects_that_are_gone(tmp_path: Path) -> None:
    scratch = repository(tmp_path)
    blob = scratch.git("rev-parse", "HEAD:messages/parcel.msg.yaml").strip()
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    code, output, _errors = said(scratch.folder)
    assert code == 3
    assert f"git has no object {blob[:12]}: the clone is not complete" in " ".join(output.split())


def test_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin")
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", origin.folder.as_uri(), str(tmp_path / "clone"))
    clone = Scratch(tmp_path / "clone")
    clone.write({"messages/parcel.msg.yaml": CHANGED})
    code, output, _errors = said(clone.folder, "messages/parcel.msg.yaml")
    assert code == 3
    assert "the clone is not complete" in output
    assert clone.git("rev-list", "--objects", "--all", "--missing=print").count("?") == len(FIRST)


# --- where git must find the same repository ---


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"])
def test_variables_of_a_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    scratch, other = repository(tmp_path / "one"), Scratch.made(tmp_path / "other")
    monkeypatch.setenv(variable, str(other.folder / ".git"))
    assert names(scratch.folder) == ["parcel"]


def test_a_project_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({f"shop/mail/{name}": text for name, text in FIRST.items()})
    scratch.write({"shop/mail/partials/opt-out.txt": "Text STOP."})
    for folder in ("", "shop", "shop/mail", "shop/mail/messages"):
        assert len(names(tmp_path / folder)) == 4
    assert report(tmp_path / "shop")["specs"][0]["through"] == ["mail/partials/opt-out.txt"]
    assert len(names(tmp_path / "shop", "../shop/mail/messages")) == 4
    specs = report(Path("/"), str(tmp_path / "shop"))["specs"]
    assert [one["before_path"] for one in specs] == [one["path"] for one in specs]
    assert specs[0]["path"] == f"{tmp_path}/shop/mail/messages/offer-autumn.msg.yaml"
    assert specs[0]["through"] == [f"{tmp_path}/shop/mail/partials/opt-out.txt"]


def test_another_work_tree_of_the_repository(tmp_path: Path) -> None:
    scratch = repository(tmp_path / "one")
    scratch.git("worktree", "add", "--quiet", str(tmp_path / "two"))
    Scratch(tmp_path / "two").write({"messages/parcel.msg.yaml": CHANGED})
    assert names(tmp_path / "two") == ["parcel"]


def test_names_by_sha256(tmp_path: Path) -> None:
    scratch = repository(tmp_path, "--object-format=sha256")
    found = report(scratch.folder)
    assert (len(found["base"]["commit"]), found["summary"]["changed"], found["summary"]["unchanged"]) == (64, 1, 5)


def test_a_submodule(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner")
    outer = Scratch.made(tmp_path / "outer")
    outer.git("submodule", "--quiet", "add", inner.folder.as_uri(), "mail")
    outer.commit({"own.msg.yaml": PARCEL})
    code, output, _errors = said(outer.folder)
    assert code == 3
    assert "the spec is in the submodule 'mail': run diff there, with a revision of its own" in output
    assert names(outer.folder, "own.msg.yaml") == []


# --- odd names, links, and bytes ---


@pytest.mark.parametrize("name", ["a b", "-x", "ü", "a'b\"c", "line\nbreak", "tab\there", "a:b", "#", "$(touch pwned)", "*", "back\\slash"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({f"{name}/{name}.msg.yaml": PARCEL})
    assert names(tmp_path) == []
    scratch.write({f"{name}/{name}.msg.yaml": CHANGED})
    (spec,) = report(tmp_path)["specs"]
    assert (spec["path"], spec["before_path"], len(spec["messages"])) == (f"{name}/{name}.msg.yaml", f"{name}/{name}.msg.yaml", 1)


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.msg.yaml")
    Path(os.fsdecode(path)).write_text(PARCEL, encoding="utf-8")
    scratch.commit()
    Path(os.fsdecode(path)).write_text(CHANGED, encoding="utf-8")
    assert names(tmp_path) == ["parcel"]
    assert said(tmp_path)[0] == said(tmp_path, "--format", "markdown")[0] == 0


INCLUDES = PARCEL.replace("{{ place }}.", "{{ place }}. {% include 'bye.txt' %}")


def linked(scratch: Scratch, target: str, name: str = "partials/bye.txt") -> None:
    path = scratch.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def test_a_link_to_a_partial(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    linked(scratch, "../legal/end.txt")
    scratch.commit({"msgspec.yaml": "msgspec: 1\n", "a.msg.yaml": INCLUDES, "legal/end.txt": "Bye."})
    scratch.write({"legal/end.txt": "Farewell."})
    (spec,) = report(tmp_path)["specs"]
    assert (spec["through"], spec["messages"][0]["changes"][0]["before"]) == (
        ["partials/bye.txt"],
        "Your parcel waits at the depot. Bye.",
    )


def test_a_linked_folder_of_partials(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    linked(scratch, "legal", "partials")
    scratch.commit({"msgspec.yaml": "msgspec: 1\n", "a.msg.yaml": INCLUDES, "legal/bye.txt": "Bye."})
    scratch.write({"legal/bye.txt": "Farewell."})
    assert names(tmp_path) == ["parcel"]


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret.txt", "bye.txt", "nowhere.txt"])
def test_a_link_that_leads_nowhere_good(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.txt").write_text("a secret", encoding="utf-8")
    scratch = Scratch.made(tmp_path / "repository")
    linked(scratch, target)
    scratch.commit({"msgspec.yaml": "msgspec: 1\n", "a.msg.yaml": INCLUDES})
    (scratch.folder / "partials" / "bye.txt").unlink()
    scratch.write({"partials/bye.txt": "Bye."})
    code, output, _errors = said(scratch.folder)
    assert code == 3
    assert "not rendered as of HEAD" in output
    assert "root:" not in output
    assert "a secret" not in output


def test_a_linked_spec(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.write({"real/a.msg.yaml": PARCEL})
    linked(scratch, "../real/a.msg.yaml", "links/b.msg.yaml")
    scratch.commit()
    scratch.write({"real/a.msg.yaml": CHANGED})
    assert [one["path"] for one in report(tmp_path)["specs"]] == ["links/b.msg.yaml", "real/a.msg.yaml"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[" * 200_000, b"a: &a [*a]", b"name: \xe9", b"x" * 10_000_001])
def test_bytes_that_are_no_spec(tmp_path: Path, content: bytes) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({"a.msg.yaml": content})
    scratch.write({"a.msg.yaml": PARCEL})
    code, output, errors = said(tmp_path)
    assert (code, errors) == (3, "")
    assert "not rendered as of HEAD" in output
    assert len(output) < 100_000


@pytest.mark.parametrize("content", [b"\xff", b"x" * 200_000, b"\xef\xbb\xbfBye."])
def test_bytes_that_are_no_partial(tmp_path: Path, content: bytes) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({"msgspec.yaml": "msgspec: 1\n", "a.msg.yaml": INCLUDES, "partials/bye.txt": content})
    scratch.write({"partials/bye.txt": "Bye."})
    code, output, _errors = said(tmp_path)
    assert code == 3
    assert "not rendered as of HEAD" in output


@pytest.mark.parametrize("content", [b"msgspec: 2", b"\xff", b"lint: [", b"x" * 10_000_001])
def test_bytes_that_are_no_project_file(tmp_path: Path, content: bytes) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit({"msgspec.yaml": content, "a.msg.yaml": PARCEL})
    scratch.write({"msgspec.yaml": "msgspec: 1\n"})
    code, output, _errors = said(tmp_path)
    assert code == 3
    assert "not rendered as of HEAD: the project file 'HEAD:msgspec.yaml'" in output


def test_a_file_that_git_keeps_elsewhere(tmp_path: Path) -> None:
    """A pointer of git-lfs is no file of recipients."""
    mapped = PARCEL.partition("destination:")[0] + 'destination: {from: people.csv, msisdn: "{{ phone }}"}\nsamples: {a: {place: b}}\n'
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n"
    scratch = Scratch.made(tmp_path)
    scratch.commit({"a.msg.yaml": mapped, "people.csv": pointer})
    scratch.write({"people.csv": "phone,place\n+447700900001,x\n"})
    code, output, _errors = said(tmp_path)
    assert (code, output.splitlines()[-1][-11:]) == (0, "1 unchanged")


def tree(scratch: Scratch, *entries: tuple[str, str]) -> str:
    """The name of a tree object with these entries, each a mode and kind, and a name behind the object's."""
    lines = "".join(f"{head}\t{name}\n" for head, name in entries)
    return scratch.git("mktree", given=lines).strip()


def committed(scratch: Scratch, root: str) -> None:
    scratch.git("reset", "--quiet", "--soft", scratch.git("commit-tree", root, "-m", "a commit").strip())


def test_a_bomb_of_folders(tmp_path: Path) -> None:
    """Ten folders in each of ten levels are a dozen objects, and ten thousand million folders."""
    scratch = repository(tmp_path)
    below = tree(scratch, (f"100644 blob {scratch.git('rev-parse', 'HEAD:msgspec.yaml').strip()}", "a.txt"))
    for _level in range(10):
        below = tree(scratch, *((f"040000 tree {below}", f"d{number}") for number in range(10)))
    committed(scratch, below)
    code, output, errors = said(tmp_path)
    assert (code, output) == (3, "")
    assert errors == ("error: '.' has more than 50,000 folders at 'HEAD'\nhelp: name the folder that holds the messages\n")
    assert names(tmp_path, "messages/parcel.msg.yaml") == ["parcel"]


def test_folders_in_folders(tmp_path: Path) -> None:
    scratch = repository(tmp_path)
    blob = scratch.git("rev-parse", "HEAD:messages/parcel.msg.yaml").strip()
    change = f"M 100644 {blob} {'d/' * 1_100}a.msg.yaml\n"
    scratch.git("fast-import", "--quiet", given=f"commit refs/heads/deep\ncommitter A <a@example.com> 0 +0000\ndata 0\n{change}")
    committed(scratch, scratch.git("rev-parse", "refs/heads/deep^{tree}").strip())
    (moved,) = [one["before_path"] for one in report(tmp_path)["specs"] if one["status"] == "changed"]
    assert moved == f"{'d/' * 1_100}a.msg.yaml"


# --- what a repository would like to run ---


def test_nothing_of_the_repository_is_run(tmp_path: Path) -> None:
    scratch = Scratch.made(tmp_path)
    scratch.commit(FIRST)
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", encoding="utf-8")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    for name in ("filter.trap.smudge", "filter.trap.clean", "filter.trap.process", "diff.trap.textconv", "diff.trap.command"):
        scratch.git("config", name, str(trap))
    for name in ("diff.external", "core.fsmonitor", "core.pager", "core.sshCommand", "core.alternateRefsCommand"):
        scratch.git("config", name, str(trap))
    (tmp_path / ".gitattributes").write_text("* filter=trap diff=trap\n", encoding="utf-8")
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        shutil.copy(trap, tmp_path / ".git" / "hooks" / name)
    (tmp_path / "messages" / "parcel.msg.yaml").write_text(CHANGED, encoding="utf-8")
    (tmp_path / "partials" / "opt-out.txt").write_text("Text STOP.", encoding="utf-8")
    assert len(names(tmp_path)) == 5
    assert not (tmp_path / "sprung").exists()


def test_a_folder_that_only_looks_like_a_repository(tmp_path: Path) -> None:
    """Settings of a bare repository inside a clone are not the clone's, and are not obeyed."""
    scratch = repository(tmp_path)
    inner = Scratch.made(tmp_path / "messages" / "bare", "--bare")
    inner.git("config", "core.fsmonitor", f"touch {tmp_path}/sprung")
    inner.write({"a.msg.yaml": PARCEL})
    said(inner.folder)
    assert not (tmp_path / "sprung").exists()
    assert scratch.git("status", "--porcelain")
