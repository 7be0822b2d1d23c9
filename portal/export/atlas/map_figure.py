"""The map at the top of an atlas page, with what is said below it."""

from __future__ import annotations

from collections.abc import Mapping

from layers.layer_view import LayerView
from layers.sheet import SheetOptions
from layers.sheet.canvas import MUTED
from layers.sheet.footer import boundary_sources, map_sources, rasters_citation
from layers.sheet.render import draw_sheet
from layers.sheet.sheet_content import layer_content
from portal.export.atlas.page_flow import WIDTH, PageFlow
from portal.export.atlas.references import AtlasContext

_MAX_NOTES = 6


def write_map_figure(
    flow: PageFlow, layer_view: LayerView, context: AtlasContext, *, extent: str, height: float
) -> Mapping[str, str]:
    """Draw the map ``height`` mm high; the numbers of its doubtful units' notes."""
    options = SheetOptions(
        format="pdf",
        width=WIDTH,
        height=height,
        bw=bool(context.params.get("bw")),
        extent=extent,
        rasters=context.rasters,
        bare=True,
    )
    box = flow.reserve(height)
    canvas = flow.current_page()
    canvas.set_origin(box.x, box.y)
    footer = draw_sheet(canvas, layer_content(layer_view), context.store, options)
    canvas.set_origin(0, 0)
    sources = [
        *map_sources(layer_view, context.store),
        *boundary_sources(layer_view, context.store),
    ]
    marks = " ".join(dict.fromkeys(context.references.number(source.id) for source in sources))
    flow.paragraph(f"{layer_view.title}. {layer_view.subtitle}. {marks}", 8, most=3)
    flow.paragraph(
        _capital(layer_view.summary.removeprefix(f"{layer_view.title}: ")),
        7.5,
        colour=MUTED,
        most=3,
    )
    if footer.names:
        flow.paragraph(footer.names, 7, colour=MUTED, most=4)
    rasters = rasters_citation(layer_view.layer, context.rasters)
    if rasters:
        flow.paragraph(rasters, 7, colour=MUTED, most=2)
    # Those of the units the page is about come first.
    for note in footer.notes[:_MAX_NOTES]:
        flow.paragraph(note.text, 7, colour=MUTED, most=2)
    return footer.numbers[0]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
