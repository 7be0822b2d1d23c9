"""A table of all communes of the country as they were in 2024, with figures made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xlsxwriter

from geodata.catalogue import Catalogue
from geodata.dataset import Dataset, DatasetInfo, TimelineStep
from geodata.i18n import Text
from geodata.model import (
    Classification,
    Indicator,
    Level,
    MeasureUnit,
    Observation,
    Source,
    Theme,
    Unit,
)
from geodata.vietnamese_names import without_diacritics

ROWS, COLUMNS = 10_000, 50
SINCE = dt.date(2020, 1, 1)
_LEADING = ("STT", "Mã", "Tên xã", "Huyện", "Tỉnh")
_PERSON = MeasureUnit("person", Text("người", "people"), Text("người", "people"), space=True)
_SOURCE = Source("made-up", "data", Text("Số liệu giả định", "Made-up figures"), date="2025")


def read_register(shared: Path) -> list[dict[str, str]]:
    """The rows of the register of 2024: ``code``, ``name``, ``district``, ``province`` …"""
    path = shared / "data" / "national" / "national_commune_2024_register.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def register_dataset(register: Sequence[dict[str, str]]) -> Dataset:
    """The register's communes, districts and provinces, and figures of 2024 for some indicators."""
    units = {}
    for row in register:
        province, district = _id(row["province_code"]), _id(row["district_code"])
        units[province] = _unit("province", row["province_code"], row["province"], None)
        units[district] = _unit("district", row["district_code"], row["district"], province)
        units[_id(row["code"])] = _unit("commune", row["code"], row["full_name"], district)
    indicators = [_indicator(number) for number in range(COLUMNS - len(_LEADING))]
    figures = _figures(len(register), seed=2024)
    observations = tuple(
        Observation(_id(row["code"]), indicator.id, "2024", "actual", float(value), _SOURCE.id)
        for indicator, column in zip(indicators[:10], figures, strict=False)
        for row, value in zip(register, column, strict=True)
    )
    info = DatasetInfo(
        "register", Text("Việt Nam"), "", SINCE, (TimelineStep(SINCE, Text("2020")),), "EPSG:32648",
        "people",
    )  # fmt: skip
    catalogue = Catalogue(
        {"people": Theme("people", Text("Dân số"))},
        {_PERSON.id: _PERSON},
        {indicator.id: indicator for indicator in indicators},
        {_SOURCE.id: _SOURCE},
    )
    return Dataset(info, catalogue, tuple(units.values()), (), observations, {}, ())


def office_workbook(register: Sequence[dict[str, str]]) -> bytes:
    """A workbook of `ROWS` communes and `COLUMNS` columns, as an office would keep it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet("Biểu 01")
    sheet.write(0, 0, "BIỂU 01. SỐ LIỆU GIẢ ĐỊNH NĂM 2025")
    names = [_name(number) for number in range(COLUMNS - len(_LEADING))]
    sheet.write_row(2, 0, [*_LEADING, *(f"{name} (người)" for name in names)])
    figures = _figures(len(register), seed=2025).T
    for place, (row, values) in enumerate(zip(register[:ROWS], figures, strict=False), 1):
        told = (place, row["code"], row["full_name"], row["district"], row["province"])
        sheet.write_row(place + 2, 0, [*told, *values.tolist()])
    book.close()
    return file.getvalue()


def _figures(rows: int, seed: int) -> np.ndarray:
    """Whole numbers by column and row, of the sizes that communes have."""
    chance = np.random.default_rng(seed)
    return chance.lognormal(8, 0.7, (COLUMNS - len(_LEADING), rows)).round().astype(int)


def _id(code: str) -> str:
    return f"{code}-{SINCE:%Y%m%d}"


def _name(number: int) -> str:
    return f"Số người thuộc nhóm {number + 1}"


def _indicator(number: int) -> Indicator:
    return Indicator(
        f"group_{number + 1}", "people", Text(""), Text(_name(number), f"People of {number + 1}"),
        Text(""), _PERSON, "count", None, None, None, "neutral", 0, 0.0, None, ("commune",), (),
        Classification(), "", "",
    )  # fmt: skip


def _unit(level: Level, code: str, full_name: str, parent: str | None) -> Unit:
    words = full_name.split(" ")
    kind, rest = words[0], words[1:]
    if full_name.lower().startswith(("thị trấn", "thị xã", "thành phố")):
        kind, rest = " ".join(words[:2]), words[2:]
    name = " ".join(rest)
    names = Text(name, without_diacritics(name)), Text(full_name, without_diacritics(full_name))
    return Unit(
        _id(code), code, level, kind.lower(), *names, parent, SINCE, None, None, None, "", None,
        None, "none", _SOURCE.id,
    )  # fmt: skip
