"""HTTPS servers on this machine: a certificate authority of their own, and the ASGI server behind it."""
