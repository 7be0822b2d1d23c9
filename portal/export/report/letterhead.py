"""The heading and the end of an official document: Decree 30/2020/NĐ-CP, annex I.

What the state prescribes is printed; what an office has to say is what the address gave, or a
placeholder to be filled in. Nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from geodata.i18n import Language
from portal.export.report.docx_elements import (
    element,
    field,
    placeholder,
    set_widths,
    without_borders,
)
from portal.translations import translate

MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}
"""Millimetres, within what the decree allows: 20-25, 20-25, 30-35, 15-20."""
PAGE = (210.0, 297.0)
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
_LEFT_SHARE = 0.42


def set_page(document: Document) -> None:
    """A4, the margins, and the page number in the middle above, but not on the first page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(number, "PAGE", "2")


def write_letterhead(
    document: Document, params: Mapping[str, Any], language: Language, *, about: str = ""
) -> None:
    """Issuing bodies at the left, the name of the state and its motto at the right.

    Parameters
    ----------
    about
        What a letter is about, below its number; a report has a title instead.
    """
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    without_borders(table)
    widths = (TEXT_WIDTH * _LEFT_SHARE, TEXT_WIDTH * (1 - _LEFT_SHARE))
    set_widths(table, widths)
    (office, state), (number, day) = (row.cells for row in table.rows)

    def fill(cell: _Cell, tag: str, *, first: bool = False) -> Paragraph:
        line = _line(cell, first)
        value = str(params.get(tag, ""))
        upper = tag in ("authority", "office")
        hint = translate(f"report.{tag}", language)
        placeholder(line, tag, value.upper() if upper else value, hint.upper() if upper else hint)
        return line

    _size(fill(office, "authority", first=True), 12)
    _size(fill(office, "office"), 12, bold=True)
    _rule(_line(office), 22)
    _size(_words(state, translate("report.state", language).upper(), first=True), 12, bold=True)
    _size(_words(state, translate("report.motto", language)), 13, bold=True)
    _rule(_line(state), 55)
    _number(number, params, language)
    if about:
        _size(_words(number, translate("letter.about", language, subject=about)), 12)
    line = _line(day, True)
    place = placeholder(
        line, "place", str(params.get("place", "")), translate("report.place", language)
    )
    rest = line.add_run(translate("report.day", language))
    for run in (place, rest):
        run.italic, run.font.size = True, Pt(13)


def _number(cell: _Cell, params: Mapping[str, Any], language: Language) -> None:
    line = _line(cell, True)
    line.add_run(translate("report.number_label", language) + " ").font.size = Pt(13)
    run = placeholder(
        line, "number", str(params.get("number", "")), translate("report.number", language)
    )
    run.font.size = Pt(13)


def write_signature_block(
    document: Document, params: Mapping[str, Any], language: Language
) -> None:
    """Recipients at the left, who signs at the right."""
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    without_borders(table)
    left, right = table.rows[0].cells
    heading = left.paragraphs[0]
    heading.style = "Letterhead"
    heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = heading.add_run(translate("report.recipients_label", language))
    run.bold = run.italic = True
    run.font.size = Pt(12)
    to = left.add_paragraph(style="Letterhead")
    to.alignment = WD_ALIGN_PARAGRAPH.LEFT
    placeholder(to, "recipients", "", translate("report.recipients", language)).font.size = Pt(11)
    line = _line(right, True)
    value = str(params.get("signer", "")).upper()
    run = placeholder(line, "signer", value, translate("report.signer", language).upper())
    run.bold, run.font.size = True, Pt(13)
    for _ in range(3):
        _line(right)
    run = placeholder(_line(right), "name", "", translate("report.name", language))
    run.bold, run.font.size = True, Pt(13)


def _line(cell: _Cell, first: bool = False) -> Paragraph:
    line = cell.paragraphs[0] if first else cell.add_paragraph()
    line.style = "Letterhead"
    return line


def _words(cell: _Cell, words: str, *, first: bool = False) -> Paragraph:
    line = _line(cell, first)
    line.add_run(words)
    return line


def _size(line: Paragraph, points: float, *, bold: bool = False) -> None:
    for run in line._p.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"):
        properties = run.get_or_add_rPr()
        properties.get_or_add_sz().val = Pt(points)
        if bold:
            properties.get_or_add_b().val = True


def _rule(line: Paragraph, width: float) -> None:
    """A line ``width`` mm long in the middle of the column: a border with deep indents."""
    share = _LEFT_SHARE if width < 40 else 1 - _LEFT_SHARE
    indent = Mm(max(0.0, (TEXT_WIDTH * share - 4 - width) / 2))
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = indent
    line.paragraph_format.line_spacing = Pt(4)
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz="4", space="1", color="000000"))
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )
