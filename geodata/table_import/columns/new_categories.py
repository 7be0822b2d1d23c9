"""The classes of a new indicator, from the rows of the form in which it is made.

Each word of the column has a row. Rows of one name are one class, a row without a name is of none;
the order of the classes is that of the numbers beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.locale_numbers import parse_number
from geodata.model import Indicator
from geodata.table_import.columns.class_words import word_key
from geodata.table_import.columns.column_words import MOST_WORDS
from geodata.table_import.columns.form_faults import Fault, verify_form_text
from geodata.table_import.columns.made_ids import free_code
from geodata.table_import.columns.new_classes import LONGEST_NAME

CLASS_ROWS = MOST_WORDS + 2
"""Rows that a form can have: one for each word that is asked about, two for classes without."""

CLASS_FIELDS = tuple(
    f"class_{row}_{part}" for row in range(1, CLASS_ROWS + 1) for part in ("vi", "en", "order")
)
"""Name in both languages and place of each class."""


@dataclass(frozen=True, slots=True)
class _ClassRow:
    number: int
    name: Text
    order: float

    @property
    def key(self) -> str:
        return word_key(self.name.vi)


def category_entry(
    form: Mapping[str, str], fault: Fault, kept: Sequence[str] = ()
) -> dict[str, Any]:
    """The fields of a catalogue's entry that only a category has.

    Parameters
    ----------
    form
        The form, its texts in NFC.
    fault
        Takes what is wrong with a row.
    kept
        Ids of classes that there are already: of the first rows, in their order.
    """
    rows = {row.key: row for row in reversed(list(_rows(form, fault)))}
    listed = sorted(rows.values(), key=lambda row: (row.order, row.number))
    ids: list[str] = []
    for row in listed:
        there = kept[row.number - 1] if row.number <= len(kept) else ""
        ids.append(there or free_code(row.name, [*kept, *ids]))
    return {
        "ordered": form.get("ordered", "") == "1",
        "categories": [
            {"id": id_, "name": {"vi": row.name.vi, "en": row.name.en}}
            for id_, row in zip(ids, listed, strict=True)
        ],
    }


def classes_of_rows(form: Mapping[str, str], indicator: Indicator) -> dict[int, str]:
    """The class that each row of a form became, by the number of the row; rows without one not."""
    by_name = {word_key(each.name.vi): each.id for each in indicator.categories}
    rows = _rows(form, lambda *_: None)
    return {row.number: by_name[row.key] for row in rows if row.key in by_name}


def _rows(form: Mapping[str, str], fault: Fault) -> Iterator[_ClassRow]:
    for number in range(1, CLASS_ROWS + 1):
        vi, en = (form.get(f"class_{number}_{part}", "").strip() for part in ("vi", "en"))
        if not vi and not en:
            continue
        for part, text in (("vi", vi), ("en", en)):
            _verify_name(f"class_{number}_{part}", text, fault)
        yield _ClassRow(number, Text(vi, en), _order(form, number, fault))


def _verify_name(field: str, text: str, fault: Fault) -> None:
    if not text:
        fault(field, Message("The text is missing"))
    elif len(text) <= LONGEST_NAME and not word_key(text):
        fault(field, Message("The text is no name of a class"), text)
    else:
        verify_form_text(field, text, LONGEST_NAME, fault)


def _order(form: Mapping[str, str], number: int, fault: Fault) -> float:
    """The place that a row names; that of the row itself where it names none."""
    field = f"class_{number}_order"
    text = form.get(field, "").strip()
    if not text:
        return float(number)
    try:
        return parse_number(text, "vietnamese")
    except InvalidInput:
        fault(field, Message("Not a number"), text)
        return float(number)
