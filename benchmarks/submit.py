"""What sending costs: ``python -m benchmarks.submit`` sends two plans to a sandbox in a process of its own.

One plan has 1,000 requests of 1,000 addresses, one 20,000 requests of one address; ``--scale 0.1`` makes both a tenth. Each run is killed
in the middle and resumed. Printed: addresses and requests a second, the client's peak of memory, what the ledger costs a request, and
the sandbox's own count beside the report's.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.states import Outcome, State
from msgspec_tool.stages.emit import PartFile, PlanWriter, request_bytes

KEY = "sandbox-benchmark"


@contextmanager
def sandbox(folder: Path) -> Iterator[dict[str, Any]]:
    ready = folder / "ready.json"
    options = ["--port", "0", "--key", KEY, "--state", str(folder / "sandbox"), "--ready-file", str(ready)]
    with subprocess.Popen([sys.executable, "-m", "msgspec_tool", "sandbox", *options], stdout=subprocess.DEVNULL) as process:
        try:
            while not ready.exists():
                time.sleep(0.05)
            yield json.loads(ready.read_text())
        finally:
            process.send_signal(signal.SIGINT)


def plan(folder: Path, endpoint: str, requests: int, addresses: int) -> None:
    """Numbers of the range that is kept for fiction are too few: these are made up."""
    with PlanWriter(folder) as writer:
        part = PartFile(writer.folder / "part")
        for number in range(requests):
            people = range(number * addresses, (number + 1) * addresses)
            destination = [{"msisdn": [f"+999{person:09}"], "correlationid": f"c-{person}"} for person in people]
            part.add(request_bytes({"deliverychannel": "sms", "channels": {"sms": {"text": "Hello"}}, "destination": destination}))
        writer.take(part.close())
        writer.finish(
            {
                "spec": {"name": folder.name},
                "samples": [],
                "environment": {"name": "sandbox", "endpoint": endpoint, "region": None},
                "relative_expiry": False,
                "run": "",
                "counts": {"requests": requests, "messages": requests},
            }
        )


def submit(folder: Path, name: str, *options: str) -> subprocess.Popen[bytes]:
    """A run of the client."""
    command = [sys.executable, "-m", "msgspec_tool", "submit", name, "--confirm", *options]
    variables = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "BENCHMARK_KEY": KEY}
    return subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.DEVNULL)


def ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has; it can be waited for all the same."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Exit code, and the peak of memory in MB."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024


def measure(folder: Path, client: httpx.Client, base: str, name: str, requests: int, addresses: int) -> None:
    client.delete(f"{base}/sandbox/messages")
    plan(folder / name, f"{base}/resources/v1/messaging", requests, addresses)
    began = time.monotonic()
    process = submit(folder, name)
    # few requests can be over before they are asked for: a run that ended well is as good as killed after its last one
    while (sent := client.get(f"{base}/sandbox/requests").json()["requests"]) < requests // 2 and not ended(process):
        time.sleep(min(0.2, requests / 5000))
    process.kill()
    killed, first_peak = wait(process)
    if killed > 0 and sent < requests // 2:
        raise SystemExit(f"{name}: the run ended with {killed} before half of it was sent")
    code, second_peak = wait(submit(folder, name, "--resume"))
    seconds = time.monotonic() - began
    accepted, unknown = (json.loads((folder / name / "report.json").read_text())["addresses"][state] for state in ("accepted", "unknown"))
    counts = client.get(f"{base}/sandbox/counts").json()
    total, peak = requests * addresses, max(first_peak, second_peak)
    print(f"{name}: {requests:,} requests, {total:,} addresses in {seconds:.1f} s, killed in the middle and resumed (exit {code})")
    print(f"  {requests / seconds:,.0f} requests and {total / seconds:,.0f} addresses a second; the client's peak is {peak:.0f} MB")
    print(f"  report: {accepted:,} accepted, {unknown:,} unknown")
    print(f"  sandbox: {counts['deliveries']:,} taken, {counts['twice']} twice; lost {max(0, accepted - counts['different'])}")


def ledger_cost(folder: Path, name: str) -> Iterable[str]:
    """The two commits of a request by themselves, without a wire."""
    pointer = json.loads((folder / name / "submission.json").read_text())
    path = Path(pointer["registry"]) / "ledgers" / f"{pointer['identity']}.sqlite3"
    with closing(Ledger(path)) as ledger:
        child = ledger.add_child("benchmark", "")
        ledger.retake(State.ACCEPTED, child, "benchmark", "")
        began, number, after = time.perf_counter(), 0, -1
        while number < 500 and (unit := ledger.next_unit(after)) is not None:
            ledger.begin(unit, child, 0.0)
            ledger.record((piece, (Outcome(State.ACCEPTED, piece.addresses, "1001"),)) for piece in unit.pieces)
            after, number = unit.request, number + 1
        milliseconds = (time.perf_counter() - began) / max(number, 1) * 1000
        yield f"  ledger: {milliseconds:.2f} ms a request ({number} measured, both commits on disk)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with sandbox(folder) as ready:
            environment = {"endpoint": ready["url"], "ca_file": ready["ca_file"], "key_env": "BENCHMARK_KEY"}
            (folder / "msgspec.yaml").write_text(json.dumps({"msgspec": 1, "environments": {"sandbox": environment}}))
            base = ready["url"].partition("/resources")[0]
            with httpx.Client(verify=ssl.create_default_context(cafile=ready["ca_file"]), trust_env=False, timeout=120) as client:
                for name, requests, addresses in (("bulk", 1000, 1000), ("single", 20_000, 1)):
                    measure(folder, client, base, name, max(2, int(requests * scale)), addresses)
                    print(*ledger_cost(folder, name), sep="\n")


if __name__ == "__main__":
    main()
