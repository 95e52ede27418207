"""Specs and request bodies from strangers, through the command line: never a traceback, never a hang, never silence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.hostile.running import MEMORY, kept_promise, lint, render, run

SPEC = """\
msgspec: 1
name: plain
deliverychannel: sms
channels:
  sms: {senderid: NORTHLGT, text: Your parcel is out for delivery.}
destination:
  - msisdn: ["+447700900123"]
"""
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
MERGES = "m0: &m0 {k: 1}\n" + "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 10)}]\n" for n in range(1, 30))
VARIABLES = b"variables:\n" + b"".join(b"  v%d: {type: string}\n" % n for n in range(50_000))

FOUND, REFUSED = (1,), (3,)
SPECS: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "aliases that multiply": (LAUGHS.encode(), FOUND),
    "merges that multiply": (MERGES.encode(), FOUND),
    "an alias in its own value": (b"a: &a [*a]\n", FOUND),
    "flow nesting": (b"a: " + b"[" * 100_000, REFUSED),
    "closed flow nesting": (b"a: " + b"[" * 100_000 + b"]" * 100_000, REFUSED),
    "mappings in mappings": (b"a: " + b"{a: " * 100_000, REFUSED),
    "block nesting": (b"- " * 100_000, REFUSED),
    "question marks": (b"? " * 100_000, REFUSED),
    "nesting by indentation": (b"".join(b" " * n + b"a:\n" for n in range(3000)), REFUSED),
    "a scalar of 9 MB": (SPEC.replace("plain", "x" * 9_000_000).encode(), FOUND),
    "a text of 9 MB": (SPEC.replace("parcel", "x" * 9_000_000).encode(), (0, 1)),
    "a million keys": (b"".join(b"k%d: 1\n" % n for n in range(1_000_000)), (1, 3)),
    "a million numbers": (b"a: [" + b"1," * 1_000_000 + b"]\n", REFUSED),
    "many destinations": (SPEC.encode() + b'  - msisdn: ["+447700900123"]\n' * 50_000, (1, 3)),
    "a hundred thousand variables": (
        SPEC.encode() + b"variables:\n" + b"".join(b"  v%d: {type: string}\n" % n for n in range(50_000)),
        (0, 1, 3),
    ),
    "NUL": (SPEC.replace("parcel", "par\0cel").encode(), FOUND),
    "only NULs": (b"\0" * 1_000_000, (1, 3)),
    "broken UTF-8": (SPEC.encode().replace(b"parcel", b"par\xff\xfecel"), REFUSED),
    "an overlong sequence": (SPEC.encode().replace(b"parcel", b"\xc0\xaf"), REFUSED),
    "a lone surrogate in bytes": (SPEC.encode().replace(b"parcel", b"\xed\xa0\x80"), REFUSED),
    "a lone surrogate as an escape": (SPEC.replace("Your parcel is out for delivery.", '"\\ud800"').encode(), FOUND),
    "UTF-16": (SPEC.encode("utf-16"), (0, 3)),
    "UTF-32": (SPEC.encode("utf-32"), (0, 3)),
    "Windows-1252": (SPEC.replace("parcel", "café").encode("cp1252"), REFUSED),
    "a byte order mark inside": (SPEC.replace("parcel", "par\ufeffcel").encode(), (0, 1)),
    "tabs": (SPEC.replace("  ", "\t").encode(), FOUND),
    "nothing": (b"", FOUND),
    "blanks": (b"   \n\n\t\n", FOUND),
    "a ZIP archive": (b"PK\x03\x04" + bytes(range(256)) * 100, (1, 3)),
    "a PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), REFUSED),
    "an object of Python": (b"a: !!python/object/apply:os.system ['touch pwned']\n", FOUND),
    "ten thousand documents": (b"---\na: 1\n" * 10_000, FOUND),
    "directives": (b"%YAML 1.1\n" * 10_000 + b"---\na: 1\n", (1,)),
    "a number of 100,000 digits": (SPEC.replace("msgspec: 1", "msgspec: " + "9" * 100_000).encode(), FOUND),
    "an exponent": (SPEC.replace("msgspec: 1", "msgspec: 1e999999999").encode(), FOUND),
    "a long tag": (b"a: !" + b"x" * 1_000_000 + b" 1\n", FOUND),
    "unclosed quotes": (b'a: "\n' * 50_000, (1, 3)),
    "unclosed templates": (b"a: {{\n" * 50_000, REFUSED),
    "only comments": (b"# x\n" * 1_000_000, FOUND),
    "suppressions": (b"# msgspec: ignore[yaml-syntax] no\n" * 20_000 + SPEC.encode(), (0, 1, 3)),
    "a text as the whole": (b"hello\n", FOUND),
    "a list as the whole": (b"- hello\n", FOUND),
}
BODY = {
    "deliverychannel": "sms",
    "channels": {"sms": {"senderid": "NORTHLGT", "text": "Hello"}},
    "destination": [{"msisdn": ["+447700900123"]}],
}
TEXT = json.dumps(BODY)
BODIES: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "nothing": (b"", FOUND),
    "blanks": (b" \n", FOUND),
    "nesting": (b"[" * 100_000, REFUSED),
    "objects": (b'{"a":' * 100_000, REFUSED),
    "NUL": (TEXT.replace("Hello", "He\0llo").encode(), FOUND),
    "an escaped NUL": (TEXT.replace("Hello", "He\\u0000llo").encode(), (0, 1)),
    "broken UTF-8": (TEXT.encode().replace(b"Hello", b"\xff"), REFUSED),
    "UTF-16": (TEXT.encode("utf-16"), (0, 1, 3)),
    "a byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), (0, 1)),
    "a lone surrogate": (TEXT.replace("Hello", "\\ud800").encode(), FOUND),
    "CRLF": (json.dumps(BODY, indent=1).replace("\n", "\r\n").encode(), (0,)),
    "NaN": (TEXT.replace('"Hello"', "NaN").encode(), FOUND),
    "a huge exponent": (TEXT.replace('"Hello"', "1e999999999").encode(), FOUND),
    "100,000 digits": (TEXT.replace('"Hello"', "9" * 100_000).encode(), FOUND),
    "a text of 9 MB": (TEXT.replace("Hello", "x" * 9_000_000).encode(), (0, 1)),
    "a million keys": (b"{" + b",".join(b'"k%d":1' % n for n in range(500_000)) + b"}", (1, 3)),
    "the same key a million times": (b"{" + b'"k":1,' * 500_000 + b'"k":1}', (1, 3)),
    "a million numbers": (b"[" + b"1," * 999_999 + b"1]", (1, 3)),
    "a hundred thousand messages": (b"[" + b",".join([TEXT.encode()] * 30_000) + b"]", (0, 1, 3)),
    "unclosed": (TEXT.encode()[:-5], FOUND),
    "HTML": (b"<!doctype html><title>502</title>", FOUND),
    "null": (b"null", FOUND),
    "a number": (b"7", FOUND),
    "a list of lists": (b"[[[]]]", FOUND),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_hostile_spec_ends_in_a_named_way(name: str, tmp_path: Path) -> None:
    data, codes = SPECS[name]
    (tmp_path / "x.msg.yaml").write_bytes(data)
    kept_promise(lint("x.msg.yaml", cwd=tmp_path), codes)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", ["flow nesting", "aliases that multiply", "broken UTF-8", "nothing", "NUL", "an object of Python"])
def test_render_refuses_what_lint_refuses(name: str, tmp_path: Path) -> None:
    data, codes = SPECS[name]
    (tmp_path / "x.msg.yaml").write_bytes(data)
    done = render("x.msg.yaml", cwd=tmp_path)
    kept_promise(done, codes)
    assert done.out == ""


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_body_ends_in_a_named_way(name: str, tmp_path: Path) -> None:
    data, codes = BODIES[name]
    (tmp_path / "body.json").write_bytes(data)
    kept_promise(lint("body.json", cwd=tmp_path), codes)


@pytest.mark.parametrize("name", ["x.msg.yaml", "body.json"])
def test_a_file_over_the_limit_says_so(name: str, tmp_path: Path) -> None:
    _write(tmp_path / name, [b'"'], b"x" * 1_000_000, 50)
    done = lint(name, cwd=tmp_path)
    kept_promise(done, REFUSED)
    assert "10,000,000 bytes" in done.said


def _write(path: Path, start: Iterable[bytes], piece: bytes, times: int) -> None:
    with path.open("wb") as stream:
        stream.writelines(start)
        for _ in range(times):
            stream.write(piece)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_a_mark_at_the_start_are_no_mistakes(ending: str, mark: str, tmp_path: Path) -> None:
    (tmp_path / "x.msg.yaml").write_bytes((mark + SPEC.replace("\n", ending)).encode())
    done = lint("x.msg.yaml", cwd=tmp_path)
    kept_promise(done, (0,))


@pytest.mark.parametrize(
    "data", [b"\0", b"- x", b"a: &a [*a]", b"msgspec: 1\nlint: {select: " + b"[" * 100_000, b"\xff\xfe", b"msgspec: 9\nenvironments: 7\n"]
)
def test_a_hostile_project_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "msgspec.yaml").write_bytes(data)
    (tmp_path / "x.msg.yaml").write_text(SPEC)
    kept_promise(lint("x.msg.yaml", cwd=tmp_path), (2, 3))


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.msg.yaml").mkdir()
    (tmp_path / "loop.msg.yaml").symlink_to("loop.msg.yaml")
    (tmp_path / "dangling.msg.yaml").symlink_to("nowhere")
    for name in ("loop.msg.yaml", "dangling.msg.yaml", "missing.msg.yaml"):
        kept_promise(lint(name, cwd=tmp_path), REFUSED)
        kept_promise(render(name, cwd=tmp_path), REFUSED)
    kept_promise(render("folder.msg.yaml", cwd=tmp_path), (2, 3))
    kept_promise(lint("folder.msg.yaml", cwd=tmp_path), (0, 3))


def test_one_broken_file_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.msg.yaml").write_bytes(b"\xff")
    (tmp_path / "b.msg.yaml").write_text(SPEC.replace("sms,", "smss,").replace("channel: sms", "channel: smss"))
    done = lint(".", cwd=tmp_path)
    kept_promise(done, REFUSED)
    assert "SPC104" in done.out
    assert "a.msg.yaml" in done.said


def test_standard_input_is_bounded_too(tmp_path: Path) -> None:
    done = run("lint", "-", cwd=tmp_path, stdin=b"a: " + b"[" * 100_000)
    kept_promise(done, REFUSED)
    assert done.memory < MEMORY
