"""Servers on this machine: over HTTPS with a certificate authority of their own, and one page over plain HTTP."""
