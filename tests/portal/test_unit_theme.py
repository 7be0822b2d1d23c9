"""One theme of a unit on a page: figures, plans and targets, places, the units below."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

PROVINCE, BINH_LU = "12-20040101", "03390-20250701"


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def section(body: str, heading: str) -> str:
    return body.partition(f'id="{heading}"')[2].partition("</section>")[0]


def test_the_tourism_of_the_province_has_visits_revenue_targets_and_places(client) -> None:
    body = page(client, f"/units/{PROVINCE}/themes/tourism")
    assert "<h1>Du lịch · Tỉnh Lai Châu</h1>" in body
    latest = section(body, "latest")
    assert "Lượt khách du lịch" in latest
    assert "oanh thu" in latest
    targets = section(body, "targets")
    assert "Mục tiêu" in targets
    assert "Kế hoạch" in targets
    assert 'class="source"' in targets
    places = section(body, "unit-places")
    assert "Bản du lịch cộng đồng" in places
    assert "Trường học" not in places


def test_a_plan_stands_beside_the_latest_reached_within_its_time(client) -> None:
    targets = section(page(client, f"/units/{BINH_LU}/themes/tourism"), "targets")
    rows = re.findall(r"<tr>(.*?)</tr>", targets, re.S)
    plan = next(row for row in rows if "600.000" in row)
    assert "277.834" in plan
    assert "6 tháng đầu năm 2026" in plan
    target = next(row for row in rows if "900.000" in row)
    assert '<td class="num">–</td>' in target


def test_the_units_below_lead_to_their_own_page_of_the_theme(client) -> None:
    below = section(page(client, f"/units/{PROVINCE}/themes/tourism"), "below")
    assert f'href="/units/{BINH_LU}/themes/tourism"' in below
    own = page(client, f"/units/{BINH_LU}/themes/tourism?lang=en")
    assert "Tourism · Binh Lu commune" in own
    assert "Putaleng Hotel" in section(own, "unit-places")


def test_the_map_of_the_theme_opens_with_its_places(client) -> None:
    body = page(client, f"/units/{PROVINCE}/themes/tourism")
    [address] = re.findall(r'href="(/\?theme=tourism&amp;places=[^"]+)"', body)
    shown = page(client, address.replace("&amp;", "&"))
    assert 'data-place="lodging" checked' in shown
    assert 'data-place="school" checked' not in shown


def test_a_theme_without_a_map_opens_with_its_places_and_one_with_a_map_without(client) -> None:
    for address, opens in (("/?theme=tourism", True), ("/?theme=infrastructure", False)):
        body = page(client, address)
        assert ('data-place="lodging" checked' in body) is opens
        assert ('data-place="school" checked' in body) is False
    themes = {each["id"]: each for each in client.get("/api/v1/catalogue").json["themes"]}
    assert "lodging" in themes["tourism"]["places"]
    assert themes["infrastructure"]["places"] == []


def test_the_pages_of_units_and_of_indicators_lead_to_the_theme(client) -> None:
    address = f'href="/units/{PROVINCE}/themes/tourism"'
    assert address in page(client, f"/units/{PROVINCE}")
    assert address in page(client, "/indicators")


def test_a_theme_of_which_nothing_is_known_says_so(client) -> None:
    body = page(client, "/units/03386001-20200201/themes/tourism")
    assert "Chưa có số liệu hoặc địa điểm nào thuộc chủ đề này" in body


def test_a_theme_that_does_not_exist_is_refused_with_those_that_do(client) -> None:
    refused = client.get(f"/units/{PROVINCE}/themes/tourims")
    assert refused.status_code == 404
    assert "tourism" in refused.text


def test_figures_known_only_together_stand_on_the_pages_of_each_unit(client: FlaskClient) -> None:
    units = ("107-20130101", "108-20130101", "112-20130101")
    for unit in units:
        document = client.get(f"/api/v1/units/{unit}").json
        found = [
            one for one in document["joint_figures"]
            if (one["indicator"], one["period"]) == ("households_piped_water_rate", "2019-04-01")
        ]  # fmt: skip
        assert [one["value"] for one in found] == [7.4]
        assert {each["id"] for each in found[0]["units"]} == set(units)
        page = client.get(f"/units/{unit}").text
        assert "Số liệu chung với đơn vị khác" in page
        assert found[0]["text"] in page
    theme = client.get("/units/107-20130101/themes/forest").text
    assert "Số liệu chung với đơn vị khác" not in theme
    alone = client.get("/units/03390-20250701").text
    assert "Số liệu chung với đơn vị khác" not in alone
