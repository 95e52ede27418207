"""Templates, names and recipients from strangers, through the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from msgspec_tool.reporters.registry import FORMATS
from tests.hostile.running import kept_promise, lint, render

SPEC = """\
msgspec: 1
name: hostile
variables:
  x: {{type: string, maxLength: 100, examples: [one]{extra}}}
deliverychannel: sms
channels:
  sms: {{senderid: NORTHLGT, text: {text}}}
destination:
  from: r.csv
  msisdn: "{{{{ phone }}}}"
"""
ROWS = "phone,x\n+447700900123,one\n"


def project(folder: Path, text: str = "'Hello {{ x }}'", extra: str = "", rows: bytes = ROWS.encode()) -> Path:
    root = folder / "project"
    (root / "partials").mkdir(parents=True)
    (root / "msgspec.yaml").write_text("msgspec: 1\npartials: partials\n")
    (root / "x.msg.yaml").write_text(SPEC.format(text=text, extra=extra))
    (root / "r.csv").write_bytes(rows)
    (folder / "outside.txt").write_text("SECRET OUTSIDE")
    (root / "partials" / "link.txt").symlink_to(folder / "outside.txt")
    (root / "partials" / "up").symlink_to(folder)
    (root / "partials" / "loop.txt").symlink_to("loop.txt")
    return root


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../../outside.txt", "..", ".", "", "link.txt", "up/outside.txt", "loop.txt", "../x.msg.yaml/../../outside.txt",
     "file:///etc/passwd", "C:\\\\windows", "\\\\etc\\\\passwd", "a\\0b", "~/x", "con", "a" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["include", "import", "extends"])
def test_no_file_outside_the_project_is_read(name: str, tag: str, tmp_path: Path) -> None:
    root = project(tmp_path, f"'{{% {tag} \"{name}\" {'as y ' if tag == 'import' else ''}%}}'")
    for done in (lint("x.msg.yaml", cwd=root), render("x.msg.yaml", cwd=root)):
        kept_promise(done, (1,))
        assert "SECRET" not in done.said
        assert "root:" not in done.said


@pytest.mark.parametrize(
    "text",
    [
     "{% for i in range(999999999) %}x{% endfor %}", "{{ x * 999999999 }}", "{{ '%999999999d'|format(1) }}", "{{ x.__class__ }}",
     "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
     "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{% endfor %}{% endfor %}",
     "{% for a in range(999) %}{% for b in range(999) %}{{ x }}{% endfor %}{% endfor %}"],
)  # fmt: skip
def test_a_template_that_burns_is_refused(text: str, tmp_path: Path) -> None:
    root = project(tmp_path, '"' + text.replace('"', "'") + '"')
    kept_promise(lint("x.msg.yaml", cwd=root), (0, 1))
    kept_promise(render("x.msg.yaml", cwd=root), (1,))


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?=a)", "(a)\\\\1", "a{1,1000}{1,1000}", "(" * 500, "["]
)
def test_a_catastrophic_pattern_costs_nothing(pattern: str, tmp_path: Path) -> None:
    rows = "phone,x\n+447700900123," + "a" * 90 + "!\n"
    root = project(tmp_path, extra=f', pattern: "{pattern}"', rows=rows.encode())
    kept_promise(lint("x.msg.yaml", cwd=root), (1,))
    kept_promise(render("x.msg.yaml", cwd=root), (1,))


GOOD = b"+447700900123,one\n"
RECIPIENTS = {
    "nothing": (b"", 3),
    "blanks": (b"  \n\n", 3),
    "UTF-16": (ROWS.encode("utf-16"), 3),
    "UTF-32": (ROWS.encode("utf-32"), 3),
    "Windows-1252": (b"phone,x\n+447700900123,caf\xe9\n", 1),
    "NUL": (b"phone,x\n+447700900123,a\0b\n", 1),
    "ragged": (b"phone,x\n+447700900123\n+447700900123,a,b\n", 1),
    "an open quote": (b'phone,x\n+447700900123,"a\n' + GOOD * 1000, 1),
    "a formula": (b"phone,x\n=1+1,one\n", 1),
    "columns twice": (b"phone,x,x\n+447700900123,a,b\n", 3),
    "semicolons": (b"phone;x\n+447700900123;a\n", 3),
    "another column": (b"tel,x\n+447700900123,a\n", 1),
    "a workbook": (b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)) * 10, 3),
    "a gzip": (b"\x1f\x8b\x08\0" + bytes(range(256)), 3),
    "a lone surrogate": (b"phone,x\n+447700900123,\xed\xa0\x80\n", 1),
    "100,000 columns": (b",".join(b"c%d" % n for n in range(100_000)) + b"\n", 3),
    "escapes": (b"phone\x1b[31m,x\n+447700900123,a\n", 3),
}


@pytest.mark.parametrize("name", RECIPIENTS)
def test_hostile_recipients_are_refused(name: str, tmp_path: Path) -> None:
    rows, code = RECIPIENTS[name]
    done = render("x.msg.yaml", cwd=project(tmp_path, rows=rows))
    kept_promise(done, (1, 3) if code == 3 else (code,))
    assert done.out == ""
    assert "\x1b" not in done.said


@pytest.mark.parametrize("name", ["ragged", "Windows-1252", "a formula", "NUL"])
def test_the_other_rows_are_rendered(name: str, tmp_path: Path) -> None:
    done = render("x.msg.yaml", "--keep-going", cwd=project(tmp_path, rows=RECIPIENTS[name][0] + GOOD))
    kept_promise(done, (1,))
    assert "Hello one" in done.out
    assert "row 1" in done.err


@pytest.mark.parametrize("start", [b"phone,x\n+447700900123,", b'phone,x\n+447700900123,"', b""])
def test_a_cell_of_50_megabytes_is_one_refused_row(start: bytes, tmp_path: Path) -> None:
    root = project(tmp_path)
    _write(root / "r.csv", start, b"q" * 1_000_000, 50)
    kept_promise(render("x.msg.yaml", cwd=root), (1, 3))


def _write(path: Path, start: bytes, piece: bytes, times: int) -> None:
    pieces: Iterable[bytes] = (piece for _ in range(times))
    with path.open("wb") as stream:
        stream.write(start)
        stream.writelines(pieces)


@pytest.mark.parametrize("where", ["/dev/zero", "/etc/passwd", "../outside.txt", ".", "a\\0b", "r.xlsx", "-"])
def test_recipients_that_are_no_file_of_rows(where: str, tmp_path: Path) -> None:
    root = project(tmp_path)
    spec = (root / "x.msg.yaml").read_text().replace("r.csv", f'"{where}"')
    (root / "x.msg.yaml").write_text(spec)
    kept_promise(lint("x.msg.yaml", cwd=root), (0, 1, 2, 3))
    kept_promise(render("x.msg.yaml", cwd=root), (1, 2, 3))


ESC = "\x1b]0;pwned\x07\x1b[31m\x9b31m\u202e"
INJECTION = "x%0A::error::injected\r\n::warning file=a::b"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_steers_a_terminal(form: str, tmp_path: Path) -> None:
    name = "a\x1b[31m\u202eb.msg.yaml"
    (tmp_path / name).write_text(
        f'msgspec: 1\nname: "{ESC}"\n"{ESC}": {ESC}\nroute: "\\e[31m\\r\\n\\x9b::error::injected"\n', encoding="utf-8"
    )
    done = lint(name, "--format", form, cwd=tmp_path)
    kept_promise(done, (1, 3))
    for char in ("\x1b", "\x07", "\x9b", "\r", "\u202e"):
        assert char not in done.said, (char, done.said)


def test_nothing_becomes_an_annotation(tmp_path: Path) -> None:
    (tmp_path / "x.msg.yaml").write_text(
        f'msgspec: 1\nname: x\n"{INJECTION!r}": 1\nroute: "a\\r\\n::error::injected%0A::error::x"\n', encoding="utf-8"
    )
    done = lint("x.msg.yaml", "--format", "github", cwd=tmp_path)
    kept_promise(done, (1,))
    for line in done.out.splitlines():
        assert line.startswith(("::error file=x.msg.yaml,", "::warning file=x.msg.yaml,", "::notice file=x.msg.yaml,")), line
    assert "\n::error::injected" not in done.out
