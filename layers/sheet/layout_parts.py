"""The parts of a sheet in a size of type, measured before they have their places."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from geodata.model import Level
from layers.sheet.canvas import Canvas
from layers.sheet.fonts import text_width
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.layout_request import Insets, LayoutRequest
from layers.sheet.legend_panel import class_blocks, legend_blocks, signs_blocks
from layers.sheet.locator_map import islands_inset_block, locator_map_block
from layers.sheet.map_furniture import (
    draw_scale_bar,
    extent_indicator_block,
    qr_block,
    scale_bar_size,
)
from layers.sheet.options import FULL_EXTENT
from layers.sheet.place_marks import place_legend_block
from layers.sheet.raster_marks import raster_legend_block
from layers.sheet.text_panel import (
    TextPanel,
    footer_panel,
    header_panel,
    map_heading_panel,
    qr_side,
    shift_panel,
)
from layers.sheet.viewport import Viewport
from layers.sheet.writers import page_url


def footer_type_size(size: float) -> float:
    """Type of the footer beside the legend's, points."""
    return max(min(5.2, size), size * 0.8)


def bold_heading_lines(request: LayoutRequest, size: float, body: Rect) -> int:
    """How many lines the headings of the maps want when as many stand in a row as usually do."""
    in_a_row = 2 if len(request.content.maps) < 5 else 3
    first = [shown.heading[0] for shown in request.content.maps if shown.heading]
    widest = max((text_width(words, size, "semibold") for words in first), default=0.0)
    return 1 if widest <= body.width * 0.75 / in_a_row else 2


def headings(
    request: LayoutRequest, size: float, width: float, body: Rect
) -> tuple[TextPanel, ...]:
    """The heading of each map, no wider than ``width`` (mm), all as high as the highest."""
    strong = bold_heading_lines(request, size, body)
    return tuple(map_heading_panel(m.heading, size, width, strong) for m in request.content.maps)


def feet(
    request: LayoutRequest, size: float, symbols: float
) -> tuple[tuple[LayoutBlock, ...], ...]:
    """The legend of each map; none where one explains them all."""
    if request.content.shared:
        return ()
    small = size * 0.92
    return tuple(
        tuple(class_blocks(sheet_legend, request.options.bw, small, symbols))
        for sheet_legend in request.content.legends
    )


def texts(request: LayoutRequest, size: float, room: Rect) -> tuple[TextPanel, TextPanel]:
    """The header and the footer."""
    content, options, small = request.content, request.options, footer_type_size(size)
    if options.bare:
        return TextPanel((), 0.0), TextPanel((), 0.0)
    logo, gap = logo_box(request, size, room), 1.2 * size * MM_PER_POINT
    left = logo.width + gap if logo else 0.0
    head = header_panel(content.title, content.subtitle, options.office, size, room.width - left)
    if logo:
        head = shift_panel(head, left, logo.height + gap)
    brief = options.page().brief
    code = qr_side(small) if options.public_url and not brief else 0.0
    width = room.width - (code + 3 if code else 0.0)
    most = room.height * options.page().notes
    footer = request.footer.brief() if brief else request.footer
    foot = footer_panel(footer, small, width, most, content.language)
    least = code + small * MM_PER_POINT if code else 0.0
    return head, TextPanel(foot.lines, max(foot.height, least) + small * MM_PER_POINT * 0.6)


def logo_box(request: LayoutRequest, size: float, room: Rect) -> Rect | None:
    """The place of the logo at the left of the title: five lines high and no wider than 15."""
    if not request.options.logo:
        return None
    with Image.open(BytesIO(request.options.logo)) as picture:
        aspect = picture.width / picture.height
    em = size * MM_PER_POINT
    height = min(5.0 * em, 15 * em / aspect)
    return Rect(room.x, room.y, height * aspect, height)


def line_kinds(request: LayoutRequest) -> dict[str, Level]:
    """The kinds of line on the maps, each with the level it bounds."""
    kinds: dict[str, Level] = {}
    for each, shown in zip(request.overviews, request.content.maps, strict=True):
        for kind in sorted(kind for kind, lines in each.lines.items() if lines) if each else ():
            above = each.above if each and kind == "above" else None
            kinds.setdefault(kind, above or shown.layer_view.layer.level)
    return kinds


def blocks(
    request: LayoutRequest, size: float, symbols: float, insets: Insets
) -> list[LayoutBlock]:
    """The legend, the small maps and the scale, in that order."""
    shown, options, content = request.overview, request.options, request.content
    kinds = line_kinds(request)
    if content.shared:
        blocks = legend_blocks(content.legends[0], kinds, options.bw, size, symbols)
    else:
        blocks = signs_blocks(content.legends, kinds, options.bw, size)
    if request.places.categories:
        blocks.append(place_legend_block(request.places, size, options.bw, content.language))
    if request.rasters:
        blocks.append(raster_legend_block(request.rasters, size, content.language))
    if shown is None:
        return blocks
    if options.extent != FULL_EXTENT and insets.units:
        width = size * MM_PER_POINT * 11
        blocks.append(
            extent_indicator_block(shown, options.extent, request.extent, width, options.bw)
        )
    if request.islands is not None:
        whole, draw_units = request.islands

        def units(canvas: Canvas, viewport: Viewport) -> None:
            draw_units(canvas, viewport, symbols)

        blocks.append(islands_inset_block(whole, size, content.language, units))
    if request.country is not None and insets.country:
        scaled = size * insets.country
        blocks.append(
            locator_map_block(request.country, shown, scaled, options.bw, content.language)
        )
    if options.page().brief and options.public_url and not options.bare:
        blocks.append(qr_block(page_url(content, options)))
    width, height = scale_bar_size(size)

    def bar(canvas: Canvas, box: Rect) -> None:
        draw_scale_bar(canvas, box, canvas.scale, size, content.language)

    return [*blocks, LayoutBlock(width, height, bar)]
