"""The header and the footer of a sheet: type set in lines, measured before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.text import Language
from layers.sheet import words
from layers.sheet.box import POINT, Box
from layers.sheet.fonts import Weight, shorten, text_width, wrap
from layers.sheet.notes import Entry, Footer
from layers.sheet.paper import INK, LINE, MUTED, Paper
from layers.sheet.qr import draw_qr

_LEADING = 1.32


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type: its baseline is ``y`` below the top of its panel, mm."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight = "regular"
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines of type and their whole height, mm."""

    lines: tuple[Line, ...]
    height: float

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Set the lines with the panel's top left corner at the point."""
        for line in self.lines:
            paper.text(x + line.x, y + line.y, line.text, line.size, weight=line.weight,
                       colour=line.colour)  # fmt: skip


def beside(panel: Panel, shift: float, least: float) -> Panel:
    """A panel moved to the right, at least as high as what stands at its left, mm."""
    lines = tuple(replace(line, x=line.x + shift) for line in panel.lines)
    return Panel(lines, max(panel.height, least))


def header(title: str, subtitle: str, office: str, size: float, width: float) -> Panel:
    """Office, title and subtitle; a long title is set smaller before it is cut."""
    lines: list[Line] = []
    y = 0.0
    parts: list[tuple[list[str], float, Weight, str]] = []
    if office:
        parts.append((wrap(office, size, width, "semibold", 2), size, "semibold", MUTED))
    large = next(
        (s for s in (size * 1.75, size * 1.5, size * 1.25)
         if len(wrap(title, s, width, "semibold")) <= 2), size * 1.1,
    )  # fmt: skip
    parts.append((wrap(title, large, width, "semibold", 3), large, "semibold", INK))
    parts.append((wrap(subtitle, size * 1.05, width, "regular", 2), size * 1.05, "regular", MUTED))
    for texts, each, weight, colour in parts:
        for text in texts:
            y += each * POINT * 1.22
            lines.append(Line(0, y, text, each, weight, colour))
        y += each * POINT * 0.2
    return Panel(tuple(lines), y + size * POINT * 0.9)


def map_heading(lines: tuple[str, ...], size: float, width: float, strong: int) -> Panel:
    """What stands above one of several maps.

    Parameters
    ----------
    strong
        Lines that the first one may take; what follows stands as if it took them all.
    """
    if not lines:
        return Panel((), 0.0)
    step = size * POINT * 1.22
    small = size * next((s for s in (0.92, 0.84) if _fits(lines[1:], size * s, width)), 0.76)
    first = wrap(lines[0], size, width, "semibold", strong)
    y = (strong - len(first)) * step
    placed = []
    for text in first:
        y += step
        placed.append(Line(0, y, text, size, "semibold"))
    for text in lines[1:]:
        y += step
        placed.append(Line(0, y, shorten(text, small, width), small, "regular", MUTED))
    return Panel(tuple(placed), y + size * POINT * 0.55)


def _fits(lines: tuple[str, ...], size: float, width: float) -> bool:
    return all(text_width(line, size) <= width for line in lines)


def footer_panel(
    footer: Footer, size: float, width: float, most: float, language: Language
) -> Panel:
    """Headings at the left, their entries beside them; notes as far as there is room.

    Parameters
    ----------
    most
        Greatest height, mm.
    """
    indent = max(text_width(e.heading, size, "semibold") for e in footer.fixed + footer.notes)
    indent += size * POINT * 0.8
    step = size * POINT * _LEADING
    room = max(int(most / step), 1)

    def set_entry(entry: Entry, most: int = 9) -> list[str]:
        return wrap(entry.text, size, width - indent, "regular", min(entry.most, most))

    fixed = [(entry, set_entry(entry)) for entry in footer.fixed]
    room -= sum(len(texts) for _, texts in fixed)
    # Where not all notes have room in full, each is cut to a line before any is left out.
    full = sum(len(set_entry(entry)) for entry in footer.notes)
    lines_each = 9 if full <= room else 1
    notes: list[tuple[Entry, list[str]]] = []
    for i, entry in enumerate(footer.notes):
        texts = set_entry(entry, lines_each)
        rest = len(footer.notes) - i - 1
        if len(texts) + bool(rest) > room:
            more = Entry(
                entry.heading if not notes else "",
                words.MORE[language].format(n=len(footer.notes) - i),
            )
            notes.append((more, set_entry(more)))
            break
        notes.append((entry, texts))
        room -= len(texts)
    lines: list[Line] = []
    y = 0.0
    for entry, texts in (*fixed[:-1], *notes, *fixed[-1:]):
        lines.append(Line(0, y + step, entry.heading, size, "semibold", MUTED))
        for text in texts:
            y += step
            lines.append(Line(indent, y, text, size, "regular", MUTED))
    return Panel(tuple(lines), y + step * 0.4)


def draw_footer(paper: Paper, panel: Panel, box: Box, size: float, address: str) -> None:
    """The footer below a thin line, the code (where there is an address) at its right."""
    em = size * POINT
    paper.box(Box(box.x, box.y, box.width, 0), edge=LINE, width=0.5)
    panel.draw(paper, box.x, box.y + 0.6 * em)
    if address:
        side = qr_side(size)
        draw_qr(paper, Box(box.right - side, box.y + 1.0 * em, side, side), address)


def qr_side(size: float) -> float:
    """Side of the code, mm: 17 at least, or a telephone does not read it."""
    return max(17.0, size * POINT * 8)
