"""Two indicators of each unit as a plot, which map, table and address follow."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import PHONE, WIDE, axe_violations

ROADS = "/?indicator=population_density&versus=road_density_motorable"
POINTS = "#scatter-panel .scatter-point"


def test_a_second_indicator_in_the_address_is_set_against_that_of_the_map(visit) -> None:
    here = visit(ROADS)
    page = here.page
    expect(page.locator(POINTS)).to_have_count(36)
    # Bình Lư and Mù Cả have doubtful densities.
    expect(page.locator(f"{POINTS}.is-doubtful")).to_have_count(2)
    panel = page.locator("#scatter-panel")
    expect(panel).to_contain_text("36/38 đơn vị có cả hai số liệu")
    expect(panel).to_contain_text("không chứng minh nguyên nhân")
    expect(panel).to_contain_text("Mật độ dân số (người/km²)")
    expect(page.locator(".notice")).to_have_count(0)
    assert axe_violations(page) == []


def test_a_rectangle_picks_its_units_on_map_and_table_and_in_the_address(visit) -> None:
    here = visit(ROADS)
    page = here.page
    expect(page.locator(POINTS)).to_have_count(36)
    plot = page.locator("svg.scatter")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    # The upper right corner: where many live and many roads are.
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.02)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + box["height"] * 0.6, steps=4)
    page.mouse.up()
    rows = page.locator("#figures tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Tân Phong")
    expect(page.locator(f"{POINTS}.is-dim")).to_have_count(33)
    expect(page.locator("path.unit[fill-opacity='1']")).to_have_count(3)
    conditions = here.query()["where"].split(";")
    assert [each.split(">")[0].split("<")[0] for each in conditions] == [
        *["population_density"] * 2,
        *["road_density_motorable"] * 2,
    ]
    page.get_by_role("button", name="Tất cả đơn vị").click()
    expect(page.locator(f"{POINTS}.is-dim")).to_have_count(0)


def test_points_are_walked_and_opened_by_keyboard_and_ringed_from_the_table(visit) -> None:
    here = visit(ROADS)
    page = here.page
    expect(page.locator(POINTS)).to_have_count(36)
    ring = page.locator(".scatter-ring")
    here.row("Than Uyên").hover()
    than_uyen = page.locator(f"{POINTS}[data-unit='03595-20250701']").get_attribute("transform")
    expect(ring).to_have_attribute("transform", than_uyen)
    page.locator("svg.scatter").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#live")).to_contain_text("Tân Phong: Mật độ dân số 341,4")
    expect(ring).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Phường Tân Phong")


def test_a_second_indicator_is_chosen_on_a_phone_and_left_again(visit) -> None:
    here = visit("/?indicator=population_density&lang=en", viewport=PHONE)
    page = here.page
    page.get_by_text("Choose indicator, period, boundaries").first.click()
    page.locator("#scatter > summary").press("Enter")
    choice = page.get_by_label("Against")
    # What the map shows and what has no numbers cannot stand against it.
    expect(choice.locator("option[value='road_density_motorable']")).to_have_count(1)
    expect(choice.locator("option[value='population_density']")).to_have_count(0)
    expect(choice.locator("option[value='specially_difficult_commune']")).to_have_count(0)
    choice.select_option("road_density_motorable")
    expect(page.locator(POINTS)).to_have_count(36)
    assert here.query()["versus"] == "road_density_motorable"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe_violations(page) == []
    choice.select_option("")
    expect(page.locator("svg.scatter")).to_be_hidden()
    assert "versus" not in here.query()


def test_classes_in_place_of_numbers_are_told_and_no_plot_is_drawn(visit) -> None:
    here = visit("/?indicator=specially_difficult_commune&versus=population", viewport=WIDE)
    panel = here.page.locator("#scatter-panel")
    expect(panel.get_by_role("combobox")).to_be_disabled()
    expect(panel).to_contain_text("phân loại, không phải con số")
    expect(panel.locator("svg.scatter")).to_be_hidden()
