"""The settings of a project, as plain frozen data; :mod:`msgspec_tool.surroundings.project_file` reads them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec_tool.channels.limits import MAX_DESTINATIONS
from msgspec_tool.domain.hosts import unreachable
from msgspec_tool.source.document import Plain

REGION_HOSTS: Mapping[str, str] = {region: f"api.{region}.webexconnect.io" for region in ("ca", "eu", "uk", "us", "us1", "in", "au")}
"""The documented host of each region."""

MESSAGING_PATH = "/resources/v1/messaging"


class Environment(NamedTuple):
    """Where messages go and with which values: ``sandbox``, ``production``. Holds names of secrets, never secrets."""

    name: str
    endpoint: str | None = None
    region: str | None = None
    key_env: str | None = None
    values: Mapping[str, Plain] = MappingProxyType({})
    allowlist: tuple[str, ...] = ()
    ca_file: str | None = None
    locale: str | None = None
    timezone: str | None = None
    rate: float | None = None
    """Destinations per second."""
    max_addresses: int = MAX_DESTINATIONS
    """Addresses per request, at most 1,000 (error 7009)."""
    bulk: str = "mixed"
    """``mixed``, ``per-channel`` or ``off``."""
    rt_name: str = "rt"
    """What ``deliverychannel`` says for in-app messages: ``rt`` or ``appmessaging``."""
    ledger: str | None = None
    jwt: Mapping[str, str] | None = None
    prices: Mapping[str, float] = MappingProxyType({})

    @property
    def is_sandbox(self) -> bool:
        """Whether it is for trying things out: by its name, or by an endpoint that only this network reaches."""
        host = urlsplit(self.endpoint).hostname if self.endpoint else None
        return "sandbox" in self.name.lower() or (host is not None and unreachable(host) is not None)


class LintSettings(NamedTuple):
    """The ``lint`` section."""

    select: tuple[str, ...] = ("default",)
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = MappingProxyType({})
    per_file: Mapping[str, Mapping[str, Plain]] = MappingProxyType({})
    require_reason: bool = False
    options: Mapping[str, Mapping[str, Plain]] = MappingProxyType({})


@dataclass(frozen=True)
class Project:
    """A project: its root (the folder of ``msgspec.yaml``, or the current folder without one) and its settings."""

    root: Path
    file: Path | None = None
    lint: LintSettings = field(default_factory=LintSettings)
    partials: str = "partials"
    environments: Mapping[str, Environment] = field(default_factory=dict)
    carried: Mapping[str, tuple[str, bytes]] | None = None
    """Files by their path as seen from the root, each with the path that links lead to and its bytes, where they are not on this disk:
    those of a campaign on another machine, or of a revision."""
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    """Files that are to be read as if this were written in them, by their real paths."""

    @property
    def sandboxes(self) -> frozenset[str]:
        """Names of the environments that are for trying things out."""
        return frozenset(name for name, environment in self.environments.items() if environment.is_sandbox)

    def locales(self, environment: str | None) -> tuple[str, ...]:
        """The languages that filters may fall back to: an environment's own, or those of all that may be chosen."""
        chosen = self.environments.values() if environment is None else (self.environments[environment],)
        return tuple(dict.fromkeys(known.locale or "en" for known in chosen)) or ("en",)

    def relative(self, path: str) -> str:
        """A path as seen from the root, wherever the program was started: what patterns in the project file are compared with."""
        return Path(os.path.relpath(path, self.root)).as_posix()
