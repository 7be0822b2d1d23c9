"""The wall screen of a unit: its plans, what needs attention, and a figure of each field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.serializers import unit_screen
from portal.serializers.unit_report import ReportRow, UnitReport, unit_report
from portal.serializers.unit_screen import alerts, screen_document
from portal.urls import indicator_url

BINH_LU, EMPTY = "03390-20250701", "03386001-20200201"


@pytest.fixture(scope="module")
def report(lai_chau_store) -> UnitReport:
    found = unit_report(lai_chau_store, lai_chau_store.unit(BINH_LU), "2026-H1")
    assert found is not None
    return found


def row_of(report: UnitReport, indicator: str) -> ReportRow:
    return next(row for row in report.rows if row.indicator.id == indicator)


def with_row(report: UnitReport, row: ReportRow) -> UnitReport:
    return replace(report, fields=((report.fields[0][0], (row,)),))


def test_what_is_behind_its_plan_stands_first_and_the_farthest_behind_before_the_others(
    report: UnitReport,
) -> None:
    shown = screen_document(report, "vi")
    names = [row["name"] for row in shown["plans"]]
    assert names[:4] == [
        "Số lượt khám, chữa bệnh",
        "Sản lượng cây trồng – Chè",
        "Thu ngân sách trên địa bàn",
        "Sản lượng cây trồng – Cây ăn quả",
    ]
    assert [each["n"] for each in shown["courses"]] == [8, 6, 4, 6]
    first = shown["alerts"][0]
    assert first["name"] == names[0]
    assert [rule["id"] for rule in first["rules"]] == ["behind", "worse", "doubt"]
    assert first["rules"][0]["says"] == "Đạt 18,6% kế hoạch; đến hết kỳ cần 49,6%"
    assert first["rules"][1]["says"] == "-62,3%: 5.850 so với 15.537 lượt"


def test_a_bar_ends_at_its_percent_of_plan_beside_what_is_due_and_the_whole(report) -> None:
    tea = next(r for r in screen_document(report, "vi")["plans"] if r["name"].endswith("Chè"))
    row = next(r for r in report.rows if indicator_url(r.indicator.id, "vi") == tea["url"])
    plan = row.progress
    # The drawing is 100 wide and ends at one and a half plans.
    assert tea["bar"] == pytest.approx(plan.percent / 1.5, abs=0.01)
    assert tea["due"] == pytest.approx(plan.expected / 1.5, abs=0.01)
    assert tea["aim"] == pytest.approx(100 / 1.5, abs=0.01)
    over = replace(plan, percent=400.0)
    (bar,) = screen_document(with_row(report, replace(row, progress=over)), "vi")["plans"]
    assert (bar["bar"], bar["beyond"]) == (100.0, True)


@pytest.mark.parametrize(
    ("direction", "now", "before", "rules"),
    [
        ("up", 90.0, 100.0, ("worse",)), ("up", 90.1, 100.0, ()), ("up", 110.0, 100.0, ()),
        ("down", 110.0, 100.0, ("worse",)), ("down", 90.0, 100.0, ()), ("neutral", 50.0, 100.0, ()),
        ("up", 1.0, 0.0, ()),
    ],
)  # fmt: skip
def test_a_figure_is_worse_from_ten_per_cent_against_its_direction(
    report: UnitReport, direction: str, now: float, before: float, rules: tuple[str, ...]
) -> None:
    row = row_of(report, "tourist_visits")
    assert not row.in_points
    row = replace(
        row,
        indicator=replace(row.indicator, direction=direction),
        figure=replace(row.figure, value=now),
        before=replace(row.before, value=before),
        progress=None,
    )  # fmt: skip
    found = [rule for alert in alerts(with_row(report, row)) for rule in alert.rules]
    assert tuple(rule for rule in found if rule != "doubt") == rules


def test_a_percentage_is_worse_from_five_points(report: UnitReport) -> None:
    row = row_of(report, "health_insurance_coverage")
    assert row.in_points
    for now, rules in ((77.6, ["worse"]), (77.7, [])):
        changed = replace(row, figure=replace(row.figure, value=now), progress=None)
        found = [rule for each in alerts(with_row(report, changed)) for rule in each.rules]
        assert [rule for rule in found if rule != "doubt"] == rules, now


def test_what_has_no_room_on_the_wall_is_counted(report, monkeypatch) -> None:
    whole = screen_document(report, "en")
    every = len(whole["alerts"]) + whole["more_alerts"]
    assert every == len(alerts(report))
    monkeypatch.setattr(unit_screen, "MOST_PLANS", 3)
    shown = screen_document(report, "en")
    assert (len(shown["plans"]), shown["more_plans"]) == (3, 21)


def test_the_page_is_led_to_from_the_report_and_says_where_nothing_is_known(client) -> None:
    assert f'href="/units/{BINH_LU}/screen"' in client.get(f"/units/{BINH_LU}/report").text
    page = client.get(f"/units/{BINH_LU}/screen?lang=en").text
    assert "Needs attention" in page
    assert 'class="top"' not in page
    assert "chưa có kỳ nào đủ" in client.get(f"/units/{EMPTY}/screen").text
    assert client.get("/units/nowhere/screen").status_code == 404
