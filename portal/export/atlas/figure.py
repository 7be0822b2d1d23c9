"""The map at the top of an atlas page, with what is said below it."""

from __future__ import annotations

from collections.abc import Mapping

from layers.layer_view import LayerView
from layers.sheet import SheetOptions
from layers.sheet.canvas import MUTED
from layers.sheet.footer import boundary_sources, observation_sources
from layers.sheet.render import draw_sheet
from layers.sheet.sheet_content import layer_content
from portal.export.atlas.flow import WIDTH, Flow
from portal.export.atlas.sources import Making

_MOST_NOTES = 6


def write_figure(
    flow: Flow, layer_view: LayerView, making: Making, *, extent: str, height: float
) -> Mapping[str, str]:
    """Draw the map ``height`` mm high; the numbers of its doubtful units' notes."""
    options = SheetOptions(
        format="pdf",
        width=WIDTH,
        height=height,
        bw=bool(making.ask.get("bw")),
        extent=extent,
        bare=True,
    )
    box = flow.box(height)
    canvas = flow.sheet()
    canvas.set_origin(box.x, box.y)
    footer = draw_sheet(canvas, layer_content(layer_view), making.store, options)
    canvas.set_origin(0, 0)
    sources = [
        *observation_sources(layer_view, making.store),
        *boundary_sources(layer_view, making.store),
    ]
    marks = " ".join(dict.fromkeys(making.references.of(source.id) for source in sources))
    flow.words(f"{layer_view.title}. {layer_view.subtitle}. {marks}", 8, most=3)
    flow.words(
        _capital(layer_view.summary.removeprefix(f"{layer_view.title}: ")),
        7.5,
        colour=MUTED,
        most=3,
    )
    # Those of the units the page is about come first.
    for note in footer.notes[:_MOST_NOTES]:
        flow.words(note.text, 7, colour=MUTED, most=2)
    return footer.numbers[0]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
