"""Which names a template reads, sets and hides, and where what it prints comes from."""
