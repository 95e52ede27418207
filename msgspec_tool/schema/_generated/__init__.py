"""Validators that say only yes or no, generated from the schemas."""
