"""The interface of a style: on the screen, on paper, in the legend and in the tables."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.i18n import Language, Localised, Message
from geodata.model import Indicator, Kind
from layers.classification import Classes
from layers.palettes import class_colours

if TYPE_CHECKING:
    from layers.legend import ClassificationDomain, Legend, SymbolSize
    from layers.sheet.canvas import Canvas
    from layers.sheet.layout_block import LayoutBlock
    from layers.sheet.map_panel import MapPanel
    from layers.sheet.print_fills import PrintFill
    from layers.sheet.sheet_content import SheetLegend
    from layers.symbology import Symbology
    from layers.unit_views import UnitView

Cell = Sequence[Any]
"""A unit's row in the values document; see `portal.serializers.values`."""


@dataclass(frozen=True, slots=True)
class ScreenNeeds:
    """Data the page needs about a style besides its browser module.

    Parameters
    ----------
    fills
        Whether units are filled with the colour of their class; names take their tone from it.
    class_rows
        Whether the legend lists the classes with their counts.
    classification
        Whether the reader's choice of a scheme and of the number of classes changes the map.
    """

    fills: bool
    class_rows: bool
    classification: bool


@dataclass(frozen=True, slots=True)
class PreviewSymbol:
    """A symbol on the server's own drawing of the first map; ``radius`` in CSS pixels."""

    radius: float
    colour: str


class Style(ABC):
    """How a layer is drawn.

    One file in this folder, one row in `layers.styles.STYLES` and one module of the same id in
    ``static/js/styles`` make a style; nothing else may ask which style a layer has. The methods
    that draw on paper import what they need of `layers.sheet` themselves, so that
    answering values never loads matplotlib.
    """

    @property
    @abstractmethod
    def id(self) -> str:
        """Its name in addresses, in the catalogue and in the values document."""

    @property
    @abstractmethod
    def name(self) -> Message:
        """Its name among the reader's choices."""

    @property
    @abstractmethod
    def description(self) -> Message:
        """What it shows, and for what values it is made, in one sentence."""

    offered = True
    """Whether a reader or the catalogue may choose it; otherwise it is taken where it is needed."""

    @property
    @abstractmethod
    def suits(self) -> frozenset[Kind]:
        """The kinds of indicator it can draw; the layers of others are refused."""

    @property
    @abstractmethod
    def default_for(self) -> frozenset[Kind]:
        """The kinds of indicator it is taken for where the catalogue names no style."""

    # Classes and words

    @property
    @abstractmethod
    def uses_classification(self) -> bool:
        """Whether a scheme and a number of classes have a meaning for it."""

    @abstractmethod
    def classify(
        self, domain: ClassificationDomain, symbology: Symbology, indicator: Indicator
    ) -> Classes:
        """The classes of the values in ``domain``, rounded to the indicator's decimals."""

    def colours(
        self, classes: Classes, symbology: Symbology, indicator: Indicator, reverse: bool
    ) -> tuple[str, ...]:
        """One colour per class, ``#rrggbb``; ``reverse`` turns a diverging palette round."""
        return class_colours(symbology.palette, classes, reverse)

    @abstractmethod
    def legend_symbols(
        self, values: Sequence[float], indicator: Indicator, language: Language
    ) -> tuple[SymbolSize, ...]:
        """The symbols whose size the legend explains, largest first; none for fills."""

    @abstractmethod
    def notes(self, indicator: Indicator) -> tuple[Localised, ...]:
        """The legend's note on this style for such an indicator."""

    @property
    @abstractmethod
    def doubtful_note(self) -> Message:
        """What the legend says where doubtful figures are shown that set no bounds."""

    @abstractmethod
    def shows_class_rows(self, legend: Legend) -> bool:
        """Whether the legend lists the classes, each with its colour and its number of units."""

    @property
    @abstractmethod
    def class_label_in_tables(self) -> bool:
        """Whether a unit's class tells a reader of a table or a popup anything."""

    # Screen

    @property
    @abstractmethod
    def fills_units(self) -> bool:
        """Whether units with a value have the colour of their class."""

    @abstractmethod
    def preview_fill(self, cell: Cell, legend: Mapping[str, Any]) -> str | None:
        """Colour of a unit with a value in the server's drawing; None leaves it plain.

        Parameters
        ----------
        cell
            ``[value, class, status, 1 if doubtful else 0]``.
        legend
            The legend of the values document.
        """

    @abstractmethod
    def preview_symbol(self, cell: Cell, legend: Mapping[str, Any]) -> PreviewSymbol | None:
        """The symbol on a unit in the server's drawing; None for none."""

    def symbol_outline(self, radius: float) -> str:
        """A symbol of its own as SVG path data around the point (0, 0); a circle unless said."""
        r = f"{radius:.1f}"
        return f"M-{r} 0a{r} {r} 0 1 0 {2 * radius:.1f} 0a{r} {r} 0 1 0-{2 * radius:.1f} 0"

    def screen(self, legend: Legend) -> ScreenNeeds:
        """Data the page needs about it for one map."""
        return ScreenNeeds(
            fills=self.fills_units,
            class_rows=self.shows_class_rows(legend),
            classification=self.uses_classification,
        )

    # Paper

    @abstractmethod
    def unit_fill(
        self, unit_view: UnitView, fills: Sequence[PrintFill], bw: bool
    ) -> PrintFill | None:
        """Fill of a unit with a value; None leaves it plain.

        Parameters
        ----------
        fills
            Those of the classes, in their order.
        bw
            Whether the sheet is black and white.
        """

    @abstractmethod
    def unit_overprint(self, unit_view: UnitView, fill: PrintFill) -> PrintFill | None:
        """What is printed over a unit's fill, as the dots of an estimate; None for nothing."""

    @abstractmethod
    def draw_over(self, canvas: Canvas, panel: MapPanel) -> None:
        """Draw what lies over the boundary lines; the canvas is clipped to the panel."""

    @abstractmethod
    def label_clearance(self, panel: MapPanel, unit_id: str) -> float:
        """Radius around a unit's anchor that its name must leave free, mm."""

    @abstractmethod
    def legend_head(
        self, sheet_legend: SheetLegend, heading: str, size: float, scale: float, bw: bool
    ) -> LayoutBlock | None:
        """The part of a sheet's legend above the class rows; None where these say it all.

        Parameters
        ----------
        heading
            The unit of measure; written by this part where there is one, else over the rows.
        size
            Of the type, points.
        scale
            Millimetres on paper for a CSS pixel of a symbol's radius.
        """
