"""Matching the rows of a table with administrative units of the right day.

`UnitIndex` holds the names and codes of all units of all days; `match_units` finds level, vintage
and the unit of each row, by the ladder of `row_search`; `UnitAlias` is what a person confirmed.
"""

from geodata.table_import.units.aliases import UnitAlias, answer_key, row_answer_key
from geodata.table_import.units.matching import match_units
from geodata.table_import.units.name_index import UnitIndex

__all__ = ["UnitAlias", "UnitIndex", "answer_key", "match_units", "row_answer_key"]
