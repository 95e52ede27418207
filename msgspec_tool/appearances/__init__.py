"""What a message looks like to the person who gets it, as plain data; it never makes HTML."""
