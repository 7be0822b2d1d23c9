"""Categories: every unit filled with the colour of the named class that is its value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geodata.i18n import Localised, Message
from geodata.model import Indicator, Kind
from layers.classification import Classes
from layers.palettes import QUALITATIVE_COLOURS, class_colours, get_palette
from layers.styles.choropleth import Choropleth

if TYPE_CHECKING:
    from layers.legend import ClassificationDomain
    from layers.symbology import Symbology


class Categories(Choropleth):
    """One class for each name in the catalogue's list, whether a unit has it or not."""

    id = "categories"
    name = Message("Areas by category")
    description = Message(
        "Every unit has the colour of the class it belongs to; made for named classes, which are "
        "counted and never averaged"
    )
    suits: frozenset[Kind] = frozenset({"category"})
    default_for: frozenset[Kind] = frozenset({"category"})
    uses_classification = False
    class_label_in_tables = False
    doubtful_note = Message("Some classes are marked doubtful")

    def classify(
        self, domain: ClassificationDomain, symbology: Symbology, indicator: Indicator
    ) -> Classes:
        """The classes of the catalogue, in their order; empty ones stay, so that maps compare."""
        count = len(indicator.categories)
        places = tuple(float(place) for place in range(1, count + 1))
        found = Counter(domain.displayed)
        return Classes(
            1.0,
            places,
            tuple(found[place] for place in places),
            0,
            single_valued=True,
            names=tuple(each.name for each in indicator.categories),
        )

    def colours(
        self, classes: Classes, symbology: Symbology, indicator: Indicator, reverse: bool
    ) -> tuple[str, ...]:
        """The colours that classes name, and for the others those of the palette still free.

        An ordered list has the steps of a ramp.
        """
        if get_palette(symbology.palette).type != "qualitative":
            return class_colours(symbology.palette, classes, reverse)
        named = {each.colour for each in indicator.categories}
        free = (hue for name, hue in QUALITATIVE_COLOURS.items() if name not in named)
        return tuple(
            QUALITATIVE_COLOURS[each.colour] if each.colour else next(free)
            for each in indicator.categories
        )

    def notes(self, indicator: Indicator) -> tuple[Localised, ...]:
        """None: the names say it."""
        return ()
