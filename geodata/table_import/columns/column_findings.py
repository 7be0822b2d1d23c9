"""What is to be asked or said about the columns of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from geodata.i18n import Joined, Localised, Message
from geodata.measure_units import find_measure, read_measure
from geodata.model import Indicator
from geodata.readers.sheet import column_letters
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.alike_columns import alike_columns, common_heading
from geodata.table_import.columns.indicator_search import fits
from geodata.table_import.columns.period_choice import TablePeriods
from geodata.table_import.layout_records import CellPlace, TableLayout
from geodata.table_import.report_records import Answers, Finding

_MOST_PLACES = 20


def column_findings(
    layout: TableLayout,
    meanings: Sequence[ColumnMeaning],
    indicators: Mapping[str, Indicator],
    around: TablePeriods,
    answers: Answers,
) -> Iterator[Finding]:
    """Findings about the columns: ``I01`` to ``I04``, ``P01``, ``P02``.

    Parameters
    ----------
    indicators
        All that a column can hold.
    around
        What stands around the table about its period.
    answers
        Columns whose period a person stated do not depend on that.
    """
    values = [each for each in meanings if each.use == "value"]
    yield from _unknown(layout, values, indicators)
    yield from _other_measure(layout, values, indicators)
    yield from _measures_in_cells(layout, values)
    yield from _fractions(layout, values)
    yield from _same_series(layout, values)
    stated = {path for path, said in answers.columns.items() if said.period}
    yield from _periods(layout, [each for each in values if each.path not in stated], around)


def _place(layout: TableLayout, meaning: ColumnMeaning) -> CellPlace:
    """The lowest cell of a column's header; the column where there is no header."""
    return layout.place(layout.header_rows[-1] if layout.header_rows else 0, meaning.column)


def _places(layout: TableLayout, meanings: Iterable[ColumnMeaning]) -> tuple[CellPlace, ...]:
    return tuple(_place(layout, each) for each in meanings)[:_MOST_PLACES]


def _heading(meaning: ColumnMeaning) -> str:
    return " / ".join(meaning.path)


def _told(layout: TableLayout, meaning: ColumnMeaning) -> str:
    """A column as a person finds it: sheet, letters and header."""
    place = _place(layout, meaning)
    letters = column_letters(place.column)
    return ", ".join(filter(None, (place.sheet, letters, _heading(meaning))))


