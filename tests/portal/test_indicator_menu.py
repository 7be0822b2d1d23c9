"""The menu of a theme's indicators as the server writes it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask, render_template

from portal.webmap.indicator_menu import LONG_MENU, indicator_menu

NEW = "2025-07-01"
LAYER = SimpleNamespace(
    indicator="fires",
    measured="fires",
    level="commune",
    date=date.fromisoformat(NEW),
    status="actual",
)


def place(level, day, period, units, total=38, *, status="actual"):
    return {
        "level": level, "date": day, "status": status, "period": period,
        "with_value": units, "total": total,
    }  # fmt: skip


def entry(name, group, *layers):
    return {"id": name, "name": name, "group": group, "layers": list(layers)}


def menu(*entries, layer=LAYER):
    levels = [{"id": each, "name": each.title()} for each in ("province", "district", "commune")]
    catalogue = {"themes": [{"id": "forest", "indicators": list(entries)}], "levels": levels}
    return indicator_menu(catalogue, layer, "forest")


FIRES = entry("fires", "Protection", place("commune", NEW, "2025", 1))
COVER = entry("cover", "Area", place("commune", NEW, "2025", 5))
BURNT = entry("burnt", "Protection", place("commune", NEW, "2025", 3))
PLANTED = entry(
    "planted", "Area", place("province", NEW, "2025", 1, 1), place("district", NEW, "2020", 7, 8)
)
DIVISOR = entry("divisor", "Area")


def test_groups_stand_in_the_order_of_their_best_covered_indicators():
    made = menu(FIRES, COVER, BURNT)
    groups = [(group["name"], [row["id"] for row in group["rows"]]) for group in made["groups"]]
    assert groups == [("Area", ["cover"]), ("Protection", ["burnt", "fires"])]
    assert made["elsewhere"] == []
    assert not made["open"]


def test_without_figures_here_it_is_folded_away_with_the_level_that_has_most():
    made = menu(FIRES, PLANTED, DIVISOR)
    assert [(row["id"], row["level"]) for row in made["elsewhere"]] == [("planted", "District")]


def test_the_fold_is_open_around_the_indicator_on_the_map():
    made = menu(FIRES, DIVISOR, layer=SimpleNamespace(**{**vars(LAYER), "measured": "divisor"}))
    assert made["open"]
    assert [row["id"] for row in made["elsewhere"]] == ["divisor"]


def test_a_plan_counts_where_there_is_nothing_else():
    planned = entry("planned", "Area", place("commune", NEW, "2026", 4, status="plan"))
    assert menu(planned)["groups"][0]["rows"][0]["with_value"] == 4


def test_only_a_long_menu_is_filtered():
    many = [entry(f"i{n}", "Area", place("commune", NEW, "2025", n)) for n in range(1, 17)]
    assert menu(*many)["long"]
    assert not menu(*many[:LONG_MENU])["long"]


@pytest.mark.parametrize(("first", "heading"), [("Area", True), ("", False)])
def test_indicators_of_no_group_have_a_heading_below_another_group(
    toy_app: Flask, first: str, heading: bool
) -> None:
    groups = [first, "" if first else "Area"]
    made = menu(*(entry(f"e{n}", group, place("commune", NEW, "2025", 9 - n))
                  for n, group in enumerate(groups)))  # fmt: skip
    with toy_app.test_request_context("/?lang=en"):
        page = render_template(
            "indicator_menu.html", menu=made, values={"indicator": SimpleNamespace(id="e0")}
        )
    assert ("<legend>Other indicators</legend>" in page) is heading
    assert page.count("<legend>") == (2 if heading else 1)
