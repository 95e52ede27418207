"""What does the template say? Environment, positions, scopes, functions, bounded work."""

from msgspec_tool.deferred import package

# its modules are enough here, and the package itself loads loaders, a bytecode cache, and for them hashes, pickles and archives
package("jinja2")
