"""Workbooks in the layouts of offices, drawn by code, each with what must be found in it.

A layout is drawn as sheets of cells; `write` keeps them in the format whose suffix they name.
"""

from __future__ import annotations

import csv
import io
import struct
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import openpyxl
from legacy_texts import in_tcvn3, in_vni
from ods_files import ods, table
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from xls_files import label, number, record, xls

from geodata.readers.sheet import CellRange, CellStyle, CellValue, Sheet, SheetRow

Rows = Sequence[Sequence[CellValue]]

DISTRICTS = {
    "Huyện Nậm Pha": ("Nậm Pha", "Bản Mù", "Tà Xi", "Hua Nhàn"),
    "Huyện Mường Thín": ("Mường Thín", "Phiêng Cằm", "Chiềng Ve", "Suối Tọ", "Pắc Ngà"),
    "Thành phố Lam Khê": ("Đoàn Hoà", "Quyết Tâm", "Tân Lập"),
}
"""Communes by district; two of them bear the names of their districts."""

COMMUNES = tuple(name for names in DISTRICTS.values() for name in names)
CODES = {name: f"0{4101 + 3 * n}" for n, name in enumerate(COMMUNES)}


class KnownNames:
    """Names and codes of the units of `DISTRICTS`."""

    def kind_of(self, text: str) -> str:
        bare = unicodedata.normalize("NFC", text).casefold()
        for word in ("xã ", "phường ", "thị trấn ", "tt. ", "tt "):
            bare = bare.removeprefix(word)
        if bare in _COMMUNES:
            return "unit"
        return "upper_unit" if bare in _UPPER else ""

    def is_code(self, text: str) -> bool:
        return text.zfill(5) in CODES.values()


_COMMUNES = {name.casefold() for name in COMMUNES}
_UPPER = {"tỉnh lam khê", *(name.casefold() for name in DISTRICTS)}


def figures(name: str) -> tuple[int, int, int]:
    """Population, households and poor households of a commune: invented, and always the same."""
    n = COMMUNES.index(name) + 1
    people = 2_113 + 1_871 * n + 37 * n * n
    return people, people // 4 - 3 * n, 17 + 29 * n % 83


def summed(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*map(figures, names), strict=True))


@dataclass(frozen=True)
class Drawing:
    """One sheet as it is drawn.

    ``merged`` are ranges as ``A1:B2``; rows and columns are numbers from 1.
    """

    rows: Rows
    merged: tuple[str, ...] = ()
    name: str = "Biểu"
    bold: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    percent: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Expected:
    """What must be found in a workbook; what is None is not asked.

    ``units`` are the names of the data rows in their order, ``parents`` the words of their groups,
    ``beside`` those of the column of upper units.
    """

    units: tuple[str, ...]
    header: tuple[int, ...] | None = None
    paths: tuple[tuple[str, ...], ...] | None = None
    values: int | None = 3
    roles: dict[str, int] = field(default_factory=dict)
    parents: tuple[str, ...] | None = None
    beside: tuple[str, ...] | None = None
    joint: int = 0
    turned: bool = False
    sheets: tuple[str, ...] = ()
    taken: bool = True
    tables: int = 1
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """A workbook with what must be found in it."""

    name: str
    sheets: tuple[Drawing, ...]
    expected: Expected
    suffix: str = ".xlsx"
    codec: str = "utf-8-sig"
    delimiter: str = ";"
    font: str = ""

    def write(self, folder: Path) -> Path:
        """The workbook as a file."""
        path = folder / f"bieu{self.suffix}"
        writers: dict[str, Callable[[Workbook, Path], object]] = {
            ".xlsx": _write_xlsx, ".xls": _write_xls, ".ods": _write_ods, ".csv": _write_text,
            ".tsv": _write_text,
        }  # fmt: skip
        writers[self.suffix](self, path)
        return path


