"""The report on the boundaries, sorted on the server."""

from __future__ import annotations

import re

import pytest

ROW = re.compile(r'<th scope="row"><a href="/units/.*?</tr>', re.DOTALL)


def column(client, order: str, index: int) -> list[str]:
    body = client.get(f"/about?sort={order}").text
    rows = ROW.findall(body)
    return [re.findall(r'<td class="num">(.*?)</td>', row)[index] for row in rows]


@pytest.mark.parametrize(("name", "index"), [("official", 0), ("shape", 1), ("deviation", 3)])
def test_the_report_on_the_boundaries_sorts_by_its_columns_without_scripts(client, name, index):
    for order, reverse in ((name, False), (f"-{name}", True)):
        cells = column(client, order, index)
        known = [float(c.replace(".", "").replace(",", ".")) for c in cells if c != "–"]
        assert known
        assert known == sorted(known, reverse=reverse)
        assert all(cell == "–" for cell in cells[len(known) :])


def test_a_sorted_column_says_so_and_turns_round(client):
    body = client.get("/about?sort=-deviation&lang=en").text
    assert body.count('aria-sort="descending"') == 1
    assert 'href="/about?sort=deviation&amp;lang=en#truth"' in body
    assert client.get("/about?sort=colour").status_code == 400
