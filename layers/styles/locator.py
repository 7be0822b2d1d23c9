"""Locator: where the figures are, on a map with too few of them for classes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geodata.i18n import Message
from geodata.model import Indicator
from layers.classification import Classes
from layers.formatting import format_value, round_half_up
from layers.styles.choropleth import Choropleth

if TYPE_CHECKING:
    from geodata.i18n import Localised
    from layers.legend import ClassificationDomain
    from layers.sheet.canvas import Canvas
    from layers.sheet.layout_block import LayoutBlock, Rect
    from layers.sheet.sheet_content import SheetLegend
    from layers.symbology import Symbology

MOST_LISTED = 24
"""Values a sheet lists beside the map; a sparse map of more units names the first in the order of
the units and says how many follow."""
_HEAD, _LINE = 1.75, 1.3
"""Height of the heading above the listed values and of a line of them, ems."""


class Locator(Choropleth):
    """Every unit with a value in one colour: the figures are read beside the map.

    Taken in place of shaded areas where these would show gaps (`layers.sparse_map`); nobody
    chooses it.
    """

    id = "locator"
    name = Message("Where the figures are")
    description = Message("Units with a figure have one colour, since they are too few for classes")
    default_for = frozenset()
    offered = False
    uses_classification = False
    class_label_in_tables = False

    def classify(
        self, domain: ClassificationDomain, symbology: Symbology, indicator: Indicator
    ) -> Classes:
        """One class of all values."""
        shown = sorted(round_half_up(value, indicator.decimals) for value in domain.displayed)
        return Classes(
            lower=shown[0] if shown else math.nan,
            breaks=tuple(shown[-1:]),
            counts=(len(shown),) if shown else (),
            decimals=indicator.decimals,
            single_valued=len(set(shown)) == 1,
        )

    def notes(self, indicator: Indicator) -> tuple[Localised, ...]:
        """Why there are no classes."""
        return (Message("Too few units have a figure for classes: the colour says where they are"),)

    def legend_head(
        self, sheet_legend: SheetLegend, heading: str, size: float, scale: float, bw: bool
    ) -> LayoutBlock | None:
        """The values, unit by unit: on paper nothing can be opened."""
        from layers.sheet.fonts import text_width
        from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock

        em, rows = size * MM_PER_POINT, _listed(sheet_legend)
        name = max((text_width(row[0], size) for row in rows), default=0.0)
        value = max((text_width(row[1], size, "semibold") for row in rows), default=0.0)
        width = max(name + em + value, text_width(heading, size, "semibold"))

        def draw(canvas: Canvas, box: Rect) -> None:
            canvas.text(box.x, box.y + em, heading, size, weight="semibold")
            for i, (unit, figure) in enumerate(rows):
                y = box.y + (_HEAD + _LINE * i) * em + 0.8 * em
                canvas.text(box.x, y, unit, size)
                canvas.text(box.x + name + em, y, figure, size, weight="semibold")

        return LayoutBlock(width, (_HEAD + _LINE * len(rows)) * em, draw)


def _listed(sheet_legend: SheetLegend) -> list[tuple[str, str]]:
    """Name and value of the units that have one, in the order of the units."""
    view = sheet_legend.layer_view
    language = view.layer.language
    rows = [
        (view.units[unit].name[language], format_value(shown.value, view.indicator, language))
        for unit, shown in view.unit_views.items()
        if shown.value is not None
    ]
    more = len(rows) - MOST_LISTED
    if more <= 0:
        return rows
    said = Message.plural("and {n} more unit", "and {n} more units", more)
    return [*rows[:MOST_LISTED], (said[language], "")]
