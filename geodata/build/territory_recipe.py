"""What a dataset folder says about making its units and boundaries.

``inputs/territory.toml`` names files, columns and limits, ``events.toml`` tells what became of the
units, ``aliases.csv`` holds other spellings. Nothing about a particular province stands in code.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.build.csv_rows import read_csv_rows
from geodata.toml_reader import read_toml
from geodata.vietnamese_names import normalise


@dataclass(frozen=True)
class TerritoryRecipe:
    """The contents of the three files, hardly interpreted; see their comments for the fields.

    Parameters
    ----------
    settings
        ``inputs/territory.toml``.
    former
        Units that ended before the register was drawn up.
    events
        Changes of units, oldest first.
    aliases
        Other spellings by unit id.
    inputs
        Folder of the input files.
    """

    settings: dict[str, Any]
    former: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    aliases: dict[str, tuple[str, ...]]
    inputs: Path

    @property
    def horizon(self) -> dt.date:
        """First day from which units below the province are known."""
        day: dt.date = self.settings["horizon"]["date"]
        return day

    @property
    def merger(self) -> dt.date:
        """First day of today's communes."""
        day: dt.date = self.settings["successors"]["date"]
        return day

    def rows(self, register: dict[str, str]) -> list[dict[str, str]]:
        """Rows of a CSV input with the columns renamed as ``register`` says; text, NFC."""
        columns = {name: column for name, column in register.items() if name != "file"}
        rows = read_csv_rows(self.inputs / register["file"], tuple(columns.values()))
        return [
            {name: normalise(row.cells[column]) for name, column in columns.items()} for row in rows
        ]


def read_territory_recipe(folder: Path, inputs: Path) -> TerritoryRecipe:
    """Read the territory files of the dataset in ``folder``.

    Raises
    ------
    FileFault
        A file is missing or no valid TOML.
    """
    story = read_toml(folder / "events.toml")
    aliases: dict[str, list[str]] = {}
    for row in read_csv_rows(folder / "aliases.csv", ("unit_id", "alias")):
        aliases.setdefault(row.cells["unit_id"], []).append(normalise(row.cells["alias"]))
    return TerritoryRecipe(
        settings=read_toml(folder / "inputs" / "territory.toml"),
        former=tuple(story.get("former", ())),
        events=tuple(sorted(story.get("event", ()), key=lambda event: event["date"])),
        aliases={unit_id: tuple(names) for unit_id, names in aliases.items()},
        inputs=inputs,
    )
