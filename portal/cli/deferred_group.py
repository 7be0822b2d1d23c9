"""A group of commands that are imported when they are called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class DeferredGroup(click.Group):
    """Commands of which some bring libraries that the others need not wait for.

    Parameters
    ----------
    deferred
        From the name of a command to its place, ``package.module:command``.
    options
        Of `click.Group`.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        deferred: Mapping[str, str] | None = None,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self.deferred = dict(deferred or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *self.deferred})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, imported if need be."""
        if cmd_name not in self.deferred:
            return super().get_command(ctx, cmd_name)
        module, _, command = self.deferred[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), command)
        return found
