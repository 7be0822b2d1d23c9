"""Lists of places and villages through the pages and the API: understood, answered, published."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.portal.office import make_account, opened, send, sign_in
from tests.portal.test_publications_api import token_of, validated
from tests.portal.test_publishing_pages import hand_in, state_of

pytestmark = pytest.mark.slow

PLACES = (
    "Tên điểm;Loại hình;Xã;Kinh độ;Vĩ độ;Năm\n"
    "Thác Một;Điểm du lịch;Hòa Bình;103.05;22.35;2015\n"
    "Thác Hai;Điểm du lịch;Đá Đỏ;103.25;22.35;2016\n"
).encode()
VILLAGES = (
    "Mã xã;Tên bản;Kinh độ;Vĩ độ\n90016;Bản Một;103.35;22.06\n90016;Bản Hai;103.36;22.04\n"
).encode()
SOURCE = {"source-title": "Danh sách điểm du lịch", "source-date": "2026-03-15"}
NEW_CATEGORY = {
    "question-0": "=new", "key-0": "diem du lich", "kind-0": "category",
    "name_vi-0": "Điểm du lịch", "name_en-0": "Tourist sites", "symbol-0": "tourism",
    "theme-0": "population", "indicator-0": "new",
}  # fmt: skip


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def answered(office: FlaskClient, path: str, **more: str) -> None:
    """Say what the new category is, and where the list comes from."""
    page = office.get(path).text
    key = re.search(r'name="key-0" value="([^"]*)"', page)[1]
    send(office, path, **{**SOURCE, **NEW_CATEGORY, "key-0": key, **more})


def places(app: Flask) -> list[dict[str, Any]]:
    features = app.test_client().get("/api/v1/places").get_json()["features"]
    return [feature["properties"] for feature in features]


def counts(app: Flask, period: str = "2026-03-15") -> dict[str, float]:
    address = f"/api/v1/values?indicator=number_of_diem_du_lich&period={period}&level=commune"
    units = app.test_client().get(address).get_json().get("units", {})
    return {unit: cell[0] for unit, cell in units.items() if cell[0] is not None}


def publish_list(office: FlaskClient, path: str) -> str:
    """Look at the preview and publish; the path of the receipt."""
    preview = opened(office, f"{path}/preview").text
    fields = {"title": "Điểm du lịch 2026", **state_of(preview)}
    receipt = send(office, f"{path}/preview", f"{path}/publish", **fields)
    assert receipt.status_code == 303, receipt.text
    return str(receipt.location)


def test_places_are_published_with_a_category_made_in_the_form_and_counted_at_once(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    page = office.get(path).text
    assert "2 địa điểm trong 2 dòng" in page
    assert "Có cột ghi tên địa điểm: “Tên điểm”" in page
    assert "Là loại địa điểm nào?" in page
    answered(office, path)
    assert places(app) == []
    receipt = publish_list(office, path)
    found = {one["name"]: one for one in places(app)}
    assert "2015" in str(found["Thác Một"])
    assert sorted(counts(app).values()) == [1, 1]
    page = office.get(receipt).text
    assert "Thác Một" in page
    assert "places=diem_du_lich" in page
    number = receipt.split("?")[0]
    send(office, number, f"{number}/undo", reason="Nhầm tệp", restored="2")
    assert places(app) == []
    assert counts(app) == {}


@pytest.mark.slow
def test_the_same_list_again_must_be_confirmed_in_its_review(
    app: Flask, office: FlaskClient
) -> None:
    first = hand_in(office, PLACES, "diem.csv")
    answered(office, first)
    publish_list(office, first)
    path = hand_in(office, PLACES, "diem.csv")
    send(office, path, **SOURCE)
    page = office.get(path).text
    assert "Tệp này đã công bố ở số 1" in page
    assert 'name="reason-F05"' in page
    assert "F05" in office.get(f"{path}/preview").text
    send(office, path, **SOURCE, **{"reason-F05": "Thêm lần nữa để thử"})
    assert 'value="Thêm lần nữa để thử"' in office.get(path).text
    assert "L04" in office.get(f"{path}/preview").text  # Nothing of it is new.


def test_the_preview_of_a_list_draws_it_and_nobody_else_sees_it(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    assert office.get(f"{path}/preview").status_code == 400  # What is asked comes first.
    answered(office, path)
    preview = opened(office, f"{path}/preview").text
    assert "<svg" in preview
    assert "<title>Thác Một</title>" in preview
    assert places(app) == []
    other = app.test_client()
    make_account(app, "neighbour")
    sign_in(other, "neighbour")
    assert other.get(f"{path}/preview").status_code == 404


def test_a_list_changed_by_somebody_else_since_the_preview_is_told(
    app: Flask, office: FlaskClient
) -> None:
    first = hand_in(office, PLACES, "diem.csv")
    second = hand_in(office, PLACES.replace(b"2015", b"2017"), "diem.csv")
    for path in (first, second):
        answered(office, path)
    stale = state_of(office.get(f"{second}/preview").text)
    publish_list(office, first)
    fields = {"title": "Lần hai", **stale}
    late = send(office, f"{second}/preview", f"{second}/publish", **fields)
    assert late.status_code == 409
    assert "L03" in late.text
    assert "office đã thay đổi trong lúc đó" in late.text
    told = late.text.split('id="meanwhile-1"')[1].split("</section>")[0]
    assert "Thác Một" in told
    assert "/office/revisions/1" in told


def test_villages_go_the_same_way_and_are_served_at_once(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, VILLAGES, "ban.csv")
    assert "2 thôn, bản trong 2 dòng" in office.get(path).text
    send(office, path, **SOURCE)
    assert "<svg" in opened(office, f"{path}/preview").text
    publish_list(office, path)
    units = app.test_client().get("/api/v1/units?level=village").get_json()["items"]
    assert sorted(one["name"] for one in units) == ["Hai", "Một"]


def test_what_a_file_lists_can_be_overruled(office: FlaskClient) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    send(office, path, f"{path}/kind", kind="villages")
    assert "Đọc là danh sách thôn, bản" in office.get(path).text
    send(office, path, f"{path}/kind", kind="places")
    assert "2 địa điểm trong 2 dòng" in office.get(path).text
    send(office, path, f"{path}/kind", kind="figures")
    assert "Đọc là danh sách" not in office.get(path).text
    refused = send(office, path, f"{path}/kind", kind="rubbish")
    assert refused.status_code == 400


def test_a_file_of_shapes_is_handed_in_at_the_same_door(office: FlaskClient) -> None:
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"Tên điểm": "Thác Ba", "Loại": "Điểm du lịch"},
                "geometry": {"type": "Point", "coordinates": [103.05, 22.35]},
            }
        ],
    }
    path = hand_in(office, json.dumps(shapes).encode(), "diem.geojson")
    assert "1 địa điểm trong 1 dòng" in office.get(path).text


def test_an_editor_of_other_communes_cannot_publish_places_there(
    app: Flask, office: FlaskClient
) -> None:
    other = app.test_client()
    make_account(app, "hoa", communes=["90016-20250701"])
    sign_in(other, "hoa")
    path = hand_in(other, PLACES, "diem.csv")
    answered(other, path)
    refused = other.get(f"{path}/preview")
    assert refused.status_code in (400, 403)
    assert places(app) == []


def test_a_program_publishes_a_list_with_the_same_report(app: Flask, office: FlaskClient) -> None:
    answers = {
        "version": 1,
        "source": {"title": "Danh sách"},
        "list": {"categories": {"Điểm du lịch": ""}},
    }
    token = token_of(app, "writer")
    sent = {
        "file": (io.BytesIO(PLACES), "diem.csv"),
        "answers": json.dumps(answers),
        "write": "1",
        "title": "Điểm",
    }
    answer = app.test_client().post(
        "/api/v1/publications", data=sent, headers={"Authorization": f"Bearer {token}"}
    )
    document = answer.get_json()
    assert answer.status_code == 201, document
    assert document["list_report"]["kind"] == "places"
    assert document["list_report"]["units"]["matched"] == 2
    assert len(places(app)) == 2


def test_a_program_is_told_which_entries_changed_since_its_report(app: Flask) -> None:
    token = token_of(app, "writer")

    def sent(content: bytes, **more: str) -> TestResponse:
        said = {"source": {"title": "Danh sách"}, "list": {"categories": {"Điểm du lịch": ""}}}
        form: dict[str, Any] = {
            "file": (io.BytesIO(content), "diem.csv"), "write": "1", "title": "Điểm",
            "answers": json.dumps({"version": 1, **said}), **more,
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {token}"}
        return app.test_client().post("/api/v1/publications", data=form, headers=headers)

    assert sent(PLACES).status_code == 201
    changed = PLACES.replace(b"2015", b"2017")
    refused = sent(changed, based_on="0")
    assert refused.status_code == 409, refused.text
    (meanwhile,) = validated(refused, "PublicationConflict")["changed"]
    assert {each["name"] for each in meanwhile["entries"]} >= {"Thác Một"}
    assert (meanwhile["publication"]["number"], meanwhile["cells"]) == (1, [])
    assert sent(changed, based_on="1").status_code == 201


@pytest.mark.parametrize("kind", ["places", "villages"])
def test_a_workbook_for_a_list_can_be_had(office: FlaskClient, kind: str) -> None:
    answer = office.get(f"/office/template/{kind}")
    assert answer.data[:2] == b"PK"
    assert f"/office/template/{kind}" in office.get("/office/tables/new").text
    assert office.get("/office/template/rubbish").status_code == 404


def test_answers_kept_under_a_name_read_the_next_list(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    answered(office, path)
    fields = {"title": "Điểm", "recipe": "Điểm <mẫu>"}
    state = state_of(opened(office, f"{path}/preview").text)
    send(office, f"{path}/preview", f"{path}/publish", **fields, **state)
    assert "Điểm &lt;mẫu&gt;" in office.get("/office/memory").text
    page = office.get(hand_in(office, PLACES.replace(b"2015", b"2017"), "moi.csv")).text
    assert "Đã nhận ra biểu: đọc theo cách đọc đã lưu “Điểm &lt;mẫu&gt;”." in page
    assert "Danh sách điểm du lịch" in page


def form_of(office: FlaskClient, path: str) -> dict[str, str]:
    """What the form of a review page holds as it stands."""
    page = office.get(path).text.split('class="form publishing-form"')[-1]
    hidden = re.findall(r'name="((?:key|kind|header|was)-\d+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in hidden}


def test_all_new_categories_are_made_at_once_with_what_is_not_said(office: FlaskClient) -> None:
    path = hand_in(office, PLACES.replace(b"2016", b"\n").replace(b"2015", b""), "diem.csv")
    fields = {**form_of(office, path), **SOURCE, "name_vi-0": "Điểm du lịch", "indicator-0": "new"}
    send(office, path, next="all-new", **fields)
    assert "Số “Điểm du lịch” thuộc lĩnh vực nào?" in office.get(f"{path}/preview").text
    send(office, path, **{"next": "all-new", "theme-all": "population", **fields})
    page = office.get(path).text
    assert 'value="Diem du lich"' in page
    assert 'value="population" selected' in page
    assert "Thác Một" in opened(office, f"{path}/preview").text


def test_what_a_column_holds_is_said_in_the_form(office: FlaskClient) -> None:
    path = hand_in(office, PLACES.replace("Tên điểm".encode(), "Điểm nêu".encode()), "diem.csv")
    send(office, path, f"{path}/kind", kind="places")
    assert "Chọn cột đó" in office.get(path).text
    fields = form_of(office, path)
    assert [fields[f"header-{n}"] for n in range(2)] == ["Điểm nêu", "Loại hình"]
    send(office, path, **{**fields, "field-0": "name"})
    assert "2 địa điểm trong 2 dòng" in office.get(path).text
    fields = {**form_of(office, path), "field-1": "", "category": "Chợ"}
    send(office, path, **fields)
    page = office.get(path).text
    assert "“<bdi>Chợ</bdi>”" in page
    twice = send(office, path, **{**form_of(office, path), "field-1": "name"})
    assert (twice.status_code, "Hai cột" in twice.text) == (400, True)


def test_days_are_written_as_offices_write_them(office: FlaskClient) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    send(office, path, **{"as_of": "30/6/2026", "source-date": "1/7/2026"})
    page = office.get(path).text
    assert 'value="ngày 30/6/2026"' in page
    assert 'value="2026-07-01"' in page
    wrong = send(office, path, as_of="hôm nay", crs="EPSG:0")
    assert wrong.status_code == 400
    assert 'href="#as_of"' in wrong.text
    assert 'href="#crs"' in wrong.text
    assert 'value="ngày 30/6/2026"' in wrong.text


def test_a_control_character_in_a_field_is_refused_beside_it(office: FlaskClient) -> None:
    path = hand_in(office, PLACES, "diem.csv")
    fields = {**form_of(office, path), "question-0": "=new", "name_vi-0": "Thác\x00"}
    answer = send(office, path, **fields)
    assert answer.status_code == 400
    assert 'href="#name_vi-0"' in answer.text
