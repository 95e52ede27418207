"""Templates at work on data: compiled once, bounded, for one recipient or for many at a time."""
