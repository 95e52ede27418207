"""A plan as ``render --out`` wrote it: its files checked against their digests, its identity, and what it would reach."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from msgspec_tool.config import Environment
from msgspec_tool.delivery.allowlist import Allowlist
from msgspec_tool.delivery.bodies import BodyError, channel, message_objects, recipients, without_expiry
from msgspec_tool.delivery.target import Target
from msgspec_tool.errors import PolicyError, UnreadableError
from msgspec_tool.variables.timestamps import parse_timestamp

MANIFEST_VERSION = 1
"""Of the manifest's form that is understood."""

MAX_MANIFEST = 64 * 1024 * 1024
MAX_LINE = 64 * 1024 * 1024
MAX_ADDRESSES = 1000

_NAME = re.compile(r"requests-[0-9]{5,}\.jsonl", re.ASCII)


@dataclass(frozen=True)
class Manifest:
    """A plan's manifest: what it was made of, and its files."""

    folder: Path
    value: dict[str, Any]

    @property
    def spec(self) -> str:
        """The name of the spec."""
        return str(self.value["spec"]["name"])

    @property
    def run(self) -> str:
        """The name of the run, part of the plan's identity."""
        return str(self.value["run"])

    @property
    def environment(self) -> str:
        """The name of the environment that the plan was rendered for; empty where it was for none."""
        return str((self.value["environment"] or {}).get("name", ""))

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files of requests, in order."""
        return [file for file in self.value["files"] if _NAME.fullmatch(file["name"])]


class RequestLine(NamedTuple):
    """A request of a plan: its bytes, and where they are. Requests count from 0."""

    number: int
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Plan:
    """A plan that was read whole and found sound."""

    manifest: Manifest
    identity: str
    requests: int
    messages: int
    addresses: int
    channels: dict[str, int] = field(default_factory=dict)
    """Addresses by channel."""
    uncorrelated: int = 0
    """Addresses without a correlation id: what became of them can't be told from receipts."""
    expires: datetime | None = None
    """The earliest expiry of a message: from then on nothing of the plan is sent."""

    @property
    def folder(self) -> Path:
        return self.manifest.folder


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a plan's folder; ``PolicyError`` where there is none or it is not one that ``render`` writes."""
    if not os.path.isdir(folder):
        help = "`msgspec-tool render SPEC --out DIR` makes one"
        raise UnreadableError(f"there is no plan '{folder}'", path=str(folder), reason="missing", help=help)
    try:
        with (folder / "manifest.json").open("rb") as stream:
            data = stream.read(MAX_MANIFEST + 1)
    except FileNotFoundError:
        raise PolicyError(f"'{folder}' has no manifest.json: it is no plan, or only a part of one", help="render it again") from None
    except OSError as error:
        words = f"the manifest of '{folder}' can't be read: {error.strerror or error}"
        raise UnreadableError(words, path=str(folder), reason="unreadable") from error
    try:
        value = json.loads(data.decode("utf-8"))
        if value["version"] != MANIFEST_VERSION:
            raise PolicyError(f"the plan '{folder}' is of another version than 1", help="render it again")
        manifest = Manifest(folder, value)
        _ = manifest.spec, manifest.run, manifest.environment, [str(one["sha256"]) for one in manifest.files]
        _ = int(value["counts"]["requests"]), int(value["counts"]["messages"])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise _changed(folder, "manifest.json is not as it was written") from None
    return manifest


def request_lines(manifest: Manifest) -> Iterator[RequestLine]:
    """Every request in order; ``PolicyError`` at the end of a file whose bytes are not those that were written, or where one is gone."""
    number = 0
    for file in manifest.files:
        digest = hashlib.sha256()
        offset = 0
        try:
            with (manifest.folder / file["name"]).open("rb") as stream:
                while line := stream.readline(MAX_LINE):
                    digest.update(line)
                    yield RequestLine(number, file["name"], offset, line.rstrip(b"\n"))
                    offset += len(line)
                    number += 1
        except FileNotFoundError as error:
            raise _changed(manifest.folder, f"{file['name']} is gone") from error
        except OSError as error:
            words = f"'{manifest.folder / file['name']}' can't be read: {error.strerror or error}"
            raise UnreadableError(words, path=str(manifest.folder), reason="unreadable") from error
        if digest.hexdigest() != file["sha256"]:
            raise _changed(manifest.folder, f"{file['name']} is not as it was written")


