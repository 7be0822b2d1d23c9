"""Places: points of a category, as an office lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from geodata.i18n import Text

CommuneCheck = Literal["agrees", "differs", "unwritten", "unknown", "by_name"]
"""How the commune of a place was found: ``agrees``, the position lies in the commune written;
``differs``, it lies in another one, which is taken; ``unwritten``, none is written; ``unknown``,
what is written names none; ``by_name``, there is no position and the commune written is taken."""

COMMUNE_CHECKS: tuple[CommuneCheck, ...] = get_args(CommuneCheck)

OwnColumns = tuple[tuple[str, str], ...]
"""Columns of a table that nothing else is made of: heading and cell, in the order of the table."""


@dataclass(frozen=True, slots=True)
class PlaceCategory:
    """A kind of place.

    Parameters
    ----------
    id
        Its name in addresses and tables.
    name
        Its name in the legend, in the plural where a language has one.
    symbol
        Id of the symbol it is drawn with; empty leaves the choice to ``layers``.
    theme
        Id of the theme it belongs to; empty where it belongs to none.
    indicator
        Id of the indicator that counts its places per unit; empty where they are not counted.
    complete
        Whether every place of the category is listed: only then a unit without any has none.
    """

    id: str
    name: Text
    symbol: str = ""
    theme: str = ""
    indicator: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a list.

    Parameters
    ----------
    id
        Its name in addresses; see `geodata.places.place_ids`.
    name
        As the list writes it.
    category
        Id of its category.
    lon, lat
        Its position, degrees (WGS 84); None without one.
    unit_id
        The commune it is counted for: the one its position lies in, else the one written.
    written_unit_id
        The commune that the list writes; empty where it writes none that is known.
    commune_check
        How the two agree.
    columns
        The columns of the list that nothing else is made of.
    source_id
        The document or file it stands in.
    quote
        The row of the file, its cells joined by `` | ``.
    """

    id: str
    name: str
    category: str
    lon: float | None
    lat: float | None
    unit_id: str
    written_unit_id: str
    commune_check: CommuneCheck
    columns: OwnColumns
    source_id: str
    quote: str
