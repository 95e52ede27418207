"""The stages, one verb a file; no stage knows another. Their order stands in :mod:`msgspec_tool.pipeline`."""
