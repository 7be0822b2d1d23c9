"""The look of a map as QGIS writes it (QML): classes, kinds of missing, symbols, names, headers."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from layers.colour import from_hex
from layers.layer_view import LayerView
from layers.palettes import MISSING_FILL, MISSING_HATCH
from layers.sheet.print_fills import NEUTRAL_FILL
from layers.styles.proportional_symbols import symbol_radius
from portal.export.data.tables import HEADERS

_VERSION = "3.28.0"
_OUTLINE = "#66717a"
_PIXEL = 25.4 / 96
"""A pixel of a symbol's radius, mm."""
_CLASS = 'coalesce(nullif("class", \'\'), "missing")'


def qgis_style(layer_view: LayerView) -> str:
    """The style of the table ``map``: fills by class, or a symbol in proportion to the value.

    Parameters
    ----------
    layer_view
        Its classes, kinds of missing and labels are those of the file's columns.
    """
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology|Labeling|Fields")
    if layer_view.legend.symbols:
        _symbols_renderer(root, layer_view)
    else:
        _classes_renderer(root, layer_view)
    _labels(root)
    aliases = ET.SubElement(root, "aliases")
    for index, (column, header) in enumerate(HEADERS.items()):
        name = header[layer_view.layer.language]
        ET.SubElement(aliases, "alias", index=str(index), field=column, name=name)
    return ET.tostring(root, encoding="unicode")


def _classes_renderer(root: ET.Element, layer_view: LayerView) -> None:
    """One category for each class and for each kind of missing that there is."""
    legend = layer_view.legend
    rows = [(row.label, row.colour, "solid") for row in legend.classes]
    rows += [(row.label, MISSING_FILL, "b_diagonal") for row in legend.missing if row.count]
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=_CLASS, enableorderby="0",
        symbollevels="0", forceraster="0",
    )  # fmt: skip
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for place, (label, colour, fill) in enumerate(rows):
        ET.SubElement(
            categories, "category", value=label, label=label, symbol=str(place), render="true",
            type="string",
        )  # fmt: skip
        symbol = _symbol(symbols, str(place), "fill")
        _fill(symbol, colour, "solid")
        if fill != "solid":
            _fill(symbol, MISSING_HATCH, fill)


def _symbols_renderer(root: ET.Element, layer_view: LayerView) -> None:
    """Circles whose area is the value, each in the middle of its unit."""
    legend = layer_view.legend
    values = [view.value for view in layer_view.unit_views.values() if view.value is not None]
    largest = max((abs(value) for value in values), default=1.0) or 1.0
    widest = 2 * symbol_radius(largest, largest) * _PIXEL
    renderer = ET.SubElement(
        root, "renderer-v2", type="singleSymbol", enableorderby="0", symbollevels="0",
        forceraster="0",
    )  # fmt: skip
    symbol = _symbol(ET.SubElement(renderer, "symbols"), "0", "fill")
    _fill(symbol, NEUTRAL_FILL, "solid")
    middle = _layer(symbol, "CentroidFill", {"point_on_surface": "1", "clip_points": "0"})
    marker = _symbol(middle, "@0@1", "marker")
    colour = legend.classes[-1].colour if legend.classes else _OUTLINE
    circle = _layer(
        marker,
        "SimpleMarker",
        {"name": "circle", "color": _rgb(colour), "outline_color": "255,255,255,255",
         "size": f"{widest:.2f}", "size_unit": "MM", "scale_method": "diameter"},
    )  # fmt: skip
    expression = f'{widest:.3f} * sqrt(abs(coalesce("value", 0)) / {largest!r})'
    properties = ET.SubElement(circle, "data_defined_properties")
    size = _map_option(_map_option(_map_option(properties), "properties"), "size")
    _option(size, "active", "true", "bool")
    _option(size, "expression", expression)
    _option(size, "type", "3", "int")


def _labels(root: ET.Element) -> None:
    """The names of the units, with a thin halo."""
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings, "text-style", fieldName="name", isExpression="0", fontSize="8",
        fontSizeUnit="Point", textColor="24,32,38,255",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.6", bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )  # fmt: skip
    # Inside the unit, horizontal.
    ET.SubElement(settings, "placement", placement="4", centroidInside="1", centroidWhole="1")
    ET.SubElement(settings, "rendering", fitInPolygonOnly="1", obstacle="1")


def _symbol(parent: ET.Element, name: str, kind: str) -> ET.Element:
    return ET.SubElement(
        parent, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
    )


def _fill(symbol: ET.Element, colour: str, style: str) -> None:
    _layer(
        symbol,
        "SimpleFill",
        {"color": _rgb(colour), "style": style, "outline_color": _rgb(_OUTLINE),
         "outline_width": "0.15", "outline_width_unit": "MM", "outline_style": "solid"},
    )  # fmt: skip


def _layer(symbol: ET.Element, kind: str, options: dict[str, str]) -> ET.Element:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0",
                                            "locked": "0"})  # fmt: skip
    listed = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        _option(listed, name, value)
    return layer


def _map_option(parent: ET.Element, name: str = "") -> ET.Element:
    return ET.SubElement(parent, "Option", {"type": "Map", **({"name": name} if name else {})})


def _option(parent: ET.Element, name: str, value: str, kind: str = "QString") -> None:
    ET.SubElement(parent, "Option", name=name, value=value, type=kind)


def _rgb(colour: str) -> str:
    red, green, blue = (round(255 * part) for part in from_hex(colour))
    return f"{red},{green},{blue},255"
