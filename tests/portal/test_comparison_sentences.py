"""What a comparison says of redrawn lines and of what happened."""

from __future__ import annotations

from tests.portal.test_recast_api import LAYER, NEW, get


def test_what_redrawing_did_tells_what_was_kept_what_changed_and_the_spread(toy):
    sentence = get(toy, f"/compare?{LAYER}&on={NEW}")["redrawing"]["sentence"]
    assert "trước và sau đều là 13.600" in sentence
    assert "16 đơn vị thành 5" in sentence
    assert "từ 100\u00a0người đến 1.600\u00a0người" in sentence
    assert "trung vị" in sentence


def test_ratios_have_no_mean_over_units_and_no_sum(client):
    document = get(client, "/compare?indicator=population_density&date=2020-02-01&on=2025-07-01")
    for side in ("before", "after"):
        found = document["redrawing"][side]
        assert found["mean"] is found["sum"] is None
        assert found["mean_text"] == found["sum_text"] == ""
        assert found["median_text"]
    sentence = document["redrawing"]["sentence"]
    assert "106 đơn vị thành 38" in sentence
    assert "bình quân" not in sentence
    # Of 106 units 103 have a figure: the others are named.
    assert "3/106 đơn vị cũ chưa có số liệu (" in sentence
    english = get(
        client, "/compare?indicator=population_density&date=2020-02-01&on=2025-07-01&lang=en"
    )["redrawing"]["sentence"]
    assert "106 units became 38" in english


def test_no_sentence_is_made_from_a_few_of_many_units(client):
    one = "indicator=forest_cover_rate&level=district&date=2013-01-01&period=2016&on=2020-02-01"
    redrawing = get(client, f"/compare?{one}")["redrawing"]
    assert redrawing["known"]
    assert redrawing["sentence"] == "Chỉ 1/8 đơn vị có số liệu, quá ít để nhận xét chung."
