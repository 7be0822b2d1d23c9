"""The first page of a report as a small picture, before the document is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.store import Store
from layers.layer_view import resolve_layer
from layers.sheet import SheetOptions
from layers.sheet.canvas import INK, MUTED, Canvas
from layers.sheet.fonts import Weight, wrap_text
from layers.sheet.layout_block import MM_PER_POINT
from layers.sheet.options import FULL_EXTENT, PRESETS
from layers.sheet.render import draw_sheet
from layers.sheet.sheet_content import layer_content
from layers.sheet.writers import small_picture
from portal.export.page_selection import DocumentIndicators
from portal.export.report.build import report_title
from portal.export.report.letterhead import TEXT_WIDTH
from portal.export.report.map_section import HEIGHT
from portal.translations import translate

_PAGE = PRESETS["a4-portrait"]
_LEFT = _PAGE.margins.left
_MOST_LISTED = 24


class _TextColumn:
    """Lines of type one below the other in the width of the text."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.y = canvas, _PAGE.margins.top

    def write(
        self, text: str, size: float, *, weight: Weight = "regular", align: str = "left",
        colour: str = INK,
    ) -> None:  # fmt: skip
        for line in wrap_text(text, size, TEXT_WIDTH, weight):
            self.y += size * MM_PER_POINT * 1.36
            x = _LEFT + (TEXT_WIDTH / 2 if align == "center" else 0.0)
            self.canvas.text(x, self.y, line, size, weight=weight, align=align, colour=colour)


def report_preview(
    chosen: DocumentIndicators, store: Store, params: Mapping[str, Any], rasters: Path | None
) -> bytes:
    """Heading, title, the first map with its words, and which maps follow."""
    layer = chosen.maps[0]
    language, layer_view = layer.language, resolve_layer(layer, store)
    canvas = Canvas(_PAGE.width, _PAGE.height)
    column = _TextColumn(canvas)
    for name in ("authority", "office"):
        if params.get(name):
            column.write(str(params[name]).upper(), 11, weight="semibold")
    title = str(params.get("title", "")) or report_title(chosen.maps, store, params, language)
    column.y += 4
    column.write(title, 14, weight="semibold", align="center")
    column.y += 2
    column.write(f"1. {layer_view.indicator.name[language]}", 12, weight="semibold")
    column.write(layer_view.summary, 11)
    options = SheetOptions(
        width=TEXT_WIDTH, height=HEIGHT, bw=bool(params.get("bw", False)), rasters=rasters,
        extent=str(params.get("extent", FULL_EXTENT)), bare=True,
    )  # fmt: skip
    canvas.set_origin(_LEFT, column.y + 3)
    draw_sheet(canvas, layer_content(layer_view), store, options)
    canvas.set_origin(0, 0)
    column.y += HEIGHT + 5
    column.write(layer_view.title, 11, weight="semibold", align="center")
    column.y += 3
    names = [store.indicator(each.indicator).name[language] for each in chosen.maps]
    for number, name in enumerate(names[1:_MOST_LISTED], 2):
        if column.y > _PAGE.height - _PAGE.margins.bottom - 8:
            break
        column.write(f"{number}. {name}", 9, colour=MUTED)
    column.write(translate("report.maps", language, n=len(names), rest=len(chosen.rest)), 9,
                 colour=MUTED)  # fmt: skip
    return small_picture(canvas)
