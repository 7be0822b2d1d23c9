"""The palette of an indicator: one rule from its theme, kind and direction.

=====================================  ==========================================================
what the indicator is                  palette
=====================================  ==========================================================
a change or a rate that has both signs diverging about zero: purple-green where one way is better,
                                       turned round where less is, orange-blue where neither is
named classes without an order         contrasting colours
less is better (poverty, fires)        the warm ramp, so that dark is never the good end
anything else                          the ramp of its theme
=====================================  ==========================================================

The ``get_palette`` of a catalogue overrides the rule, within the family the rule gives: a diverging
ramp needs a zero to turn at, and a sequential one would hide it.
"""

from __future__ import annotations

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message
from geodata.model import Direction, Indicator
from layers.palettes import PALETTES, QUALITATIVE_COLOURS, PaletteType, get_palette

LESS_IS_BETTER_PALETTE = "orange_reds"
"""Indicators of which less is better: darker means more, and worse."""

QUALITATIVE_PALETTE = "contrasts"
"""Named classes without an order."""

FALLBACK_PALETTE = "teal_blues"
"""For a theme that no ramp is made for."""

_ABOUT_ZERO: dict[Direction, str] = {
    "up": "purple_green",
    "down": "purple_green",
    "neutral": "orange_blue",
}

_REACH = 0.1
"""Share of the range above zero that it must reach below to have two sides: a growth from -100 %
has, a height from -50 m to 9,000 m has not."""


def difference_palette(direction: Direction) -> str:
    """The palette of differences: green for the better, no good side where neither is."""
    return _ABOUT_ZERO[direction]


def default_palette(indicator: Indicator) -> str:
    """The palette the rule gives an indicator, whatever its catalogue says."""
    if palette_family(indicator) == "qualitative":
        return QUALITATIVE_PALETTE
    if has_both_signs(indicator):
        return difference_palette(indicator.direction)
    if indicator.direction == "down":
        return LESS_IS_BETTER_PALETTE
    ramps = (name for name, ramp in PALETTES.items() if indicator.theme in ramp.themes)
    return next(ramps, FALLBACK_PALETTE)


def indicator_palette(indicator: Indicator) -> str:
    """The catalogue's own palette, else the rule's."""
    return indicator.palette or default_palette(indicator)


def has_both_signs(indicator: Indicator) -> bool:
    """Whether zero parts the values: the range of a rate reaches well below it.

    Counts and extremes have one side: there is no forest of -5 ha. Without a stated range an
    indicator has one side too.
    """
    low, high = indicator.minimum, indicator.maximum
    if indicator.kind != "ratio" or low is None or low >= 0:
        return False
    return high is None or -low >= _REACH * high


def palette_family(indicator: Indicator) -> PaletteType:
    """What kind of palette the values of an indicator need."""
    if indicator.kind == "category" and not indicator.ordered:
        return "qualitative"
    return "diverging" if has_both_signs(indicator) else "sequential"


def check_palette(indicator: Indicator) -> None:
    """Refuse a catalogue's palette that does not exist or is of another family, and its colours.

    Raises
    ------
    NotFound
        There is no such palette, or no such colour of a named class.
    InvalidInput
        It is sequential where the values have two sides, diverging where they have one, or one of
        these where they are named classes without an order.
    """
    for category in indicator.categories:
        if category.colour and category.colour not in QUALITATIVE_COLOURS:
            raise unknown_name(Message("No such colour"), category.colour, QUALITATIVE_COLOURS)
    if indicator.palette:
        check_palette_family(indicator.palette, palette_family(indicator), indicator)


def check_palette_family(name: str, family: PaletteType, indicator: Indicator) -> None:
    """Refuse a palette that is not of the family.

    Raises
    ------
    NotFound, InvalidInput
        As `check_palette`.
    """
    if get_palette(name).type == family:
        return
    given = default_palette(indicator)
    what = {
        "diverging": Message("An indicator with values of both signs needs a diverging palette"),
        "sequential": Message("An indicator on one side of zero needs a sequential palette"),
        "qualitative": Message("Named classes without an order need a palette without one"),
    }[family]
    raise InvalidInput(
        what,
        found=name,
        allowed=tuple(each for each, ramp in PALETTES.items() if ramp.type == family),
        remedy=Message("Choose another, or drop the palette to have {given}", given=given),
    )


def fitting_palette_types(indicator: Indicator) -> tuple[PaletteType, ...]:
    """What kinds of palette a reader may choose for an indicator.

    Numbers may be drawn by either kind of ramp; named classes only by what their order asks for.
    """
    if indicator.kind == "category":
        return (palette_family(indicator),)
    return ("sequential", "diverging")


def check_chosen_palette(name: str, indicator: Indicator) -> None:
    """Refuse a reader's palette that would give numbers contrasts, or names another order.

    Raises
    ------
    NotFound, InvalidInput
        As `check_palette`.
    """
    if get_palette(name).type not in fitting_palette_types(indicator):
        check_palette_family(name, palette_family(indicator), indicator)
