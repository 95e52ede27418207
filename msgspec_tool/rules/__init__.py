"""The rules, one short generator function each, with their documentation in them. Registration: :mod:`msgspec_tool.catalogue`."""
