"""``python -m msgspec_tool``: the same program as ``msgspec-tool``."""

from msgspec_tool.cli.start import main

if __name__ == "__main__":
    main()
