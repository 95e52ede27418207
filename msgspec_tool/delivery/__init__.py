"""Sending plans: a ledger that is written before anything leaves, the wire, and what receipts settle."""
