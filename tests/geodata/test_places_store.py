"""Places from the files of a dataset to the store: communes, counts, lists, the layer for QGIS."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pyogrio
import pytest
import shapely

from geodata.build.figures import build_figures
from geodata.build.pipeline import build_dataset
from geodata.catalogue import read_catalogue
from geodata.check import check_dataset
from geodata.check.place_checks import check_places
from geodata.dataset import Dataset, read_dataset
from geodata.errors import FileFault, NotFound
from geodata.places.place_counts import count_places
from geodata.store import Store, create_store

HOME, EAST, SOUTH, MIDDLE, CORNER = (
    f"{code}-20250701" for code in ("98001", "98003", "98009", "98011", "98016")
)
PROVINCE = "98-20040101"


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def counts(dataset: Dataset, indicator: str) -> dict[str, float]:
    return {o.unit_id: o.value for o in dataset.observations if o.indicator == indicator}


def test_the_places_of_a_dataset_lie_in_their_communes(lam_khe_dataset: Dataset) -> None:
    assert len(lam_khe_dataset.places) == 11
    found = {place.name: place for place in lam_khe_dataset.places}
    school = found["Trường Tiểu học Lam Khê"]
    assert (school.unit_id, school.commune_check) == (HOME, "agrees")
    assert school.columns == (("Năm xây dựng", "2015"), ("Số phòng học", "12"))
    assert found["Trạm y tế Hang Dơi"].commune_check == "unwritten"
    unplaced = found["Trường Mầm non Lũng Mận"]
    assert (unplaced.lon, unplaced.unit_id, unplaced.commune_check) == (None, MIDDLE, "by_name")


def test_a_complete_list_counts_to_zero_and_an_incomplete_one_does_not(
    lam_khe_dataset: Dataset,
) -> None:
    assert counts(lam_khe_dataset, "schools") == {
        PROVINCE: 5, HOME: 2, EAST: 1, SOUTH: 1, MIDDLE: 1, CORNER: 0,
    }  # fmt: skip
    assert counts(lam_khe_dataset, "tourist_sites") == {PROVINCE: 3, SOUTH: 2, CORNER: 1}


def test_a_count_says_how_it_was_made_and_how_much_it_covers(lam_khe_dataset: Dataset) -> None:
    figures = {(o.indicator, o.unit_id): o for o in lam_khe_dataset.observations}
    school = figures["schools", PROVINCE]
    assert (school.period, school.source_id) == ("2026-06-30", "places-2026")
    assert "4 by position, 1 by the commune written" in school.method.en
    assert school.coverage == 1
    site = figures["tourist_sites", SOUTH]
    assert site.coverage is None
    assert "not complete" in site.note.en


def test_a_figure_that_a_document_gives_is_not_counted_anew(lam_khe_dataset: Dataset) -> None:
    given = next(o for o in lam_khe_dataset.observations if o.indicator == "schools")
    counted = count_places(
        lam_khe_dataset.catalogue,
        lam_khe_dataset.places,
        lam_khe_dataset.units,
        [given],
        dt.date(2026, 6, 30),
    )
    schools = [o.unit_id for o in counted if o.indicator == "schools"]
    assert len(schools) == 5
    assert given.unit_id not in schools


@pytest.mark.slow
def test_the_figures_alone_are_built_with_the_places_as_they_are_now(
    lam_khe_copy: Path, tmp_path: Path
) -> None:
    before = {p.name: p.read_bytes() for p in (lam_khe_copy / "shipped").iterdir()}
    build_figures(lam_khe_copy, tmp_path)
    assert {p.name: p.read_bytes() for p in (lam_khe_copy / "shipped").iterdir()} == before
    spoil(lam_khe_copy, "places.csv", "tourist_site,Thác Bạc", "school,Trường Thác Bạc")
    build_figures(lam_khe_copy, tmp_path)
    assert counts(read_dataset(lam_khe_copy), "schools")[SOUTH] == 2
    assert check_dataset(lam_khe_copy) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("school,Trường THCS", "scool,Trường THCS", "places.csv:3 category"),
        ("103.687,21.212", "103.687,31.212", "places.csv:3 lon"),
        ("103.687,21.212", "103.687,x", "places.csv:3 lat"),
        ("103.687,21.212", "103.687,", "places.csv:3 lat"),
        ("21.212,98001", "21.212,98003", "places.csv:3 commune"),
        ("21.212,98001-20250701", "21.212,98001-20130101", "places.csv:3 commune"),
        ("Trường THCS Lam Khê", "Trường Tiểu học Lam Khê", "places.csv:3 name"),
        ("places-2026,2019", "places,2019", "places.csv:3 source"),
        ("Lũng Mận,,,98011-20250701", "Lũng Mận,,,", "places.csv:6 commune"),
    ],
)
def test_a_wrong_row_of_the_list_stops_the_build_with_its_cell(
    lam_khe_copy: Path, tmp_path: Path, old, new, words
) -> None:
    spoil(lam_khe_copy, "places.csv", old, new)
    with pytest.raises(FileFault) as refused:
        build_figures(lam_khe_copy, tmp_path)
    assert words in refused.value.message("en")
    assert refused.value.message("vi")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[school]", "[School]", "[School] id"),
        ('indicator = "schools"', 'indicator = "population_density"', "[school] indicator"),
        ('"tourist_sites"', '"schools"', "[tourist_site] indicator"),
        ('theme = "services"', 'theme = "service"', "[school] theme"),
        ("complete = true", 'complete = "yes"', "[school] complete"),
        ('symbol = "health"', "symbol = 3", "[health_station] symbol"),
    ],
)
def test_a_wrong_category_is_told_with_its_field(lam_khe_copy: Path, old, new, words) -> None:
    spoil(lam_khe_copy, "place_categories.toml", old, new)
    with pytest.raises(FileFault) as refused:
        read_catalogue(lam_khe_copy)
    assert words in refused.value.message("en")
    assert refused.value.message("vi")


@pytest.mark.slow
def test_a_dataset_without_places_is_as_before(
    lam_khe_copy: Path, lam_khe_dataset: Dataset, tmp_path: Path
) -> None:
    for name in ("places.csv", "place_categories.toml", "indicators/services.toml"):
        (lam_khe_copy / name).unlink()
    spoil(lam_khe_copy, "themes.toml", 'lead = "schools"', "")
    # The classes of the services go with their catalogue.
    tables = lam_khe_copy / "inputs" / "tables.toml"
    tables.write_text(tables.read_text("utf-8").partition("# Classes as a list")[0], "utf-8")
    shutil.rmtree(lam_khe_copy / "shipped")
    build_dataset(lam_khe_copy, lam_khe_copy)
    assert not (lam_khe_copy / "shipped" / "places.csv").exists()
    assert '"places"' not in (lam_khe_copy / "shipped" / "manifest.json").read_text()
    bare = read_dataset(lam_khe_copy)
    assert bare.places == ()
    assert bare.info.version != lam_khe_dataset.info.version
    store = create_store(tmp_path / "bare.gpkg", bare)
    assert store.place_categories() == ()
    assert store.places().items == ()
    with pytest.raises(NotFound):
        store.place_category("school")
    store.close()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": "market"}, "category"),
        ({"source_id": "nobody"}, "source_id"),
        ({"unit_id": "98001-20130101"}, "unit_id"),
        ({"written_unit_id": "98099-20250701"}, "written_unit_id"),
        ({"unit_id": CORNER}, "unit_id"),
        ({"id": "school-truong-tieu-hoc-lam-khe-98001"}, "id"),
    ],
)
def test_the_check_tells_a_shipped_place_that_cannot_be(
    lam_khe_dataset: Dataset, change, field
) -> None:
    assert [*check_places(lam_khe_dataset)] == []
    index = next(
        n for n, p in enumerate(lam_khe_dataset.places) if p.category == "school" and p.lon
    )
    places = [*lam_khe_dataset.places]
    places[index] = dataclasses.replace(places[index], **change)
    found = check_places(dataclasses.replace(lam_khe_dataset, places=tuple(places)))
    assert any(fault.where.endswith(f" {field}") for fault in found)


def test_the_manifest_counts_the_places(lam_khe_copy: Path) -> None:
    spoil(lam_khe_copy, "shipped/manifest.json", '"places": 11', '"places": 12')
    (fault,) = check_dataset(lam_khe_copy)
    assert "manifest.json places" in fault.where


def test_places_come_back_by_category_and_name(
    lam_khe_store: Store, lam_khe_dataset: Dataset
) -> None:
    categories = lam_khe_store.place_categories()
    assert categories == tuple(lam_khe_dataset.catalogue.place_categories.values())
    page = lam_khe_store.places()
    assert set(page.items) == set(lam_khe_dataset.places)
    order = [category.id for category in categories]
    assert [place.category for place in page.items] == sorted(
        (place.category for place in page.items), key=order.index
    )
    assert [place.name for place in lam_khe_store.places(categories=["tourist_site"]).items] == [
        "Chợ phiên Vườn Cam",
        'Hang Dơi "cổ"',
        "Thác Bạc",
    ]


def test_a_place_is_found_by_its_id(lam_khe_store: Store) -> None:
    place = lam_khe_store.place("tourist_site-thac-bac-98009")
    assert place.name == "Thác Bạc"
    with pytest.raises(NotFound):
        lam_khe_store.place("thac-bac")


def test_places_page_by_page(lam_khe_store: Store) -> None:
    first = lam_khe_store.places(limit=8)
    last = lam_khe_store.places(limit=8, offset=8)
    assert (first.total, first.next_offset, len(first.items)) == (11, 8, 8)
    assert (last.next_offset, len(last.items)) == (None, 3)
    assert first.items + last.items == lam_khe_store.places().items


def test_places_of_a_unit_of_any_level_and_day(lam_khe_store: Store) -> None:
    def names(unit: str) -> set[str]:
        return {place.name for place in lam_khe_store.places(unit=unit).items}

    assert names(PROVINCE) == {place.name for place in lam_khe_store.places().items}
    assert names(MIDDLE) == {"Trường Mầm non Lũng Mận", "Trạm y tế Lũng Mận"}
    former = [unit for unit in lam_khe_store.units(level="commune").items if unit.valid_to]
    within = [names(unit.unit_id) for unit in former]
    # Each place with a position lies in one former commune; the one without lies in none known.
    assert sum(map(len, within)) == len(set.union(*within)) == 10
    with pytest.raises(NotFound):
        lam_khe_store.places(unit="98001-19990101")
    with pytest.raises(NotFound):
        lam_khe_store.places(categories=["market"])


def test_qgis_opens_the_places_as_points(lam_khe_path: Path, lam_khe_store: Store) -> None:
    assert dict(pyogrio.list_layers(lam_khe_path))["places"] == "Point"
    frame = pyogrio.read_dataframe(lam_khe_path, layer="places").set_index("name")
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == 11
    assert frame.geometry["Thác Bạc"] == shapely.Point(103.7, 21.12)
    assert frame.geometry["Trường Mầm non Lũng Mận"] is None
    bounds = pyogrio.read_info(lam_khe_path, layer="places")["total_bounds"]
    assert bounds == pytest.approx((103.6845, 21.119, 103.787, 21.212))


def test_the_sources_of_places_are_kept_in_the_store(
    lam_khe_dataset: Dataset, tmp_path: Path
) -> None:
    catalogue = lam_khe_dataset.catalogue
    collected = dataclasses.replace(catalogue.sources["places-2026"], kind="collected")
    sources = {**catalogue.sources, "places-2026": collected}
    dataset = dataclasses.replace(
        lam_khe_dataset,
        observations=(),
        catalogue=dataclasses.replace(catalogue, sources=sources),
    )
    store = create_store(tmp_path / "s.gpkg", dataset)
    assert store.source("places-2026").kind == "collected"
    store.close()
