"""Registered rasters on a sheet: their picture under the lines of a map, and their legend."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.i18n import Language
from layers.rasters.raster_colours import Pixels, printed_pixels, raster_legend, raster_pixels
from layers.rasters.raster_view import RasterView
from layers.sheet.canvas import LINE, MUTED, Canvas
from layers.sheet.captions import HILLSHADE_LIGHT
from layers.sheet.fonts import text_width, wrap_text
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.map_geometry import projection
from layers.sheet.viewport import Viewport

_MAX_PIXELS = 2000
"""Longest side of the picture of a raster: 200 pixels per inch on a page of A4."""
_WIDEST = 17
"""Widest title of a raster in the legend, in ems."""
_MOST_ROWS = 14
"""Classes in the legend; the others are counted."""


def raster_image(view: RasterView, viewport: Viewport, meridian: float) -> Pixels:
    """A raster seen through ``viewport``, its opacity in its pixels.

    Parameters
    ----------
    viewport
        What is seen, on the plane of ``meridian``, metres.

    Returns
    -------
    ndarray of uint8, shape (rows, columns, 4)
        Rows from the top; laid over the colours below it gives what the map on the screen shows.

    Raises
    ------
    FileFault
        The raster's cells cannot be read.
    """
    # The raster libraries, which other sheets need not.
    from affine import Affine  # noqa: PLC0415

    from geodata.rasters.warped_cells import warped_cells  # noqa: PLC0415

    fine = _MAX_PIXELS / max(viewport.box.width, viewport.box.height)
    width, height = (
        max(2, round(side * fine)) for side in (viewport.box.width, viewport.box.height)
    )
    west, south, east, north = viewport.extent
    across, down = (east - west) / width, (north - south) / height
    transform = Affine(across, 0.0, west, 0.0, -down, north)
    plane = projection(meridian)
    cells = warped_cells(view.layer, plane, transform, (width, height), across)
    pixels = raster_pixels(view.layer, cells, across)
    return printed_pixels(view.layer, pixels, view.opacity)


def raster_legend_block(
    views: Sequence[RasterView], size: float, language: Language
) -> LayoutBlock:
    """Title, colours and light of each raster, below each other."""
    em = size * MM_PER_POINT
    parts = [_part(view, size, language) for view in views]
    width = max(part.width for part in parts)
    height = sum(part.height for part in parts) + 0.6 * em * (len(parts) - 1)

    def draw(canvas: Canvas, box: Rect) -> None:
        y = box.y
        for part in parts:
            part.draw(canvas, Rect(box.x, y, width, part.height))
            y += part.height + 0.6 * em

    return LayoutBlock(width, height, draw)


def _part(view: RasterView, size: float, language: Language) -> LayoutBlock:
    em, small = size * MM_PER_POINT, size * 0.88
    every = raster_legend(view.layer, language)
    rows = every[:_MOST_ROWS] if len(every) > _MOST_ROWS + 1 else every
    title = wrap_text(view.layer.title[language], size, _WIDEST * em, max_lines=2)
    notes = [] if every else wrap_text(HILLSHADE_LIGHT[language], small, _WIDEST * em, max_lines=2)
    if len(rows) < len(every):
        notes = [f"… + {len(every) - len(rows)}"]
    row = 1.62 * em
    top = (0.35 + 1.25 * len(title)) * em
    width = max(
        [
            *(text_width(line, size, "semibold") for line in title),
            *(3.2 * em + text_width(each.label, size) for each in rows),
            *(text_width(line, small) for line in notes),
        ]
    )
    height = top + len(rows) * row + len(notes) * 1.25 * em

    def draw(canvas: Canvas, box: Rect) -> None:
        for n, line in enumerate(title):
            canvas.text(box.x, box.y + (1 + 1.25 * n) * em, line, size, weight="semibold")
        for n, each in enumerate(rows):
            y = box.y + top + n * row
            swatch = Rect(box.x, y + 0.16 * em, 2.5 * em, 1.22 * em)
            canvas.rectangle(swatch, fill=each.colour)
            canvas.rectangle(swatch, edge=LINE, width=0.4)
            canvas.text(box.x + 3.2 * em, y + 1.12 * em, each.label, size)
        for n, line in enumerate(notes):
            y = box.y + top + len(rows) * row + (n + 0.8) * 1.25 * em
            canvas.text(box.x, y, line, small, colour=MUTED)

    return LayoutBlock(width, height, draw)
