"""The filters, tests and functions of the language: implementation, what they give for all values, and entry stand side by side."""
