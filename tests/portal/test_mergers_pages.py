"""The list of mergers, the recast figures of a unit and the page on the method."""

import re

from portal.pages.method import formula


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def test_all_units_of_today_are_listed_with_their_parts(client):
    body = page(client, "/mergers")
    assert body.count('<h2 id="u-') == 38
    assert "38/38" in body
    section = body[body.index('id="u-03390-20250701"') :].split("</section>")[0]
    assert all(name in section for name in ("Thị trấn Tam Đường", "Sơn Bình", "%"))
    assert "Mật độ dân số" in section
    assert "/api/v1/succession.csv?from=2013-01-01" in body


def test_the_list_is_filtered_by_old_district_and_old_name(client):
    everything = page(client, "/mergers")
    districts = re.findall(r'<option value="([\w-]+)"', everything)
    assert len(districts) >= 8
    shown = page(client, f"/mergers?district={districts[0]}")
    assert 0 < shown.count('<h2 id="u-') < 38
    named = page(client, "/mergers?q=son%20binh")
    assert re.findall(r'<h2 id="u-([\w-]+)"', named) == ["03390-20250701"]
    assert 'value="son binh"' in named
    assert page(client, "/mergers?q=zzz&lang=en").count('<h2 id="u-') == 0


def test_an_unknown_district_is_refused_with_those_allowed(client):
    response = client.get("/mergers?district=nowhere")
    assert response.status_code == 404
    assert "105-20" in response.get_data(as_text=True)


def test_a_new_unit_shows_its_flow_and_what_the_average_hides(client):
    body = page(client, "/units/03390-20250701")
    assert body.count('class="flow-band"') == 3
    label = re.search(r'role="img" aria-label="([^"]*hình thành từ[^"]*)"', body)
    assert "Sơn Bình" in label[1]
    assert "Số bình quân nay che khuất điều gì" in body


def test_figures_can_be_switched_to_those_recast(client):
    body = page(client, "/units/03390-20250701")
    assert 'href="/units/03390-20250701?figures=recast#figures"' in body
    recast = page(client, "/units/03390-20250701?figures=recast")
    assert "Cộng từ các đơn vị cũ" in recast
    assert "Từ những số liệu nào" in recast
    old = page(client, "/units/03390-20130101?figures=recast&lang=en")
    assert "Estimated by shares" in old
    district = page(client, "/units/106-20200201?figures=recast")
    assert "Cộng từ các đơn vị cũ" in district or "Ước tính theo tỷ trọng" in district


def test_the_method_gives_formulas_and_their_sources(client):
    for lang in ("vi", "en"):
        body = page(client, f"/method?lang={lang}")
        assert "Goodchild" in body
        assert "NHGIS" in body or "National Historical" in body
        assert body.count("<code>") > 20
        assert "50%" in body


def test_the_list_is_searched_by_names_of_any_time(client):
    for name, unit in (("nam loong", "Phường Đoàn Kết"), ("ma li chai", "Xã Sì Lở Lầu")):
        (found,) = re.findall(
            r'<h2 id="u-.*?"><a .*?>(.*?)</a>', page(client, f"/mergers?q={name}")
        )
        assert found == unit
    section = page(client, "/mergers?q=nam+loong")
    assert "Xã Nậm Loỏng (phần: chưa rõ tỷ trọng)" in section


def test_a_part_of_unknown_size_is_never_given_a_figure(client):
    body = page(client, "/units/03403-20200201?lang=en")
    flow = body[body.index('class="flow"') :].split("</figure>")[0]
    assert "Nam Loong commune share not known" in flow
    assert "%" not in flow
    assert "in part: share not known" in body
    assert "LaichauGIS_Data" in body
    # What is known of both together leaves the others of Đoàn Kết their parts.
    body = page(client, "/units/03388-20250701")
    rows = re.findall(r"<tr>.*?</tr>", body[body.index("Các đơn vị hợp thành") :], re.S)[1:6]
    known = [row for row in rows if "%" in row.split("</th>")[1]]
    assert len(known) == 3


