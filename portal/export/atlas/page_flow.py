"""Type that flows over pages: headings, paragraphs and rows, each where there is still room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from layers.sheet.canvas import INK, LINE, MUTED, Canvas
from layers.sheet.fonts import Weight, truncate_text, wrap_text
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.options import PRESETS
from layers.sheet.pdf_tags import Role, Tag

PAGE = PRESETS["a4-portrait"]
LEFT = PAGE.margins.left
TOP = PAGE.margins.top
WIDTH = PAGE.width - PAGE.margins.left - PAGE.margins.right
BOTTOM = PAGE.height - PAGE.margins.bottom
_NUMBER_AT = PAGE.height - 11.0
_LEADING = 1.36
_HAIRLINE = "#ccd1d5"
_TITLE = 14.0
"""Type from which a strong line is the title of its page, points."""


@dataclass(frozen=True, slots=True)
class PageColumn:
    """A column of a table: its heading, its width in mm, and on which side its words stand."""

    heading: str
    width: float
    align: str = "left"
    lines: int = 2


class PageTaker(Protocol):
    """What pages are written into: a document, or a picture of its first page."""

    @property
    def count(self) -> int:
        """Pages so far."""

    def add(self, canvas: Canvas) -> None:
        """Take a page."""


class PageFlow:
    """The pages of an atlas as they are written.

    Parameters
    ----------
    running
        What stands small at the foot of every page.
    before
        Pages that will stand before the first one written.
    number
        Writes a page number, ``trang 7``.
    """

    def __init__(
        self, book: PageTaker, running: str, before: int, number: Callable[[int], str]
    ) -> None:
        self._book, self._running, self._before, self.number = book, running, before, number
        self._title = ""
        self.canvas: Canvas | None = None
        self.y = TOP

    @property
    def page(self) -> int:
        """The page being written, counted from 0 in the finished book."""
        return self._before + self._book.count

    def start_page(self, title: str, again: str) -> None:
        """Begin a page; where the matter goes on over the next, that bears ``again``."""
        self.end_page()
        self._title = again
        self._open(title)

    def end_page(self) -> None:
        """Write the page that is open."""
        canvas = self.canvas
        if canvas is None:
            return
        # Last, so that whoever reads the page aloud begins with its title.
        foot = self.number(self.page + 1)
        canvas.lines([_line(LEFT, _NUMBER_AT - 5, LEFT + WIDTH)], LINE, 0.4)
        canvas.text(LEFT, _NUMBER_AT, truncate_text(self._running, 7, WIDTH - 25), 7, colour=MUTED)
        canvas.text(LEFT + WIDTH, _NUMBER_AT, foot, 8, colour=INK, align="right")
        self._book.add(canvas)
        self.canvas = None

    def _open(self, title: str) -> None:
        canvas = Canvas(PAGE.width, PAGE.height)
        self.canvas, self.y = canvas, TOP
        self.paragraph(title, 15, weight="semibold", most=2)

    def current_page(self) -> Canvas:
        """The page that is open."""
        assert self.canvas is not None
        return self.canvas

    def ensure_room(self, height: float) -> bool:
        """Go to the next page where there is no room; whether that was so."""
        if self.y + height <= BOTTOM:
            return False
        self.end_page()
        self._open(self._title)
        self.y += 1.5
        return True

    def paragraph(
        self, text: str, size: float, *, weight: Weight = "regular", colour: str = INK,
        most: int = 0, x: float = 0.0,
    ) -> None:  # fmt: skip
        """A paragraph as wide as the page."""
        step = size * MM_PER_POINT * _LEADING
        role: Role = "P" if weight == "regular" else "H1" if size >= _TITLE else "H2"
        lines = wrap_text(text, size, WIDTH - x, weight, most)
        while lines:
            self.ensure_room(step)
            room = max(1, int((BOTTOM - self.y) / step + 1e-9))
            canvas = self.current_page()
            with canvas.tagged(Tag(role)):
                for line in lines[:room]:
                    self.y += step
                    baseline = self.y - 0.3 * size * MM_PER_POINT
                    canvas.text(LEFT + x, baseline, line, size, weight=weight, colour=colour)
            lines = lines[room:]

    def heading(self, text: str, size: float = 9.5) -> None:
        """A heading that does not stand alone at the foot of a page."""
        self.ensure_room(size * MM_PER_POINT * 5)
        self.y += size * MM_PER_POINT * 0.7
        self.paragraph(text, size, weight="semibold", most=1)

    def row(
        self, cells: Sequence[str], columns: Sequence[PageColumn], size: float, *,
        weight: Weight = "regular", colour: str = INK, x: float = 0.0, width: float = WIDTH,
    ) -> bool:  # fmt: skip
        """A row of a table with a thin line below; whether it began a page."""
        step = size * MM_PER_POINT * 1.22
        texts = [
            wrap_text(cell, size, column.width - 1.6, weight, column.lines) if cell else []
            for cell, column in zip(cells, columns, strict=True)
        ]
        height = max(1, *(len(lines) for lines in texts)) * step + size * MM_PER_POINT * 0.42
        turned = self.ensure_room(height)
        canvas, left = self.current_page(), LEFT + x
        with canvas.tagged(Tag("P")):
            for lines, column in zip(texts, columns, strict=True):
                right = column.align == "right"
                at = left + (column.width - 1.6 if right else 0.0)
                for number, line in enumerate(lines, 1):
                    baseline = self.y + number * step - 0.12 * size * MM_PER_POINT
                    canvas.text(at, baseline, line, size, weight=weight, colour=colour,
                               align=column.align)  # fmt: skip
                left += column.width
        self.y += height
        canvas.lines([_line(LEFT + x, self.y, LEFT + x + width)], _HAIRLINE, 0.3)
        return turned

    def head_row(self, columns: Sequence[PageColumn], size: float) -> None:
        """The headings of a table."""
        self.row([c.heading for c in columns], columns, size, weight="semibold", colour=MUTED)

    def reserve(self, height: float) -> Rect:
        """Room of a height as wide as the page."""
        self.ensure_room(height)
        found = Rect(LEFT, self.y, WIDTH, height)
        self.y += height
        return found


def _line(x: float, y: float, right: float) -> np.ndarray:
    return np.array([(x, y), (right, y)])
