"""What the API answers, refuses and promises."""

import gzip

import brotli
import pytest

from geodata.catalogue import read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.topojson import decode
from portal.serializers.entities import indicator_document
from portal.urls import query_text

REFORM = "2025-07-01"
API = "/api/v1"


def get(client, path, **query):
    response = client.get(f"{API}{path}", query_string=query)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def refused(client, path, status):
    response = client.get(f"{API}{path}")
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/json"
    error = response.get_json()["error"]
    assert set(error) == {"status", "code", "message", "found", "allowed", "remedy", "parameter"}
    assert error["status"] == status
    return error


def test_units_of_a_level_on_a_day(toy):
    page = get(toy, "/units", level="commune", date="2025-07-01")
    assert page["total"] == 5
    assert page["next"] is None
    first = page["items"][0]
    assert first["code"].startswith("900")
    assert first["valid_to"] is None


def test_pages_follow_each_other_to_the_end(toy):
    seen, address = [], f"{API}/units?limit=10"
    while address:
        page = toy.get(address).get_json()
        seen += [u["id"] for u in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 24


def test_names_are_found_without_diacritics(toy):
    found = get(toy, "/units", q="hung hoa")["items"]
    assert [u["id"] for u in found] == ["90006-20130101"]


def test_a_unit_in_time(toy):
    unit = get(toy, "/units/90001-20250701")
    assert [u["id"] for u in unit["formed_from"]] == [
        f"{c}-20130101" for c in ("90001", "90002", "90005", "90006")
    ]
    assert all(step["whole"] for step in unit["formed_from"])
    assert [v["id"] for v in unit["versions"]] == ["90001-20130101"]


def test_a_code_gives_the_figures_of_all_its_eras(toy):
    items = get(toy, "/observations", unit_code="90001")["items"]
    assert {o["unit_id"] for o in items} == {"90001-20130101", "90001-20250701"}
    needed = {
        "unit_id", "unit_code", "indicator", "period", "value", "status", "measure_unit", "source",
        "quote", "doubt",
    }  # fmt: skip
    assert all(needed <= set(o) for o in items)
    assert all(o["unit_code"] == "90001" for o in items)


def test_values_count_and_class_every_unit(toy):
    document = get(
        toy, "/values", indicator="population", period="2019", level="commune", date="2013-01-01",
        style="choropleth", scheme="quantiles", classes="4",
    )  # fmt: skip
    assert document["legend"]["with_value"] == document["legend"]["total"] == 16
    assert [c["count"] for c in document["legend"]["classes"]] == [4, 4, 4, 4]
    value, index, status, doubtful = document["units"]["90006-20130101"]
    assert (value, index, status, doubtful) == (600, 1, "actual", 0)
    assert document["query"].startswith("indicator=population&period=2019&level=commune&date=2013")


def test_every_class_of_the_answer_holds_its_values(client):
    """What a browser would check: each value lies in the class it was sent with."""
    for theme in get(client, "/catalogue")["themes"]:
        for indicator in theme["indicators"][:4]:
            document = get(client, "/values", indicator=indicator["id"])
            classes = document["legend"]["classes"]
            decimals = document["indicator"]["decimals"]
            for row in document["units"].values():
                if row[0] is None:
                    continue
                if document["indicator"]["kind"] == "category":
                    named = document["indicator"]["categories"][row[1]]
                    assert (named["id"], named["name"]) == (row[0], classes[row[1]]["label"])
                    continue
                value, chosen = round(row[0], decimals + 2), classes[row[1]]
                slack = 0.5 * 10**-decimals + 1e-9
                assert chosen["lower"] - slack <= value <= chosen["upper"] + slack


def test_the_query_of_an_answer_gives_the_same_answer(client):
    first = get(client, "/values", indicator="forest_cover_rate", classes="4", lang="en")
    assert client.get(f"{API}/values?{first['query']}").get_json() == first


def test_missing_units_say_why(toy):
    document = get(
        toy, "/values", indicator="population", period="2027", level="commune", date=REFORM
    )
    assert set(map(tuple, document["units"].values())) == {(None, "not_published")}
    assert [m["kind"] for m in document["legend"]["missing"]] == [
        "no_data", "not_applicable", "not_published",
    ]  # fmt: skip


def test_a_card_tells_value_plan_and_source(toy):
    card = get(
        toy, "/cards/90006-20130101", indicator="population", period="2025", level="commune",
        date="2013-01-01",
    )  # fmt: skip
    assert card["value"]["status"] == "estimate"
    assert card["value"]["source"]["id"] == "report"
    assert card["value"]["quote"]
    assert card["plan"]["value"] == 1600
    assert card["plan"]["percent"] == pytest.approx(106.25)
    assert card["plan"]["percent_text"] == "106,3%"
    assert [u["id"] for u in card["became"]] == ["90001-20250701"]
    assert card["missing"] is None
    assert [p["period"] for p in card["series"]] == ["2019", "2024", "2025", "2025"]


def test_a_card_without_a_figure_points_to_other_periods(toy):
    card = get(
        toy, "/cards/90006-20130101", indicator="population", period="2018", level="commune",
        date="2013-01-01",
    )  # fmt: skip
    assert card["value"] is None
    assert card["rank"] is None
    assert card["missing"]["kind"] == "no_data"
    queries = [e["query"] for e in card["missing"]["elsewhere"]]
    assert all(toy.get(f"{API}/values?{q}").status_code == 200 for q in queries)
    assert [e["period"] for e in card["missing"]["elsewhere"]] == ["2019", "2024", "2025"]


def test_ranks_leave_doubtful_figures_out(toy):
    card = get(
        toy, "/cards/90016-20130101", indicator="population", period="2019", level="commune",
        date="2013-01-01",
    )  # fmt: skip
    assert card["rank"]["rank"] == 1
    assert card["rank"]["of"] == 16


def test_other_figures_stand_beside_the_preferred_one(toy):
    card = get(
        toy, "/cards/90006-20130101", indicator="population", period="2024", level="commune",
        date="2013-01-01",
    )  # fmt: skip
    assert [a["value"] for a in card["alternatives"]] == [1601]


def test_search_knows_old_names_and_where_they_are_now(client):
    items = get(client, "/search", q="son binh")["items"]
    old = next(i for i in items if i["type"] == "unit" and i["name"] == "Sơn Bình")
    assert [u["full_name"] for u in old["now"]] == ["Xã Bình Lư"]
    codes = get(client, "/search", q="03390")["items"]
    assert codes[0]["id"] == "03390-20250701"
    english = get(client, "/search", q="forest cover", lang="en")["items"]
    assert "forest_cover_rate" in [i["id"] for i in english if i["type"] == "indicator"]


@pytest.mark.parametrize("q", ["rừng", "rung"])
def test_search_puts_what_begins_a_word_before_what_is_inside_one(client, q):
    # Trung Chải, trung bình and cung đường hold the letters too.
    items = get(client, "/search", q=q, limit=8)["items"]
    assert all("rừng" in item["name"].lower() for item in items), [i["name"] for i in items]
    assert "Tỷ lệ che phủ rừng" in [item["name"] for item in items]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("TP Lai Châu", "Thành phố Lai Châu"),
        ("tp. lai chau", "Thành phố Lai Châu"),
        ("T.P. Lai Châu", "Thành phố Lai Châu"),
        ("p. Tân Phong", "Phường Tân Phong"),
        ("P.Tân Phong", "Phường Tân Phong"),
        ("x Bình Lư", "Xã Bình Lư"),
        ("Bản Bo, Tam Đường", "Xã Bản Bo"),
        ("Bản Bo (H. Tam Đường)", "Xã Bản Bo"),
        ("ban bo tam duong", "Xã Bản Bo"),
        ("TT Than Uyên", "Thị trấn Than Uyên"),
    ],
)
def test_search_understands_ranks_in_short_and_the_unit_above(client, q, first):
    items = get(client, "/search", q=q, limit=8)["items"]
    assert items[0]["full_name"] == first


def test_search_leaves_out_namesakes_of_other_units_above(client):
    assert get(client, "/search", q="Bản Bo, Than Uyên", limit=8)["items"] == []


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("rừng", "forest_cover_rate"),
        ("hộ nghèo", "poverty_rate"),
        ("du lịch", "tourist_visits"),
    ],
)
def test_search_puts_chief_indicators_and_whole_words_first(client, q, first):
    assert get(client, "/search", q=q, limit=8)["items"][0]["id"] == first


def test_search_puts_the_spelling_typed_first(client):
    items = get(client, "/search", q="tỷ lệ hộ nghèo", limit=8)["items"]
    assert items[0]["name"] == "Tỷ lệ hộ nghèo"
    assert get(client, "/search", q="son binh", limit=8)["items"][0]["name"] == "Sơn Bình"


def test_indicators_tell_their_heading_in_the_asked_language(client):
    for language, heading in (("vi", "Diện tích và che phủ"), ("en", "Area and cover")):
        forest = get(client, "/catalogue", lang=language)["themes"]
        first = next(i for t in forest for i in t["indicators"] if i["id"] == "forest_cover_rate")
        assert first["group"] == heading
        listed = get(client, "/indicators", lang=language, theme="forest")["items"]
        assert heading in {i["group"] for i in listed}


