"""The driver for PySpark that the documentation shows makes the plan that a render on one machine makes."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.command import CHECKOUT, NOW, environment, run
from tests.shards.campaign_files import plan

FILE = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: it is 400 MB, and needs Java")
def test_the_driver_of_the_documentation(tmp_path: Path) -> None:
    for name, text in FILE.findall((CHECKOUT / "docs" / "clusters.md").read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("render", "offer.msg.yaml", "--now", NOW, "--out", "alone", cwd=tmp_path).returncode == 0
    surroundings = {**environment(), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, "driver.py", "offer.msg.yaml", "spark"]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "3 messages\n"), done.stderr[-2000:]
    assert plan(tmp_path / "spark") == plan(tmp_path / "alone")
