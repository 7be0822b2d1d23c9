"""Styles: how a layer is drawn, each in one class that answers for screen, paper and legend.

To add one: a class of `Style` in a file of this folder, a row in `STYLES`, and a module in
``static/js/styles`` with its line in ``index.js`` there. ``tests/layers/test_styles.py`` draws
every registered style and fails where one leaves something blank.
"""

from __future__ import annotations

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message
from geodata.model import Indicator, Kind
from layers.sparse_map import is_sparse
from layers.styles.base import PreviewSymbol, ScreenNeeds, Style
from layers.styles.categories import Categories
from layers.styles.choropleth import Choropleth
from layers.styles.locator import Locator
from layers.styles.proportional_symbols import ProportionalSymbols

__all__ = [
    "STYLES",
    "PreviewSymbol",
    "ScreenNeeds",
    "Style",
    "check_style",
    "default_style",
    "drawn_style",
    "get_style",
    "offered_styles",
    "style_names",
]

_ALL = (Choropleth(), ProportionalSymbols(), Categories(), Locator())
STYLES: dict[str, Style] = {style.id: style for style in _ALL}
"""Every style by its id, in the order of the reader's choices."""
_UNKNOWN = Message("There is no such style")


def offered_styles() -> dict[str, Style]:
    """The styles that can be chosen, by id, in the order of the reader's choices."""
    return {style.id: style for style in STYLES.values() if style.offered}


def style_names() -> dict[str, Message]:
    """The names of the styles that can be chosen, by id."""
    return {style.id: style.name for style in offered_styles().values()}


def drawn_style(chosen: str, with_value: int, total: int) -> Style:
    """The style a map is drawn in: the chosen one, but for classes of too few values.

    Parameters
    ----------
    with_value, total
        Units of the map that have a value, and all its units.
    """
    style = get_style(chosen)
    if style.uses_classification and is_sparse(with_value, total):
        return STYLES[Locator.id]
    return style


def get_style(name: str) -> Style:
    """The style of an id.

    Raises
    ------
    NotFound
        There is no such style.
    """
    if name not in STYLES:
        raise unknown_name(_UNKNOWN, name, STYLES)
    return STYLES[name]


def default_style(kind: Kind) -> Style:
    """The style of an indicator of this kind for which the catalogue names none."""
    return next(style for style in STYLES.values() if kind in style.default_for)


def check_style(name: str, indicator: Indicator) -> Style:
    """The style of an id, for an indicator it can draw.

    Raises
    ------
    NotFound
        There is no such style.
    InvalidInput
        The style does not suit indicators of this kind.
    """
    remedy = Message(
        "Choose one of these, or drop the style to have {given}",
        given=default_style(indicator.kind).id,
    )
    offered = offered_styles()
    if name not in offered:
        raise unknown_name(_UNKNOWN, name, offered, remedy)
    if indicator.kind in offered[name].suits:
        return offered[name]
    suited = tuple(each.id for each in offered.values() if indicator.kind in each.suits)
    raise InvalidInput(
        Message("The style does not suit an indicator of kind {kind}", kind=indicator.kind),
        found=name,
        allowed=suited,
        remedy=remedy,
    )
