"""`portal vector add`: roads and points become figures of every unit, dry unless asked."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result

from geodata.dataset import read_boundaries
from geodata.ledger.accounts import create_account
from geodata.ledger.database import open_ledger, writing
from geodata.store import open_store
from portal.app_state import open_or_create_store
from portal.cli import main
from portal.config import read_settings

pytestmark = pytest.mark.slow

NEW = (
    "name_vi=Mật độ đường", "name_en=Road density", "definition_vi=Đường trên bản đồ.",
    "definition_en=Roads on the map.", "theme=population", "measure_unit_name_vi=km/100 km²",
    "measure_unit_name_en=km/100 km²", "kind=ratio", "denominator=natural_area",
    "direction=up", "decimals=1", "minimum=0", "levels=province,commune",
)  # fmt: skip
ABOUT = ("--period", "2021-08", "--source-title", "Bản đồ mở", "--source-licence", "ODbL 1.0",
         "--source-issuer", "© Những người đóng góp", "--account", "lan")  # fmt: skip


def make_instance(folder: Path, dataset: Path) -> None:
    """An instance of a dataset with its store, an account, and a file of roads."""
    ledger = open_ledger(folder / "ledger.sqlite")
    with writing(ledger) as connection:
        create_account(connection, "lan", full_name="Lan", role="editor", communes=None)
    ledger.dispose()
    settings = read_settings({"PORTAL_INSTANCE": folder, "PORTAL_DATASET": dataset})
    open_or_create_store(settings).close()
    west, south, east, north = read_boundaries(dataset / "shipped", 3).total_bounds
    middle = (south + north) / 2
    lines = [
        shapely.LineString([(west - 0.1, middle), (east + 0.1, middle)]),
        shapely.LineString([((west + east) / 2, south), ((west + east) / 2, north)]),
    ]
    frame = gpd.GeoDataFrame({"class": ["trunk", "track"]}, geometry=lines, crs="EPSG:4326")
    frame.to_file(folder / "roads.gpkg", layer="roads", driver="GPKG")


class Office:
    """Somebody at the command line of an instance."""

    def __init__(self, folder: Path, dataset: Path) -> None:
        self.folder = folder
        self.env = {"PORTAL_DATASET": str(dataset), "PORTAL_INSTANCE": str(folder)}
        self.roads = folder / "roads.gpkg"

    def add(self, *words: str, new: bool = True) -> Result:
        made = [part for field in NEW for part in ("--new", field)] if new else []
        command = ["vector", "add", str(self.roads), *made, *ABOUT, *words]
        return CliRunner().invoke(main, command, env=self.env)

    def figures(self) -> dict[str, float]:
        with closing(open_store(self.folder / "toy.gpkg")) as store:
            found = store.observations(period="2021-08", limit=100).items
        return {each.unit_id: each.value for each in found}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> Path:
    """An instance to be copied."""
    folder = tmp_path_factory.mktemp("vector")
    make_instance(folder, toy_folder)
    return folder


@pytest.fixture
def office(tmp_path: Path, toy_folder: Path, instance: Path) -> Office:
    return Office(Path(shutil.copytree(instance, tmp_path / "instance")), toy_folder)


DENSITY = ("--stat", "density", "--where", "class=trunk")


def test_nothing_is_written_unless_asked(office: Office) -> None:
    told = office.add(*DENSITY, "--lang", "en")
    assert told.exit_code == 0, told.output
    assert "Communes: " in told.output
    assert "Nothing was written" in told.output
    listed = CliRunner().invoke(main, ["data", "list", "--json"], env=office.env)
    assert json.loads(listed.stdout)["total"] == 0


def test_figures_are_published_with_method_coverage_and_source(office: Office) -> None:
    told = office.add(*DENSITY, "--write", "--subject", "quốc lộ", "--exactness", "chưa đủ")
    assert told.exit_code == 0, told.output
    with closing(open_store(office.folder / "toy.gpkg")) as store:
        found = store.observations(period="2021-08", limit=100).items
        [source] = {store.source(each.source_id).id for each in found}
        credited = store.source(source)
        eras = {store.unit(each.unit_id).valid_to is None for each in found}
        levels = {store.unit(each.unit_id).level for each in found}
    assert eras == {True, False}
    assert levels == {"province", "commune"}
    assert {each.status for each in found} == {"estimate"}
    assert all("quốc lộ" in each.method.vi and "chưa đủ" in each.method.vi for each in found)
    assert all(each.coverage == 1 for each in found)
    assert (credited.title.vi, credited.licence) == ("Bản đồ mở", "ODbL 1.0")
    assert "đóng góp" in credited.issuer.vi


def test_it_is_taken_back_like_a_table(office: Office) -> None:
    assert office.add(*DENSITY, "--write").exit_code == 0
    assert office.figures()
    back = ["data", "undo", "1", "--reason", "nhầm", "--account", "lan", "--write"]
    assert CliRunner().invoke(main, back, env=office.env).exit_code == 0
    assert office.figures() == {}


def test_the_recipe_in_the_ledger_tells_how_to_compute_it_again(office: Office) -> None:
    told = office.add(*DENSITY, "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    [statistic] = document["recipe"]["statistics"]
    assert statistic["where"] == ["class=trunk"]
    assert (document["recipe"]["file"], statistic["operation"]) == ("roads.gpkg", "density")
    assert {"unit", "value", "coverage", "method", "doubt"} == set(document["figures"][0])


def test_a_mean_way_starts_from_the_roads_of_every_unit(office: Office) -> None:
    place = gpd.read_file(office.roads).total_bounds
    there = f"{place[2]},{(place[1] + place[3]) / 2}"
    way = ("--stat", "nearest", "--along-network", "--where", "class=trunk", "--to-place", there)
    told = office.add(*way, "--from", "network", "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    assert document["recipe"]["statistics"][0]["from"] == "network"
    assert document["figures"]
    assert all(each["value"] > 0 for each in document["figures"])
    told = office.add("--stat", "nearest", "--from", "network", "--lang", "en")
    assert "goes along one" in told.output


REFUSED = {
    "a class that does not occur": (("--stat", "length", "--where", "class=trnk"), "track, trunk"),
    "no distance": (("--stat", "share_within"), "share_within"),
    "an impossible period": (("--stat", "length", "--period", "soon"), "soon"),
    "a place that is none": (("--stat", "nearest", "--to-place", "103"), "LON,LAT"),
    "two ends of a way": (
        ("--stat", "nearest", "--to-place", "103,22", "--to", "class=trunk"),
        "either the features or the place",
    ),
    "no such layer": (("--stat", "length", "--layer", "rivers"), "roads"),
    "a rectangle turned round": (("--stat", "length", "--extent", "104,22,103,23"), "west, south"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_have_words_and_write_nothing(name: str, office: Office) -> None:
    words, said = REFUSED[name]
    told = office.add(*words, "--write", "--lang", "en")
    assert told.exit_code == 2, told.output
    assert said in told.output.replace("\n", " ")
    assert "Traceback" not in told.output
    listed = CliRunner().invoke(main, ["data", "list", "--json"], env=office.env)
    assert json.loads(listed.stdout)["total"] == 0


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>roads</name>{}</Folder></Document></kml>"""
KML_LINE = """<Placemark><ExtendedData><Data name="class"><value>{}</value></Data></ExtendedData>
<LineString><coordinates>{}</coordinates></LineString></Placemark>"""


