"""What the cells of a form take: numbers within the bounds of their indicator, or its classes."""

from __future__ import annotations

from typing import Any

from geodata.i18n import Formatted, Joined, Language, Localised, Message
from geodata.locale_numbers import format_number
from geodata.measure_units import counts_things
from geodata.model import Indicator

_WIDEST = 1e15
"""Beyond this a spreadsheet program keeps no single units."""

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255


def is_whole(indicator: Indicator) -> bool:
    """Whether figures of an indicator are whole numbers."""
    counted = counts_things(indicator.measure_unit)
    return indicator.kind == "count" and not indicator.decimals and counted


def number_format(indicator: Indicator) -> str:
    """How a spreadsheet program shows a figure, with the decimals that the indicator is shown with.

    The marks are those of the reader's own settings; the name of a class is a text.
    """
    if indicator.kind == "category":
        return "@"
    return "#,##0" + (f".{'0' * indicator.decimals}" if indicator.decimals else "")


def bounds_wording(indicator: Indicator) -> Localised:
    """What a cell takes, as a sentence."""
    if indicator.kind == "category":
        names = Joined("; ", [each.name for each in indicator.categories])
        return Message("One of: {classes}", classes=names)
    low, high = (
        Formatted(format_number, each, decimals=6)
        for each in (indicator.minimum or 0.0, indicator.maximum or 0.0)
    )
    whole = is_whole(indicator)
    if indicator.minimum is not None and indicator.maximum is not None:
        between = Message("A whole number from {low} to {high}") if whole else Message(
            "A number from {low} to {high}"
        )  # fmt: skip
        return between.filled(low=low, high=high)
    if indicator.minimum is not None:
        above = Message("A whole number from {low} up") if whole else Message(
            "A number from {low} up"
        )  # fmt: skip
        return above.filled(low=low)
    return Message("A whole number") if whole else Message("A number")


def validation(indicator: Indicator, language: Language, classes: str = "") -> dict[str, Any]:
    """The rule of a spreadsheet program for the cells of an indicator, as XlsxWriter takes it.

    Parameters
    ----------
    classes
        The cells that list the names of its classes, as ``='Classes'!$A$2:$A$4``: a list written
        into the rule itself is bounded, and a comma in a name would part it.
    """
    title = indicator.name[language][:_LONGEST_TITLE]
    told = {
        "ignore_blank": True,
        "error_title": title,
        "error_message": bounds_wording(indicator)[language][:_LONGEST_MESSAGE],
    }
    if indicator.kind == "category":
        return {"validate": "list", "source": classes, **told}
    return {
        "validate": "integer" if is_whole(indicator) else "decimal",
        "criteria": "between",
        "minimum": -_WIDEST if indicator.minimum is None else indicator.minimum,
        "maximum": _WIDEST if indicator.maximum is None else indicator.maximum,
        **told,
    }
