"""Places on paper: symbols where they are, joined where they would cover each other, a legend."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path as Outline

from geodata.errors import InvalidInput
from geodata.store import Store
from layers.layer import Layer
from layers.places.clusters import cluster_points, common_category
from layers.places.place_view import resolve_places
from layers.places.symbol_shapes import OUTLINES, SIGNS
from layers.sheet import SheetOptions, render_sheet
from layers.sheet.layout_block import Rect
from layers.sheet.place_marks import place_legend_block, place_marks, svg_path
from layers.sheet.viewport import fit_extent

pytestmark = pytest.mark.slow

SHARED_CASES = Path(__file__).parents[1] / "place_clusters.json"
LAYER = {"indicator": "population_density"}
ALL = "school,health_station,tourist_site"


def sheet(store: Store, places: str, **options: object) -> str:
    layer = Layer.from_query({**LAYER, "places": places}, store)
    return render_sheet(layer, store, SheetOptions(format="svg", **options)).decode()


def words(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", picture)


def test_the_layer_names_its_places_in_the_order_of_the_menu(lam_khe_store: Store) -> None:
    layer = Layer.from_query({**LAYER, "places": " tourist_site, school"}, lam_khe_store)
    assert layer.places == ("school", "tourist_site")
    assert layer.to_query()["places"] == "school,tourist_site"
    assert Layer.from_query(layer.to_query(), lam_khe_store) == layer
    assert "places" not in Layer.from_query(LAYER, lam_khe_store).to_query()
    with pytest.raises(InvalidInput) as refused:
        Layer.from_query({**LAYER, "places": "school,market"}, lam_khe_store)
    assert (refused.value.where, refused.value.found) == ("places", "market")


def test_a_sheet_has_the_categories_with_their_numbers_and_its_source(lam_khe_store: Store) -> None:
    shown = words(sheet(lam_khe_store, ALL, public_url="https://map.example"))
    for text in ("Địa điểm", "Trường học", "Trạm y tế", "Điểm du lịch", "4", "3"):
        assert text in shown
    assert any("Danh sách địa điểm" in text for text in shown)
    assert any("1 địa điểm chưa có tọa độ" in text for text in shown)
    assert any(f"places={ALL}" in text for text in shown)


def test_a_sheet_without_places_says_nothing_of_them(lam_khe_store: Store) -> None:
    assert "Địa điểm" not in words(sheet(lam_khe_store, ""))


@pytest.mark.parametrize("options", [{"bw": True}, {"preset": "half-page"}, {"bare": True}])
def test_places_are_on_every_kind_of_sheet(lam_khe_store: Store, options) -> None:
    assert "Trạm y tế" in words(sheet(lam_khe_store, ALL, **options))


def test_black_and_white_paper_has_no_colour_of_a_symbol(lam_khe_store: Store) -> None:
    symbols = resolve_places(lam_khe_store, tuple(ALL.split(","))).symbols.values()
    colours = {symbol.colour for symbol in symbols}
    assert all(colour in sheet(lam_khe_store, ALL) for colour in colours)
    printed = sheet(lam_khe_store, ALL, bw=True)
    assert not any(colour in printed for colour in colours)


def test_a_sheet_says_that_a_list_is_not_complete_and_of_a_complete_one_nothing(
    lam_khe_store: Store,
) -> None:
    said = "Danh sách chưa đầy đủ"
    assert said in " ".join(words(sheet(lam_khe_store, ALL)))
    assert said not in " ".join(words(sheet(lam_khe_store, "school")))


def test_what_lies_outside_the_view_is_not_drawn(lam_khe_store: Store) -> None:
    view = resolve_places(lam_khe_store, ("tourist_site",))
    everything = fit_extent((-20_000, 2_330_000, 20_000, 2_355_000), Rect(0, 0, 200, 150), 2)
    marks = place_marks(view, everything, 103.75, 8.5)
    assert sorted(n for cluster in marks.clusters for n in cluster.members) == [0, 1, 2]
    corner = fit_extent((3_000, 2_334_000, 6_000, 2_338_000), Rect(0, 0, 200, 150), 2)
    seen = place_marks(view, corner, 103.75, 8.5).clusters
    assert [[view.placed[n].name for n in c.members] for c in seen] == [["Chợ phiên Vườn Cam"]]


def test_the_legend_counts_what_has_a_position(lam_khe_store: Store) -> None:
    view = resolve_places(lam_khe_store, ("school",))
    assert (view.count("school"), view.unplaced) == (4, 1)
    assert place_legend_block(view, 8.5, False, "vi").height > 0


def test_paths_of_symbols_are_drawn_as_they_are_written() -> None:
    square = svg_path(OUTLINES["square"].path)
    assert square.contains_point((12, 12))
    assert not square.contains_point((2, 2))
    health = svg_path(SIGNS["health"])
    assert health.contains_point((0, 4.5))
    assert not health.contains_point((4.5, 4.5))
    for path in (*(o.path for o in OUTLINES.values()), *SIGNS.values()):
        drawn = svg_path(path)
        assert drawn.codes is not None
        assert drawn.codes[0] == Outline.MOVETO
        assert drawn.codes[-1] == Outline.CLOSEPOLY


@pytest.mark.parametrize("case", json.loads(SHARED_CASES.read_text()), ids=lambda c: c["name"])
def test_points_are_joined_as_in_the_browser(case) -> None:
    points = np.array(case["points"], dtype=float).reshape(-1, 2)
    found = cluster_points(points, case["radius"])
    assert [[round(c.x, 6), round(c.y, 6), list(c.members)] for c in found] == case["clusters"]


coordinate = st.floats(-500, 500, allow_nan=False)


@given(st.lists(st.tuples(coordinate, coordinate), max_size=40), st.floats(0.5, 80))
def test_every_point_is_in_one_cluster_near_the_one_it_began_with(points, radius) -> None:
    array = np.array(points, dtype=float).reshape(-1, 2)
    clusters = cluster_points(array, radius)
    members = [n for cluster in clusters for n in cluster.members]
    assert sorted(members) == [*range(len(points))]
    firsts = [cluster.members[0] for cluster in clusters]
    assert firsts == sorted(firsts)
    for cluster in clusters:
        gaps = np.hypot(*(array[list(cluster.members)] - array[cluster.members[0]]).T)
        assert (gaps <= radius * (1 + 1e-9)).all()
    for one, other in pairwise(firsts):
        assert np.hypot(*(array[one] - array[other])) > radius * (1 - 1e-9)


def test_a_cluster_of_several_categories_has_none() -> None:
    (cluster,) = cluster_points(np.array([[0.0, 0.0], [1.0, 0.0]]), 5)
    assert common_category(["a", "a"], cluster) == "a"
    assert common_category(["a", "b"], cluster) == ""
