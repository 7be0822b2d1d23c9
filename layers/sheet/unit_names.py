"""The names of the units on a map: where each stands, in which ink, and which had no room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.i18n import Language, Message
from geodata.i18n.collation import sort_key
from layers.sheet import label_placement
from layers.sheet.canvas import INK, PAPER, Canvas
from layers.sheet.label_placement import LabelCandidate, PlacedLabel, Placement
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.map_furniture import draw_note_marker
from layers.sheet.map_geometry import coarse_outline
from layers.sheet.print_fills import PrintFill, is_dark
from layers.styles import get_style

if TYPE_CHECKING:
    from layers.sheet.map_panel import MapPanel
    from layers.sheet.sheet_content import SheetContent

HEADING = Message("Names")
BY_NUMBER = Message("by number, where they have no room on the map: {names}")
UNMARKED = Message("no room on the map: {names}")
TOO_MANY = Message.plural("One name has no room on the map", "{n} names have no room on the map", 0)
WITHOUT_COUNTRY = Message("the small map of the country has no room here")
SMALL_MAPS = Message("on maps of this size no names are written")
MOST_LISTED = 150
"""Names up to which a sheet lists those that have no room."""
_HALO = 0.5
_BUSY_HALO = 1.1
"""Over hatches and pictures, whose lines would be taken for parts of letters; points."""


@dataclass(frozen=True, slots=True)
class NamesApart:
    """The names that a sheet lists because they have no room on its maps.

    Parameters
    ----------
    keys
        By unit id the number that stands on the map instead; empty where not even that has room.
    names
        By unit id the name.
    unnamed
        Whether there are maps too small for any name.
    counted
        Whether there is room for their number only.
    without_country
        Whether the small map of the country has no room either.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    unnamed: bool = False
    counted: bool = False
    without_country: bool = False

    def with_more(
        self, placements: Sequence[Placement], content: SheetContent
    ) -> NamesApart | None:
        """The same with what had no room this time; None where all had."""
        lost = {unit for each in placements for unit in each.left_out}
        if not lost:
            return None
        bare = {unit for unit in lost if unit in self.keys}
        bare |= {unit for unit, key in self.keys.items() if not key}
        language = content.language
        names = {
            unit_id: unit.name[language]
            for shown in content.maps
            for unit_id, unit in shown.layer_view.units.items()
            if unit_id in lost or unit_id in self.keys
        }
        marked = sorted(
            (unit for unit in names if unit not in bare),
            key=lambda unit: (sort_key(names[unit], language), unit),
        )
        keys = {unit: str(i) for i, unit in enumerate(marked, 1)} | dict.fromkeys(bare, "")
        more = replace(self, keys=keys, names=names)
        return more.only_counted() if self.counted or len(names) > MOST_LISTED else more

    def only_counted(self) -> NamesApart:
        """The same without numbers on the map, of which only the count is told."""
        return replace(self, keys=dict.fromkeys(self.keys, ""), counted=True)

    def text(self, content: SheetContent, *, brief: bool) -> str:
        """What the sheet says of them; empty where every name stands on the map.

        On a sheet of mergers the list of these has the numbers of the names as well.
        """
        language = content.language
        parts = []
        if content.lineage is not None and not brief:
            known = {unit for new, olds in content.lineage.parts.items() for unit in (new, *olds)}
            others = [unit for unit in self.names if unit not in known and not self.counted]
            parts.append(content.lineage.text(self.keys, others, language))
        elif self.counted:
            parts.append(TOO_MANY.counted(len(self.names))[language])
        else:
            parts += self._listed(language)
        parts += [SMALL_MAPS[language]] if self.unnamed else []
        parts += [WITHOUT_COUNTRY[language]] if self.without_country else []
        words = "; ".join(parts)
        return words[:1].upper() + words[1:]

    def _listed(self, language: Language) -> list[str]:
        numbered = [f"{key} {self.names[unit]}" for unit, key in self.keys.items() if key]
        bare = sorted((self.names[unit] for unit, key in self.keys.items() if not key),
                      key=lambda name: sort_key(name, language))  # fmt: skip
        parts = [BY_NUMBER[language].format(names=", ".join(numbered))] if numbered else []
        return parts + ([UNMARKED[language].format(names=", ".join(bare))] if bare else [])


