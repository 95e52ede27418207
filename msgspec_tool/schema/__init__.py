"""Where the JSON Schemas are applied: registry, fields and their types, errors as problems."""
