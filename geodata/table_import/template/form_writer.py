"""Writing a workbook to be filled in: names and codes of units, cells with limits, a guide.

Names of classes stand on a sheet of their own, from which the lists of the cells are drawn.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Language, Message
from geodata.i18n.collation import sort_key
from geodata.model import Indicator, Level, Status, Unit
from geodata.period import parse_period
from geodata.table_import.template.form_cells import number_format, validation
from geodata.table_import.template.form_guide import write_guide
from geodata.table_import.template.form_identity import (
    FormIdentity,
    heading_hash,
    property_chunks,
)

MOST_INDICATORS = 200
"""More columns than a person fills in."""

HEADER_ROW = 5
"""Row of the header, from 1."""

_FIRST_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same file for the same form
_NAMED = "PORTAL_FORM"
_FIGURES = Message("Figures", context="form sheet")
_GUIDE = Message("Guide", context="form sheet")
_CLASSES = Message("Classes", context="form sheet")
_WIDTHS = {"code": 9, "name": 26, "upper": 20, "figure": 14}


def write_template(
    catalogue: Catalogue,
    units: Sequence[Unit],
    indicators: Sequence[str],
    *,
    level: Level,
    date: dt.date,
    period: str,
    status: Status,
    language: Language,
) -> bytes:
    """Write a workbook for the figures of some indicators.

    Codes stand as text, names are filled in, each cell takes only numbers within the bounds of its
    indicator or one of its classes, headers are locked. A sheet explains how to fill it in.

    Parameters
    ----------
    units
        Units of all levels and days; those of ``level`` in force on ``date`` are listed, by upper
        unit and name. Whoever asks for the units of one area gives only these and those above.
    indicators
        Ids, in the order of the columns.
    period
        Code of the period of all figures.
    status
        Status of all figures.
    language
        Of the headings and the guide.

    Returns
    -------
    bytes
        An XLSX file; the same for the same arguments.

    Raises
    ------
    InvalidInput
        No indicator, too many, one twice or one without a meaning at the level; no such period; or
        no unit of the level in force on the date.
    NotFound
        An indicator is not in the catalogue.
    """
    chosen = _indicators(catalogue, indicators, level)
    headings = {each.id: heading(each, language) for each in chosen}
    identity = FormIdentity(
        level,
        date,
        parse_period(period).code,
        status,
        {heading_hash(text): indicator for indicator, text in headings.items()},
    )
    form = _FormWorkbook(
        identity,
        chosen,
        headings,
        _units(units, level, date, language),
        {unit.unit_id: unit for unit in units},
        language,
    )
    return form.write()


def heading(indicator: Indicator, language: Language) -> str:
    """The heading of an indicator's column: its name, and the unit of measure of a number."""
    symbol = indicator.measure_unit.symbol[language]
    return f"{indicator.name[language]} ({symbol})" if symbol else indicator.name[language]


def _indicators(catalogue: Catalogue, named: Sequence[str], level: Level) -> list[Indicator]:
    if not named or len(named) > MOST_INDICATORS or len(set(named)) != len(named):
        raise InvalidInput(
            Message("A form needs one to {most} different indicators", most=MOST_INDICATORS),
            found=", ".join(named),
        )
    found = []
    for name in named:
        if name not in catalogue.indicators:
            what = Message("There is no such indicator")
            raise unknown_name(what, name, catalogue.indicators)
        indicator = catalogue.indicators[name]
        if level not in indicator.levels:
            what = Message("The indicator has no meaning at this level")
            raise InvalidInput(what, found=name, allowed=indicator.levels)
        found.append(indicator)
    return found


def _units(units: Sequence[Unit], level: Level, date: dt.date, language: Language) -> list[Unit]:
    names = {unit.unit_id: unit.name.vi for unit in units}
    listed = [unit for unit in units if unit.level == level and unit.valid_on(date)]
    if not listed:
        raise InvalidInput(
            Message("No unit of this level was in force on that day"),
            found=f"{level}, {date.isoformat()}",
        )

    def order(unit: Unit) -> tuple[object, ...]:
        above = names.get(unit.parent_id or "", "")
        return sort_key(above, language), sort_key(unit.name.vi, language), unit.code

    return sorted(listed, key=order)


def known_by(line: str) -> Message:
    """The line of text by which a form is known again, with words that keep people from it."""
    return Message("Leave this line as it is, the form is known by it: {line}", line=line)


STATUS_NAMES: Mapping[Status, Message] = {
    "actual": Message("Actual"),
    "estimate": Message("Estimate"),
    "plan": Message("Plan"),
    "target": Message("Target"),
}


