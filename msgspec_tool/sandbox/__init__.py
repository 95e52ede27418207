"""The Messaging API v1 on this machine. It shares no check with the linter: a mistake in one is seen by the other."""
