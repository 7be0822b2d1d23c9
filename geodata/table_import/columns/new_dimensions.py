"""The code lists by which a new indicator is broken down, from the fields of its form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from geodata.broken_down import MAX_PARTS
from geodata.dimensions_file import ALL_CODES
from geodata.i18n import Message, Text
from geodata.model import Dimension, DimensionCode
from geodata.table_import.columns.class_words import word_key
from geodata.table_import.columns.form_faults import Fault, verify_form_text
from geodata.table_import.columns.made_ids import free_code
from geodata.vietnamese_names import normalise

NEW_LIST = "+"
"""What the form names in place of a code list where it makes one."""

MOST_CODES = 60
LONGEST_NAME = 80
"""Codes of a list, and characters of a name: a menu shows them."""

FIRST = ("breakdown", "dimension_name_vi", "dimension_name_en", "codes")
CROSSED = dict(
    zip(
        FIRST,
        ("crossed_breakdown", "crossed_name_vi", "crossed_name_en", "crossed_codes"),
        strict=True,
    )
)
"""The fields of the first code list, and of one that is crossed with it."""


class NewBreakdowns(NamedTuple):
    """How a new indicator is broken down.

    Parameters
    ----------
    breakdowns
        As `geodata.model.Indicator.breakdowns`: by the first list, by the second, and by both.
    dimension, crossed
        The lists that are new.
    """

    breakdowns: tuple[str, ...] = ()
    dimension: Dimension | None = None
    crossed: Dimension | None = None


def new_breakdowns(
    form: Mapping[str, str], known: Mapping[str, Dimension], fault: Fault
) -> NewBreakdowns:
    """The code lists of a form and their crossing; see `new_dimension` for its fields and faults.

    Parameters
    ----------
    known
        The lists that there are.
    """
    first = new_dimension(form, known, fault)
    by = first.id if first else form["breakdown"]
    if not form["crossed_breakdown"]:
        return NewBreakdowns((by,) if by else (), first)

    def of_second(field: str, *said: object, **more: object) -> None:
        fault(CROSSED[field], *said, **more)

    lists = {**known, **({first.id: first} if first else {})}
    second = new_dimension({name: form[field] for name, field in CROSSED.items()}, lists, of_second)
    across = second.id if second else form["crossed_breakdown"]
    lists |= {second.id: second} if second else {}
    if not by:
        remedy = Message("Choose the first list, or none at all")
        fault("breakdown", Message("A second code list needs a first one"), "", remedy)
    elif by == across:
        remedy = Message("Choose another list, or none")
        fault("crossed_breakdown", Message("A dimension stands twice"), across, remedy)
    elif by in lists and across in lists:
        one, other = len(lists[by].codes), len(lists[across].codes)
        if (parts := one + other + one * other) > MAX_PARTS:
            remedy = Message("Cross fewer dimensions, or shorten their code lists")
            what, allowed = Message("Too many parts"), (f"≤ {MAX_PARTS}",)
            fault("crossed_breakdown", what, f"{parts}", remedy, allowed=allowed)
    return NewBreakdowns((by, across, f"{by},{across}"), first, second)


def new_dimension(
    form: Mapping[str, str], known: Mapping[str, Dimension], fault: Fault
) -> Dimension | None:
    """The code list that a form makes; None where it names one that there is, or none at all.

    Parameters
    ----------
    form
        ``breakdown`` is the id of a list, or `NEW_LIST`; then ``dimension_name_vi`` and ``…_en``
        name it, and ``codes`` has a line for each code, its names with a bar between: Vietnamese,
        and English where that is another; see `code_lines`.
    known
        The lists that there are, by id.
    fault
        Takes what is wrong.
    """
    named = form["breakdown"]
    if named != NEW_LIST:
        if named and named not in known:
            remedy = Message("Choose one of the list, or name a new one")
            fault("breakdown", Message("There is no such dimension"), named, remedy)
        return None
    name = Text(form["dimension_name_vi"], form["dimension_name_en"])
    for field, text in (("dimension_name_vi", name.vi), ("dimension_name_en", name.en)):
        _verify(field, text, fault)
    codes = _codes(form["codes"], fault)
    return Dimension(free_code(name, known, lettered=True), name, ALL_CODES, False, codes)


def code_lines(text: str) -> str:
    """A text of several lines as one, its lines with semicolons between and each in NFC."""
    return ";".join(filter(None, map(normalise, re.split(r"[\r\n;]", text))))


def _codes(text: str, fault: Fault) -> tuple[DimensionCode, ...]:
    found: dict[str, DimensionCode] = {}
    ids: list[str] = []
    for line in filter(None, text.split(";")):
        vi, _, en = (part.strip() for part in line.partition("|"))
        _verify("codes", vi, fault)
        _verify("codes", en or vi, fault)
        key = word_key(vi)
        if key in found:
            fault("codes", Message("Two codes have the same name"), vi)
            continue
        name = Text(vi, en or vi)
        ids.append(free_code(name, ids))
        found[key] = DimensionCode(ids[-1], name)
    if not 2 <= len(found) <= MOST_CODES:
        allowed = (f"2–{MOST_CODES}",)
        fault("codes", Message("The number of codes is out of range"), f"{len(found)}",
              allowed=allowed)  # fmt: skip
    return tuple(found.values())


def _verify(field: str, text: str, fault: Fault) -> None:
    if not word_key(text):
        fault(field, Message("The text is missing"))
    else:
        verify_form_text(field, text, LONGEST_NAME, fault)
