"""Where is it? Text, spans, YAML and JSON read with exact places, value offset to file offset."""
