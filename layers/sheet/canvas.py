"""The page one draws on: millimetres from the top left corner, type in points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.image import BboxImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect, Stroke
from matplotlib.text import Text as Words
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from layers.sheet.fonts import (
    Weight,
    font_properties,
    replace_missing_glyphs,
    split_by_font,
    text_width,
)
from layers.sheet.layout_block import Rect
from layers.sheet.pdf_tags import Tag, closing, opening

INK = "#182026"
MUTED = "#4d5760"
LINE = "#868f97"
ALERT = "#9c3d10"
PAPER = "#ffffff"

_ALIGN = {"left": "left", "center": "center", "right": "right"}


class Canvas:
    """A page of ``width`` by ``height`` mm; later strokes lie on earlier ones.

    Parameters
    ----------
    plain_halos
        Whether the file's writer makes outlines of marked words itself; see `layers.sheet.writers`.
    """

    def __init__(self, width: float, height: float, plain_halos: bool = False) -> None:
        self.width, self.height = width, height
        self._plain_halos = plain_halos
        self._halos = 0
        self.figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor=PAPER)
        flip = Affine2D().scale(1 / 25.4, -1 / 25.4).translate(0, height / 25.4)
        self._shift = Affine2D()
        self._inches = self.figure.dpi_scale_trans + self._shift
        self._page = self._transform = flip + self._inches
        self._origin = (0.0, 0.0)
        self._clip: TransformedBbox | None = None
        self.scale = 1.0
        """Millimetres on paper for a metre, once a map is drawn."""
        self.credited_sources: set[str] = set()
        """Ids of the sources of what is drawn beside the layer itself."""
        self.used_characters: defaultdict[tuple[str, Weight], set[str]] = defaultdict(set)
        """By family and weight what is set in it."""
        self.tags: list[Tag] = []
        """The stretches of the page for who has it read aloud, by their numbers."""
        self.small_print: list[str] = []
        """What a page for the wall leaves to the notes of its file."""

    @contextmanager
    def tagged(self, tag: Tag | None) -> Iterator[None]:
        """What is drawn meanwhile is one stretch of the page; None for ornament."""
        self.figure.add_artist(opening(tag, len(self.tags)))
        if tag is not None:
            self.tags.append(tag)
        yield
        self.figure.add_artist(closing())

    def set_origin(self, x: float, y: float) -> None:
        """Count from now on from a point of the page, mm from its top left corner."""
        self._origin = (x, y)
        self._transform = Affine2D().translate(x, y) + self._page

    def shift_pixels(self, up: float) -> None:
        """Move everything by ``up`` pixels of the picture, to draw a part of it."""
        self._shift.clear().translate(0, up)

    def clip(self, box: Rect | None) -> None:
        """Keep what is drawn from now on within ``box``; None for the whole page."""
        self._clip = None
        if box is not None:
            bounds = Bbox.from_extents(box.x, box.y, box.right, box.bottom)
            self._clip = TransformedBbox(bounds, self._transform)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._transform)
        artist.set_zorder(1)
        self.figure.add_artist(artist)
        if self._clip is not None:
            artist.set_clip_box(self._clip)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        weight: Weight = "regular",
        colour: str = INK,
        align: str = "left",
        halo: float = 0.0,
        halo_colour: str = PAPER,
    ) -> None:
        """One line of type with its baseline at ``y``; ``halo`` is its width in points.

        The halo is a stroke of its own below, so that the words stay words in PDF and SVG.
        """
        shown = replace_missing_glyphs(words)
        if not shown.strip():
            return
        runs = split_by_font(shown)
        if len(runs) > 1 and align != "left":
            # One stretch after the other begins where the whole does.
            x -= text_width(shown, size, weight) * (0.5 if align == "center" else 1.0)
            align = "left"
        for family, part in runs:
            self._run(x, y, part, font_properties(weight, size, family), align=align,
                      colour=colour, halo=halo, halo_colour=halo_colour)  # fmt: skip
            self.used_characters[family, weight] |= set(part)
            x += text_width(part, size, weight)

    def _run(
        self,
        x: float,
        y: float,
        words: str,
        font: FontProperties,
        *,
        align: str,
        colour: str,
        halo: float,
        halo_colour: str,
    ) -> None:
        """Words of one font."""
        stroke: list[AbstractPathEffect] = [Stroke(linewidth=2 * halo, foreground=halo_colour)]
        for effects in (stroke, None)[halo <= 0 :]:
            line = Words(
                x, y, words, color=colour, fontproperties=font,
                ha=_ALIGN[align], va="baseline", parse_math=False, usetex=False,
            )  # fmt: skip
            if effects and self._plain_halos:
                self._halos += 1
                line.set_color(halo_colour)
                line.set_gid(halo_id(2 * halo, self._halos))
            elif effects:
                line.set_path_effects(effects)
            self._add(line)

    def path(
        self,
        path: Path,
        *,
        fill: str = "none",
        edge: str = "none",
        width: float = 0.0,
        hatch: str = "",
        hatch_colour: str = INK,
    ) -> None:
        """A shape; ``width`` of its edge in points, a hatch in `hatch_colour`."""
        colour = hatch_colour if hatch else edge
        patch = PathPatch(
            path, facecolor=fill, edgecolor=colour, linewidth=0 if hatch else width,
            hatch=hatch or None, joinstyle="round", capstyle="round",
        )  # fmt: skip
        self._add(patch)
        if hatch and width:
            self.path(path, edge=edge, width=width)

    def rectangle(self, box: Rect, **style: object) -> None:
        """A rectangle."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        self.path(Path([*corners, corners[0]], closed=True), **style)  # type: ignore[arg-type]

    def image(self, box: Rect, pixels: np.ndarray) -> None:
        """A picture that fills ``box``.

        Parameters
        ----------
        pixels
            Rows from the top, with three or four colours of 0 to 255, or one of grey.
        """
        left, top = self._origin[0] + box.x, self.height - self._origin[1] - box.y
        corners = np.array([(left, top - box.height), (left + box.width, top)])
        place = TransformedBbox(Bbox(corners / 25.4), self._inches)
        shown = BboxImage(place, interpolation="antialiased", origin="upper")
        shown.set_data(pixels)
        shown.set_zorder(1)
        self.figure.add_artist(shown)
        if self._clip is not None:
            shown.set_clip_box(self._clip)

    def circle(self, x: float, y: float, radius: float, **style: object) -> None:
        """A circle of ``radius`` mm."""
        turned = Path.circle((x, y), radius)
        self.path(turned, **style)  # type: ignore[arg-type]

    def lines(
        self,
        lines: Sequence[np.ndarray],
        colour: str,
        width: float,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Open lines; ``width`` in points, ``dashes`` in points on and off."""
        whole = Path.make_compound_path(*(Path(line) for line in lines))
        # Given dashes are in points already, not in widths of the line.
        style = (0.0, tuple(d / width for d in dashes)) if dashes else "solid"
        stroke = PathPatch(
            whole, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style,
            capstyle="butt" if dashes else "round", joinstyle="round",
        )  # fmt: skip
        self._add(stroke)


def halo_id(width: float, number: int) -> str:
    """The id of words that are drawn as an outline of ``width`` points."""
    return f"halo-{width:g}-{number}"
