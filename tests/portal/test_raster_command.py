"""`portal raster add`: from a GeoTIFF to figures that are served, traced and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from raster_files import Place, write_raster

from geodata.ledger.accounts import create_account
from geodata.ledger.database import open_ledger, writing
from geodata.rasters.presets import preset_names
from geodata.store import open_store
from portal.cli import main

pytestmark = pytest.mark.slow

GRID = Place("EPSG:4326", 103.0, 22.4, 0.01)
"""Ten by ten cells on each commune of the toy."""
OLD, NEW = "90001-20130101", "90001-20250701"


class Terminal:
    """The commands of an instance of the toy dataset, with an account."""

    def __init__(self, folder: Path, dataset: Path) -> None:
        self.folder = folder
        self.env = {"PORTAL_DATASET": str(dataset), "PORTAL_INSTANCE": str(folder)}
        ledger = open_ledger(folder / "ledger.sqlite")
        with writing(ledger) as connection:
            create_account(connection, "lan", full_name="Lan", role="editor", communes=None)
            create_account(connection, "minh", full_name="", role="editor", communes=[NEW])
        ledger.dispose()

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, list(words), env=self.env)

    def add(self, path: Path | str, *words: str, account: str = "lan") -> Result:
        return self.run("raster", "add", str(path), *words, "--account", account)

    def revisions(self) -> int:
        return int(json.loads(self.run("data", "list", "--json").stdout)["total"])

    def figures(self, indicator: str) -> dict[str, object]:
        with closing(open_store(self.folder / "toy.gpkg")) as store:
            found = store.observations(indicator=indicator).items
        return {figure.unit_id: figure for figure in found if figure.source_id.startswith("pub")}


@pytest.fixture
def terminal(tmp_path: Path, toy_folder: Path) -> Iterator[Terminal]:
    return Terminal(tmp_path, toy_folder)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Three people in each cell, none counted in the last commune."""
    cells = np.full((40, 40), 3, "int16")
    cells[30:, 30:] = -1
    return write_raster(tmp_path / "people.tif", cells, GRID, nodata=-1)


SUM = ("--indicator", "population", "--stat", "sum", "--period", "2020", "--title", "Theo lưới")


def test_nothing_is_written_without_write_and_it_is_said_who_gets_no_figure(
    terminal: Terminal, people: Path
) -> None:
    for words in ((), ("--dry-run",)):
        told = terminal.add(people, *SUM, "--lang", "en", *words)
        assert told.exit_code == 0, told.output
        assert "since 2013-01-01: 15 of 16" in told.output
        assert "no figure of population for Ứng Hòe" in told.output.replace("Ung Hoe", "Ứng Hòe")
        assert "only 0.0% of it has data" in told.output or "no cell of it" in told.output
        assert "Nothing was written" in told.output
    assert terminal.revisions() == 0


def test_figures_are_published_for_units_of_all_days_traced_and_taken_back(
    terminal: Terminal, people: Path
) -> None:
    told = terminal.add(
        people, *SUM, "--write", "--source-issuer", "WorldPop", "--licence", "CC BY"
    )
    assert told.exit_code == 0, told.output
    found = terminal.figures("population")
    assert found[OLD].value == pytest.approx(300, abs=0.01)
    assert found[NEW].value == pytest.approx(1200, abs=0.01)
    assert found[OLD].coverage == 1.0
    assert found[OLD].method.vi.startswith("Tổng các ô lưới")
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        source = store.source(found[OLD].source_id)
    assert (source.issuer.vi, source.licence, source.file) == ("WorldPop", "CC BY", "people.tif")
    traced = terminal.run("data", "trace", OLD, "population", "2020", "--lang", "en").output
    assert "computed: Sum of the grid cells" in traced
    assert "covers 100.0% of the unit" in traced
    shown = json.loads(terminal.run("data", "show", "1", "--json").stdout)
    recipe = shown["answers"]["derived"]
    assert recipe["statistics"][0]["operation"] == "sum"
    assert len(recipe["sha256"]) == 64
    assert terminal.run("data", "verify").exit_code == 0
    undo = ("data", "undo", "1", "--reason", "Sai", "--account", "lan", "--write")
    assert terminal.run(*undo).exit_code == 0
    assert terminal.figures("population") == {}


def test_the_same_raster_again_changes_nothing_and_says_so(
    terminal: Terminal, people: Path
) -> None:
    assert terminal.add(people, *SUM, "--write").exit_code == 0
    again = terminal.add(people, *SUM, "--write")
    assert again.exit_code == 2
    assert "L04" in again.output
    assert terminal.revisions() == 1


