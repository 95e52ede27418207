from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from msgspec_tool.errors import ToolError, UsageError
from msgspec_tool.model import Refusal
from msgspec_tool.stages.emit import PartFile, PlanWriter, Spool, request_bytes, write_json, write_jsonl


def test_the_bytes() -> None:
    assert request_bytes({"b": "₹\u2028\n", "a": [1, 2.5, None, True]}) == '{"b":"₹\u2028\\n","a":[1,2.5,null,true]}'.encode()


def test_json_and_jsonl() -> None:
    lines = [b'{"a":1}', b"[]"]
    out = io.BytesIO()
    write_jsonl(lines, out)
    assert out.getvalue() == b'{"a":1}\n[]\n'
    out = io.BytesIO()
    write_json(lines, out)
    assert out.getvalue() == b'[\n  {\n    "a": 1\n  },\n  []\n]\n'
    out = io.BytesIO()
    write_json([], out)
    assert out.getvalue() == b"[]\n"


def test_the_spool_gives_back_what_it_took() -> None:
    spool = Spool()
    spool.add(b'{"a":"x"}')
    spool.add(b"[]")
    assert list(spool.lines()) == list(spool.lines()) == [b'{"a":"x"}', b"[]"]
    spool.close()


def test_a_plan(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "plan"
    with PlanWriter(out) as plan:
        for number, bodies in enumerate([[1, 2, 3], [], [4]]):
            part = PartFile(plan.folder / f"part-{number}")
            for body in bodies:
                part.add(request_bytes(body))
            plan.take(part.close())
        plan.refuse(Refusal(3, "text of 5 characters is not a number", "cast-failed", "amount"))
        assert not out.exists()
        plan.finish({"clock": "2030-01-01T00:00:00.000Z"})
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "refused.jsonl", "requests-00000.jsonl", "requests-00001.jsonl"]
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert (manifest["version"], manifest["clock"]) == (1, "2030-01-01T00:00:00.000Z")
    for file in manifest["files"]:
        data = (out / file["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest(), data.count(b"\n")) == (file["bytes"], file["sha256"], file["lines"])
        assert stat.S_IMODE((out / file["name"]).stat().st_mode) == 0o600
    refused = json.loads((out / "refused.jsonl").read_bytes())
    assert refused == {"row": 3, "reason": "text of 5 characters is not a number", "code": "cast-failed", "column": "amount"}
    assert [path.name for path in out.parent.iterdir()] == ["plan"]


def test_an_unfinished_plan_is_removed(tmp_path: Path) -> None:
    with PlanWriter(tmp_path / "plan") as plan:
        part = PartFile(plan.folder / "part-0")
        part.add(b"{}")
        part.stream.close()
    assert list(tmp_path.iterdir()) == []


def test_an_old_plan_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    with PlanWriter(tmp_path / "plan") as plan:
        plan.finish({})
    with pytest.raises(UsageError, match="already there"), PlanWriter(tmp_path / "plan"):
        pass
    (tmp_path / "file").write_text("x")
    with pytest.raises(ToolError, match="can't be written"), PlanWriter(tmp_path / "file" / "plan"):
        pass


@pytest.mark.parametrize("leads_to", ["link", "nowhere", "empty"])
def test_a_link_is_no_place_for_a_plan(tmp_path: Path, leads_to: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(leads_to)
    with pytest.raises(UsageError, match="already there"), PlanWriter(tmp_path / "link"):
        pass


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="can't be written: File name too long"), PlanWriter(tmp_path / ("x" * 300)):
        pass


KILLED = """
import sys
from pathlib import Path
from msgspec_tool.stages.emit import PartFile, PlanWriter
with PlanWriter(Path(sys.argv[1])) as plan:
    PartFile(plan.folder / "part-0").add(b"{}")
    print("writing", flush=True)
    sys.stdin.read()
    plan.finish({})
"""


def test_a_killed_render_leaves_no_plan(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "plan")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    assert not (tmp_path / "plan").exists()
