"""All that reading a table came to, as lines of text that a person can read and compare."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from geodata.i18n import Localised, Message
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.questions_json import questions_document
from geodata.table_import.report_records import ImportReport
from geodata.table_import.units import UnitIndex

_ONE_BY_ONE = ("columns", "totals", "findings", "skipped", "tables")
_OF_LAYOUT = ("sheet", "header_rows", "letterhead", "foot", "encoding", "converted_cells", "turned",
              "sheets", "dash_note", "joint_cells")  # fmt: skip


def told_lines(report: ImportReport, index: UnitIndex) -> list[str]:
    """Where the table stands, its rows and columns, its figures, the findings and questions.

    Of what would have been accepted and what is to be done only the parameters are told: sentences
    may be worded anew.
    """
    lines = [*_layout_lines(report)]
    if matching := report.matching:
        lines.append(f"units {matching.level} {matching.vintage} by {matching.chosen_by}")
        lines += _lines("vintage", matching.vintages)
        lines += [f"absent {' '.join(matching.absent)}"] if matching.absent else []
    for name in _ONE_BY_ONE:
        lines += _lines(name, getattr(report, name))
    lines += _value_lines(report)
    questions = questions_document(report, index, "en")["questions"]
    lines += _lines(
        "question", [{k: each for k, each in q.items() if k != "how"} for q in questions]
    )
    return lines


def _layout_lines(report: ImportReport) -> Iterator[str]:
    layout = report.layout
    if layout is None:
        return
    for name in _OF_LAYOUT:
        if getattr(layout, name):
            yield f"table {name} {_short(getattr(layout, name))}"
    yield from _lines("column", layout.columns)
    matches = {each.row: each for each in report.matching.rows} if report.matching else {}
    for row in layout.rows:
        marks = [each for each in ("hidden", "struck") if getattr(row, each)]
        told = [row.role, f"below {row.parent}" if row.parent else "", *marks]
        if match := matches.get(row.number):
            told += [match.written, match.code, match.parent, match.state, match.method,
                     match.unit_id, match.note["en"]]  # fmt: skip
            told += [_short(each) for each in match.candidates]
        yield f"row {row.number} {', '.join(filter(None, told))}"


def _value_lines(report: ImportReport) -> Iterator[str]:
    series: dict[str, list[str]] = {}
    for each in report.values:
        of = (each.indicator, each.dimensions, each.period, each.status)
        told = each.marker or each.category or f"{each.value:.6g}"
        doubt = f" ({each.doubt['en']})" if each.doubt["en"] else ""
        series.setdefault(" ".join(of), []).append(f"{each.unit_id.split('-')[0]}: {told}{doubt}")
    for name, told_values in series.items():
        yield f"values {name}: {', '.join(told_values)}"


def _lines(name: str, value: object) -> Iterator[str]:
    yield from (f"{name} {_short(each)}" for each in _told(value))


def _short(value: object) -> str:
    return json.dumps(_told(value), ensure_ascii=False)


def _told(value: object) -> Any:
    """Plain data; of a record what differs from what it is made with."""
    if isinstance(value, CellPlace):
        return f"{value.sheet} {value.row}:{value.column}"
    if is_dataclass(value) and not isinstance(value, type) and not hasattr(value, "__getitem__"):
        told = {}
        for each in fields(value):
            made = each.default_factory() if each.default_factory is not MISSING else each.default
            own = getattr(value, each.name)
            if own != made and each.name not in ("samples", "reason"):
                worded = each.name in ("expected", "remedy")
                told[each.name] = _parameters(own) if worded else _told(own)
        return told
    if isinstance(value, str | int | type(None)):
        return value
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _told(each) for key, each in value.items() if each not in (None, "", [])}
    if isinstance(value, list | tuple | set | frozenset):
        return [_told(each) for each in value]
    return value["en"]  # type: ignore[index]


def _parameters(sentence: Localised) -> Any:
    """What is filled into a sentence."""
    if isinstance(sentence, Message):
        return [_told(each) for _, each in sentence.parameters]
    return sentence["en"]
