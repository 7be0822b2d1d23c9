"""The command line, ``portal``."""

from portal.cli import export_command, villages_commands
from portal.cli.commands import main

main.add_command(export_command.export)
main.add_command(villages_commands.villages)

__all__ = ["main"]
