"""What units are called where several are proposed for one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geodata.i18n import Formatted, Localised, Message
from geodata.period import day_label
from geodata.table_import.units.name_index import UnitIndex


def candidate_names(ids: Sequence[str], index: UnitIndex) -> dict[str, Localised]:
    """The name of each unit; of namesakes, such as the units of two days, with its first day.

    Parameters
    ----------
    ids
        The units that are proposed beside each other.
    """
    units = {each: index.units[index.kinship.position[each]] for each in ids}
    count = Counter(unit.full_name["vi"] for unit in units.values())
    return {
        each: unit.full_name
        if count[unit.full_name["vi"]] == 1
        else Message(
            "{name}, since {day}",
            name=unit.full_name,
            day=Formatted(day_label, unit.valid_from),
        )
        for each, unit in units.items()
    }
