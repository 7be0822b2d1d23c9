"""Whether a value or a class is possible for its indicator."""

from __future__ import annotations

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.revision_rows import number_text
from geodata.model import Indicator
from geodata.parsing import is_usable
from geodata.toml_reader import nearest_names


def verify_value(indicator: Indicator, value: float, where: str = "") -> None:
    """Refuse a value that the indicator cannot have.

    Parameters
    ----------
    where
        What the value belongs to; the indicator's id where nothing is named.

    Raises
    ------
    InvalidInput
        It is no usable number, or outside the range of the indicator; or its values are classes.
    """
    if indicator.kind == "category":
        raise InvalidInput(
            Message("The values of a category are no numbers"),
            found=str(value),
            allowed=indicator.category_ids,
            remedy=Message("Name one of the classes"),
            where=where or indicator.id,
        )
    low, high = indicator.minimum, indicator.maximum
    below, above = low is not None and value < low, high is not None and value > high
    if not is_usable(value) or below or above:
        bounds = f"{number_text(low) or '…'} – {number_text(high) or '…'}"
        raise InvalidInput(
            Message("The value is impossible for this indicator"),
            found=str(value),
            allowed=(bounds,),
            where=where or indicator.id,
        )


def verify_class(indicator: Indicator, category: str, where: str = "") -> None:
    """Refuse a class that the indicator does not have.

    Parameters
    ----------
    category
        Code of the class.
    where
        As of `verify_value`.

    Raises
    ------
    InvalidInput
        The list of the indicator has no such class; one whose values are numbers has none at all.
    """
    if category not in indicator.category_ids:
        known = indicator.category_ids
        raise InvalidInput(
            Message("The indicator has no such class"),
            found=category,
            allowed=(nearest_names(category, known) or known) if known else Message("a number"),
            where=where or indicator.id,
        )
