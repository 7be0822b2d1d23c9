"""Whether a value is possible for its indicator."""

from __future__ import annotations

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.revision_rows import number_text
from geodata.model import Indicator
from geodata.parsing import is_usable


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
            remedy=Message("Classes come from the files of the dataset: tables bring numbers only"),
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
