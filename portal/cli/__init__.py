"""The command line, ``portal``."""

from portal.cli import exporting, villages
from portal.cli.commands import main

main.add_command(exporting.export)
main.add_command(villages.villages)

__all__ = ["main"]
