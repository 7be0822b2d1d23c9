"""Rasters on the real units: what is shipped of them, and areas that agree over levels and days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from raster_files import PLACES, Place, figures, write_raster

from geodata.dataset import Dataset
from geodata.model import Observation
from geodata.rasters.statistic import Statistic

pytestmark = pytest.mark.shipped

INDICATOR = "evergreen_forest_share"
TODAY, BEFORE = dt.date(2025, 7, 1), dt.date(2025, 6, 30)
GRIDS = {
    "EPSG:4326": Place("EPSG:4326", 102.0, 23.0, 0.004),
    "EPSG:3857": Place("EPSG:3857", 11_350_000, 2_640_000, 500),
    "EPSG:32648": Place("EPSG:32648", 190_000, 2_560_000, 500),
    "VN-2000": PLACES["VN-2000 103-00"]._replace(left=400_000.0, top=2_540_000.0),
}


@pytest.fixture(scope="module")
def shipped(lai_chau_dataset: Dataset) -> list[Observation]:
    return [each for each in lai_chau_dataset.observations if each.indicator == INDICATOR]


def ids(dataset: Dataset, level: str, day: dt.date) -> list[str]:
    return [u.unit_id for u in dataset.units if u.level == level and u.valid_on(day)]


def test_every_commune_of_today_and_every_district_has_its_share_of_evergreen_forest(
    lai_chau_dataset: Dataset, shipped: list[Observation]
) -> None:
    have = {each.unit_id for each in shipped}
    communes = ids(lai_chau_dataset, "commune", TODAY)
    districts = ids(lai_chau_dataset, "district", BEFORE)
    assert (len(communes), len(districts)) == (38, 8)
    assert have >= {*communes, *districts}
    # Too coarse for the communes of before.
    assert not have & set(ids(lai_chau_dataset, "commune", BEFORE))


def test_the_coarse_share_is_an_estimate_and_doubtful_where_few_cells_lie(
    shipped: list[Observation],
) -> None:
    assert {each.status for each in shipped} == {"estimate"}
    assert {each.source_id for each in shipped} == {"mcd12c1-2019"}
    assert all("0,05 độ" in each.method.vi for each in shipped)
    doubtful = [each for each in shipped if "ô của lớp raster" in each.doubt.vi]
    assert 5 <= len(doubtful) < len(shipped) / 3
    assert not any(each.impossible for each in shipped)


def test_the_coarse_share_is_never_mixed_with_the_official_rate(lai_chau_dataset: Dataset) -> None:
    official = [o for o in lai_chau_dataset.observations if o.indicator == "forest_cover_rate"]
    assert official
    assert "mcd12c1-2019" not in {each.source_id for each in official}


@pytest.mark.parametrize("place", GRIDS.values(), ids=GRIDS)
def test_areas_of_the_communes_of_both_times_and_of_the_districts_add_up_to_the_province(
    lai_chau_dataset: Dataset, tmp_path: Path, place: Place
) -> None:
    rows, columns = 420, 520
    wave = np.sin(np.arange(rows)[:, None] / 17) + np.cos(np.arange(columns) / 23)
    path = write_raster(tmp_path / "waves.tif", (wave > 0.3).astype("uint8"), place)
    frame = lai_chau_dataset.boundaries[max(lai_chau_dataset.boundaries)]
    shapes = dict(zip(frame["unit_id"], frame.geometry, strict=True))
    groups = [
        ids(lai_chau_dataset, "province", TODAY),
        ids(lai_chau_dataset, "commune", TODAY),
        ids(lai_chau_dataset, "commune", BEFORE),
        ids(lai_chau_dataset, "district", BEFORE),
    ]
    wanted = [name for group in groups for name in group]
    found = figures(path, [shapes[name] for name in wanted], Statistic("area", (1,)))
    hectares = dict(zip(wanted, found.values[0], strict=True))
    ground = dict(zip(wanted, found.area, strict=True))
    assert [len(group) for group in groups] == [1, 38, 106, 8]
    province = groups[0][0]
    for group in groups[1:]:
        assert sum(hectares[name] for name in group) == pytest.approx(hectares[province], rel=1e-6)
        assert sum(ground[name] for name in group) == pytest.approx(ground[province], rel=1e-6)
    assert 900_000 < ground[province] / 1e4 < 910_000
