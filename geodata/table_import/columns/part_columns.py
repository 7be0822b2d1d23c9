"""Columns told by those beside them: parts below ``Trong đó``, and the total of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.measure_units import read_measure
from geodata.model import Indicator
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning, IndicatorProposal
from geodata.table_import.columns.dimension_columns import is_total_word
from geodata.table_import.columns.header_words import header_words
from geodata.table_import.columns.indicator_search import MOST_PROPOSALS, IndicatorSearch, fits


def parts_of_column_before(
    meaning: ColumnMeaning,
    before: Sequence[ColumnMeaning],
    search: IndicatorSearch,
    indicators: Mapping[str, Indicator],
) -> tuple[IndicatorProposal, ...]:
    """The parts that a column may be, by the column before its group and the code it names.

    Parameters
    ----------
    meaning
        The column as far as it is known.
    before
        The columns before it.
    search
        Knows the code lists.
    indicators
        All that columns can hold.
    """
    whole = _whole(meaning, before, indicators)
    own = header_words(meaning.path[-1:], ()).names
    return search.parts_called(own[-1], whole) if whole and own else ()


def whole_of_parts(
    meaning: ColumnMeaning, beside: Sequence[ColumnMeaning], indicators: Mapping[str, Indicator]
) -> str:
    """The indicator whose total a column is (``Tổng``), where the others of its group are parts.

    Empty where the column says more, or the others are of several indicators.
    """
    above, own = meaning.path[:-1], meaning.path[-1:]
    if meaning.use != "value" or meaning.indicator or not above or not is_total_word(own[0]):
        return ""
    parts = [each for each in beside if each.path[:-1] == above and each.use == "value"]
    known = (indicators.get(each.indicator) for each in parts)
    wholes = {one.whole for one in known if one is not None}
    if len(parts) <= len(wholes) or len(wholes) != 1:
        return ""
    whole = indicators.get(wholes.pop())
    measure = read_measure(meaning.measure_unit) if meaning.measure_unit else None
    return whole.id if whole is not None and fits(whole, measure) else ""


def part_taken(parts: Sequence[IndicatorProposal], indicators: Mapping[str, Indicator]) -> str:
    """The one part among those proposed that is there already; empty without one, or of several."""
    known = [each.indicator for each in parts if each.indicator in indicators]
    return known[0] if len(known) == 1 else ""


def parts_first(
    parts: Sequence[IndicatorProposal], others: Sequence[IndicatorProposal]
) -> tuple[IndicatorProposal, ...]:
    """Parts before what else a column may hold."""
    ids = {part.indicator for part in parts}
    return (*parts, *(each for each in others if each.indicator not in ids))[:MOST_PROPOSALS]


def _whole(
    meaning: ColumnMeaning, before: Sequence[ColumnMeaning], indicators: Mapping[str, Indicator]
) -> Indicator | None:
    """The indicator of the column before a group that has no name of its own; None without one."""
    if len(meaning.path) < 2 or header_words(meaning.path[:-1], ()).names:
        return None  # The heading above it says what it is of.
    for one in reversed(before):
        if one.path[:-1] != meaning.path[:-1] and one.use == "value":
            same = (one.period, one.status) == (meaning.period, meaning.status)
            known = one.indicator and one.indicator != EACH_ROW
            return indicators.get(one.indicator) if known and same else None
    return None
