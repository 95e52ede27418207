"""What does the template say? Environment, positions, scopes, functions, bounded work."""
