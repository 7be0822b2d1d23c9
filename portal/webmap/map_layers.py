"""Layers of a `PortalMap`: each is one line of script that hands addresses to our module.

A new layer is a class here, a module and a line of ``layer_types.js`` in ``static/js/map``. How the
units' values are drawn is no layer of its own but a style: see `layers.styles`.
"""

from __future__ import annotations

from typing import ClassVar

from branca.element import MacroElement
from folium.template import Template

from portal.webmap.folium_map import PortalMap


class PortalLayer(MacroElement):
    """Base of the portal's layers.

    Parameters
    ----------
    options
        What the browser's layer needs: addresses, names, texts; nothing per unit.
    """

    kind: ClassVar[str]
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        portal.addLayer({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, **options: object) -> None:
        super().__init__()
        self._name = type(self).__name__
        self.options = {"type": self.kind, **options}


class UnitLayer(PortalLayer):
    """The units, filled as the style says or hatched where a value is missing."""

    kind = "units"


class OverlayLayer(PortalLayer):
    """The layer that the style draws over the boundary lines, such as proportional symbols."""

    kind = "overlay"


class OutlineLayer(PortalLayer):
    """Lines between units, above them, and around them all; dashed where indicative."""

    kind = "outlines"


class LabelLayer(PortalLayer):
    """Names that do not collide, and the marks of doubtful figures."""

    kind = "labels"


class BaseMap(PortalLayer):
    """Tiles the operator has configured; the portal brings none.

    Parameters
    ----------
    url
        Address with ``{z}``, ``{x}`` and ``{y}``.
    attribution
        Shown as text.
    """

    kind = "tiles"

    def __init__(self, url: str, attribution: str) -> None:
        super().__init__(url=url, attribution=attribution)


def add_layers(
    portal_map: PortalMap, basemap: tuple[str, str] = ("", ""), **options: object
) -> None:
    """Put on a map what shows figures, lowest first, over the base map if there is one.

    Parameters
    ----------
    basemap
        Its address and attribution, empty for none.
    options
        What every layer is given, as the address of its shapes.
    """
    if basemap[0]:
        portal_map.add_child(BaseMap(*basemap))
    for layer in (UnitLayer, OutlineLayer, OverlayLayer, LabelLayer):
        portal_map.add_child(layer(**options))
