"""Units picked by where they lie and by conditions, on map, table and total."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import PHONE, axe_violations

OLD = "/?indicator=elevation_mean&level=district&date=2020-02-01"
PEOPLE = "/?indicator=population&period=2025-07-01&level=commune&date=2025-07-01"
BOLD = "path.unit[fill-opacity='1']"


def test_a_district_opens_its_communes_and_a_commune_leads_back(visit) -> None:
    here = visit(f"{OLD}&unit=106-20200201")
    page = here.page
    page.get_by_role("button", name="Xem cấp xã bên trong").click()
    expect(page.locator("#figures tbody tr")).to_have_count(13)
    expect(page.locator(BOLD)).to_have_count(13)
    assert (here.query()["level"], here.query()["within"]) == ("commune", "106-20200201")
    expect(page.locator("#filter-panel")).to_contain_text("Chỉ các đơn vị thuộc Huyện Tam Đường")
    here.row("Sơn Bình").get_by_role("button").click()
    page.get_by_role("button", name="Lên Huyện Tam Đường").click()
    expect(page.locator("#card-title")).to_have_text("Huyện Tam Đường")
    expect(page.locator("#figures tbody tr")).to_have_count(8)
    assert "within" not in here.query()
    # The way back shows the communes again.
    page.go_back()
    expect(page.locator("#figures tbody tr")).to_have_count(13)
    page.get_by_role("button", name="Hiện tất cả").click()
    expect(page.locator("#figures tbody tr")).to_have_count(106)


def test_an_address_picks_units_by_conditions_on_two_indicators(visit) -> None:
    here = visit(f"{PEOPLE}&where=population_density>100;natural_area<=200")
    page = here.page
    result = page.locator("#picked")
    expect(result).to_contain_text("/38 đơn vị")
    expect(result).to_contain_text("cộng lại")
    expect(page.locator(".notices, .notice")).to_have_count(0)
    shown = page.locator("#figures tbody tr")
    values, areas = (
        page.evaluate(
            """async (indicator) => (await (await fetch(
                 `/api/v1/values?indicator=${indicator}&level=commune&date=2025-07-01`)).json()).units""",
            indicator,
        )
        for indicator in ("population_density", "natural_area")
    )
    met = [
        unit
        for unit, cell in values.items()
        if cell[0] is not None and cell[0] > 100 and areas[unit][0] <= 200
    ]
    assert 0 < len(met) < 38
    expect(shown).to_have_count(len(met))
    expect(result).to_contain_text(f"{len(met)}/38 đơn vị")


def test_conditions_are_made_and_taken_back_by_keyboard_on_a_phone(visit) -> None:
    here = visit(PEOPLE, viewport=PHONE)
    page = here.page
    page.get_by_text("Chọn chỉ tiêu, kỳ, ranh giới").first.click()
    page.locator("#filter > summary").focus()
    page.keyboard.press("Enter")
    add = page.get_by_role("button", name="Thêm điều kiện")
    add.focus()
    page.keyboard.press("Enter")
    value = page.locator(".filter-rows input")
    value.fill("20.000")
    value.press("Tab")
    result = page.locator(".filter-result")
    expect(result).to_contain_text("/38 đơn vị")
    assert here.query()["where"] == "population>=20000"
    assert axe_violations(page) == []
    page.get_by_role("button", name="Bỏ điều kiện này").press("Enter")
    expect(result).to_be_empty()
    assert "where" not in here.query()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
