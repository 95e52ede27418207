"""What a scheduler carries around: jobs and shards, and what became of them. All of it is small, and no recipient's data is in it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec_tool.recipients.rows import Block
from msgspec_tool.rendering.outcome import RenderCounts

REQUESTS, ADDRESSES = "requests", "addresses"
"""What a job makes of shards: request bodies, or the addresses that they would go to, to find those that are there twice."""


@dataclass(frozen=True)
class Job:
    """A render that is shared out. Whoever runs a shard reads the rest from the store, and believes it by the digest."""

    store: str
    """The folder where its shards are kept: a path that all who run shards have, or a URL."""
    digest: str
    """SHA-256 of the campaign in the store: of all that decides what a shard becomes."""

    @property
    def name(self) -> str:
        """Enough of the digest to tell jobs apart."""
        return self.digest[:16]


@dataclass(frozen=True)
class Shard:
    """A part of the recipients: consecutive whole rows by their bytes, or a row group of a Parquet file by its number."""

    input: str
    """SHA-256 of the whole file of recipients."""
    number: int
    """Its place among the shards, from 0."""
    block: Block

    @property
    def name(self) -> str:
        """What its sidecar is found by."""
        return f"shard-{self.number:06d}-{self.block.start}-{self.block.end}"


@dataclass(frozen=True)
class Kept:
    """A file in the store that is complete; its name is made of its digest."""

    lines: int
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name in the store."""
        return f"{self.sha256}.lines"


@dataclass(frozen=True)
class ShardResult:
    """What became of a shard: files in the store, and counts."""

    content: Kept
    """Request bodies, one a line; of a job for addresses those."""
    refused: Kept
    """The rows that can't become a message, one JSON object a line as in a plan's ``refused.jsonl``."""
    counts: RenderCounts
    found: bool = False
    """It was there already, whole, and nothing was done."""
