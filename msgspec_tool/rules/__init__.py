"""The rules, one short generator function each, with their documentation in them; :mod:`msgspec_tool.rules.registration` lists them."""
