"""``inputs/territory.toml``: how the units and their boundaries are made from input files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import fields
from pathlib import Path
from typing import get_args

from geodata.dataset import DETAILS
from geodata.dataset_files import references
from geodata.dataset_files.csv_columns import ColumnSpec
from geodata.dataset_files.territory_records import (
    CROSSWALK_COLUMNS,
    PREDECESSOR_COLUMNS,
    SUCCESSOR_COLUMNS,
    SUCCESSOR_OPTIONAL_COLUMNS,
    AccuracyLimits,
    DistrictsTable,
    DivisionTable,
    InputTable,
    OfficialArea,
    OutlinesTable,
    PredecessorsTable,
    ProvinceTable,
    SuccessorsTable,
    TerritoryFile,
)
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import BoundaryQuality
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

QUALITIES: tuple[BoundaryQuality, ...] = get_args(BoundaryQuality)


_UNDIVIDED = DivisionTable(spacing_m=25.0, margin_m=30.0, minimum_share=0.05)
"""Where every commune of the horizon is one of today's, none of this is used."""

_BEFORE = ("horizon", "districts", "division", "predecessors")
"""Tables that stand together, or not at all where nothing is known of earlier communes."""


def read_territory_file(
    path: Path, sources: Collection[str], faults: FaultCollector
) -> TerritoryFile:
    """Read ``territory.toml``.

    Parameters
    ----------
    sources
        Ids of the catalogue's sources.

    Raises
    ------
    FileFault
        The file is missing or no TOML, or ``faults`` raises the first fault.
    """
    file = TableReader(display_path(path), read_toml(path), faults)
    earlier = any(file.has(name) for name in _BEFORE)
    successors = _successors(file.table("successors", required=True), sources)
    territory = TerritoryFile(
        limits=_limits(file.table("limits", required=True)),
        details=_details(file.table("details", required=True)),
        division=_division(file.table("division", required=True)) if earlier else _UNDIVIDED,
        province=_province(file.table("province", required=True), sources),
        horizon=_horizon(file.table("horizon", required=True)) if earlier else successors.date,
        districts=_districts(file.table("districts", required=True), sources) if earlier else None,
        successors=successors,
        predecessors=_predecessors(file.table("predecessors", required=True), sources)
        if earlier
        else None,
        official_areas=tuple(_official_area(e, sources) for e in file.tables("official_area")),
    )
    file.finish()
    if territory.horizon > successors.date:
        what = Message("The horizon lies after the day of today's communes")
        file.report("[horizon] date", what, territory.horizon.isoformat())
    return territory


def _limits(entry: TableReader) -> AccuracyLimits:
    return AccuracyLimits(*(entry.positive(field.name) for field in fields(AccuracyLimits)))


def _details(entry: TableReader) -> dict[int, float]:
    return {detail: entry.positive(str(detail)) for detail in DETAILS}


def _division(entry: TableReader) -> DivisionTable:
    return DivisionTable(*(entry.positive(field.name) for field in fields(DivisionTable)))


def _quality(entry: TableReader) -> BoundaryQuality:
    return entry.choice("boundary_quality", QUALITIES)


def _province(entry: TableReader, sources: Collection[str]) -> ProvinceTable:
    return ProvinceTable(
        code=entry.string("code"),
        full_name=entry.string("full_name"),
        valid_from=entry.date("valid_from"),
        official_area_km2=entry.number("official_area_km2", None),
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
    )


def _horizon(entry: TableReader) -> dt.date:
    return entry.date("date")


def _districts(entry: TableReader, sources: Collection[str]) -> DistrictsTable:
    return DistrictsTable(references.source(entry, sources), _quality(entry), entry.date("until"))


def _successors(entry: TableReader, sources: Collection[str]) -> SuccessorsTable:
    register = entry.table("register", required=True)
    return SuccessorsTable(
        date=entry.date("date"),
        file=entry.string("file"),
        code=entry.string("code"),
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
        register=_input_table(register, SUCCESSOR_COLUMNS, SUCCESSOR_OPTIONAL_COLUMNS),
    )


def _predecessors(entry: TableReader, sources: Collection[str]) -> PredecessorsTable:
    register = entry.table("register", required=True)
    crosswalk = entry.table("crosswalk", required=True)
    outlines = entry.table("outlines", required=True)
    return PredecessorsTable(
        source=references.source(entry, sources),
        boundary_quality=_quality(entry),
        register=_input_table(register, PREDECESSOR_COLUMNS),
        crosswalk=_input_table(crosswalk, CROSSWALK_COLUMNS),
        outlines=OutlinesTable(
            outlines.string("file"), outlines.string("district"), outlines.string("name")
        ),
    )


def _input_table(
    entry: TableReader, needed: Iterable[ColumnSpec], optional: Iterable[ColumnSpec] = ()
) -> InputTable:
    columns = {each.name: entry.string(each.name) for each in needed}
    columns |= {each.name: entry.string(each.name) for each in optional if entry.has(each.name)}
    return InputTable(entry.string("file"), entry.string("sheet", ""), columns, entry.where)


def _official_area(entry: TableReader, sources: Collection[str]) -> OfficialArea:
    return OfficialArea(
        references.unit(entry, "unit"), entry.positive("km2"), references.source(entry, sources)
    )