def place_unit_names(panel: MapPanel, keys: Mapping[str, str]) -> Placement:
    """Names and numbers of notes; the larger the unit, the sooner it is named.

    Parameters
    ----------
    keys
        By unit id what stands instead of a name that is listed elsewhere.
    """
    language = panel.layer_view.layer.language
    style = get_style(panel.layer_view.legend.style)
    frame = panel.viewport.box.inset(0.6)
    candidates = []
    for i in panel.visible:
        unit_id = panel.geometry.unit_ids[i]
        unit = panel.layer_view.units.get(unit_id)
        if unit is None or not (panel.named or unit_id in panel.numbers):
            continue
        x, y, size = _place(panel, i)
        clearance = style.label_clearance(panel, unit_id)
        # Of a unit that lies mostly beyond the frame the map shows an edge, not the unit.
        named = panel.named and frame.contains(Rect(x, y, 0, 0))
        candidates.append(
            LabelCandidate(
                name=unit.name[language] if named else "",
                shape=_on_page(panel, i),
                x=x,
                y=y,
                rank=(0.0 if unit_id == panel.chosen else 1 / max(size, 1e-9)),
                number=panel.numbers.get(unit_id, ""),
                clearance=clearance and clearance + 0.2,
                unit_id=unit_id,
            )
        )
    wanted = {each.unit_id for each in candidates if each.name}
    shown = {unit: key for unit, key in keys.items() if unit in wanted}
    return label_placement.place_labels(candidates, panel.size, frame, _symbol_boxes(panel), shown)


def draw_unit_names(
    canvas: Canvas, panel: MapPanel, placed: Iterable[PlacedLabel], fills: Mapping[str, PrintFill]
) -> None:
    """Write the names, white on what is dark.

    Parameters
    ----------
    fills
        By unit id what its name stands on; paper where there is nothing.
    """
    # Over the picture of a raster the fill's own colour would be a blot.
    over = bool(panel.rasters)
    for each in placed:
        fill = None if over else fills.get(each.candidate.unit_id)
        busy = over or (fill is not None and bool(fill.hatch))
        colour = PAPER if fill is None or fill.colour == "none" else fill.colour
        _write(canvas, each, panel, colour, _BUSY_HALO if busy else _HALO)


def _write(canvas: Canvas, placed: PlacedLabel, panel: MapPanel, fill: str, halo: float) -> None:
    box, number, size = placed.box, placed.candidate.number, placed.size
    em = size * MM_PER_POINT
    marker = label_placement.note_marker_size(size)
    room = box.width - (marker + 0.5 if number and placed.lines else 0.0)
    chosen = panel.chosen and placed.candidate.rank == 0.0
    for n, line in enumerate(placed.lines):
        baseline = box.y + 0.1 + (n + 0.84) * em * label_placement.LINE_HEIGHT
        canvas.text(
            box.x + room / 2, baseline, line, size, align="center",
            weight="semibold" if chosen else "regular",
            colour=PAPER if is_dark(fill) else INK, halo=halo, halo_colour=fill,
        )  # fmt: skip
    if number:
        x = box.right - marker / 2 if placed.lines else box.x + box.width / 2
        draw_note_marker(canvas, x, box.y + box.height / 2, number, size=size, bw=panel.bw)


def _place(panel: MapPanel, i: int) -> tuple[float, float, float]:
    """The middle of a unit on the page and the radius of the circle inside it, mm."""
    x, y, size = panel.geometry.anchors[i]
    ((px, py),) = panel.viewport.points(np.array([(x, y)]))
    return float(px), float(py), float(size) * panel.viewport.scale


def _on_page(panel: MapPanel, i: int) -> shapely.Geometry:
    """A unit's outline on the page, coarse: only the room for a name is measured on it."""
    shape = coarse_outline(panel.geometry.shapes[i], 0.15 / panel.viewport.scale)
    return shapely.transform(shape, panel.viewport.points)


def _symbol_boxes(panel: MapPanel) -> list[Rect]:
    style = get_style(panel.layer_view.legend.style)
    boxes = list(panel.marks.boxes) if panel.marks is not None else []
    for i in panel.visible:
        size = style.label_clearance(panel, panel.geometry.unit_ids[i]) * 0.9
        if size:
            x, y, _ = _place(panel, i)
            boxes.append(Rect(x - size, y - size, 2 * size, 2 * size))
    return boxes
