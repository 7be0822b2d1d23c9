"""The page of a unit: the map around it, what it came from, its series, all its figures."""

from __future__ import annotations

import numpy as np

from geodata.i18n import Language
from geodata.model import Unit
from geodata.store import Store
from layers.charts.sparkline import Trend
from layers.labels import unit_kind_name
from layers.layer_view import LayerView
from layers.sheet.canvas import ALERT, INK, LINE, MUTED, PAPER, Canvas
from layers.sheet.fonts import truncate_text
from layers.sheet.layout_block import MM_PER_POINT, Rect
from portal.export.atlas.map_figure import write_map_figure
from portal.export.atlas.page_flow import WIDTH, PageColumn, PageFlow
from portal.export.atlas.references import AtlasContext
from portal.serializers.entities import Document, validity_label
from portal.serializers.mergers import part_document, parts_of
from portal.serializers.unit_card import successors
from portal.serializers.unit_profile import themes_of
from portal.translations import translate

_MAP_HEIGHT = 96.0
_SERIES_HEIGHT = 24.0
_PER_ROW = 3
_MAX_SERIES = 6
_SIZE = 8.0


def write_unit(flow: PageFlow, unit: Unit, layer_view: LayerView, context: AtlasContext) -> None:
    """Write the page; a unit with more figures than have room goes on over the next."""
    store, language = context.store, context.language
    name = unit.full_name[language]
    flow.start_page(name, f"{name} ({translate('atlas.continued', language)})")
    flow.paragraph(_facts(store, unit, language), 8.5, colour=MUTED, most=2)
    flow.y += 1.5
    write_map_figure(flow, layer_view, context, extent=unit.unit_id, height=_MAP_HEIGHT)
    themes = themes_of(store, unit, language)
    _succession(flow, store, unit, language)
    _series(flow, themes, language)
    _figures(flow, themes, context)


def _facts(store: Store, unit: Unit, language: Language) -> str:
    kind = unit_kind_name(unit.kind, language)
    code = f"{translate('unit.code', language).lower()} {unit.code}"
    parts = [kind[:1].upper() + kind[1:], code, validity_label(store, unit, language)]
    if unit.parent_id:
        parts.append(store.unit(unit.parent_id).full_name[language])
    return " · ".join(parts)


def _succession(flow: PageFlow, store: Store, unit: Unit, language: Language) -> None:
    """The unit's predecessors with shares and the decree, and its successors."""
    parts = [part_document(store, part, language) for part in parts_of(store, unit.unit_id)]
    if parts:
        flow.heading(translate("popup.formed_from", language))
        flow.paragraph("; ".join(_part(part, language) for part in parts) + ".", _SIZE)
        bases = dict.fromkeys(f"{part['legal_basis']}, {part['date']}" for part in parts)
        flow.paragraph("; ".join(bases) + ".", 7.5, colour=MUTED)
    later = successors(store, unit.unit_id)
    if later:
        flow.heading(translate("popup.became", language))
        flow.paragraph("; ".join(each.full_name[language] for each in later) + ".", _SIZE)


def _part(part: Document, language: Language) -> str:
    """``Thị trấn Tam Đường (31,2% dân số)``; a part of the old unit is named as such."""
    words = [] if part["whole"] else [translate("atlas.part", language)]
    for weight in ("population", "area"):
        share = part[f"of_new_{weight}"]
        if share:
            words.append(translate(f"atlas.of_{weight}", language, share=share))
    return part["full_name"] + (f" ({', '.join(words)})" if words else "")


def _series(flow: PageFlow, themes: list[Document], language: Language) -> None:
    """The indicators with a line over time, three in a row."""
    found = [
        (row["name"], row["trend"]) for theme in themes for row in theme["indicators"]
        if row["trend"]
    ][:_MAX_SERIES]  # fmt: skip
    if not found:
        return
    flow.heading(translate("atlas.series", language))
    for start in range(0, len(found), _PER_ROW):
        box = flow.reserve(_SERIES_HEIGHT)
        width = WIDTH / _PER_ROW
        for place, (name, line) in enumerate(found[start : start + _PER_ROW]):
            cell = Rect(box.x + place * width, box.y, width - 5, box.height - 2)
            _draw_series(flow.current_page(), cell, name, line)


def _draw_series(canvas: Canvas, box: Rect, name: str, line: Trend) -> None:
    em = 7 * MM_PER_POINT
    canvas.text(
        box.x, box.y + em, truncate_text(name, 7, box.width, "semibold"), 7, weight="semibold"
    )
    room = Rect(box.x + 1, box.y + 1.8 * em, box.width - 2, box.height - 4.6 * em)
    points = np.array(
        [(room.x + p.x * room.width, room.bottom - p.y * room.height) for p in line.points]
    )
    sound = [not p.doubtful for p in line.points]
    canvas.lines([np.array([(room.x, room.bottom + 1), (room.right, room.bottom + 1)])], LINE, 0.4)
    canvas.lines([points[list(places)] for places in line.lines], INK, 1.0)
    for (x, y), good in zip(points, sound, strict=True):
        canvas.circle(
            x, y, 0.65, fill=INK if good else PAPER, edge=INK if good else ALERT, width=0.6
        )
    base = box.bottom - 1.2 * em
    canvas.text(box.x, base, truncate_text(line.first, 6.5, box.width), 6.5, colour=MUTED)
    canvas.text(box.x, base + 1.15 * em, truncate_text(line.last, 6.5, box.width), 6.5)


def _figures(flow: PageFlow, themes: list[Document], context: AtlasContext) -> None:
    """The latest figure of every indicator, by theme; doubts numbered below."""
    language = context.language
    columns = (
        PageColumn(translate("figure.indicator", language), 60),
        PageColumn(translate("figure.value", language), 36, "right"),
        PageColumn(translate("figure.period", language), 37),
        PageColumn(translate("figure.status", language), 20),
        PageColumn(translate("figure.source", language), WIDTH - 153, lines=1),
    )
    flow.heading(translate("table.title", language))
    if not themes:
        flow.paragraph(translate("atlas.none", language), _SIZE, colour=MUTED)
        return
    flow.head_row(columns, 7.5)
    doubts: dict[str, int] = {}
    for theme in themes:
        flow.ensure_room(9)
        flow.paragraph(theme["name"], 7.5, weight="semibold", most=1)
        for row in theme["indicators"]:
            figure = latest_figure(row["figures"])
            unit_view = ""
            if figure["doubt"]:
                unit_view = f" ({doubts.setdefault(figure['doubt'], len(doubts) + 1)})"
            source = context.references.number(figure["source"]["id"])
            cells = (row["name"], figure["text"] + unit_view, figure["period_label"],
                     figure["status_label"], source)  # fmt: skip
            flow.row(cells, columns, _SIZE)
    for doubt, number in doubts.items():
        flow.paragraph(f"({number}) {doubt}", 7, colour=ALERT, most=3)


def latest_figure(figures: list[Document]) -> Document:
    """The newest actual or estimated figure; a plan or target where there is no other."""
    return next((f for f in figures if f["status"] in ("actual", "estimate")), figures[0])
