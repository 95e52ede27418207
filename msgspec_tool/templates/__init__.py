"""What does the template say? Environment, positions, scopes, functions, bounded work."""

from msgspec_tool.templates.jinja_package import put_in_place

put_in_place()
