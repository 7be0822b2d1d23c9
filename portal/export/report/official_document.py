"""A Word document as Decree 30/2020/NĐ-CP lays it out: page, styles, language, properties."""

from __future__ import annotations

import datetime as dt

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from geodata.i18n import Language, locale_of
from geodata.store import Store
from portal.export.report.docx_elements import BODY_SIZE, set_font, set_language
from portal.export.report.letterhead import set_page
from portal.translations import translate


def official_document(language: Language) -> Document:
    """An empty document with the page, the styles and the language set."""
    document = docx.Document()
    set_page(document)
    _set_styles(document)
    set_language(document, locale_of(language).tag)
    return document


def _set_styles(document: Document) -> None:
    """The decree's sizes: 13-14 for the text and its headings, 12 for the bodies at the top."""
    styles = document.styles
    normal = styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    set_font(normal, BODY_SIZE, bold=False)
    normal.paragraph_format.space_after = Pt(0)
    own = {"Letterhead": 12.0, "Table Text": 11.0, "Picture": BODY_SIZE, "Source Line": 11.0}
    for name, size in own.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        set_font(style, size, bold=False, italic=name == "Source Line")
        centred = name in ("Letterhead", "Picture")
        style.paragraph_format.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        )
    styles["Picture"].paragraph_format.keep_with_next = True
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Body Text"):
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        set_font(style, 14 if name == "Title" else BODY_SIZE, bold=name != "Body Text")
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(6), Pt(6)
        if name == "Body Text":
            layout.alignment, layout.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
        elif name in ("Title", "Subtitle", "Caption"):
            layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if name.startswith("Heading"):
            layout.keep_with_next = True
        _without_lines(style)


def _without_lines(style: ParagraphStyle) -> None:
    """The template's title has a line below and wide letters; an official one has not."""
    properties = style.element.get_or_add_pPr()
    for old in [c for c in properties if c.tag.endswith(("}pBdr", "}contextualSpacing"))]:
        properties.remove(old)
    letters = style.element.get_or_add_rPr()
    for old in [c for c in letters if c.tag.endswith(("}spacing", "}kern"))]:
        letters.remove(old)


def describe_document(
    document: Document, title: str, store: Store, office: str, language: Language
) -> None:
    """Set the properties of the file; the dataset dates it, so that the bytes stay the same."""
    info = store.info
    day = dt.datetime.combine(info.reference_date, dt.time())
    words = document.core_properties
    words.title, words.author = title, office
    words.content = translate("report.subject_line", language)
    words.keywords = f"{info.id} {info.version}"
    words.comments, words.language = "", locale_of(language).tag
    words.created = words.modified = day
    words.last_modified_by, words.revision = "", 1
