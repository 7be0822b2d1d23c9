"""What the page of a unit and its card show, and in which order: a file of the dataset."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

UNIT_PROFILE_FILE = "unit_profile.toml"
CARD_BLOCKS = ("figure", "doubt", "counterpart", "series", "parts", "source", "about", "villages")
"""What a card can show, in the order of a dataset that names none."""


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """What is shown of a unit.

    Parameters
    ----------
    key_indicators
        Ids of the indicators whose latest figures stand at the top of its page.
    alike_by
        Ids of those by which units are called alike.
    stands_out
        Ids of those that may be named where it stands out among the units of its level, the
        weightier first; empty for all.
    card
        The blocks of its card on the map, of `CARD_BLOCKS`; one that is not named is not shown.
    """

    key_indicators: tuple[str, ...] = ("population", "natural_area", "population_density")
    alike_by: tuple[str, ...] = ("population", "population_density")
    stands_out: tuple[str, ...] = ()
    card: tuple[str, ...] = CARD_BLOCKS

    @property
    def indicators(self) -> dict[str, tuple[str, ...]]:
        """The ids of indicators by the field that names them."""
        lists = (self.key_indicators, self.alike_by, self.stands_out)
        return dict(zip(("key_indicators", "alike_by", "stands_out"), lists, strict=True))

    def to_text(self) -> str:
        """The profile as a store keeps it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> UnitProfile:
        """The profile of `to_text`; the default one of an empty text."""
        return cls(**{name: tuple(values) for name, values in json.loads(text or "{}").items()})


def read_unit_profile(folder: Path, faults: FaultCollector = RAISE_FIRST) -> UnitProfile:
    """Read ``unit_profile.toml``; a dataset without one, and a field left out, get the defaults.

    Raises
    ------
    FileFault
        The file cannot be read, or names a block of the card that does not exist.
    """
    path = folder / UNIT_PROFILE_FILE
    if not path.exists():
        return UnitProfile()
    entry = TableReader(display_path(path), read_toml(path), faults)
    given = {
        name: tuple(entry.items(name, (str,)))
        for name in ("key_indicators", "alike_by", "stands_out", "card")
        if entry.has(name)
    }
    entry.finish()
    for block in given.get("card", ()):
        if block not in CARD_BLOCKS:
            entry.report("card", Message("There is no such part of a card"), block, CARD_BLOCKS)
    return UnitProfile(**given)
