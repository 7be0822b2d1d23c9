"""What strangers send and operators mistake: answered in words, and nothing leads elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from geodata.errors import FileFault, InvalidInput
from geodata.store import Store
from portal.app import create_app
from portal.app_state import open_or_create_store
from portal.cli import main
from portal.cli.server import listen
from portal.config import read_settings
from portal.serializers.search import search_document


@pytest.mark.parametrize("path", ["//evil.example/x", "/%5Cevil.example/x", "/%5C%5Cevil.example"])
def test_links_of_an_error_page_stay_on_this_host(toy: FlaskClient, path: str) -> None:
    page = toy.get(path).get_data(as_text=True)
    links = re.findall(r'href="([^"]*)" hreflang', page)
    assert links
    assert all(re.match(r"/[^/\\]", link) for link in links)


def test_a_path_comes_back_escaped(toy: FlaskClient) -> None:
    page = toy.get("/a%3Fb%23c%3Cscript%3E").get_data(as_text=True)
    assert 'href="/a%3Fb%23c%3Cscript%3E"' in page
    assert "<script>" not in page.replace("&lt;script&gt;", "")


def test_a_failed_precondition_has_the_shape_of_every_error(toy: FlaskClient) -> None:
    answer = toy.get("/api/v1/units", headers={"If-Match": '"other"'})
    assert answer.status_code == 412
    assert answer.get_json()["error"]["status"] == 412


def test_thresholds_without_a_figure_between_them_are_still_a_legend(toy: FlaskClient) -> None:
    query = "indicator=population_density&period=1999&level=commune&date=2025-07-01"
    for url in (f"/api/v1/values?{query}&thresholds=1,2", f"/?{query}&thresholds=1,2"):
        answer = toy.get(url)
        assert answer.status_code == 200
        assert not re.search(r"NaN|Infinity", answer.get_data(as_text=True))


def test_the_best_unit_is_not_pushed_out_where_one_answer_is_asked(lai_chau_store: Store) -> None:
    items = search_document(lai_chau_store, "binh", "vi", 1)["items"]
    assert [item["type"] for item in items] == ["unit"]


@pytest.mark.slow
def test_unusual_names_and_texts_are_shown_as_text(toy_copy: Path, tmp_path: Path) -> None:
    name = "<script>alert(1)</script> =cmd() `x` \u202eabc "
    for path, old in (("shipped/units.csv", "Hòa Bình"), ("indicators/population.toml", "Dân số")):
        text = (toy_copy / path).read_text(encoding="utf-8")
        (toy_copy / path).write_text(text.replace(old, name + "n" * 10_000), encoding="utf-8")
    app = create_app({"PORTAL_INSTANCE": tmp_path / "home", "PORTAL_DATASET": toy_copy})
    for path in ("/", "/indicators", "/indicators/population", "/units/90001-20250701"):
        answer = app.test_client().get(path)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "<script>alert" not in page
        assert "alert(1)" in page


def test_a_folder_that_cannot_be_written_costs_no_reader_the_map(
    tmp_path: Path, toy_folder: Path, toy_store: Store
) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    settings = {"PORTAL_INSTANCE": tmp_path / "home", "PORTAL_DATASET": toy_folder}
    answer = (
        create_app(settings, toy_store).test_client().get("/api/v1/boundaries/commune.topojson")
    )
    assert answer.status_code == 200
    assert answer.get_json()["type"] == "Topology"


@pytest.mark.slow
def test_a_unit_without_one_above_has_a_shape_all_the_same(toy_copy: Path, tmp_path: Path) -> None:
    path = toy_copy / "shipped" / "units.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",901-20130101,", ",,", 1), encoding="utf-8")
    app = create_app({"PORTAL_INSTANCE": tmp_path / "home", "PORTAL_DATASET": toy_copy})
    url = "/api/v1/boundaries/commune.topojson?date=2013-01-01"
    assert app.test_client().get(url).status_code == 200


@pytest.mark.parametrize(
    ("old", "new"), [('"quantiles"', '"guesses"'), ('"yellow_browns"', '"rainbow"'),
                     ("thresholds = [10, 20]", "thresholds = []")],
)  # fmt: skip
def test_a_map_that_cannot_be_drawn_is_refused_before_it_is_served(
    toy_copy: Path, tmp_path: Path, old: str, new: str
) -> None:
    path = toy_copy / "indicators" / "population.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    environment = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_copy)}
    with pytest.raises(FileFault, match=r"indicators/population.toml \[population"):
        open_or_create_store(read_settings(environment))
    checked = CliRunner().invoke(main, ["dataset", "check"], env=environment)
    assert checked.exit_code == 1
    assert "indicators/population.toml [population" in checked.output


@pytest.mark.slow
def test_a_dataset_without_a_version_is_read_anew(toy_copy: Path, tmp_path: Path) -> None:
    (toy_copy / "shipped" / "manifest.json").unlink()
    settings = read_settings({"PORTAL_INSTANCE": tmp_path / "home", "PORTAL_DATASET": toy_copy})
    open_or_create_store(settings).close()
    path = toy_copy / "dataset.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Grid", "Net"), encoding="utf-8")
    store = open_or_create_store(settings)
    assert store.info.title.en == "Net"
    store.close()


@pytest.mark.parametrize("host", ["a..b", "x" * 300])
def test_a_host_that_is_none_is_refused_in_words(host: str) -> None:
    with pytest.raises(InvalidInput):
        listen(host, 0)