def test_the_catalogue_offers_only_layers_that_have_figures(client):
    document = get(client, "/catalogue", lang="en")
    layer = next(
        (i["id"], one)
        for t in document["themes"]
        for i in t["indicators"]
        for one in i["layers"]
        if one["status"] == "plan"
    )
    names = ("period", "level", "date", "status")
    query = {"indicator": layer[0], **{k: layer[1][k] for k in names}}
    values = get(client, "/values", **query)
    assert values["legend"]["with_value"] == layer[1]["with_value"] > 0


def test_boundaries_are_the_units_of_the_day(toy):
    response = toy.get(f"{API}/boundaries/commune.topojson?date=2026-05-05&detail=3")
    frame = decode(response.get_json(), "units")
    assert len(frame) == 5
    geometry = response.get_json()["objects"]["units"]["geometries"][0]
    assert geometry["id"] == "90001-20250701"
    assert geometry["properties"]["quality"] == "generalised"
    assert geometry["properties"]["full_name"] == "Xã Hòa Bình"


def test_boundaries_with_the_version_are_kept_for_good(toy, toy_store):
    base = f"{API}/boundaries/commune.topojson?detail=1"
    version = toy_store.info.version
    assert "immutable" in toy.get(f"{base}&v={version}").headers["Cache-Control"]
    assert "immutable" not in toy.get(f"{base}&v=other").headers["Cache-Control"]
    assert "immutable" not in toy.get(base).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("encoding", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
@pytest.mark.parametrize("path", ["/boundaries/commune.topojson?detail=3", "/values", "/catalogue"])
def test_answers_are_compressed_as_asked(client, path, encoding, read):
    plain = client.get(f"{API}{path}")
    assert "Content-Encoding" not in plain.headers
    packed = client.get(f"{API}{path}", headers={"Accept-Encoding": encoding})
    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert read(packed.data) == plain.data
    refusing = client.get(f"{API}{path}", headers={"Accept-Encoding": f"{encoding};q=0"})
    assert refusing.headers.get("Content-Encoding") != encoding


def test_the_first_map_is_within_its_budget(client):
    """Boundaries and values of the map on arrival, compressed: at most 40 kB (DESIGN, budgets)."""
    headers = {"Accept-Encoding": "gzip"}
    paths = ("/boundaries/commune.topojson?detail=3", "/values")
    assert sum(len(client.get(API + p, headers=headers).data) for p in paths) <= 40_000


def test_prepared_boundaries_lie_on_disk_in_three_forms(toy, toy_app, toy_store):
    toy.get(f"{API}/boundaries/province.topojson?detail=1")
    folder = toy_app.extensions["portal"].settings.instance / "boundaries" / toy_store.info.version
    names = {p.name for p in folder.glob("province-20250701-1*")}
    assert names == {f"province-20250701-1.topojson{end}" for end in ("", ".br", ".gzip")}


def test_an_answer_already_there_is_not_sent_again(toy):
    for path in ("/values", "/units", "/boundaries/commune.topojson"):
        first = toy.get(f"{API}{path}")
        again = toy.get(f"{API}{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.data == b""


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/values?colour=red", 400, "colour"),
        ("/values?indicator=population&indicator=population", 400, "indicator"),
        ("/values?indicator=%00", 400, "indicator"),
        ("/values?indicator=" + "x" * 5000, 400, "indicator"),
        ("/values?indicator=nope", 404, "indicator"),
        ("/values?period=2025-13", 400, "period"),
        ("/values?classes=99999999999999999999", 400, "classes"),
        ("/values?classes=5.5", 400, "classes"),
        ("/values?thresholds=1e400", 400, "thresholds"),
        ("/values?date=2025-7-1", 400, "date"),
        ("/values?level=commune%27--", 400, "level"),
        ("/units?limit=5001", 400, "limit"),
        ("/units?limit=0", 400, "limit"),
        ("/units?limit=-1", 400, "limit"),
        ("/units?offset=1e3", 400, "offset"),
        ("/units?level=planet", 400, "level"),
        ("/units?date=yesterday", 400, "date"),
        ("/units?parent=nobody", 404, None),
        ("/observations?status=maybe", 400, "status"),
        ("/observations?indicator=nope", 404, None),
        ("/search", 400, "q"),
        ("/search?q=a&limit=51", 400, "limit"),
        ("/boundaries/planet.topojson", 404, "level"),
        ("/boundaries/district.topojson?date=2025-07-01", 404, "level"),
        ("/boundaries/commune.topojson?detail=4", 400, "detail"),
        ("/boundaries/commune.topojson?date=1900-01-01", 400, "date"),
        ("/boundaries/..%2f..%2fetc.topojson", 404, None),
        ("/units/%3Cscript%3E", 404, None),
        ("/cards/nobody", 404, None),
        ("/nothing", 404, None),
        ("/units?lang=fr", 400, "lang"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(toy, path, status, parameter):
    error = refused(toy, path, status)
    assert error["message"]
    if parameter is not None:
        assert error["parameter"] == parameter
    assert len(error["found"]) <= 200


def test_refusals_speak_the_language_asked(toy):
    vi, en = (refused(toy, f"/units?limit=x&lang={lang}", 400) for lang in ("vi", "en"))
    assert vi["message"] == "Giá trị không được phép"
    assert en["message"] == "Value not allowed"
    assert en["allowed"] == "whole number 1 to 5000"


def test_other_methods_are_refused(toy):
    response = toy.post(f"{API}/units", data=b"x")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.get_json()["error"]["code"] == "method_not_allowed"


def test_a_crash_shows_no_trace(toy_app, monkeypatch, caplog):
    store = toy_app.extensions["portal"].store
    monkeypatch.setattr(type(store), "sources", lambda self: 1 / 0)
    response = toy_app.test_client().get(f"{API}/sources?offset=7")
    assert response.status_code == 500
    body = response.get_data(as_text=True)
    assert "ZeroDivision" not in body
    assert "Traceback" not in body
    assert "ZeroDivisionError" in caplog.text


def test_query_strings_are_written_as_the_browser_writes_them():
    assert query_text({"period": "2026/2030", "thresholds": "1,2"}) == (
        "period=2026/2030&thresholds=1,2"
    )


def test_a_breakdown_without_an_indicator_is_refused_in_words(toy) -> None:
    answer = toy.get("/api/v1/observations?breakdown=sex:female")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == "breakdown"


def test_the_usual_range_of_an_indicator_is_in_its_document() -> None:
    indicators = read_catalogue(default_dataset_folder()).indicators
    found = indicator_document(indicators["household_size"], "en")
    assert (found["minimum"], found["usual_range"], found["maximum"]) == (1, [2, 8], 15)
    assert indicator_document(indicators["population"], "en")["usual_range"] == []
