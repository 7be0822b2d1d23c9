"""What units are called where several are proposed for one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geodata.i18n import Formatted, Localised, Message, Verbatim
from geodata.period import day_label
from geodata.table_import.units.name_index import UnitIndex


def candidate_names(
    ids: Sequence[str], index: UnitIndex, *, in_vietnamese: bool = False
) -> dict[str, Localised]:
    """The name of each unit; of namesakes, such as the units of two days, with its first day.

    Parameters
    ----------
    ids
        The units that are proposed beside each other.
    in_vietnamese
        Whether they are named as tables name them, whatever the language of the sentence.
    """
    units = {each: index.units[index.kinship.position[each]] for each in ids}
    count = Counter(unit.full_name.vi for unit in units.values())
    found: dict[str, Localised] = {}
    for each, unit in units.items():
        name: Localised = Verbatim(unit.full_name.vi) if in_vietnamese else unit.full_name
        day = Formatted(day_label, unit.valid_from)
        alone = count[unit.full_name.vi] == 1
        found[each] = name if alone else Message("{name}, since {day}", name=name, day=day)
    return found
