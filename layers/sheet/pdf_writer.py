"""Many pages as one PDF: each font embedded once, bookmarks, links, no clock.

The pages are written by matplotlib, which gathers the letters of all of them before it writes the
fonts; the outline and the order of the pages come after, by pypdf (ISO 32000-1, 12.3).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import IndirectObject

from layers.sheet.canvas import Canvas
from layers.sheet.layout_block import Rect
from layers.sheet.pdf_tags import Tag, write_structure
from layers.sheet.writers import SOFTWARE_NAME

_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; ``page`` counts from 0 in the finished document."""

    title: str
    page: int
    parts: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A place on a page that leads to another; both count from 0 in the finished document."""

    page: int
    box: Rect
    to: int


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """Metadata of the file; ``day`` is the dataset's reference date."""

    title: str
    subject: str
    author: str
    keywords: str
    language: str
    day: dt.date


class PdfDocument:
    """Pages that become one file."""

    def __init__(self, info: DocumentInfo) -> None:
        self._info = info
        self._target = io.BytesIO()
        stamp = dt.datetime.combine(info.day, dt.time(), dt.UTC)
        self._pages = PdfPages(
            self._target,
            metadata={
                "Title": info.title, "Subject": info.subject, "Author": info.author,
                "Keywords": info.keywords, "Creator": SOFTWARE_NAME, "Producer": "matplotlib",
                "CreationDate": stamp, "ModDate": stamp,
            },
        )  # fmt: skip
        self._heights: list[float] = []
        self._tags: list[list[Tag]] = []

    @property
    def count(self) -> int:
        """Pages so far."""
        return len(self._heights)

    def add(self, canvas: Canvas) -> None:
        """Write a page and let go of its drawing."""
        FigureCanvasPdf(canvas.figure)
        self._pages.savefig(canvas.figure, facecolor=canvas.figure.get_facecolor())
        canvas.figure.clear()
        self._heights.append(canvas.height)
        self._tags.append(canvas.tags)

    def to_bytes(
        self, front_pages: int, bookmarks: Sequence[Bookmark], jumps: Sequence[PageLink]
    ) -> bytes:
        """The file.

        Parameters
        ----------
        front_pages
            How many of the pages written last stand at the front.
        """
        self._pages.close()
        written = PdfReader(io.BytesIO(self._target.getvalue()))
        count = len(written.pages)
        order = [*range(count - front_pages, count), *range(count - front_pages)]
        writer = PdfWriter()
        for place in order:
            writer.add_page(written.pages[place])
        heights = [self._heights[place] for place in order]
        for jump in jumps:
            top = heights[jump.page]
            box = jump.box
            corners = (box.x, top - box.bottom, box.right, top - box.y)
            rect = (corners[0] * _POINTS, corners[1] * _POINTS,
                    corners[2] * _POINTS, corners[3] * _POINTS)  # fmt: skip
            link = Link(rect=rect, target_page_index=jump.to, border=[0, 0, 0])
            writer.add_annotation(jump.page, link)
        for bookmark in bookmarks:
            _outline(writer, bookmark, None)
        writer.page_mode = "/UseOutlines"
        writer.metadata = written.metadata
        write_structure(writer, [self._tags[place] for place in order], self._info.language)
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()


def _outline(writer: PdfWriter, bookmark: Bookmark, above: IndirectObject | None) -> None:
    entry = writer.add_outline_item(title=bookmark.title, page_number=bookmark.page, parent=above)
    for part in bookmark.parts:
        _outline(writer, part, entry)
