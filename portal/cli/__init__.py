"""The command line, ``portal``."""

from portal.cli import exporting
from portal.cli.commands import main

main.add_command(exporting.export)

__all__ = ["main"]
