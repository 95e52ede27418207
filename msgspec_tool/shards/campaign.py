"""A campaign: all that decides what a shard becomes, by value, so that a machine without the project's files can render it.

It is JSON, and never a pickle: who can write to the storage must not be able to run code on the machines that read it.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version_tuple
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.config import Environment, LintSettings, Project
from msgspec_tool.errors import UsageError
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.storage.remote import Readable, place
from msgspec_tool.variables.json_text import parse_json
from msgspec_tool.variables.numbers import DecimalNumber

NAME = "campaign.json"
"""Of the campaign in the store of its job."""

_DECIDING = ("babel", "jinja2", "markupsafe", "phonenumberslite", "tzdata", "google-re2")
"""Libraries that decide what is printed and who is refused."""


def versions() -> dict[str, str]:
    """What has to be the same on all machines for the same bytes."""
    found = {"msgspec-tool": __version__, "python": ".".join(python_version_tuple()[:2])}
    for name in _DECIDING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


@dataclass(frozen=True)
class Campaign:
    """The spec and all around it that a render reads."""

    spec: bytes
    path: str
    """What the spec is called in what is said of it."""
    name: str
    """The spec's path as seen from the project's root, which the patterns of the project file are compared with."""
    folder: str
    """The spec's folder, likewise."""
    files: Mapping[str, tuple[str, bytes]]
    """Partials, by their path as seen from the root: where each leads when links are followed, and its bytes."""
    project: Project
    options: RenderOptions
    """Those that matter for a shard; addresses that get nothing are in a file of their own."""
    recipients: RecipientsFile
    size: int
    """Bytes of the recipients."""
    makes: str
    """:data:`~.contract.REQUESTS` or :data:`~.contract.ADDRESSES`."""
    suppressed: tuple[str, str] | None = None
    """Digests of the list that was read, by which it is known, and of the file in the store."""
    repeated: str | None = None
    """Digest of the file in the store that tells which rows are refused because an earlier row has an address of theirs."""
    versions: Mapping[str, str] = field(default_factory=versions)

    def data(self) -> bytes:
        """The campaign as it is kept."""
        return _encoded(
            {
                "versions": dict(self.versions),
                "spec": {"data": _text(self.spec), "path": self.path, "name": self.name, "folder": self.folder},
                "files": {name: [real, _text(data)] for name, (real, data) in sorted(self.files.items())},
                "project": {
                    "lint": self.project.lint._asdict(),
                    "partials": self.project.partials,
                    "environments": {name: one._asdict() for name, one in self.project.environments.items()},
                },
                "options": {name: getattr(self.options, name) for name in _OPTIONS} | {"now": self.options.now.isoformat()},
                "recipients": {**asdict(self.recipients), "path": getattr(self.recipients.path, "url", str(self.recipients.path))},
                "size": self.size,
                "makes": self.makes,
                "suppressed": self.suppressed,
                "repeated": self.repeated,
            }
        ).encode("ascii")

    @staticmethod
    def read(data: bytes) -> Campaign:
        """The campaign that was kept. ``UsageError`` where it was made with other versions than those that are here."""
        value: Any = parse_json(data.decode("utf-8"))
        _compare(value["versions"])
        spec, project, options, recipients = value["spec"], value["project"], value["options"], value["recipients"]
        environments = {name: Environment(**_tuples(one)) for name, one in project["environments"].items()}
        known = Project(Path(), None, LintSettings(**_tuples(project["lint"])), project["partials"], environments)
        where = place(recipients["path"])
        file = RecipientsFile(**{**_tuples(recipients), "path": where})
        return Campaign(
            base64.b64decode(spec["data"]),
            spec["path"],
            spec["name"],
            spec["folder"],
            {name: (real, base64.b64decode(text)) for name, (real, text) in value["files"].items()},
            known,
            RenderOptions(**{**_tuples(options), "now": datetime.fromisoformat(options["now"])}, project=known, recipients=where),
            file,
            value["size"],
            value["makes"],
            None if value["suppressed"] is None else tuple(value["suppressed"]),
            value["repeated"],
            value["versions"],
        )


_OPTIONS = ("environment", "channels", "max_addresses", "bulk", "keep_going", "row_by_row")


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def partials_of(project: Project, looked: tuple[str, ...], recipients: Readable) -> dict[str, tuple[str, bytes]]:
    """The partials among the files that were looked for, as :attr:`Campaign.files` has them; the recipients are no partial."""
    root, data = os.path.realpath(project.root), os.path.realpath(str(recipients))
    found = {}
    for path in looked:
        real = os.path.relpath(os.path.realpath(path), root)
        if os.path.isfile(path) and os.path.realpath(path) != data and not real.startswith(os.pardir):
            found[os.path.relpath(os.path.abspath(path), os.path.abspath(project.root))] = (real, Path(path).read_bytes())
    return found


def _compare(theirs: Mapping[str, str]) -> None:
    ours = versions()
    other = [f"{name} {theirs[name]} there and {ours.get(name)} here" for name in theirs if theirs[name] != ours.get(name)]
    if other:
        raise UsageError(
            f"the machine that renders has other versions than the one that asks: {', '.join(other)}",
            help="install the same versions everywhere: they decide what is printed",
        )


def _tuples(value: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a dataclass: JSON knows lists only."""
    return {name: tuple(one) if isinstance(one, list) else one for name, one in value.items()}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _encoded(value: Any) -> str:
    """JSON with numbers as their author wrote them: an amount in the values of an environment is printed that way."""
    if isinstance(value, DecimalNumber):
        return value.lexeme
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{json.dumps(name)}:{_encoded(one)}' for name, one in value.items())}}}"
    return f"[{','.join(map(_encoded, value))}]" if isinstance(value, (list, tuple)) else json.dumps(value)
