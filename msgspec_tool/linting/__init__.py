"""Lint of many files: what is examined, compared across files, fixed, kept as a baseline, remembered."""