def as_shapefile(roads: gpd.GeoDataFrame, folder: Path, **without: str) -> Path:
    """The roads as a zipped shapefile, without the part of a suffix."""
    made, path = folder / "made", folder / "roads.zip"
    made.mkdir()
    roads.to_file(made / "roads.shp")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(made.iterdir()):
            if part.suffix != without.get("suffix"):
                archive.write(part, part.name)
    return path


def as_kml(roads: gpd.GeoDataFrame, folder: Path) -> Path:
    """The roads as KML, with their classes as its extended data."""
    path = folder / "roads.kml"
    lines = [
        KML_LINE.format(kind, " ".join(f"{x!r},{y!r}" for x, y in shape.coords))
        for kind, shape in zip(roads["class"], roads.geometry, strict=True)
    ]
    path.write_text(KML.format("".join(lines)), encoding="utf-8")
    return path


Writer = Callable[[gpd.GeoDataFrame, Path], Path]
FORMATS: dict[str, Writer] = {"zipped shapefile": as_shapefile, "KML": as_kml}


@pytest.fixture(params=FORMATS)
def written(request: pytest.FixtureRequest) -> Writer:
    return FORMATS[request.param]


def test_roads_in_another_format_give_the_same_figures(office: Office, written: Writer) -> None:
    known = office.add(*DENSITY, "--json")
    office.roads = written(gpd.read_file(office.roads), office.folder)
    told = office.add(*DENSITY, "--json")
    assert told.exit_code == 0, told.output
    found, wanted = (
        {each["unit"]: each["value"] for each in json.loads(one.stdout)["figures"]}
        for one in (told, known)
    )
    assert found == pytest.approx(wanted, rel=1e-9)
    assert any(wanted.values())
    assert office.add(*DENSITY, "--write").exit_code == 0
    assert office.figures() == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("name", ["a class that does not occur", "no such layer"])
