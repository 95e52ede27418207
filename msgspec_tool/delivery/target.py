"""Where a plan goes: one HTTPS address that the project file stands for, and the authority that it is checked against."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from msgspec_tool.config import MESSAGING_PATH, REGION_HOSTS, Environment
from msgspec_tool.errors import PolicyError, UnreadableError, UsageError
from msgspec_tool.serving.loopback import is_loopback


@dataclass(frozen=True)
class Target:
    """An endpoint. ``fingerprint`` is that of the authority, where the host is this machine: a new sandbox is a new world."""

    url: str
    host: str
    loopback: bool
    ca_file: Path | None = None
    fingerprint: str = ""


def target(environment: Environment, root: Path, ca_file: Path | None = None) -> Target:
    """The endpoint of an environment; ``root`` is where its ``ca_file`` begins, ``ca_file`` replaces that one.

    ``PolicyError`` where it is not HTTPS, ``UsageError`` where the environment says neither region nor endpoint.
    """
    url = endpoint(environment)
    parts = _parts(environment, url)
    host = parts.hostname or ""
    trusted = ca_file if ca_file is not None else (root / environment.ca_file if environment.ca_file else None)
    loopback = is_loopback(host)
    return Target(url, host, loopback, trusted, _fingerprint(trusted) if loopback and trusted is not None else "")


def endpoint(environment: Environment) -> str:
    """The URL that an environment's requests are posted to."""
    if environment.endpoint is not None:
        return environment.endpoint
    if environment.region is not None:
        return f"https://{REGION_HOSTS[environment.region]}{MESSAGING_PATH}"
    raise UsageError(f"environment '{environment.name}' has neither a region nor an endpoint: there is nowhere to send to")


def _parts(environment: Environment, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UsageError(f"environment '{environment.name}': the endpoint is not a URL") from None
    if parts.scheme != "https":
        raise PolicyError(f"environment '{environment.name}': the endpoint is not HTTPS", help="the API takes nothing else")
    if not parts.hostname or port == 0 or parts.username or parts.password or parts.query or parts.fragment or not _can_be_asked(url):
        raise UsageError(f"environment '{environment.name}': the endpoint is not a plain https URL of a host and a path")
    return parts


def _can_be_asked(url: str) -> bool:
    """Whether a host can have such a name, for the wire's library and for the resolver."""
    import httpx

    try:
        httpx.URL(url).host.encode("idna")
    except (httpx.InvalidURL, UnicodeError):
        return False
    return True


def _fingerprint(path: Path) -> str:
    try:
        text = path.read_text(encoding="ascii")
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN CERTIFICATE") :].strip())).hexdigest()
    except FileNotFoundError:
        raise UsageError(f"there is no certificate authority '{path}'", help="`msgspec-tool sandbox` makes one when it starts") from None
    except (OSError, ValueError) as error:
        words = f"the certificate authority '{path}' can't be read"
        raise UnreadableError(words, path=str(path), reason="unreadable") from error
