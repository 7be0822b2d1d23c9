"""Parts of a Word document that python-docx has no call for: fields, placeholders, alt text.

Element names are those of ECMA-376, part 1, chapter 17 (WordprocessingML) and 20.4 (drawings).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
BODY_SIZE = 13.0
"""Points; Decree 30/2020/NĐ-CP, annex I: 13 to 14."""
GREY = RGBColor(0x59, 0x59, 0x59)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element such as ``w:tblHeader`` with attributes of its own namespace."""
    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found


def set_font(style: ParagraphStyle, size: float, *, bold: bool, italic: bool = False) -> None:
    """Times New Roman for every script, in ink: the template's own headings are blue."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_language(document: Document, tag: str) -> None:
    """The language of the words, for spelling and for reading aloud."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(element("w:lang", val=tag, eastAsia=tag))
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
    if defaults is not None:
        for old in defaults.iter(qn("w:lang")):
            old.set(qn("w:val"), tag)


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field with the value it has now, so that it need not be brought up to date."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        if kind == "separate":
            instruction = paragraph.add_run()
            text = element("w:instrText")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = f" {code} "
            instruction._r.append(text)
            paragraph._p.remove(run._r)
            paragraph._p.append(run._r)
        run._r.append(element("w:fldChar", fldCharType=kind))
        if kind == "separate":
            paragraph.add_run(shown)


def placeholder(paragraph: Paragraph, tag: str, value: str, hint: str) -> Run:
    """A content control: what was given, or a grey hint that typing replaces."""
    run = paragraph.add_run(value or f"[{hint}]")
    control = element("w:sdt")
    properties = element("w:sdtPr")
    properties.append(element("w:alias", val=hint))
    properties.append(element("w:tag", val=tag))
    if not value:
        properties.append(element("w:showingPlcHdr"))
        run.font.color.rgb = GREY
    properties.append(element("w:text"))
    content = element("w:sdtContent")
    control.append(properties)
    control.append(content)
    paragraph._p.replace(run._r, control)
    content.append(run._r)
    return run


def describe_picture(run: Run, name: str, alt: str) -> None:
    """Name and alternative text of the picture in a run."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("name", name)
        properties.set("descr", alt)
    for properties in run._r.iter(qn("pic:cNvPr")):
        properties.set("name", name)
        properties.set("descr", alt)


def add_table(
    document: Document,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
    bold: Sequence[int] = (),
) -> Table:
    """A table whose head comes again on every page and whose rows are not broken.

    Parameters
    ----------
    widths
        Of the columns, mm.
    right
        Columns of numbers.
    bold
        Rows that stand out.
    """
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        _write(cell, text, bold=True, centre=True)
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    # python-docx looks the grid up anew for every cell: a copied row is filled in its place.
    model = copy.deepcopy(table.rows[0]._tr)
    for old in model.trPr.findall(qn("w:tblHeader")):
        model.trPr.remove(old)
    model.trPr.append(element("w:cantSplit"))
    for number, row in enumerate(rows):
        line = copy.deepcopy(model)
        table._tbl.append(line)
        for place, (tc, text) in enumerate(zip(line.tc_lst, row, strict=True)):
            cell = _Cell(tc, table)
            _write(cell, text, bold=number in bold, right=place in right)
    set_widths(table, widths)
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Make the columns as wide as given, mm, in the grid and in every cell."""
    for line in table._tbl.tr_lst:
        for tc, width in zip(line.tc_lst, widths, strict=True):
            tc.width = Mm(width)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)


def _write(
    cell: _Cell, text: str, *, bold: bool, right: bool = False, centre: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    for old in list(paragraph.runs):
        paragraph._p.remove(old._r)
    paragraph.style = "Table Text"
    run = paragraph.add_run(text)
    run.bold = bold
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT


def without_borders(table: Table) -> None:
    """Make a table a mere grid, for what stands side by side."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="nil"))
    table._tbl.tblPr.append(borders)
