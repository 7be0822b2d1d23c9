"""A PDF can be read aloud: language, headings, paragraphs, and its maps in words."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

pytestmark = pytest.mark.slow


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """The stretches of a document in the order in which they are read."""
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    document = tree["/K"][0].get_object()
    assert document["/S"] == "/Document"
    return [each.get_object() for each in document["/K"]]


def marks(page: PageObject) -> tuple[list[int], int, int]:
    """Numbers of the marked stretches of a page, and how many begin and end."""
    stream = page.get_contents().get_data()
    numbers = [int(n) for n in re.findall(rb"/MCID (\d+)>> BDC", stream)]
    return numbers, len(re.findall(rb"\bB[DM]C\b", stream)), len(re.findall(rb"\bEMC\b", stream))


def test_a_pdf_has_its_language_its_headings_and_its_map_in_words(make) -> None:
    reader = PdfReader(io.BytesIO(make({}, format="pdf")))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"] is not None
    assert bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    found = elements(reader)
    assert [each["/S"] for each in found] == ["/H1", "/Figure", "/P"]
    assert found[1]["/Alt"] == reader.metadata.subject
    assert "Mật độ dân số" in found[1]["/Alt"]


def test_every_stretch_is_marked_in_its_page_and_found_from_it(make) -> None:
    reader = PdfReader(io.BytesIO(make({}, format="pdf", preset="slide")))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    parents = tree["/ParentTree"]["/Nums"]
    by_page = {parents[i]: parents[i + 1].get_object() for i in range(0, len(parents), 2)}
    for page in reader.pages:
        numbers, begun, ended = marks(page)
        assert begun == ended
        own = by_page[page["/StructParents"]]
        assert numbers == list(range(len(own)))
        for number in numbers:
            element = own[number].get_object()
            assert element["/K"] == number
            assert element["/Pg"].get_object() == page


def test_a_slide_has_a_page_of_notes_and_a_picture_has_them_in_its_words(make) -> None:
    slide = PdfReader(io.BytesIO(make({}, format="pdf", preset="slide")))
    assert len(slide.pages) == 2
    boundaries = "Khái quát từ ranh giới chính thức"
    first, second = (re.sub(r"\s+", " ", page.extract_text()) for page in slide.pages)
    assert boundaries not in first
    assert boundaries in second
    picture = Image.open(io.BytesIO(make({}, format="png", preset="slide", dpi=96)))
    assert boundaries in picture.text["Comment"]
    assert len(PdfReader(io.BytesIO(make({}, format="pdf"))).pages) == 1
