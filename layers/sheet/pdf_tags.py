"""The structure of a PDF for those who have it read to them: headings, text, pictures in words.

Tagged PDF (ISO 32000-1, 14.7 and 14.8): what is drawn stands between marks in the stream of its
page, and a tree names each stretch as a heading, a paragraph or a figure with its alternative text.
matplotlib knows no marks: they are artists of their own that write nothing else, in drawing order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Role = Literal["H1", "H2", "P", "Figure"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A stretch of a page.

    Parameters
    ----------
    alt
        What a figure shows, in words.
    """

    role: Role
    alt: str = ""


class TagMark(Artist):
    """Where a stretch begins or ends; drawn into a PDF only, and there seen by no eye.

    Parameters
    ----------
    operator
        What is written into the page's stream.
    """

    def __init__(self, operator: bytes) -> None:
        super().__init__()
        self.set_zorder(1)
        self._operator = operator

    def draw(self, renderer: RendererBase) -> None:
        """Write the mark where the file takes marks."""
        stream = getattr(getattr(renderer, "file", None), "currentstream", None)
        if stream is not None:
            stream.write(self._operator)


def opening(tag: Tag | None, number: int) -> TagMark:
    """The mark before the stretch of that number; None for what is but ornament."""
    if tag is None:
        return TagMark(b"/Artifact BMC\n")
    return TagMark(f"/{tag.role} <</MCID {number}>> BDC\n".encode())


def closing() -> TagMark:
    """The mark behind a stretch."""
    return TagMark(b"EMC\n")


def write_structure(writer: PdfWriter, pages: Sequence[Sequence[Tag]], language: str) -> None:
    """Give a document the tree of its stretches, its language, and its title in the window.

    Parameters
    ----------
    pages
        The tags of each page of the document, by their numbers.
    """
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = shown
    if not any(pages):
        return
    tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    tree_at = writer._add_object(tree)
    document = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Document"),
            NameObject("/P"): tree_at,
            NameObject("/Lang"): TextStringObject(language),
        }
    )
    document_at = writer._add_object(document)
    elements = ArrayObject()
    numbers = ArrayObject()
    for place, tags in enumerate(pages):
        page = writer.pages[place]
        page[NameObject("/StructParents")] = NumberObject(place)
        page[NameObject("/Tabs")] = NameObject("/S")
        own = [
            writer._add_object(_element(tag, number, page.indirect_reference, document_at))
            for number, tag in enumerate(tags)
        ]
        elements.extend(own)
        numbers.extend([NumberObject(place), writer._add_object(ArrayObject(own))])
    document[NameObject("/K")] = elements
    parents = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
    tree[NameObject("/K")] = ArrayObject([document_at])
    tree[NameObject("/ParentTree")] = parents
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(len(pages))
    root[NameObject("/StructTreeRoot")] = tree_at


def _element(
    tag: Tag, number: int, page: IndirectObject | None, above: IndirectObject
) -> DictionaryObject:
    found = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{tag.role}"),
            NameObject("/P"): above,
            NameObject("/K"): NumberObject(number),
        }
    )
    if page is not None:
        found[NameObject("/Pg")] = page
    if tag.alt:
        found[NameObject("/Alt")] = TextStringObject(tag.alt)
    return found