def read_plan(manifest: Manifest, environment: Environment, where: Target, now: datetime) -> Plan:
    """The plan, for an environment that it was rendered for; ``PolicyError`` where it may not be sent.

    Every file is read: digests, expiry (against ``now``), the allowlist, and how many addresses a request has.
    """
    _refuse_strangers(manifest, environment)
    whole = hashlib.sha256()
    relative = manifest.value.get("relative_expiry") is True
    survey = _Survey(manifest, environment, now)
    for line in request_lines(manifest):
        try:
            survey.add(line)
            data = without_expiry(line.data) if relative else line.data
        except BodyError as error:
            raise _changed(manifest.folder, f"request {line.number + 1} can't be read: {error}") from None
        whole.update(len(data).to_bytes(8, "big") + data)
    survey.refuse()
    parts = ("1", environment.name, where.url, where.fingerprint, manifest.run, whole.hexdigest())
    identity = hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()
    channels = dict(sorted(survey.channels.items()))
    counts = (survey.requests, survey.messages, survey.addresses, channels, survey.uncorrelated)
    return Plan(manifest, identity, *counts, expires=survey.expires)


def _refuse_strangers(manifest: Manifest, environment: Environment) -> None:
    if manifest.value.get("samples"):
        raise PolicyError("a plan made from samples is never sent", help="render it with recipients")
    target = manifest.value["environment"] or {}
    was = (target.get("name"), target.get("endpoint"), target.get("region"))
    if was != (environment.name, environment.endpoint, environment.region):
        name = f"for '{was[0]}'" if was[0] else "for no environment"
        raise PolicyError(
            f"the plan was rendered {name}, and environment '{environment.name}' is not that one or has changed",
            help=f"render it again with --env {environment.name}",
        )


@dataclass
class _Survey:
    """What the requests of a plan reach, and the first reason not to send them."""

    manifest: Manifest
    environment: Environment
    now: datetime
    requests: int = 0
    messages: int = 0
    addresses: int = 0
    uncorrelated: int = 0
    channels: Counter[str] = field(default_factory=Counter)
    outside: int = 0
    first_outside: int = 0
    expires: datetime | None = None
    _expiry: str | None = None
    _seen_expiry: str | None = None

    def __post_init__(self) -> None:
        self._allowlist = Allowlist(self.environment.allowlist)

    def add(self, line: RequestLine) -> None:
        """Take a request in."""
        reached = 0
        for message in message_objects(line.data):
            self._read_expiry(message.get("expiry"))
            own = 0
            for recipient in recipients(message):
                own += 1
                self.uncorrelated += not recipient.correlationid
                if not self._allowlist.allows(recipient.kind, recipient.address):
                    self.first_outside = self.first_outside or line.number + 1
                    self.outside += 1
            if not own:
                raise BodyError("a message object reaches nobody")
            self.channels[channel(message)] += own
            self.messages += 1
            reached += own
        limit = min(MAX_ADDRESSES, self.environment.max_addresses)
        if reached > limit:
            raise PolicyError(f"request {line.number + 1} has {reached:,} addresses, over the limit of {limit:,}", help="render it again")
        self.addresses += reached
        self.requests += 1

    def _read_expiry(self, text: object) -> None:
        # one render gives one expiry to thousands of messages
        if not text or text == self._seen_expiry or self._expiry is not None:
            return
        self._seen_expiry = str(text)
        instant = parse_timestamp(self._seen_expiry)
        if instant is None or instant <= self.now:
            self._expiry = self._seen_expiry
        else:
            self.expires = instant if self.expires is None else min(self.expires, instant)

    def refuse(self) -> None:
        """``PolicyError`` where something forbids sending."""
        counted = self.manifest.value["counts"]
        if (counted["requests"], counted["messages"]) != (self.requests, self.messages):
            # with a file less it would be another plan, and nobody would know that this one was sent
            raise _changed(self.manifest.folder, f"it has {self.requests:,} of {counted['requests']:,} requests")
        if self._expiry is not None:
            words = f"the plan has expired: the expiry of a message is {self._expiry}"
            raise PolicyError(words, help="render it again; where part of it was sent already, for the others only")
        if self.outside:
            one = self.outside == 1
            raise PolicyError(
                f"{self.outside:,} address{' is' if one else 'es are'} outside the allowlist of '{self.environment.name}', "
                f"the first in request {self.first_outside:,}",
                help="render for recipients that the environment allows",
            )


def _changed(folder: Path, reason: str) -> PolicyError:
    return PolicyError(f"the plan '{folder}' changed: {reason}", help="render it again")