def test_a_unit_leads_to_its_comparison(client):
    assert "/compare?level=commune&amp;unit=03390-20250701" in page(client, "/units/03390-20250701")
    assert "unit=03403-20200201&amp;date=2020-02-01" in page(client, "/units/03403-20200201")
    assert "/compare?" not in page(client, "/units/12-20040101").split("<main")[1]


def test_the_balance_sheet_is_shown_by_former_district_and_can_be_taken_away(client):
    body = page(client, "/balance")
    table = body[body.index("<table") : body.index("</table>")]
    assert table.count("<tr>") == 1 + 8 + 1
    assert "460.196" in table[table.index("<tfoot") :]
    assert "/api/v1/balance.csv?indicator=population" in body
    assert "mảnh vụn" in body
    divided = page(client, "/balance?indicator=population&date=2013-01-01&on=2020-02-01&lang=en")
    assert "7,228\u00a0people lie in new units" in divided
    assert divided.count("the true figure lies between") == 2
    refused = client.get("/balance?indicator=population_density")
    assert refused.status_code == 400
    assert "natural_area" in refused.get_data(as_text=True)


def test_map_table_page_and_api_agree_on_figures_put_onto_other_units(client):
    """As published then, on the communes of 2024 and on those of today, wherever it is read."""
    unit = "03390-20250701"
    query = "indicator=population&period=2019-04-01&level=commune&date=2013-01-01"
    values = client.get(f"/api/v1/values?{query}&on=2025-07-01").get_json()
    assert values["units"][unit][0] == 16_442
    card = client.get(f"/api/v1/cards/{unit}?{query}&on=2025-07-01").get_json()
    assert card["recast"]["value"] == 16_442
    shown = page(client, f"/?{query}&on=2025-07-01")
    assert "16.442" in shown[shown.index('id="figures"') :]
    assert "16.442" in page(client, f"/units/{unit}?figures=recast")
    on_2024 = client.get(f"/api/v1/values?{query}&on=2020-02-01").get_json()
    old = "03413-20130101"
    published = client.get(f"/api/v1/values?{query}").get_json()
    assert on_2024["units"][old][0] == published["units"][old][0]
    assert (len(published["units"]), len(on_2024["units"]), len(values["units"])) == (108, 106, 38)
    listed = page(client, f"/?{query}&on=2020-02-01")
    assert listed.count('<tr data-id="') == 106 or listed.count("data-id=") >= 106


def test_the_method_names_every_rule_the_code_has(client):
    body = page(client, "/method?lang=en")
    for words in ("Parts of unknown size", "Where no law speaks", "part_households", "note_en"):
        assert words in body
    assert "Σ<sub>t</sub> C(t) + U − Σ<sub>s</sub> C(s)" in body


def test_a_formula_says_below_each_sum_what_it_runs_over(client):
    body = page(client, "/method")
    bounds = "Σ<sub>s ⊆ t</sub> C(s) ≤ C(t) ≤ Σ<sub>s ∩ t ≠ ∅</sub> C(s)"
    assert f"<code>{bounds}</code>" in body
    assert "Σ <sub>" not in body
    for letter in ("(g)", "(h)", "v₁", "v₂"):
        assert letter in body, "the letters of the formulas are those of the words"
    assert str(formula("a < b_1 & c_{x < y}")) == "a &lt; b<sub>1</sub> &amp; c<sub>x &lt; y</sub>"


def test_a_card_says_that_a_line_is_not_known(client):
    query = "indicator=villages_count&period=2020/2021&level=commune&date=2020-02-01&lang=en"
    for unit in ("03386-20200201", "03403-20200201"):
        card = client.get(f"/api/v1/cards/{unit}?{query}").get_json()
        assert "is not known" in card["unit"]["boundary_note"]


def test_parts_known_only_together_are_printed_together(client):
    for path in ("/mergers?q=Đoàn+Kết", "/units/03388-20250701"):
        page = client.get(path).get_data(as_text=True)
        row = page[page.index("Phường Quyết Thắng và xã Sùng Phài cùng nhau") :][:200]
        assert "32,9%" in row
    whole = client.get("/mergers?q=Bình+Lư").get_data(as_text=True)
    assert "cùng nhau" not in whole
