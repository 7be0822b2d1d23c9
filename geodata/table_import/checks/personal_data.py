"""Tables that list persons, which are not to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from geodata.i18n import Message
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import fold

_IDENTITY = re.compile(r"0\d{11}")
"""A personal identification number as text: three digits of the place of registration, all of
which begin with 0, sex and century, year of birth, six digits (Decree 137/2015/NĐ-CP, 13)."""
_PHONE = re.compile(r"(?:\+84|84|0)[\s.-]?[35789](?:[\s.-]?\d){8}")
_IDENTITY_WORDS = re.compile(
    r"\b(?:cccd|cmnd|cmtnd|can cuoc|dinh danh ca nhan|chung minh nhan dan|ho chieu"
    r"|ma so bhxh|so the bhyt)\b"
)
_LONG_NUMBER = re.compile(r"\d{9}|\d{12}|[A-Z]{2}\d{8,13}")
"""Of an identity card, a personal identification, a health insurance card; a count of issued cards
is shorter."""
_BIRTH_WORDS = re.compile(r"\b(?:ngay sinh|ngay thang nam sinh|date of birth)\b")
_PERSON_WORDS = re.compile(r"\b(?:ho va ten|ho ten|ho dem|ten chu ho|chu ho|full name)\b")
_FEWEST = 3


def personal_data_checks(table: CheckedTable) -> Iterator[Violation]:
    """Columns of identification numbers, telephone numbers or persons with birth dates (F08)."""
    return personal_columns(table.layout)


def personal_columns(layout: TableLayout) -> Iterator[Violation]:
    """The same of a table that is only laid out, for one that is not read any further."""
    heads = {column.number: fold(" ".join(column.path)) for column in layout.columns}
    persons = any(_PERSON_WORDS.search(head) for head in heads.values())
    by_column = list(zip_longest(*(row.values for row in layout.data_rows())))
    for column in layout.columns:
        cells = by_column[column.number - 1] if column.number <= len(by_column) else ()
        filled = [value for value in cells if value is not None and value != ""]
        if _is_personal(filled, heads[column.number], persons):
            yield Violation(
                "F08",
                "error",
                Message("The column “{header}” seems to hold data of persons",
                        header=column.heading),
                expected=Message("figures of units; data of single persons are not taken"),
                remedy=Message("Take the column out of the file"),
                place=layout.place(0, column.number),
                group=column.number,
            )  # fmt: skip


def _is_personal(filled: Sequence[CellValue], head: str, persons: bool) -> bool:
    if len(filled) < _FEWEST:
        return False
    if persons and _BIRTH_WORDS.search(head):
        return True
    texts = [cell_text(value) for value in filled if isinstance(value, str)]
    found = sum(bool(_IDENTITY.fullmatch(text) or _PHONE.fullmatch(text)) for text in texts)
    if re.search(r"\b(?:dien thoai|sdt|phone)\b", head):
        found = max(found, _typed_phones(filled))
    if _IDENTITY_WORDS.search(head):
        found = max(found, sum(bool(_LONG_NUMBER.fullmatch(cell_text(v))) for v in filled))
    return found >= max(_FEWEST, len(filled) / 2)


def _typed_phones(cells: Sequence[CellValue]) -> int:
    """Numbers that lost the zero before them, in a column headed as telephone numbers."""
    return sum(isinstance(value, int | float) and 3e8 <= value < 1e9 for value in cells)
