"""A certificate authority in a folder: made once, found again, and a server certificate of it for this machine's own names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.errors import UnreadableError
from msgspec_tool.file_writing import write_private

if TYPE_CHECKING:
    import trustme

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Certificate:
    """Files for a server (its key and chain) and for its clients (the authority)."""

    server_file: Path
    ca_file: Path


def certificate(folder: Path, *names: str) -> Certificate:
    """A fresh server certificate from the folder's authority, which is made where there is none. Keys are readable by their owner only.

    ``names`` are host names and addresses; without any, those of the loopback interface.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        authority = _authority(folder)
        leaf = authority.issue_cert(*(names or LOOPBACK_NAMES))
        chain = b"".join(blob.bytes() for blob in (leaf.private_key_pem, *leaf.cert_chain_pems))
        write_private(folder / "server.pem", chain)
    except OSError as error:
        words = f"'{folder}' can't hold the certificate authority: {error.strerror or error}"
        raise UnreadableError(words, path=str(folder), reason="unreadable") from error
    return Certificate(folder / "server.pem", folder / "ca.pem")


def _authority(folder: Path) -> trustme.CA:
    import trustme

    public, private = folder / "ca.pem", folder / "ca-key.pem"
    if public.exists() and private.exists():
        try:
            return trustme.CA.from_pem(public.read_bytes(), private.read_bytes())
        except ValueError as error:
            words = f"the certificate authority in '{folder}' can't be read"
            raise UnreadableError(words, path=str(folder), reason="unreadable", help="remove ca.pem and ca-key.pem") from error
    made = trustme.CA()
    write_private(private, made.private_key_pem.bytes())
    write_private(public, made.cert_pem.bytes())
    return made
