"""What runs leave for the next ones in a folder of the user."""
