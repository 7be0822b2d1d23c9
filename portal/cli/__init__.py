"""The command line, ``portal``."""

from portal.cli import (
    catalogue_commands,
    data_commands,
    export_command,
    ledger_commands,
    publish_command,
    raster,
    template_command,
    trace_command,
    user_commands,
    vector_commands,
)
from portal.cli.commands import main

main.add_command(export_command.export)
for command in (publish_command.publish, trace_command.trace_subject, *ledger_commands.COMMANDS):
    data_commands.data.add_command(command)
main.add_command(data_commands.data)
data_commands.data.add_command(template_command.template)
main.add_command(raster.raster)
main.add_command(user_commands.user)
main.add_command(vector_commands.vector)
main.add_command(catalogue_commands.texts)

__all__ = ["main"]
