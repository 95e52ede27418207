"""Messages as code for the IMIconnect (now Webex Connect) Messaging API v1: lint, render, submit."""

__version__ = "0.1.0"