def test_a_preset_brings_its_indicator_and_its_source_to_a_catalogue_that_lacks_them(
    terminal: Terminal, tmp_path: Path
) -> None:
    codes = np.full((40, 40), 8, "uint8")
    codes[:, :5] = 2
    path = write_raster(tmp_path / "mcd12c1.tif", codes, GRID)
    told = terminal.add(path, "--preset", "mcd12c1", "--write")
    assert told.exit_code == 0, told.output
    found = terminal.figures("evergreen_forest_share")
    assert found[OLD].value == pytest.approx(50, abs=0.01)
    assert (found[OLD].status, found[OLD].period) == ("estimate", "2019")
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        assert store.indicator("evergreen_forest_share").theme == "forest"
        assert "MCD12C1" in store.source(found[OLD].source_id).title.vi


def test_only_the_units_asked_for(terminal: Terminal, people: Path) -> None:
    told = terminal.add(people, *SUM, "--units", "commune@2025-07-01", "--write")
    assert told.exit_code == 0, told.output
    found = terminal.figures("population")
    assert NEW in found
    assert OLD not in found


def test_the_report_is_also_a_document(terminal: Terminal, people: Path) -> None:
    told = terminal.add(people, *SUM, "--json")
    document = json.loads(told.stdout)
    assert document["recipe"]["files"] == ["people.tif"]
    assert {each["unit_id"] for each in document["left_out"]} >= {"90016-20130101"}
    assert document["plan"]["counts"]["added"] == len(document["figures"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--stat", "sum", "--period", "2020", "--title", "x"), "--indicator is missing"),
        (("--indicator", "population", "--period", "2020", "--title", "x"), "--stat is missing"),
        (("--indicator", "population", "--stat", "sum", "--title", "x"), "--period is missing"),
        ((*SUM[:-2],), "has no title"),
        ((*SUM, "--period", "last year"), "last year"),
        ((*SUM, "--classes", "1,2"), "does not use classes"),
        ((*SUM, "--missing", "a"), "Not a list of numbers"),
        ((*SUM, "--units", "canton"), "level is not in the list"),
        ((*SUM, "--units", "commune@today"), "Not a day"),
        ((*SUM, "--band", "2"), "no such band"),
        ((*SUM, "--weights", "gone.tif"), "no such raster"),
        ((*SUM, "--min-cells", "5000"), "No unit gets a figure"),
        ((*SUM, "--indicator", "nothing"), "There is no such indicator"),
        ((*SUM, "--dry-run", "--write"), "Choose one of"),
        (("--preset", "hansen_forest_change"), "needs a second raster"),
        (("--preset", "copernicus_dem", "--indicator", "population"), "say with --stat"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    terminal: Terminal, people: Path, words: tuple[str, ...], told: str
) -> None:
    found = terminal.add(people, *words)
    assert found.exit_code == 2, found.output
    assert told in found.output
    assert terminal.revisions() == 0


def test_a_raster_that_cannot_be_read_leaves_nothing_half_written(
    terminal: Terminal, people: Path, tmp_path: Path
) -> None:
    whole = np.random.default_rng(1).integers(0, 9, (400, 400)).astype("int16")
    path = write_raster(
        tmp_path / "cut.tif", whole, GRID._replace(side=0.001), tiled=True, blockxsize=64,
        blockysize=64,
    )  # fmt: skip
    path.write_bytes(path.read_bytes()[:200_000])
    found = terminal.add(path, *SUM, "--write")
    assert found.exit_code == 2
    assert terminal.revisions() == 0
    assert terminal.add(people, *SUM, "--write").exit_code == 0


def test_an_account_writes_for_its_own_units_only(terminal: Terminal, people: Path) -> None:
    assert terminal.add(people, *SUM, "--write", account="minh").exit_code == 5
    assert terminal.revisions() == 0


def test_every_preset_is_told_with_its_file_and_its_one_command(terminal: Terminal) -> None:
    told = terminal.run("raster", "presets", "--lang", "en").output
    for name in preset_names():
        assert f"--preset {name}" in told
    one = json.loads(terminal.run("raster", "presets", "esa_worldcover", "--json").stdout)
    [preset] = one["presets"]
    # The toy lies at 103 degrees east and 22 north.
    assert preset["files"] == ["ESA_WorldCover_10m_2021_v200_N21E102_Map.tif"]
    assert preset["command"].startswith("portal raster add FILE --preset esa_worldcover")


def test_a_raster_of_a_closed_period_is_refused_in_words(terminal: Terminal, people: Path) -> None:
    terminal.env["PORTAL_CLOSED_UNTIL"] = "2020-12-31"
    told = terminal.add(people, *SUM, "--write", "--lang", "vi")
    assert told.exit_code != 0
    assert "P04" in told.output
    assert "2020" in told.output
    assert "31/12/2020" in told.output
    assert terminal.revisions() == 0
