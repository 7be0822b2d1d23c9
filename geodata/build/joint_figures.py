"""``joint_figures.csv``: figures that a source gives for several units together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_each_row
from geodata.catalogue import Catalogue
from geodata.dataset_files.csv_columns import JOINT_FIGURES
from geodata.errors import InvalidInput
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message, Text
from geodata.locale_numbers import parse_number
from geodata.model import STATUSES, JointFigure, Unit
from geodata.period import parse_period
from geodata.toml_reader import nearest_names


def read_joint_figures(
    folder: Path,
    catalogue: Catalogue,
    units: Iterable[Unit],
    faults: FaultCollector = RAISE_FIRST,
) -> list[JointFigure]:
    """Read the joint figures of a dataset; none where there is no such file.

    Parameters
    ----------
    units
        The units of all levels and days.
    faults
        Takes what is wrong with a row; the first fault is raised by default.

    Raises
    ------
    FileFault
        The table cannot be read at all.
    """
    path = folder / JOINT_FIGURES.path
    if not path.exists():
        return []
    levels = {unit.unit_id: unit.level for unit in units}
    allowed: dict[str, Collection[str]] = {
        "indicator": [one.id for one in catalogue.indicators.values() if one.kind != "category"],
        "status": STATUSES,
        "source": catalogue.sources,
    }
    read = partial(_joint_figure, lists=allowed, levels=levels)
    return read_each_row(path, JOINT_FIGURES.column_names, read, faults)


def _joint_figure(
    row: SourceRow, lists: Mapping[str, Collection[str]], levels: Mapping[str, str]
) -> JointFigure:
    cells = row.cells
    for column, allowed in lists.items():
        if cells[column] not in allowed:
            what = Message("The value is not in the list")
            raise row.fault(column, what, nearest_names(cells[column], allowed))
    try:
        parse_period(cells["period"])
        value = parse_number(cells["value"])
    except InvalidInput as error:
        column = "value" if error.found == cells["value"] else "period"
        raise row.fault(column, error.what, error.allowed) from None
    return JointFigure(
        unit_ids=_units(row, levels),
        indicator=cells["indicator"],
        period=cells["period"],
        status=cells["status"],  # type: ignore[arg-type]
        value=value,
        source_id=cells["source"],
        quote=cells["quote"],
        note=Text(cells["note_vi"].strip(), cells["note_en"].strip()),
    )


def _units(row: SourceRow, levels: Mapping[str, str]) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in row.cells["unit_ids"].split("|"))
    for unit_id in ids:
        if unit_id not in levels:
            what = Message("There is no such unit")
            raise row.fault("unit_ids", what, nearest_names(unit_id, levels))
    if len(set(ids)) < 2 or len({levels[unit_id] for unit_id in ids}) > 1:
        what = Message("A joint figure is of two units or more, all of one level")
        raise row.fault("unit_ids", what)
    return tuple(sorted(ids))