def _told_together(layout: TableLayout, columns: Sequence[ColumnMeaning]) -> str:
    """Columns that are asked about once as a person finds them."""
    places = [_place(layout, each) for each in columns]
    numbers = [place.column for place in places]
    letters = [column_letters(number) for number in numbers]
    if numbers == list(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        letters = [f"{letters[0]}–{letters[-1]}"]
    return ", ".join(filter(None, (places[0].sheet, *letters, common_heading(columns))))


def _unknown(
    layout: TableLayout, values: Sequence[ColumnMeaning], indicators: Mapping[str, Indicator]
) -> Iterator[Finding]:
    for places in alike_columns(values):
        columns = [values[place] for place in places]
        proposals = (each.indicator for each in columns[0].proposals)
        names = [indicators[each].name for each in proposals if each in indicators]
        expected: Localised = Message("An indicator of the catalogue, or a new one")
        if names:
            expected = Message("Perhaps {names}", names=Joined("; ", names))
        yield Finding(
            "I01",
            "question",
            Message(
                "It is not certain which indicator the column “{heading}” holds",
                heading=_told(layout, columns[0]),
            )
            if len(columns) == 1
            else Message(
                "It is not certain which indicator the {n} columns “{heading}” hold",
                n=len(columns),
                heading=_told_together(layout, columns),
            ),
            expected,
            Message("Choose an indicator, make a new one, or leave the column aside"),
            _places(layout, columns),
            common_heading(columns),
            len(columns),
        )


def _other_measure(
    layout: TableLayout, values: Sequence[ColumnMeaning], indicators: Mapping[str, Indicator]
) -> Iterator[Finding]:
    for each in values:
        indicator = indicators.get(each.indicator)
        if indicator is None or not each.measure_unit:
            continue
        if not fits(indicator, read_measure(each.measure_unit)):
            yield Finding(
                "I02",
                "error",
                Message(
                    "The unit of measure of the column “{heading}” does not fit its indicator",
                    heading=_told(layout, each),
                ),
                Message(
                    "{indicator} is in {unit}",
                    indicator=indicator.name,
                    unit=indicator.measure_unit.name,
                ),
                Message("Choose another indicator, or say in which unit of measure the column is"),
                (_place(layout, each),),
                each.measure_unit,
            )


def _measures_in_cells(layout: TableLayout, values: Sequence[ColumnMeaning]) -> Iterator[Finding]:
    """Units of measure that stand behind the numbers and are taken as if the header said them."""
    measures = {column.number: column.measure for column in layout.columns}
    found = [
        each
        for each in values
        if measures.get(each.column, "") not in ("", "%")
        and not any(find_measure(text, ())[0] for text in each.path)
    ]
    told = [f"{_told(layout, each)}: {measures[each.column]}" for each in found]
    if found:
        yield Finding(
            "I05",
            "note",
            Message("The unit of measure stands in the cells, behind the numbers"),
            remedy=Message("It is read as if it stood in the header"),
            places=_places(layout, found),
            value="; ".join(told),
            count=len(found),
        )


def _fractions(layout: TableLayout, values: Sequence[ColumnMeaning]) -> Iterator[Finding]:
    found = [each for each in values if each.scale == 100 and each.measure_unit in ("", "%")]
    if found:
        yield Finding(
            "I03",
            "confirm",
            Message("Shares are written as fractions of 1"),
            Message("0.195 is read as 19.5%"),
            Message("Confirm that the figures are fractions, or say that they are per cent"),
            _places(layout, found),
            _heading(found[0]),
            len(found),
        )


def _same_series(layout: TableLayout, values: Sequence[ColumnMeaning]) -> Iterator[Finding]:
    """Two columns whose figures would be those of one series."""
    series = defaultdict(list)
    for each in values:
        if each.indicator and each.indicator != EACH_ROW and each.period:
            series[each.indicator, each.dimensions, each.period, each.status].append(each)
    for columns in series.values():
        if len(columns) > 1:
            yield Finding(
                "I04",
                "question",
                Message("Several columns would give the same indicator, period and status"),
                Message("One column for each"),
                Message("Choose another indicator or period for one of them, or leave it aside"),
                _places(layout, columns),
                "; ".join(map(_heading, columns)),
                len(columns),
            )


def _periods(
    layout: TableLayout, values: Sequence[ColumnMeaning], around: TablePeriods
) -> Iterator[Finding]:
    open_columns = [each for each in values if not each.period]
    if open_columns and not around.disagree:
        yield Finding(
            "P01",
            "question",
            Message(
                "No period is stated for the column “{heading}”",
                heading=_told(layout, open_columns[0]),
            )
            if len(open_columns) == 1
            else Message("No period is stated"),
            Message("A period in the header, the title, or the name of the sheet or file"),
            Message("Say of which period the figures are"),
            _places(layout, open_columns),
            _heading(open_columns[0]),
            len(open_columns),
        )
    by_table = [each for each in values if not each.period or each.period == around.code]
    if by_table and around.disagree:
        said = [_PLACES[place].filled(period=code) for place, code in around.said]
        yield Finding(
            "P02",
            "question" if open_columns else "confirm",
            Message("Different periods are stated for one table"),
            Joined("; ", said),
            Message("Say of which period the figures are"),
            _places(layout, open_columns or by_table),
            around.code,
            len(open_columns or by_table),
        )


_PLACES = {
    "title": Message("the title says {period}"),
    "sheet": Message("the name of the sheet says {period}"),
    "file": Message("the name of the file says {period}"),
}
