"""The table beside a map on the clipboard, as Word and Excel take it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import settled

pytestmark = pytest.mark.browser

LAYER = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
READ = {"permissions": ["clipboard-read", "clipboard-write"]}
_CLIPBOARD = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType(type)).text();
}"""


def on_clipboard(page: Page, kind: str) -> str:
    text: str = page.evaluate(_CLIPBOARD, kind)
    return text


def copied(page: Page) -> list[list[str]]:
    page.locator("#copy-table").click()
    # What the button says passes within seconds; what was announced stays.
    expect(page.locator("#live")).to_have_text("Đã chép bảng")
    lines = on_clipboard(page, "text/plain").rstrip("\r\n").splitlines()
    return [line.split("\t") for line in lines]


def test_the_table_of_the_map_is_copied_as_it_stands(visit) -> None:
    one = visit(LAYER, **READ)
    head, *rows = copied(one.page)
    assert head == ["Hạng", "Đơn vị", "Giá trị (người/km²)", "Ghi chú"]
    assert [row[1] for row in rows] == one.names()
    shown = settled(one.page.locator("#figures tbody tr")).first.locator("td.num").inner_text()
    assert float(rows[0][2].replace(",", ".")) == float(
        shown.split()[-1].replace(".", "").replace(",", ".")
    )
    html = on_clipboard(one.page, "text/html")
    assert html.count("<tr>") == len(rows) + 1
    assert "Mật độ dân số" in html
    assert "<script" not in html


def test_the_table_is_copied_with_the_keyboard_and_without_a_secure_address(visit) -> None:
    one = visit(LAYER, **READ)
    one.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    one.page.locator("#copy-table").focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#copy-table")).to_be_focused()
    expect(one.page.locator("#live")).to_have_text("Đã chép bảng")


def test_the_table_of_a_difference_is_copied_with_its_signs(visit) -> None:
    one = visit("/compare?mode=difference", **READ)
    head, *rows = copied(one.page)
    assert head[1] == "Đơn vị"
    expect(one.page.locator("#figures tbody tr")).to_have_count(len(rows))
    numbers = [float(row[2].replace(",", ".")) for row in rows if row[2]]
    assert any(number < 0 for number in numbers) or any(number > 0 for number in numbers)
