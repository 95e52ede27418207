"""A render around its stages: options, blocks and processes, refusals, what is written."""