def as_sheet(drawing: Drawing) -> Sheet:
    """A drawing as the readers would give it, without a file."""
    styles = (CellStyle(), CellStyle(bold=True), CellStyle(number_format="0.0%"))
    kept = []
    for n, cells in enumerate(drawing.rows, 1):
        if any(cell not in (None, "") for cell in cells):
            looks = [
                1 if n in drawing.bold else 2 if column in drawing.percent else 0
                for column in range(1, len(cells) + 1)
            ]
            kept.append(SheetRow(n, tuple(cells), tuple(looks)))
    return Sheet(
        drawing.name,
        tuple(kept),
        tuple(map(_range, drawing.merged)),
        frozenset(drawing.hidden_rows),
        frozenset(drawing.hidden_columns),
        drawing.hidden,
        styles,
    )


def _range(text: str) -> CellRange:
    first_column, first_row, last_column, last_row = range_boundaries(text)
    return CellRange(first_row, first_column, last_row, last_column)


def _encoded(book: Workbook, value: CellValue) -> CellValue:
    if not isinstance(value, str):
        return value
    if book.font.startswith(".Vn"):
        return in_tcvn3(value)
    return in_vni(value) if book.font.startswith("VNI") else value


def _write_xlsx(book: Workbook, path: Path) -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for drawing in book.sheets:
        sheet = made.create_sheet(drawing.name)
        for n, cells in enumerate(drawing.rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(n, column, _encoded(book, value))
                looks = {"bold": n in drawing.bold, "strike": n in drawing.struck}
                if any(looks.values()) or book.font:
                    cell.font = Font(name=book.font or "Arial", **looks)
                if column in drawing.percent and isinstance(value, float):
                    cell.number_format = "0.0%"
        for area in drawing.merged:
            sheet.merge_cells(area)
        for row in drawing.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in drawing.hidden_columns:
            sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True
        if drawing.hidden:
            sheet.sheet_state = "hidden"
    made.save(path)


def _write_xls(book: Workbook, path: Path) -> None:
    sheets = []
    for drawing in book.sheets:
        content = b""
        for n, cells in enumerate(drawing.rows):
            if n + 1 in drawing.hidden_rows:
                content += record(0x208, struct.pack("<HHHHHHHH", n, 0, 9, 255, 0, 0, 0x20, 0))
            for column, value in enumerate(cells):
                if isinstance(value, str) and value:
                    content += label(n, column, str(_encoded(book, value)))
                elif isinstance(value, int | float):
                    content += number(n, column, value)
        areas = [_range(text) for text in drawing.merged]
        packed = b"".join(
            struct.pack("<HHHH", a.first_row - 1, a.last_row - 1, a.first_column - 1,
                        a.last_column - 1)
            for a in areas
        )  # fmt: skip
        sheets.append(
            (drawing.name, content + record(0xE5, struct.pack("<H", len(areas)) + packed))
        )
    xls(path, *sheets)


def _write_ods(book: Workbook, path: Path) -> None:
    ods(path, *(table(drawing.name, *_ods_rows(drawing)) for drawing in book.sheets))


def _ods_rows(drawing: Drawing) -> list[str]:
    spans = {(a.first_row, a.first_column): a for a in map(_range, drawing.merged)}
    lines = []
    for n, cells in enumerate(drawing.rows, 1):
        line = ""
        for column, value in enumerate(cells, 1):
            area = spans.get((n, column))
            more = "" if area is None else (
                f' table:number-rows-spanned="{area.last_row - area.first_row + 1}"'
                f' table:number-columns-spanned="{area.last_column - area.first_column + 1}"'
            )  # fmt: skip
            if isinstance(value, int | float):
                line += (
                    f'<table:table-cell office:value-type="float" office:value="{value}"{more}/>'
                )
            else:
                text = unicodedata.normalize("NFD", escape(str(value or "")))
                inside = f"<text:p>{text}</text:p>" if text else ""
                kind = 'office:value-type="string"'
                line += f"<table:table-cell {kind}{more}>{inside}</table:table-cell>"
        folded = ' table:visibility="collapse"' if n in drawing.hidden_rows else ""
        lines.append(f"<table:table-row{folded}>{line or '<table:table-cell/>'}</table:table-row>")
    return lines


def _write_text(book: Workbook, path: Path) -> None:
    made = io.StringIO()
    delimiter = "\t" if book.suffix == ".tsv" else book.delimiter
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\n")
    for cells in book.sheets[0].rows:
        writer.writerow(["" if cell is None else cell for cell in cells])
    path.write_bytes(made.getvalue().encode(book.codec))
