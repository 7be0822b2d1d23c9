"""The page of a unit: the map around it, what it came from, its series, all its figures."""

from __future__ import annotations

import numpy as np

from geodata.model import Unit
from geodata.store import Store
from geodata.text import Language
from layers.labels import unit_kind_name
from layers.layer_view import LayerView
from layers.sheet.canvas import ALERT, INK, LINE, MUTED, PAPER, Canvas
from layers.sheet.fonts import truncate_text
from layers.sheet.rect import MM_PER_POINT, Rect
from portal.documents.card import successors
from portal.documents.mergers import part_document, parts_of
from portal.documents.profile import themes_of
from portal.documents.records import Document, validity_label
from portal.export.atlas.figure import write_figure
from portal.export.atlas.flow import WIDTH, Column, Flow
from portal.export.atlas.sources import Making
from portal.texts import text

_MAP_HEIGHT = 96.0
_SERIES_HEIGHT = 24.0
_IN_A_ROW = 3
_MOST_SERIES = 6
_SIZE = 8.0


def write_unit(flow: Flow, unit: Unit, layer_view: LayerView, making: Making) -> None:
    """Write the page; a unit with more figures than have room goes on over the next."""
    store, language = making.store, making.language
    name = unit.full_name[language]
    flow.start(name, f"{name} ({text('atlas.continued', language)})")
    flow.words(_facts(store, unit, language), 8.5, colour=MUTED, most=2)
    flow.y += 1.5
    write_figure(flow, layer_view, making, extent=unit.unit_id, height=_MAP_HEIGHT)
    themes = themes_of(store, unit, language)
    _succession(flow, store, unit, language)
    _series(flow, themes, language)
    _figures(flow, themes, making)


def _facts(store: Store, unit: Unit, language: Language) -> str:
    kind = unit_kind_name(unit.kind, language)
    code = f"{text('unit.code', language).lower()} {unit.code}"
    parts = [kind[:1].upper() + kind[1:], code, validity_label(store, unit, language)]
    if unit.parent_id:
        parts.append(store.unit(unit.parent_id).full_name[language])
    return " · ".join(parts)


def _succession(flow: Flow, store: Store, unit: Unit, language: Language) -> None:
    """What the unit was formed from, with shares and the decree, and what it became."""
    parts = [part_document(store, part, language) for part in parts_of(store, unit.unit_id)]
    if parts:
        flow.heading(text("popup.formed_from", language))
        flow.words("; ".join(_part(part, language) for part in parts) + ".", _SIZE)
        bases = dict.fromkeys(f"{part['legal_basis']}, {part['date']}" for part in parts)
        flow.words("; ".join(bases) + ".", 7.5, colour=MUTED)
    later = successors(store, unit.unit_id)
    if later:
        flow.heading(text("popup.became", language))
        flow.words("; ".join(each.full_name[language] for each in later) + ".", _SIZE)


def _part(part: Document, language: Language) -> str:
    """``Thị trấn Tam Đường (31,2% dân số)``; a part of the old unit is named as such."""
    words = [] if part["whole"] else [text("atlas.part", language)]
    for weight in ("population", "area"):
        share = part[f"of_new_{weight}"]
        if share:
            words.append(text(f"atlas.of_{weight}", language, share=share))
    return part["full_name"] + (f" ({', '.join(words)})" if words else "")


def _series(flow: Flow, themes: list[Document], language: Language) -> None:
    """The indicators with a line over time, three in a row."""
    found = [
        (row["name"], row["trend"]) for theme in themes for row in theme["indicators"]
        if row["trend"]
    ][:_MOST_SERIES]  # fmt: skip
    if not found:
        return
    flow.heading(text("atlas.series", language))
    for start in range(0, len(found), _IN_A_ROW):
        box = flow.box(_SERIES_HEIGHT)
        width = WIDTH / _IN_A_ROW
        for place, (name, line) in enumerate(found[start : start + _IN_A_ROW]):
            cell = Rect(box.x + place * width, box.y, width - 5, box.height - 2)
            _draw_series(flow.sheet(), cell, name, line)


def _draw_series(canvas: Canvas, box: Rect, name: str, line: Document) -> None:
    em = 7 * MM_PER_POINT
    canvas.text(
        box.x, box.y + em, truncate_text(name, 7, box.width, "semibold"), 7, weight="semibold"
    )
    room = Rect(box.x + 1, box.y + 1.8 * em, box.width - 2, box.height - 4.6 * em)
    points = np.array(
        [(room.x + p["x"] * room.width, room.bottom - p["y"] * room.height) for p in line["points"]]
    )
    sound = np.array([not p["doubtful"] for p in line["points"]])
    canvas.lines([np.array([(room.x, room.bottom + 1), (room.right, room.bottom + 1)])], LINE, 0.4)
    canvas.lines([points[sound]], INK, 1.0)
    for (x, y), good in zip(points, sound, strict=True):
        canvas.circle(
            x, y, 0.65, fill=INK if good else PAPER, edge=INK if good else ALERT, width=0.6
        )
    base = box.bottom - 1.2 * em
    canvas.text(box.x, base, truncate_text(line["first"], 6.5, box.width), 6.5, colour=MUTED)
    canvas.text(box.x, base + 1.15 * em, truncate_text(line["last"], 6.5, box.width), 6.5)


def _figures(flow: Flow, themes: list[Document], making: Making) -> None:
    """The latest figure of every indicator, by theme; doubts numbered below."""
    language = making.language
    columns = (
        Column(text("figure.indicator", language), 60),
        Column(text("figure.value", language), 36, "right"),
        Column(text("figure.period", language), 37),
        Column(text("figure.status", language), 20),
        Column(text("figure.source", language), WIDTH - 153, lines=1),
    )
    flow.heading(text("table.title", language))
    if not themes:
        flow.words(text("atlas.none", language), _SIZE, colour=MUTED)
        return
    flow.head_row(columns, 7.5)
    doubts: dict[str, int] = {}
    for theme in themes:
        flow.need(9)
        flow.words(theme["name"], 7.5, weight="semibold", most=1)
        for row in theme["indicators"]:
            figure = latest(row["figures"])
            unit_view = ""
            if figure["doubt"]:
                unit_view = f" ({doubts.setdefault(figure['doubt'], len(doubts) + 1)})"
            source = making.references.of(figure["source"]["id"])
            cells = (row["name"], figure["text"] + unit_view, figure["period_label"],
                     figure["status_label"], source)  # fmt: skip
            flow.row(cells, columns, _SIZE)
    for doubt, number in doubts.items():
        flow.words(f"({number}) {doubt}", 7, colour=ALERT, most=3)


def latest(figures: list[Document]) -> Document:
    """The newest actual or estimated figure; a plan or target where there is no other."""
    return next((f for f in figures if f["status"] in ("actual", "estimate")), figures[0])