@dataclass(frozen=True, slots=True)
class _Formats:
    """How the cells of a form look; only those for figures are not locked."""

    title: Format
    small: Format
    header: Format
    text: Format
    figures: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class _FormWorkbook:
    """One workbook while it is written."""

    identity: FormIdentity
    indicators: Sequence[Indicator]
    headings: Mapping[str, str]
    units: Sequence[Unit]
    by_id: Mapping[str, Unit]
    language: Language

    def write(self) -> bytes:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            book.set_properties({"created": _FIRST_DAY})
            for name, chunk in property_chunks(self.identity).items():
                book.set_custom_property(name, chunk, "text")
            book.define_name(_NAMED, f'="{self.identity.form_id}"')
            sheet = book.add_worksheet(self._say(_FIGURES))
            guide = book.add_worksheet(self._say(_GUIDE))
            self._write_head(sheet, book)
            self._write_rows(sheet, self._formats(book), self._write_classes(book))
            lines = [(self.headings[each.id], each) for each in self.indicators]
            write_guide(guide, book, known_by(self.identity.line), lines, self.language)
        return target.getvalue()

    def _say(self, message: Message) -> str:
        return message[self.language]

    def _formats(self, book: xlsxwriter.Workbook) -> _Formats:
        locked = {"bg_color": "#EEEEEE", "border": 1, "valign": "vcenter"}
        return _Formats(
            title=book.add_format({"bold": True, "font_size": 13}),
            small=book.add_format({"font_size": 8, "font_color": "#666666"}),
            header=book.add_format({**locked, "bold": True, "text_wrap": True, "align": "center"}),
            text=book.add_format({**locked, "num_format": "@"}),
            figures=tuple(
                book.add_format({"num_format": number_format(each), "locked": False, "border": 1})
                for each in self.indicators
            ),
        )

    def _write_head(self, sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        formats = self._formats(book)
        period = parse_period(self.identity.period).label(self.language)
        sheet.write_string(0, 0, self._say(Message("FORM FOR FIGURES OF UNITS")), formats.title)
        stated = Message(
            "Period: {period}. Status: {status}. Form {form}, version {version}",
            period=period,
            status=STATUS_NAMES[self.identity.status],
            form=self.identity.form_id,
            version=self.identity.version,
        )
        sheet.write_string(1, 0, self._say(stated))
        how = Message("Fill in the white cells only; the sheet “{guide}” says how", guide=_GUIDE)
        sheet.write_string(2, 0, self._say(how))
        sheet.write_string(3, 0, self._say(known_by(self.identity.line)), formats.small)

    def _write_classes(self, book: xlsxwriter.Workbook) -> dict[str, str]:
        """The cells that list the classes of each category, by its id."""
        listed = [each for each in self.indicators if each.kind == "category"]
        if not listed:
            return {}
        name = self._say(_CLASSES)
        sheet = book.add_worksheet(name)
        found = {}
        for column, each in enumerate(listed):
            sheet.write_string(0, column, each.id)
            for row, category in enumerate(each.categories, 1):
                sheet.write_string(row, column, category.name[self.language])
            cells = xl_range_abs(1, column, len(each.categories), column)
            found[each.id] = f"={quote_sheetname(name)}!{cells}"
        sheet.protect()
        return found

    def _write_rows(self, sheet: Worksheet, formats: _Formats, classes: Mapping[str, str]) -> None:
        upper = self._has_upper()
        heads = [(Message("Code of the unit"), "code"), (Message("Name of the unit"), "name")]
        if upper:
            heads.append((Message("District"), "upper"))
        for column, (text, kind) in enumerate(heads):
            sheet.set_column(column, column, _WIDTHS[kind])
            sheet.write_string(HEADER_ROW - 1, column, self._say(text), formats.header)
        first = len(heads)
        last_row = HEADER_ROW + len(self.units) - 1
        for column, each in enumerate(self.indicators, first):
            sheet.set_column(column, column, _WIDTHS["figure"])
            sheet.write_string(HEADER_ROW - 1, column, self.headings[each.id], formats.header)
            limits = validation(each, self.language, classes.get(each.id, ""))
            sheet.data_validation(HEADER_ROW, column, last_row, column, limits)
        for row, unit in enumerate(self.units, HEADER_ROW):
            sheet.write_string(row, 0, unit.code, formats.text)
            sheet.write_string(row, 1, unit.full_name.vi, formats.text)
            if upper:
                sheet.write_string(row, 2, self._upper(unit), formats.text)
            for column, figure in enumerate(formats.figures, first):
                sheet.write_blank(row, column, None, figure)
        sheet.set_row(HEADER_ROW - 1, 60)
        sheet.freeze_panes(HEADER_ROW, first)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW - 1)

    def _has_upper(self) -> bool:
        above = (self.by_id.get(unit.parent_id or "") for unit in self.units)
        return any(unit is not None and unit.level == "district" for unit in above)

    def _upper(self, unit: Unit) -> str:
        above = self.by_id.get(unit.parent_id or "")
        return above.full_name.vi if above else ""
