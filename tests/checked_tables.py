"""A province of twelve communes with what is known of them, and tables to check against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geodata.catalogue import Catalogue
from geodata.dataset import Dataset, DatasetInfo, TimelineStep
from geodata.i18n import Text
from geodata.model import (
    Classification,
    Indicator,
    Kind,
    Level,
    MeasureUnit,
    Observation,
    Source,
    Status,
    Succession,
    Theme,
    Unit,
)
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.report_records import Answers, Finding, ImportReport

NAMES = (
    "Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Hưng Hóa", "Khe Mo", "Lũng Pô", "Mường Én",
    "Nà Hỳ", "Quảng Lâm", "Suối Ơn", "Ứng Hòe",
)  # fmt: skip
MERGED = ("Tân Ánh", "Tân Cốc", "Tân Hưng", "Tân Lũng", "Tân Nà", "Tân Suối")
SINCE, MERGED_ON = dt.date(2013, 1, 1), dt.date(2025, 7, 1)
PROVINCE = "99-20130101"


def unit_id(number: int) -> str:
    """Id of the commune of a row, from 1."""
    return f"{99000 + number}-20130101"


def made_unit(
    code: str, level: Level, name: str, parent: str | None, *, since: dt.date = SINCE,
    until: dt.date | None = None, kind: str = "Xã",
) -> Unit:  # fmt: skip
    """A unit of the register; of a kind, from a day on, until another."""
    return Unit(
        f"{code}-{since:%Y%m%d}", code, level, level, Text(name), Text(f"{kind} {name}"), parent,
        since, until, None, None, "", None, None, "none", "register",
    )  # fmt: skip


_PERSON = MeasureUnit("person", Text("người", "people"), Text("người", "people"), True)
_HOUSEHOLD = MeasureUnit("household", Text("hộ", "households"), Text("hộ", "households"), True)
_PERCENT = MeasureUnit("percent", Text("%", "%"), Text("phần trăm", "percent"), False)
_HA = MeasureUnit("ha", Text("ha", "ha"), Text("héc-ta", "hectares"), True)


def _indicator(
    id_: str, name: str, unit: MeasureUnit, kind: Kind = "count", *, decimals: int = 0,
    numerator: str | None = None, denominator: str | None = None, maximum: float | None = None,
) -> Indicator:  # fmt: skip
    return Indicator(
        id_, "people", Text(""), Text(name, name), Text(""), unit, kind, numerator, denominator,
        100.0 if kind == "ratio" else None, "neutral", decimals, 0.0, maximum,
        ("province", "commune"), (), Classification(), "", "",
    )  # fmt: skip


INDICATORS = (
    _indicator("population", "Dân số", _PERSON),
    _indicator("households", "Số hộ", _HOUSEHOLD),
    _indicator("poor", "Số hộ nghèo", _HOUSEHOLD),
    _indicator(
        "poverty", "Tỷ lệ hộ nghèo", _PERCENT, "ratio", decimals=2, numerator="poor",
        denominator="households", maximum=100.0,
    ),
    _indicator("forest", "Diện tích rừng", _HA, decimals=2),
    _indicator("visits", "Lượt khách du lịch", _PERSON),
)  # fmt: skip

Known = Mapping[tuple[str, str], Sequence[float]]
"""From indicator and period to the figures of the communes in order; a 13th is the province's."""


def made_facts(known: Known | None = None, status: Status = "actual") -> DatasetFacts:
    """What is known of the province: its units, its catalogue, and some figures."""
    units = [made_unit("99", "province", "Thí Điểm", None, kind="Tỉnh"), *_communes()]
    return facts_of(units, known, status)


def merged_facts(known: Known | None = None) -> DatasetFacts:
    """The same where every two communes became one on `MERGED_ON`, the last two in parts.

    Of the last two only a part became the last one, and nobody knows how large a part; the rest
    went to the one before.
    """
    units = [made_unit("99", "province", "Thí Điểm", None, kind="Tỉnh"), *_communes(MERGED_ON)]
    merged = [
        made_unit(f"{99101 + n}", "commune", name, PROVINCE, since=MERGED_ON)
        for n, name in enumerate(MERGED)
    ]
    successions = [
        Succession(unit_id(n + 1), merged[n // 2].unit_id, MERGED_ON, Text("Nghị quyết"),
                   n < 10, *((1.0, 1.0) if n < 10 else (None, None)), "register",
                   note=Text("" if n < 10 else "Chưa rõ"))
        for n in range(12)
    ]  # fmt: skip
    successions += [
        replace(each, to_id=merged[4].unit_id) for each in successions if not each.whole
    ]
    return facts_of([*units, *merged], known, "actual", successions)


def _communes(until: dt.date | None = None) -> list[Unit]:
    return [
        made_unit(f"{99001 + n}", "commune", name, PROVINCE, until=until)
        for n, name in enumerate(NAMES)
    ]


def facts_of(
    units: Sequence[Unit],
    known: Known | None,
    status: Status,
    successions: Sequence[Succession] = (),
    ids: Sequence[str] = tuple(unit_id(n) for n in range(1, len(NAMES) + 1)),
) -> DatasetFacts:
    """What is known of units, and of figures: of ``ids`` in order, then of the province."""
    source = Source("register", "register", Text("Niên giám"), rank=1)
    figures = [
        Observation(ids[n - 1] if n <= len(ids) else PROVINCE, indicator, period, status,
                    float(value), "register")
        for (indicator, period), values in (known or {}).items()
        for n, value in enumerate(values, 1)
    ]  # fmt: skip
    days = [SINCE, MERGED_ON] if successions else [SINCE]
    info = DatasetInfo(
        "made",
        Text("Thí Điểm"),
        "",
        SINCE,
        tuple(TimelineStep(day, Text("")) for day in days),
        "EPSG:32648",
        "people",
    )
    catalogue = Catalogue(
        themes={"people": Theme("people", Text("Dân số"))},
        measure_units={each.id: each for each in (_PERSON, _HOUSEHOLD, _PERCENT, _HA)},
        indicators={each.id: each for each in INDICATORS},
        sources={"register": source},
    )
    return DatasetFacts(
        Dataset(info, catalogue, tuple(units), tuple(successions), tuple(figures), {}, ())
    )


def table_of(columns: Mapping[str, Iterable[object]], names: Sequence[str] = NAMES) -> bytes:
    """A CSV table of all communes: from a header to the cells below it."""
    rows = [["Tên xã", *columns], *([name, *map(str, cells)] for name, *cells in
            zip(names, *columns.values(), strict=False))]  # fmt: skip
    return "\n".join(";".join(row) for row in rows).encode()


def report_on(
    table: bytes | Mapping[str, Iterable[object]],
    known: Known | None = None,
    answers: Answers | None = None,
    facts: DatasetFacts | None = None,
) -> ImportReport:
    """The report on a table of the province."""
    content = table if isinstance(table, bytes) else table_of(table)
    return prepare_table(content, "bieu.csv", facts or made_facts(known), answers)


def by_code(report: ImportReport) -> dict[str, Finding]:
    """The findings of a report by their codes; the first of each."""
    return {each.code: each for each in reversed(report.findings)}
