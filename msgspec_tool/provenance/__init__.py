"""What `why` answers: from a character of a message back to its sources."""
