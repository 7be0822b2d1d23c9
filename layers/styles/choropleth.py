"""Choropleth: every unit filled with the colour of its class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geodata.i18n import Language, Localised, Message
from geodata.model import Indicator, Kind
from layers.classification import Classes
from layers.isolated_class import classify_around
from layers.styles.base import Cell, PreviewSymbol, Style

if TYPE_CHECKING:
    from layers.legend import ClassificationDomain, Legend, SymbolSize
    from layers.sheet.canvas import Canvas
    from layers.sheet.layout_block import LayoutBlock
    from layers.sheet.map_panel import MapPanel
    from layers.sheet.print_fills import PrintFill
    from layers.sheet.sheet_content import SheetLegend
    from layers.symbology import Symbology
    from layers.unit_views import UnitView


class Choropleth(Style):
    """Areas shaded by class: made for rates, where a large unit does not stand for much."""

    id = "choropleth"
    name = Message("Shaded areas")
    description = Message(
        "Every unit has the colour of the class its value lies in; made for rates and extremes"
    )
    suits: frozenset[Kind] = frozenset({"count", "ratio", "extreme"})
    default_for: frozenset[Kind] = frozenset({"ratio", "extreme"})
    uses_classification = True
    class_label_in_tables = True
    fills_units = True
    doubtful_note = Message(
        "Class breaks, highest and lowest leave out the figures marked doubtful"
    )

    def classify(
        self, domain: ClassificationDomain, symbology: Symbology, indicator: Indicator
    ) -> Classes:
        """Classes by the scheme, from the values nothing speaks against."""

        def around(values: Sequence[float]) -> Classes:
            return classify_around(
                symbology.isolate,
                values,
                symbology.scheme,
                classes=symbology.classes,
                decimals=indicator.decimals,
                thresholds=symbology.thresholds,
            )

        classes = around(domain.classified)
        exact = classes.single_valued or classes.isolated is not None
        if exact and any(not classes.contains(v) for v in domain.displayed):
            # A class named by its one value must not take in another value.
            return around(domain.displayed)
        return classes

    def legend_symbols(
        self, values: Sequence[float], indicator: Indicator, language: Language
    ) -> tuple[SymbolSize, ...]:
        """None: the swatches of the classes say it."""
        return ()

    def notes(self, indicator: Indicator) -> tuple[Localised, ...]:
        """What shading hides of a count."""
        if indicator.kind != "count":
            return ()
        return (
            Message(
                "A count as shading: large units easily look like much; symbols or a rate "
                "show it better"
            ),
        )

    def shows_class_rows(self, legend: Legend) -> bool:
        """Always."""
        return True

    def preview_fill(self, cell: Cell, legend: Mapping[str, Any]) -> str | None:
        """The colour of the unit's class."""
        return None if cell[1] is None else str(legend["classes"][cell[1]]["colour"])

    def preview_symbol(self, cell: Cell, legend: Mapping[str, Any]) -> PreviewSymbol | None:
        """None."""
        return None

    def unit_fill(
        self, unit_view: UnitView, fills: Sequence[PrintFill], bw: bool
    ) -> PrintFill | None:
        """The fill of the unit's class."""
        return None if unit_view.class_index is None else fills[unit_view.class_index]

    def unit_overprint(self, unit_view: UnitView, fill: PrintFill) -> PrintFill | None:
        """Dots on an estimate."""
        from layers.sheet.print_fills import ESTIMATE_STATUSES, estimate_dots

        return estimate_dots(fill.colour) if unit_view.status in ESTIMATE_STATUSES else None

    def draw_over(self, canvas: Canvas, panel: MapPanel) -> None:
        """Nothing: the fills are the map."""

    def label_clearance(self, panel: MapPanel, unit_id: str) -> float:
        """None: names stand on the fills."""
        return 0.0

    def legend_head(
        self, sheet_legend: SheetLegend, heading: str, size: float, scale: float, bw: bool
    ) -> LayoutBlock | None:
        """None: the class rows are the legend."""
        return None
