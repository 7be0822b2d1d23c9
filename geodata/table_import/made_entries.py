"""What is known while a table is read: the catalogue, and what was made along with the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geodata.broken_down import plain_parts, with_parts_of_ratios
from geodata.catalogue import Catalogue
from geodata.model import Dimension, Indicator
from geodata.table_import.column_records import NewIndicator


def known_dimensions(
    made: Iterable[NewIndicator], known: Mapping[str, Dimension]
) -> dict[str, Dimension]:
    """The code lists of the catalogue, and behind them those that were made."""
    new = {one.id: one for each in made for one in each.dimensions}
    return {**known, **{name: one for name, one in new.items() if name not in known}}


def made_indicators(made: Iterable[NewIndicator], catalogue: Catalogue) -> dict[str, Indicator]:
    """The indicators that were made, each with its parts behind it.

    Parameters
    ----------
    catalogue
        The code lists there are, and the indicators of whose parts a part may be a ratio.
    """
    listed = list(made)
    dimensions = known_dimensions(listed, catalogue.dimensions)
    found: dict[str, Indicator] = {}
    for each in listed:
        parts = plain_parts(each.indicator, dimensions)
        found |= {one.id: one for one in (each.indicator, *parts)}
    if all(one.kind != "ratio" for one in found.values()):
        return found
    whole = with_parts_of_ratios(catalogue.indicators | found)
    return {name: whole[name] for name in found}
