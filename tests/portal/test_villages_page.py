"""Villages beside their commune: on its page, on its card and in the API."""

from __future__ import annotations

BINH_LU = "03390-20250701"
MAP = "indicator=population&period=2025-07-01&level=commune&date=2025-07-01"


def test_the_page_of_binh_lu_lists_its_villages_and_says_what_is_not_known(client) -> None:
    page = client.get(f"/units/{BINH_LU}").get_data(as_text=True)
    assert "sắp xếp từ 35 bản còn 8 thôn, 14 bản" in page
    assert "Không tài liệu nào đã đọc cho biết bản nào nhập vào thôn nào" in page
    assert "Bản Chu Va 6" in page
    assert "Số tên tìm được (18) khác số ghi trong tài liệu" in page


def test_the_page_of_a_new_commune_lists_the_villages_of_what_it_was_formed_from(client) -> None:
    page = client.get("/units/03388-20250701?lang=en").get_data(as_text=True)
    assert "Nam Loong 1 hamlet" in page
    assert "Before the merger".lower() in page.lower()


def test_a_village_has_a_page_with_the_words_that_name_it(client) -> None:
    found = client.get("/api/v1/units?level=village&q=Chu Va 6").json["items"]
    assert [unit["level"] for unit in found] == ["village"]
    assert found[0]["boundary_quality"] == "none"
    page = client.get(found[0]["url"]).get_data(as_text=True)
    assert "tại bản Nậm Dê, bản Chu Va 6, bản Chu Va 8" in page
    assert "Chưa có ranh giới" in page


def test_the_card_of_a_commune_names_its_villages(client) -> None:
    card = client.get(f"/api/v1/cards/{BINH_LU}?{MAP}").json
    assert card["villages"]["lists"][0]["items"]
    assert "35 bản" in card["villages"]["changes"][0]["sentence"]
    assert client.get(f"/api/v1/cards/12-20040101?{MAP}").json["villages"] is None


def test_the_map_offers_villages_of_today_with_the_credit_of_their_points(client) -> None:
    levels = {level["id"]: level for level in client.get("/api/v1/catalogue").json["levels"]}
    assert levels["village"]["dates"] == ["2025-07-01"]
    shown = client.get("/api/v1/values?indicator=population&level=village&date=2025-07-01")
    assert shown.status_code == 200
    notes = " ".join(shown.json["legend"]["notes"])
    assert "không phải ranh giới đo đạc" in notes
    assert "OpenStreetMap" in notes


def test_villages_of_former_communes_are_not_drawn_on_their_maps(client) -> None:
    refused = client.get("/api/v1/values?indicator=population&level=village&date=2020-02-01")
    assert refused.status_code == 400
    assert "village" not in refused.json["error"]["allowed"]


def test_a_village_is_found_by_name(client) -> None:
    found = client.get("/api/v1/search?q=na khan").json["items"]
    assert any(item["level"] == "village" and item["name"] == "Nà Khan" for item in found)


def test_a_village_of_today_leads_to_no_comparison_with_an_era_that_draws_none(client) -> None:
    found = client.get("/api/v1/units?level=village&q=Căn Câu").json["items"]
    drawn = next(unit for unit in found if unit["boundary_quality"] == "indicative")
    page = client.get(drawn["url"]).text
    assert "OpenStreetMap" in page
    assert "Hình thành từ" in page
    assert "/compare?level=village" not in page
    assert "/compare?level=commune" in client.get(f"/units/{BINH_LU}").text
