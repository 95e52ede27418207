"""Service keys and tokens: read where nobody else looks, held in a type that never shows them, put into headers and nowhere else."""

from __future__ import annotations

import base64
import binascii
import os
import stat
import threading
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

from msgspec_tool.config import Environment
from msgspec_tool.errors import PolicyError, UnreadableError, UsageError

SANDBOX_PREFIX = "sandbox-"
"""How service keys and service ids of the sandbox begin."""

RENEWED_AFTER = 3000
"""Age of a token, in seconds, from which a new one is made: the platform takes it for 3,600."""

_MAX_FILE = 4096


class Secret:
    """A text that is never shown: not by ``repr``, ``str``, a format or a pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself, for a header."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


class Credentials(Protocol):
    """What proves to the platform who sends."""

    def headers(self) -> dict[str, str]:
        """The headers of a request that is about to be sent."""


@dataclass(frozen=True)
class ServiceKey:
    """The ``key`` header."""

    key: Secret

    def headers(self) -> dict[str, str]:
        return {"key": self.key.reveal()}


@dataclass
class Token:
    """A bearer token, HS256 with claims ``iss`` and ``iat``; renewed before its 60 minutes end. ``time`` gives Unix seconds."""

    service: Secret
    secret: Secret
    time: Callable[[], float]
    _made: float = 0.0
    _token: Secret | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def headers(self) -> dict[str, str]:
        with self._lock:
            now = self.time()
            if self._token is None or not 0 <= now - self._made < RENEWED_AFTER:
                self._token, self._made = self._signed(now), now
            return {"Authorization": f"Bearer {self._token.reveal()}"}

    def _signed(self, now: float) -> Secret:
        import jwt

        signing = base64.b64decode(self.secret.reveal(), validate=True)
        with warnings.catch_warnings():
            # how long the secret is was chosen by the platform
            warnings.simplefilter("ignore")
            return Secret(jwt.encode({"iss": self.service.reveal(), "iat": int(now)}, signing, algorithm="HS256"))


def credentials(
    environment: Environment,
    *,
    loopback: bool,
    key_file: Path | None = None,
    variables: Mapping[str, str] = os.environ,
    time: Callable[[], float],
) -> Credentials:
    """What the environment is to be entered with. A sandbox's key never goes to another host, and a real one never to a sandbox."""
    if environment.jwt is not None and key_file is None:
        service = _variable(variables, environment.jwt["id_env"], "the service id")
        secret = _variable(variables, environment.jwt["secret_env"], "the service secret")
        _belongs(service, loopback)
        try:
            base64.b64decode(secret.reveal(), validate=True)
        except (binascii.Error, ValueError):
            raise UsageError(f"'{environment.jwt['secret_env']}' does not hold base64") from None
        return Token(service, secret, time)
    if key_file is not None:
        key = _from_file(key_file)
    elif environment.key_env is not None:
        remedy = "set it, or name a file that holds the key with --key-file"
        key = _variable(variables, environment.key_env, "the service key", remedy)
    else:
        raise UsageError(f"environment '{environment.name}' does not say where its service key is", help="add key_env, or give --key-file")
    _belongs(key, loopback)
    return ServiceKey(key)


def _variable(variables: Mapping[str, str], name: str, what: str, remedy: str = "the project file names the variable") -> Secret:
    value = variables.get(name, "").strip()
    if not value:
        raise UsageError(f"the environment variable '{name}' is not set: it holds {what}", help=remedy)
    return _checked(value, f"the environment variable '{name}'")


def _checked(value: str, where: str) -> Secret:
    # what a header can't carry would be shown by the error of whoever builds it
    if not all("!" <= char <= "~" for char in value):
        raise UsageError(f"{where} does not hold a key: it has blanks or characters outside ASCII")
    return Secret(value)


def _from_file(path: Path) -> Secret:
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            data = stream.read(_MAX_FILE + 1)
    except OSError as error:
        words = f"the key file '{path}' can't be read: {error.strerror or error}"
        raise UnreadableError(words, path=str(path), reason="unreadable") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PolicyError(f"the key file '{path}' can be read by others", help=f"chmod 600 {path}")
    try:
        text = data.decode("ascii").strip() if len(data) <= _MAX_FILE else ""
    except UnicodeDecodeError:
        text = ""
    if not text:
        raise UsageError(f"the key file '{path}' does not hold a key")
    return _checked(text, f"the key file '{path}'")


def _belongs(key: Secret, loopback: bool) -> None:
    ours = key.reveal().startswith(SANDBOX_PREFIX)
    if ours and not loopback:
        raise PolicyError("a key of the sandbox is never sent to another host", help="set the service key of this environment")
    if loopback and not ours:
        raise PolicyError("a real key is never sent to a sandbox", help=f"keys of the sandbox begin with '{SANDBOX_PREFIX}'")
