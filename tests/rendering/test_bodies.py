"""What takes request bodies can forget them: a block that begins anew leaves nothing of its first beginning."""

from __future__ import annotations

from pathlib import Path

from msgspec_tool.rendering.outcome import BlockResult, BodySink, KeptBodies, LoggedAddresses, WrittenBodies


def taken(sink: BodySink, bodies: list[bytes]) -> BlockResult:
    result = BlockResult()
    for body in bodies:
        sink.add(body)
    sink.end(result)
    return result


def test_a_new_beginning(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for make in (lambda folder: WrittenBodies(folder, 1), lambda folder: KeptBodies()):
        sink, other = make(tmp_path), make(tmp_path / "other")
        sink.add(b"{}" * 10_000)
        sink.restart()
        found, wanted = taken(sink, [b"[1]", b"{}"]), taken(other, [b"[1]", b"{}"])
        assert found.lines == wanted.lines
        assert found.part is None or wanted.part is None or found.part[1:] == wanted.part[1:]
    assert (tmp_path / "part-00001").read_bytes() == b"[1]\n{}\n"


def test_a_new_beginning_of_addresses(tmp_path: Path) -> None:
    sink = LoggedAddresses(tmp_path, 0)
    assert sink.log is not None
    sink.log.add("msisdn", [(1, "+447700900001"), (2, "+447700900002")])
    sink.restart()
    sink.log.add("userid", [(3, "u-1")])
    taken(sink, [b"{}"])
    assert (tmp_path / "addresses-00000000").read_text() == '3 ["userid", "u-1"]\n'
