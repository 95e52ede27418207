"""A project with a sandbox behind it: plans are written, submitted and looked at there."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from msgspec_tool.stages.emit import PartFile, PlanWriter, request_bytes
from tests.cli.inside import run
from tests.sandbox.running import KEY, Running

Body = dict[str, Any] | list[dict[str, Any]]


def sms(*people: int, text: str = "Hello", kind: str = "msisdn", **more: Any) -> dict[str, Any]:
    """A message object to people by their numbers, each with a correlation id."""
    destination = [{kind: [address(person)], "correlationid": f"c-{person}"} for person in people]
    return {"deliverychannel": "sms", "channels": {"sms": {"text": text}}, "destination": destination, **more}


def address(person: int) -> str:
    return f"+447700900{person:03}"


@dataclass
class Place:
    """The project's folder, its sandbox, and the variables that commands see."""

    folder: Path
    sandbox: Running
    settings: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=lambda: {"SANDBOX_KEY": KEY})

    def project(self, **settings: Any) -> None:
        """The project file; settings of the environment 'sandbox' join the usual ones."""
        self.settings = {
            "endpoint": self.sandbox.url,
            "key_env": "SANDBOX_KEY",
            "ca_file": str(self.sandbox.ca_file),
            **settings,
        }
        kept = {name: value for name, value in self.settings.items() if value is not None}
        (self.folder / "msgspec.yaml").write_text(json.dumps({"msgspec": 1, "environments": {"sandbox": kept}}))

    def plan(self, bodies: Iterable[Body], name: str = "plan", **manifest: Any) -> Path:
        """A plan as ``render --out`` writes it."""
        if not self.settings:
            self.project()
        listed = list(bodies)
        objects = [one for body in listed for one in (body if isinstance(body, list) else [body])]
        with PlanWriter(self.folder / name) as writer:
            part = PartFile(writer.folder / "part")
            for body in listed:
                part.add(request_bytes(body))  # type: ignore[arg-type]
            writer.take(part.close())
            writer.finish(
                {
                    "tool": {"name": "msgspec-tool", "version": "0", "rules": 1, "babel": "2"},
                    "spec": {"name": "hello", "sha256": "0"},
                    "recipients": None,
                    "samples": [],
                    "environment": {
                        "name": "sandbox",
                        "endpoint": self.settings.get("endpoint"),
                        "region": self.settings.get("region"),
                    },
                    "clock": "2030-01-01T00:00:00.000Z",
                    "relative_expiry": False,
                    "run": "",
                    "counts": {"messages": len(objects), "requests": len(listed)},
                    **manifest,
                }
            )
        return self.folder / name

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """A command in the project's folder."""
        given = {"XDG_STATE_HOME": str(self.state), "HOME": str(self.folder), **self.variables}
        with mock.patch.dict(os.environ, given):
            return run(*arguments, cwd=self.folder)

    def submit(self, *arguments: str, what: str = "plan") -> tuple[int, str, str]:
        """``submit``: exit code and both streams."""
        result = self.run("submit", what, *arguments)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def confirmed(self, *arguments: str, what: str = "plan") -> tuple[int, dict[str, Any]]:
        """``submit --confirm``: exit code and report."""
        code, output, said = self.submit("--confirm", "--format", "json", *arguments, what=what)
        assert "internal" not in said, said
        return code, json.loads(output) if output else {"said": said}

    def addresses(self, what: str = "plan") -> dict[str, int]:
        """What ``status`` says of addresses, without zeros."""
        result = self.run("status", what, "--format", "json")
        assert result.returncode == 0, result.stderr
        return {state: number for state, number in json.loads(result.stdout)["addresses"].items() if number}

    def delivered(self) -> dict[str, int]:
        """How often each address was reached, by its correlation id and address."""
        return {f"{one['correlationid']} {one['address']}": one["count"] for one in self.sandbox.sandbox.store.deliveries()}
