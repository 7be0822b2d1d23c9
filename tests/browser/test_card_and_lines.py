"""What the card of a unit says beside its figure, and the lines over the units."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VISITS = "/?indicator=tourist_visits&period=2025-H1&level=commune&date=2025-07-01"
DENSITY = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
CENSUS = "/?indicator=population&period=2019-04-01&level=commune&date=2013-01-01"


def card(visit, path: str, unit: str):
    here = visit(f"{path}&unit={unit}")
    found = here.page.locator(".unit-card")
    expect(found.locator(".facts")).to_be_visible()
    return found


def test_the_card_shows_the_plan_and_both_shares_of_it(visit):
    shown = card(visit, VISITS, "03390-20250701")
    expect(shown).to_contain_text("395.900")
    expect(shown).to_contain_text("Đạt 80,6% kế hoạch")
    expect(shown).to_contain_text("55")
    expect(shown).to_contain_text("Ước thực hiện")


def test_the_card_says_the_rank_among_siblings_and_how_a_figure_was_derived(visit):
    shown = card(visit, DENSITY, "03408-20250701")
    expect(shown).to_contain_text("1/3")
    expect(shown).to_contain_text("Cách tính")
    expect(shown).to_contain_text("Ranh giới khái quát")


def test_the_card_of_a_former_unit_says_what_it_became(visit):
    shown = card(visit, CENSUS, "03413-20130101")
    expect(shown).to_contain_text("Nay thuộc")
    expect(shown.get_by_role("link", name="Xã Bình Lư")).to_have_attribute(
        "href", "/units/03390-20250701"
    )
    expect(shown).to_contain_text("Ranh giới tham khảo")


def test_a_collected_figure_says_that_it_has_no_quote(visit):
    path = "/?indicator=poverty_rate&level=province&date=2025-07-01&period=2016"
    expect(card(visit, path, "12-20040101")).to_contain_text("không kèm trích dẫn")


def test_former_communes_lie_under_their_districts_lines_and_a_scale_bar(visit):
    page = visit(CENSUS).page
    expect(page.locator("path.line-above").first).to_be_attached()
    expect(page.locator("path.line-frame").first).to_be_attached()
    expect(page.locator(".leaflet-control-scale-line").first).to_contain_text("km")
