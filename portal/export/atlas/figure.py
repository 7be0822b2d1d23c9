"""The map at the top of an atlas page, with what is said below it."""

from __future__ import annotations

from collections.abc import Mapping

from layers.drawn import DrawnLayer
from layers.sheet import SheetOptions
from layers.sheet.notes import boundary_sources, used_sources
from layers.sheet.paper import MUTED
from layers.sheet.render import draw_on
from layers.sheet.subject import layer_subject
from portal.export.atlas.flow import WIDTH, Flow
from portal.export.atlas.sources import Making

_MOST_NOTES = 6


def write_figure(
    flow: Flow, drawn: DrawnLayer, making: Making, *, extent: str, height: float
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
    paper = flow.sheet()
    paper.move(box.x, box.y)
    footing = draw_on(paper, layer_subject(drawn), making.store, options)
    paper.move(0, 0)
    sources = [*used_sources(drawn, making.store), *boundary_sources(drawn, making.store)]
    marks = " ".join(dict.fromkeys(making.references.of(source.id) for source in sources))
    flow.words(f"{drawn.title}. {drawn.subtitle}. {marks}", 8, most=3)
    flow.words(_capital(drawn.summary.removeprefix(f"{drawn.title}: ")), 7.5, colour=MUTED, most=3)
    # Those of the units the page is about come first.
    for note in footing.notes[:_MOST_NOTES]:
        flow.words(note.text, 7, colour=MUTED, most=2)
    return footing.numbers[0]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
