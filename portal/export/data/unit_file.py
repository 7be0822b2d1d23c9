"""All figures of one unit as a file: every period and status, with sources and quotes."""

from __future__ import annotations

import io
import re

from geodata.i18n import Language, Message
from geodata.model import Observation, Unit
from geodata.store import Store
from geodata.vietnamese_names import without_diacritics
from layers.figure_concepts import concept_name
from layers.figure_quality import QUALITY_NAMES, doubt_remark
from layers.labels import STATUS_NAMES, date_text
from portal.export.data.csv_form import Cell, CsvForm, csv_bytes
from portal.export.data.origins import rounded_value, unrounded_value
from portal.export.data.tables import HEADERS
from portal.serializers.entities import citation

UNIT_COLUMNS = (
    "unit_id",
    "code",
    "full_name",
    "indicator",
    "dimensions",
    "indicator_name",
    "measure_unit",
    "period",
    "status",
    "value",
    "value_unrounded",
    "doubt",
    "quality",
    "printed",
    "source_id",
    "source",
    "quote",
    "method",
    "coverage",
    "note",
    "concept",
)
"""Columns of the file, those of the figures of a map that say something of one unit."""


def unit_rows(store: Store, unit: Unit, language: Language) -> list[dict[str, Cell]]:
    """One row for each figure, also those that another source outranks, in catalogue order."""
    order = {each.id: at for at, each in enumerate(store.indicators(parts=True))}
    figures = store.observations(unit=unit.unit_id).items
    return [
        _row(store, unit, figure, language)
        for figure in sorted(figures, key=lambda one: order.get(one.indicator, len(order)))
    ]


def _row(store: Store, unit: Unit, figure: Observation, language: Language) -> dict[str, Cell]:
    indicator = store.indicator(figure.indicator)
    printed = figure.quality in ("read_as", "impossible")
    value = None if figure.impossible else figure.value
    return {
        "unit_id": unit.unit_id,
        "code": unit.code,
        "full_name": unit.full_name[language],
        "indicator": indicator.measured,
        "dimensions": indicator.dimensions,
        "indicator_name": indicator.name[language],
        "measure_unit": indicator.measure_unit.symbol[language],
        "period": figure.period,
        "status": STATUS_NAMES[figure.status][language],
        "value": rounded_value(value, indicator),
        "value_unrounded": unrounded_value(value, indicator),
        "doubt": doubt_remark(figure, indicator, language),
        "quality": QUALITY_NAMES[figure.quality][language],
        "printed": figure.as_printed if printed else None,
        "source_id": figure.source_id,
        "source": citation(store.source(figure.source_id), language),
        "quote": figure.quote,
        "method": figure.method[language],
        "coverage": figure.coverage,
        "note": figure.note[language],
        "concept": concept_name(store, figure, language),
    }


def unit_csv(store: Store, unit: Unit, language: Language, form: CsvForm = "plain") -> bytes:
    """The rows as CSV, as the files of a map."""
    header = [HEADERS[name][language] for name in UNIT_COLUMNS]
    found = ([row[name] for name in UNIT_COLUMNS] for row in unit_rows(store, unit, language))
    return csv_bytes([header, *found], language, form)


def unit_workbook(store: Store, unit: Unit, language: Language) -> bytes:
    """The same as an Excel workbook, the same bytes each time."""
    # openpyxl and lxml are many megabytes: only who wants a workbook loads them.
    from openpyxl import Workbook  # noqa: PLC0415

    from portal.export.data.workbook import append_row  # noqa: PLC0415
    from portal.export.reproducible_zip import with_fixed_dates  # noqa: PLC0415

    book = Workbook(write_only=True)
    figures = book.create_sheet(Message("Figures")[language])
    figures.freeze_panes = "D2"
    append_row(figures, [HEADERS[name][language] for name in UNIT_COLUMNS], bold=True)
    for row in unit_rows(store, unit, language):
        append_row(figures, [row[name] for name in UNIT_COLUMNS])
    notes = book.create_sheet(Message("Notes")[language])
    day = date_text(store.info.reference_date, language)
    append_row(notes, [f"{store.info.title[language]} · {day} · {store.info.version}"])
    append_row(notes, [unit.full_name[language]])
    target = io.BytesIO()
    book.save(target)
    return with_fixed_dates(target.getvalue(), store.info.reference_date)


def unit_file_name(unit: Unit, ending: str) -> str:
    """``binh_lu_03390-20250701.csv``."""
    name = re.sub(r"[^a-z0-9]+", "_", without_diacritics(unit.name.vi).lower()).strip("_")
    return f"{name}_{unit.unit_id}.{ending}"
