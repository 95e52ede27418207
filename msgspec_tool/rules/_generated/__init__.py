"""What is written from the rules: see :mod:`msgspec_tool.rules.registration`."""
