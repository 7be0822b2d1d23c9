"""Tables as they come out of the reading, made small, and accounts that may do everything."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine

from geodata.i18n import Text
from geodata.ledger.database import LEDGER_FILE, open_ledger
from geodata.ledger.ledger_records import EntryRequest, PublicationRequest, SeriesKey, Writer
from geodata.model import Classification, Indicator, MeasureUnit
from geodata.table_import.column_records import NewIndicator, TableSource
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import Answers, ImportedValue, ImportReport

LAN, MINH = Writer("a1", "Lan"), Writer("a2", "Minh")
SOURCE = TableSource("Báo cáo dân số", "15/BC-UBND", "UBND tỉnh", "2026-07-05")
UNITS = tuple(f"900{n:02}-20250701" for n in (1, 3, 9, 11, 16))
"""The communes of the toy dataset since the reform."""

SHIPPED = SeriesKey("population", "", "2024", "actual", "90006-20130101")
"""A figure of the toy dataset: 1,600 people."""
PIGS = Indicator(
    id="pigs", theme="farming", group=Text(""), name=Text("Đàn lợn", "Pigs"),
    definition=Text("Số con lợn.", "Number of pigs."),
    measure_unit=MeasureUnit("head", Text("con", "head"), Text("con", "head"), True),
    kind="count", numerator=None, denominator=None, ratio_factor=None, direction="neutral",
    decimals=0, minimum=0.0, maximum=None, levels=("commune",), not_applicable_kinds=(),
    classification=Classification(), palette="", style="",
)  # fmt: skip
FARMING = Text("Chăn nuôi", "Farming")


def new_ledger(folder: Path) -> Engine:
    """An empty ledger: a file in the folder, or the PostgreSQL database that the tests may clear.

    PORTAL_TEST_POSTGRES names the latter; a driver for it is not among the dependencies.
    """
    address = os.environ.get("PORTAL_TEST_POSTGRES")
    if not address:
        path = folder / LEDGER_FILE
        path.write_bytes(_empty_ledger())
        return open_ledger(path)
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return open_ledger(address)


@cache
def _empty_ledger() -> bytes:
    """The bytes of a ledger in which nothing was written: making one takes longer than copying."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / LEDGER_FILE
        open_ledger(path).dispose()
        return path.read_bytes()


def may_all(connection: Connection, units: Collection[str]) -> None:
    """Rights of an account that may write for every unit."""


def key(unit: str, indicator: str = "population", period: str = "2026") -> SeriesKey:
    """The series of an actual figure."""
    return SeriesKey(indicator, "", period, "actual", unit)


def cell(
    unit: str,
    value: float | None,
    row: int = 1,
    indicator: str = "population",
    period: str = "2026",
) -> ImportedValue:
    """A figure of a table, or a blank."""
    return ImportedValue(
        unit_id=unit,
        indicator=indicator,
        dimensions="",
        period=period,
        status="actual",
        value=value,
        marker="" if value is not None else "missing",
        place=CellPlace("BC", row, 4),
        raw="" if value is None else f"{value:g}",
    )


def report(
    values: Iterable[ImportedValue],
    name: str = "bao_cao.xlsx",
    new: tuple[NewIndicator, ...] = (),
) -> ImportReport:
    """What the reading of a table came to."""
    return ImportReport(
        file=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        layout=None,
        matching=None,
        columns=(),
        values=tuple(values),
        totals=(),
        findings=(),
        answers=Answers(new_indicators=new),
    )


def table(values: dict[str, float | None], **about: str) -> ImportReport:
    """A table of one column: population by commune."""
    cells = [cell(unit, value, row, **about) for row, (unit, value) in enumerate(values.items(), 7)]
    return report(cells)


def request(
    writer: Writer = LAN, based_on: int | None = None, request_id: str = "", name: str = ""
) -> PublicationRequest:
    """What goes with a table when it is published."""
    return PublicationRequest(
        writer,
        "Dân số 2026",
        SOURCE,
        based_on=based_on,
        request_id=request_id,
        content=name.encode(),
        media_type="text/csv",
    )


def because(reason: str, writer: Writer = LAN, request_id: str = "") -> EntryRequest:
    """What goes with a correction or a taking back."""
    return EntryRequest(writer, reason, request_id)


def doubtful(one: ImportedValue, why: str) -> ImportedValue:
    """The figure with a doubt."""
    fields = {name: getattr(one, name) for name in one.__slots__}
    return ImportedValue(**{**fields, "doubt": Text(why, why)})
