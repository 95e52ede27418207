"""What ``diff`` does: messages as they were at a revision and as they are, side by side."""