def test_another_format_has_the_same_refusals(name: str, office: Office, written: Writer) -> None:
    office.roads = written(gpd.read_file(office.roads), office.folder)
    test_refusals_have_words_and_write_nothing(name, office)


def test_a_layer_in_another_format_that_lies_elsewhere_is_refused(
    office: Office, written: Writer
) -> None:
    roads = gpd.read_file(office.roads)
    moved = roads.set_geometry(roads.translate(20, -10).to_numpy(), crs=roads.crs)
    office.roads = written(moved, office.folder)
    told = office.add(*DENSITY, "--write", "--lang", "en")
    assert told.exit_code == 2, told.output
    assert "outside the area that the dataset covers" in told.output.replace("\n", " ")


def test_broken_files_in_another_format_are_refused_with_words(
    office: Office, written: Writer
) -> None:
    office.roads = written(gpd.read_file(office.roads), office.folder)
    whole = office.roads.read_bytes()
    for content in (whole[: len(whole) // 2], b""):
        office.roads.write_bytes(content)
        told = office.add(*DENSITY, "--write", "--lang", "en")
        assert told.exit_code == 2, told.output
        assert office.roads.name in told.output
        assert "Traceback" not in told.output


@pytest.mark.parametrize("suffix", [".prj", ".dbf", ".shp"])
def test_a_shapefile_without_one_of_its_parts_is_refused_by_its_name(
    suffix: str, office: Office
) -> None:
    office.roads = as_shapefile(gpd.read_file(office.roads), office.folder, suffix=suffix)
    told = office.add(*DENSITY, "--write", "--lang", "en")
    assert told.exit_code == 2, told.output
    assert "roads.zip" in told.output
    assert suffix in told.output or "coordinate system" in told.output


def test_an_indicator_must_be_named_or_made(office: Office) -> None:
    told = office.add(*DENSITY, new=False)
    assert told.exit_code == 2
    assert "--indicator" in told.output
    unknown = office.add(*DENSITY, "--indicator", "road_density", new=False)
    assert "road_density" in unknown.output


def test_no_figures_of_a_closed_period_are_taken_from_a_map(office: Office) -> None:
    """August 2021 ends on the day by whose end it is closed; a day earlier it is open."""
    for day, code in (("2021-08-31", 2), ("2021-08-30", 0)):
        office.env["PORTAL_CLOSED_UNTIL"] = day
        for words in ((), ("--write",)):
            told = office.add(*DENSITY, *words, "--lang", "en")
            assert (told.exit_code == 0) == (code == 0), told.output
            assert ("P04" in told.output) == bool(code)
        assert bool(office.figures()) == (not code)
