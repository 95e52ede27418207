"""Where is it? Text, spans, YAML and JSON read with exact places, value offset to file offset."""

from msgspec_tool.deferred import package

# its modules are enough here: the package itself loads what makes values and writes documents
package("yaml")
