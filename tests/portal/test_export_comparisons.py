"""Sheets of several maps: what /compare shows for the same address, and small multiples."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from geodata.errors import InvalidInput, NotFound
from geodata.store import Store
from portal.cli import main
from portal.export.render import render

FIGURES = "indicator=population_density&period=2019-04-01&level=commune&date=2020-02-01"
QUERY = f"{FIGURES}&on=2025-07-01&period2=2025-07-01"


def words_of(svg: str) -> list[str]:
    return [unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def fills_of(svg: str) -> set[str]:
    return set(re.findall(r"fill: (#[0-9a-f]{6})", svg))


def sheet(client: FlaskClient, kind: str, query: str) -> str:
    answer = client.get(f"/export/{kind}.svg?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("query", [QUERY, f"{FIGURES}&on=2025-07-01", "lang=en"])
def test_a_pair_has_the_classes_and_colours_of_the_screen(client: FlaskClient, query: str) -> None:
    screen = client.get(f"/api/v1/compare?{query}").get_json()
    svg = sheet(client, "pair", query)
    words, fills = words_of(svg), fills_of(svg)
    for row in screen["legend"]["classes"]:
        assert row["label"] in words
    for side in ("left", "right"):
        for row in screen[side]["legend"]["classes"]:
            assert row["colour"] in fills
            assert str(row["count"]) in words


def test_a_pair_names_both_dates_and_how_good_the_lines_are(client: FlaskClient) -> None:
    words = words_of(sheet(client, "pair", QUERY))
    assert "Ranh giới trước 01/7/2025 · xã, phường, thị trấn" in words
    assert "Ranh giới từ 01/7/2025 · xã, phường" in words
    assert "ngày 01/4/2019 · ranh giới tham khảo" in words
    assert "ngày 01/7/2025 · ranh giới khái quát" in words


@pytest.mark.parametrize("measure", ["absolute", "relative"])
@pytest.mark.parametrize("query", [QUERY, f"{FIGURES}&on=2025-07-01"])
def test_a_difference_sheet_is_the_difference_map_of_the_screen(
    client: FlaskClient, query: str, measure: str
) -> None:
    screen = client.get(f"/api/v1/compare?{query}&measure={measure}").get_json()["difference"]
    svg = sheet(client, "difference", f"{query}&measure={measure}")
    words, fills = words_of(svg), fills_of(svg)
    assert screen["title"] in " ".join(words)
    for row in screen["legend"]["classes"]:
        assert row["label"] in words
        assert row["colour"] in fills
        assert str(row["count"]) in words


def test_every_part_of_a_difference_can_be_asked_for(client: FlaskClient) -> None:
    titles = {sheet(client, "difference", f"{QUERY}&part={part}").split("</title>")[0]
              for part in ("redrawing", "real", "whole")}  # fmt: skip
    assert len(titles) == 3
    assert client.get(f"/export/difference.svg?{QUERY}&part=none").status_code == 400


def test_the_address_on_a_compared_sheet_opens_the_same_comparison(client: FlaskClient) -> None:
    svg = sheet(client, "difference", f"{QUERY}&measure=relative")
    address = unescape(re.search(r"/compare\?[^<]*", svg)[0])
    assert "mode=difference" in address
    assert client.get(address).status_code == 200


def test_multiples_by_period_share_classes(client: FlaskClient) -> None:
    svg = sheet(client, "multiples", "indicator=night_light_mean&level=commune&date=2025-07-01"
                "&periods=2012,2013")  # fmt: skip
    words = words_of(svg)
    assert "năm 2012" in words
    assert "năm 2013" in words
    assert "38/38 đơn vị có số liệu" in words
    assert "0/38 đơn vị có số liệu" in words


def test_multiples_without_a_list_show_every_period_there_is(client: FlaskClient) -> None:
    query = "indicator=population&level=province&date=2025-07-01"
    words = words_of(sheet(client, "multiples", query))
    assert sum(word.endswith("1/1 đơn vị có số liệu") for word in words) > 1


def test_indicators_of_one_unit_share_a_key_and_others_have_their_own(client: FlaskClient) -> None:
    base = "period=2000&level=commune&date=2025-07-01&indicator=elevation_lowest"
    shared = words_of(sheet(client, "multiples", f"{base}&indicators=elevation_lowest,relief"))
    apart = sheet(client, "multiples",
                  f"{base}&indicators=elevation_lowest,land_above_1000m_share")  # fmt: skip
    assert sum(word == "Mét" for word in shared) == 1
    assert {"Mét", "Phần trăm"} <= set(words_of(apart))


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("periods=2025", 400, "periods"),
        ("periods=2025,2025", 400, "periods"),
        ("periods=2025,x", 400, "periods"),
        ("periods=" + ",".join(map(str, range(2001, 2015))), 400, "periods"),
        ("periods=2024,2025&indicators=relief,population", 400, "indicators"),
        ("indicators=relief,nothing", 404, "indicators"),
        ("measure=relative", 400, "measure"),
    ],
)
def test_multiples_refuse_in_words(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/export/multiples.png?{query}&lang=en")
    assert answer.status_code == status
    assert answer.get_json()["error"]["parameter"] == parameter


@pytest.mark.parametrize(
    "address",
    [
        "multiples.png",
        "multiples.png?periods=2024,2025&indicators=relief,population",
        "multiples.png?indicators=relief,nothing",
        "sheet.png?extent=99999-20250701",
        "multiples.png?periods=2024,2025&extent=03390-20200201",
        f"pair.png?{QUERY}&extent=99999-20250701",
        f"difference.png?{QUERY}&extent=full,view",
    ],
)
def test_a_refusal_does_not_wait_behind_the_sheets_being_drawn(
    lai_chau_store: Store, spec_of, address: str
) -> None:
    # What is refused as the address is parsed never becomes a task.
    with pytest.raises((InvalidInput, NotFound)) as refused:
        spec_of(lai_chau_store, f"/export/{address}")
    assert refused.value.where in ("periods", "indicators", "extent")


@pytest.mark.parametrize("unit", ["03390-20250701", "03390-20130101"])
def test_a_pair_may_show_a_unit_of_either_day(lai_chau_store: Store, spec_of, unit: str) -> None:
    assert spec_of(lai_chau_store, f"/export/pair.svg?{QUERY}&extent={unit}").kind == "pair"


@pytest.mark.parametrize("kind", ["pair", "difference", "multiples"])
def test_two_runs_give_the_same_bytes(lai_chau_store: Store, spec_of, kind: str) -> None:
    own = "periods=2019-04-01,2025-07-01" if kind == "multiples" else "period2=2025-07-01"
    spec = spec_of(lai_chau_store, f"/export/{kind}.png?{FIGURES}&{own}&dpi=96")
    assert render(spec, lai_chau_store) == render(spec, lai_chau_store)


@pytest.mark.slow
def test_the_terminal_takes_the_address_of_a_comparison(
    toy: FlaskClient, toy_folder: Path, tmp_path: Path
) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_folder)}
    query = "indicator=population&on=2025-07-01"
    for mode, kind in (("side", "pair"), ("difference", "difference")):
        target = tmp_path / f"{kind}.svg"
        page = f"https://map.example/compare?{query}&mode={mode}&unit=90001-20130101"
        result = CliRunner().invoke(main, ["export", page, "-o", str(target)], env=env)
        assert result.exit_code == 0, result.output
        assert target.read_bytes() == toy.get(f"/export/{kind}.svg?{query}").data
