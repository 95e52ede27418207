"""Values of declared variables: text and JSON values against a declaration, in words that never repeat the value."""
