"""What each channel counts and forbids: facts of the channels as data and small functions."""

from msgspec_tool.deferred import package

# numbers are taken apart and measured here: the package itself also loads what finds them in texts
package("phonenumbers")
