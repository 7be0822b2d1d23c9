"""Type flows over the pages of an atlas, and goes on below the title of the next."""

from __future__ import annotations

import datetime as dt

import pytest
from matplotlib.text import Text

from layers.sheet.pdf_writer import DocumentInfo, PdfDocument
from portal.export.atlas.page_flow import BOTTOM, PageFlow


@pytest.fixture
def flow() -> PageFlow:
    book = PdfDocument(DocumentInfo("Atlas", "", "", "", "vi", dt.date(2025, 7, 1)))
    begun = PageFlow(book, "Lâm Khê", 3, str)
    begun.start_page("Xã Hòa Bình", "Xã Hòa Bình (tiếp)")
    return begun


def test_what_fits_stays_on_its_page(flow: PageFlow) -> None:
    before = flow.y
    assert not flow.ensure_room(BOTTOM - before)
    assert (flow.page, flow.y) == (3, before)


def test_what_does_not_fit_goes_on_a_little_below_the_title_of_the_next_page(
    flow: PageFlow,
) -> None:
    below_title = flow.y
    assert flow.ensure_room(BOTTOM - below_title + 0.01)
    assert flow.page == 4
    assert flow.y == pytest.approx(below_title + 1.5)
    words = [text.get_text() for text in flow.current_page().figure.findobj(Text)]
    assert words == ["Xã Hòa Bình (tiếp)"]
