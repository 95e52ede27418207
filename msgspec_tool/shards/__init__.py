"""A render in pieces that any scheduler can run: the contract of a shard, and what puts the pieces together."""
