"""What each channel counts and forbids: facts of the channels as data and small functions."""
