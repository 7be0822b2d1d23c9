"""The command line, ``portal``."""

from portal.cli.commands import main

__all__ = ["main"]
