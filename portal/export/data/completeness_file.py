"""Which units have figures of which themes, as a table that an office works through."""

from __future__ import annotations

import io

from geodata.i18n import Language, Message
from geodata.model import Level
from geodata.store import Store
from layers.labels import date_text
from portal.export.data.csv_form import Cell, CsvForm, csv_bytes
from portal.export.data.tables import HEADERS
from portal.serializers.completeness import completeness, matrix

KNOWN = Message("{theme}: indicators with a figure")
OF = Message("{theme}: of")
LATEST = Message("{theme}: latest")
ALL = Message("All themes")
_TITLE = Message("Completeness of the figures")


def completeness_table(
    store: Store, level: Level, year: int | None, language: Language
) -> list[list[Cell]]:
    """The header, then a row for each unit: of each theme how many indicators it has, of how many.

    Parameters
    ----------
    year
        In which the periods of the figures end; None for any.
    """
    found = completeness(store, level, year)
    header: list[Cell] = [HEADERS[name][language] for name in ("unit_id", "code", "full_name")]
    for name in [each.name[language] for each in found.themes]:
        header += [each[language].format(theme=name) for each in (KNOWN, OF, LATEST)]
    header += [each[language].format(theme=ALL[language]) for each in (KNOWN, OF)]
    rows: list[list[Cell]] = [header]
    for unit, row in zip(found.units, matrix(found, language), strict=True):
        cells: list[Cell] = [unit.unit_id, unit.code, unit.full_name[language]]
        for cell in row["cells"]:
            cells += [cell["n"], cell["total"], cell["latest"]]
        rows.append([*cells, row["whole"]["n"], row["whole"]["total"]])
    return rows


def completeness_csv(
    store: Store, level: Level, year: int | None, language: Language, form: CsvForm
) -> bytes:
    """The table as CSV."""
    return csv_bytes(completeness_table(store, level, year, language), language, form)


def completeness_workbook(
    store: Store, level: Level, year: int | None, language: Language
) -> bytes:
    """The table as an Excel workbook, the same bytes each time."""
    # openpyxl and lxml are many megabytes: only who wants a workbook loads them.
    from openpyxl import Workbook  # noqa: PLC0415

    from portal.export.data.workbook import append_row  # noqa: PLC0415
    from portal.export.reproducible_zip import with_fixed_dates  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_TITLE[language][:31])
    sheet.freeze_panes = "D2"
    for place, row in enumerate(completeness_table(store, level, year, language)):
        append_row(sheet, row, bold=place == 0)
    notes = book.create_sheet(Message("Notes")[language])
    info = store.info
    day = date_text(info.reference_date, language)
    append_row(notes, [f"{info.title[language]} · {day} · {info.version}"])
    target = io.BytesIO()
    book.save(target)
    return with_fixed_dates(target.getvalue(), info.reference_date)
