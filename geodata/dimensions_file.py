"""``dimensions.toml``: the code lists by which the indicators of a dataset are broken down."""

from __future__ import annotations

import re
from pathlib import Path

from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.model import Dimension, DimensionCode
from geodata.series_id import CODE_ID, DIMENSION_ID
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, nearest_names, read_table_array

DIMENSIONS_FILE = "dimensions.toml"

ALL_CODES = Text.of(Message("All"))


def read_dimensions(path: Path, faults: FaultCollector) -> dict[str, Dimension]:
    """Read the code lists of a dataset in their order; none where there is no such file.

    Parameters
    ----------
    faults
        Takes what is wrong.
    """
    dimensions: dict[str, Dimension] = {}
    with faults.catching():
        for dimension in read_table_array(path, "dimension", faults, read_dimension):
            if dimension.id in dimensions:
                entry = TableReader(f"{display_path(path)} [{dimension.id}]", {}, faults)
                remedy = Message("Give one of the two entries another id")
                entry.report("id", Message("This id stands twice"), dimension.id, remedy=remedy)
            dimensions[dimension.id] = dimension
    return dimensions


def read_dimension(entry: TableReader) -> Dimension:
    """Read a code list: of the file, or one that is made with a table."""
    listed = entry.tables("code")
    dimension = Dimension(
        id=_identifier(entry, DIMENSION_ID),
        name=entry.text("name"),
        total=entry.text("total") if entry.has("total") else ALL_CODES,
        overlapping=entry.take("overlapping", (bool,), False),
        codes=tuple(_code(code) for code in listed),
    )
    entry.finish()
    if not listed:
        remedy = Message("Add a [[dimension.code]] with id and name for each value")
        entry.report("code", Message("The code list has no code"), "", remedy=remedy)
    _verify_codes(entry, dimension)
    return dimension


def _code(entry: TableReader) -> DimensionCode:
    return DimensionCode(
        _identifier(entry, CODE_ID), entry.text("name"), entry.string("parent", "")
    )


def _identifier(entry: TableReader, form: re.Pattern[str]) -> str:
    missing = not entry.has("id")
    value = entry.string("id")
    if not missing and not form.fullmatch(value):
        entry.report("id", Message("Malformed id"), value, (form.pattern,))
    return value


def _verify_codes(entry: TableReader, dimension: Dimension) -> None:
    """Every code stands once, and a parent stands before its parts."""
    before: list[str] = []
    for code in dimension.codes:
        if code.id in before:
            remedy = Message("Give one of the two entries another id")
            entry.report("code", Message("This id stands twice"), code.id, remedy=remedy)
        if code.parent and code.parent not in before:
            what = Message("A code must stand behind the code that it is a part of")
            near = nearest_names(code.parent, before)
            entry.report(f"code [{code.id}] parent", what, code.parent, near)
        before.append(code.id)
