"""By what the figures of a column are multiplied to be in the unit of measure of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geodata.i18n import Message
from geodata.measure_units import (
    MeasureReading,
    conversion,
    read_measure,
    scale_wording,
)
from geodata.model import Indicator
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns.header_words import HeaderWords
from geodata.table_import.columns.office_words import is_share
from geodata.table_import.layout_records import TableColumn

_FRACTIONS_FROM = 5
"""So many figures must be fractions before a column of per cent is read as fractions."""


def column_measure(
    column: TableColumn,
    words: HeaderWords,
    around: Sequence[MeasureReading],
    answer: ColumnMeaning | None,
) -> MeasureReading | None:
    """The unit of measure of a column before its indicator is known.

    Parameters
    ----------
    words
        What its header says.
    around
        The units that stand above the table; taken where there is one, and not for shares.
    answer
        What a person says of it.
    """
    if answer is not None and answer.measure_unit:
        return read_measure(answer.measure_unit)
    if words.measure is not None:
        return words.measure
    if column.measure or column.percent:
        return read_measure(column.measure or "%")
    lowest = words.names[-1] if words.names else ""
    if len(around) == 1 and not is_share(lowest):
        return around[0]
    return None


def scaled(
    meaning: ColumnMeaning,
    indicator: Indicator,
    around: Sequence[MeasureReading],
    figures: Sequence[float],
    answer: ColumnMeaning | None = None,
) -> ColumnMeaning:
    """A column with the scale that brings its figures into the indicator's unit of measure.

    Parameters
    ----------
    around
        The units that stand above the table: of several the only one that fits is taken.
    figures
        Figures of the column as read, to tell percentages from fractions.
    answer
        What a person says; his scale counts where he names no unit of measure.
    """
    if answer is not None and answer.scale != 1 and not answer.measure_unit:
        reason = Message("Figures are multiplied by {scale}, as was said", scale=answer.scale)
        return replace(meaning, scale=answer.scale, scale_reason=reason)
    measure = read_measure(meaning.measure_unit) if meaning.measure_unit else None
    if measure is None:
        fitting = [each for each in around if conversion(each, indicator.measure_unit) is not None]
        measure = fitting[0] if len(fitting) == 1 else None
    factor = conversion(measure, indicator.measure_unit) if measure else None
    if measure is None or factor is None:
        return _from_fractions(meaning, indicator, figures)
    wording = scale_wording(measure.written, indicator.measure_unit, factor)
    found = replace(meaning, measure_unit=measure.written, scale=factor, scale_reason=wording)
    return _from_fractions(found, indicator, figures)


def _from_fractions(
    meaning: ColumnMeaning, indicator: Indicator, figures: Sequence[float]
) -> ColumnMeaning:
    """A column of per cent whose figures are fractions: 0.195 is 19.5 %."""
    if indicator.measure_unit.symbol.vi != "%" or meaning.scale != 1:
        return meaning
    fine = [each for each in figures if each != round(each, 2)]
    fractions = (
        len(figures) >= _FRACTIONS_FROM
        and all(0 <= each <= 1 for each in figures)
        and 2 * len(fine) > len(figures)
    )
    if not fractions:
        return meaning
    reason = Message("All figures are fractions of 1: they are multiplied by 100 to be per cent")
    return replace(meaning, scale=100.0, scale_reason=reason)
