"""What a template prints for all data: interpreted on all values at once, along every path, without running it."""
