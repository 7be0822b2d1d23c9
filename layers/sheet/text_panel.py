"""The header and the footer of a sheet: type set in lines, measured before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.i18n import Language
from layers.sheet import captions
from layers.sheet.canvas import INK, LINE, MUTED, Canvas
from layers.sheet.fonts import Weight, text_width, truncate_text, wrap_text
from layers.sheet.footer import Footer, FooterEntry
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.map_furniture import QR_SIDE, draw_qr

_LEADING = 1.32
_TITLE_SIZES = ((1.75, 2), (1.5, 2), (1.25, 2), (1.1, 3), (0.95, 3))
"""Sizes of a title beside the legend's, each with the most lines it is set in."""
_HEADING_SIZES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes of the headings of several maps, the first that has room."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of type: its baseline is ``y`` below the top of its panel, mm."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight = "regular"
    colour: str = INK


@dataclass(frozen=True, slots=True)
class TextPanel:
    """Lines of type and their whole height, mm."""

    lines: tuple[TextLine, ...]
    height: float

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Set the lines with the panel's top left corner at the point."""
        for line in self.lines:
            canvas.text(x + line.x, y + line.y, line.text, line.size, weight=line.weight,
                       colour=line.colour)  # fmt: skip


def shift_panel(panel: TextPanel, shift: float, least: float) -> TextPanel:
    """A panel moved to the right, at least as high as what stands at its left, mm."""
    lines = tuple(replace(line, x=line.x + shift) for line in panel.lines)
    return TextPanel(lines, max(panel.height, least))


def header_panel(title: str, subtitle: str, office: str, size: float, width: float) -> TextPanel:
    """Office, title and subtitle; a long title is set smaller, and nothing is cut."""
    lines: list[TextLine] = []
    y = 0.0
    parts: list[tuple[list[str], float, Weight, str]] = []
    if office:
        parts.append((wrap_text(office, size, width, "semibold"), size, "semibold", MUTED))
    large = next(
        (size * share for share, most in _TITLE_SIZES
         if len(wrap_text(title, size * share, width, "semibold")) <= most), size * 0.85,
    )  # fmt: skip
    parts.append((wrap_text(title, large, width, "semibold"), large, "semibold", INK))
    parts.append((wrap_text(subtitle, size * 1.05, width), size * 1.05, "regular", MUTED))
    for texts, each, weight, colour in parts:
        for text in texts:
            y += each * MM_PER_POINT * 1.22
            lines.append(TextLine(0, y, text, each, weight, colour))
        y += each * MM_PER_POINT * 0.2
    return TextPanel(tuple(lines), y + size * MM_PER_POINT * 0.9)


def map_heading_panel(lines: tuple[str, ...], size: float, width: float, strong: int) -> TextPanel:
    """The heading of one of several maps.

    Parameters
    ----------
    strong
        Lines that the first one may take; what follows stands as if it took them all.
    """
    if not lines:
        return TextPanel((), 0.0)
    step = size * MM_PER_POINT * 1.22
    large = size * next(
        (f for f in _HEADING_SIZES
         if len(wrap_text(lines[0], size * f, width, "semibold")) <= strong), _HEADING_SIZES[-1],
    )  # fmt: skip
    small = 0.92 * size * next(
        (f for f in _HEADING_SIZES if _fits(lines[1:], 0.92 * size * f, width)), _HEADING_SIZES[-1]
    )  # fmt: skip
    first = wrap_text(lines[0], large, width, "semibold", strong)
    y = (strong - len(first)) * step
    placed = []
    for text in first:
        y += step
        placed.append(TextLine(0, y, text, large, "semibold"))
    for text in lines[1:]:
        y += step
        placed.append(TextLine(0, y, truncate_text(text, small, width), small, "regular", MUTED))
    return TextPanel(tuple(placed), y + size * MM_PER_POINT * 0.55)


def _fits(lines: tuple[str, ...], size: float, width: float) -> bool:
    return all(text_width(line, size) <= width for line in lines)


def footer_panel(
    footer: Footer, size: float, width: float, most: float, language: Language
) -> TextPanel:
    """Headings at the left, their entries beside them; notes as far as there is room.

    Parameters
    ----------
    max_lines
        Greatest height, mm.
    """
    indent = max(text_width(e.heading, size, "semibold") for e in footer.fixed + footer.notes)
    indent += size * MM_PER_POINT * 0.8
    step = size * MM_PER_POINT * _LEADING
    room = max(int(most / step), 1)

    def set_entry(entry: FooterEntry, most: int = 99) -> list[str]:
        return wrap_text(entry.text, size, width - indent, "regular", min(entry.max_lines, most))

    fixed = [(entry, set_entry(entry)) for entry in footer.fixed]
    room -= sum(len(texts) for _, texts in fixed)
    # If the notes do not fit, each is cut to one line before any is left out.
    full = sum(len(set_entry(entry)) for entry in footer.notes)
    lines_each = 99 if full <= room else 1
    notes: list[tuple[FooterEntry, list[str]]] = []
    for i, entry in enumerate(footer.notes):
        texts = set_entry(entry, lines_each)
        rest = len(footer.notes) - i - 1
        if len(texts) + bool(rest) > room:
            more = FooterEntry(
                entry.heading if not notes else "",
                captions.MORE_NOTES[language].format(n=len(footer.notes) - i),
            )
            notes.append((more, set_entry(more)))
            break
        notes.append((entry, texts))
        room -= len(texts)
    lines: list[TextLine] = []
    y = 0.0
    for entry, texts in (*fixed[:-1], *notes, *fixed[-1:]):
        lines.append(TextLine(0, y + step, entry.heading, size, "semibold", MUTED))
        for text in texts:
            y += step
            lines.append(TextLine(indent, y, text, size, "regular", MUTED))
    return TextPanel(tuple(lines), y + step * 0.4)


def draw_footer(canvas: Canvas, panel: TextPanel, box: Rect, size: float, address: str) -> None:
    """The footer below a thin line, the code (where there is an address) at its right."""
    em = size * MM_PER_POINT
    canvas.rectangle(Rect(box.x, box.y, box.width, 0), edge=LINE, width=0.5)
    panel.draw(canvas, box.x, box.y + 0.6 * em)
    if address:
        side = qr_side(size)
        draw_qr(canvas, Rect(box.right - side, box.y + 1.0 * em, side, side), address)


def qr_side(size: float) -> float:
    """Side of the code beside the footer, mm."""
    return max(QR_SIDE, size * MM_PER_POINT * 8)
