"""What is said of a figure that is not sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.i18n import Formatted, Language, Localised, Message, Text
from geodata.locale_numbers import format_quantity
from geodata.model import Indicator, Observation
from layers.formatting import format_value
from layers.labels import MISSING_KIND_NAMES

if TYPE_CHECKING:
    from layers.unit_views import UnitView

QUALITY_NAMES: dict[str, Localised] = {
    "sound": Text(""),
    "doubtful": Message("Doubtful figure"),
    "read_as": Message("Printed by mistake"),
    "impossible": Message("Impossible figure"),
}
"""How far a figure can be trusted; nothing is said of a sound one."""

_FEWEST_DECIMALS = 4
"""A slip is often a thousandth of what is meant, which the decimals of the map do not show."""


def printed_slip_text(figure: Observation, indicator: Indicator, language: Language) -> str:
    """What the source prints and what it must mean; empty where it prints the value."""
    if figure.printed is None:
        return ""
    unit, decimals = indicator.measure_unit, max(indicator.decimals, _FEWEST_DECIMALS)
    slip = Message(
        "the source prints {printed}, read as {value}",
        printed=Formatted(format_quantity, figure.printed, unit, decimals=decimals),
        value=Formatted(format_quantity, figure.value, unit, decimals=decimals),
    )
    return slip[language]


def doubt_remark(figure: Observation, indicator: Indicator, language: Language) -> str:
    """Why a figure is not sound, with what is printed where that is a slip; empty for a sound one.

    Parameters
    ----------
    indicator
        The figure's own.
    """
    slip, doubt = printed_slip_text(figure, indicator, language), figure.doubt[language]
    return f"{slip[:1].upper()}{slip[1:]}. {doubt}" if slip else doubt


def missing_text(unit_view: UnitView, indicator: Indicator, language: Language) -> str:
    """What stands for a value that is not drawn: why, and an impossible one as printed."""
    if unit_view.impossible is None:
        return MISSING_KIND_NAMES[unit_view.missing or "no_data"][language]
    printed = format_value(unit_view.impossible.value, indicator, language)
    return Message("{printed} (impossible)", printed=printed)[language]
