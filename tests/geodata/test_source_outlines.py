"""A boundary file of a dataset is of a kind that leads to no other file, and of bounded size."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.build import source_outlines
from geodata.build.source_outlines import verify_outlines
from geodata.errors import FileFault


def boundaries(folder: Path, name: str) -> Path:
    frame = gpd.GeoDataFrame({"code": ["00001", "00002"]}, geometry=[shapely.box(0, 0, 1, 1)] * 2)
    frame.set_crs(4326).to_file(folder / name)
    return folder / name


@pytest.mark.parametrize("name", ["b.gpkg", "b.geojson", "b.shp"])
def test_a_boundary_file_of_a_known_kind_is_taken(tmp_path, name: str) -> None:
    path = boundaries(tmp_path, name)
    verify_outlines(path, ("code",))
    with pytest.raises(FileFault) as found:
        verify_outlines(path, ("name",))
    assert found.value.found == "name"


@pytest.mark.parametrize("name", ["b.vrt", "b.gpkg", "b.geojson", "b.shp"])
def test_a_file_that_leads_to_another_is_refused(tmp_path, name: str) -> None:
    path = boundaries(tmp_path, "secret.gpkg")
    source = f"<SrcDataSource>{path}</SrcDataSource>"
    virtual = f'<OGRVRTDataSource><OGRVRTLayer name="secret">{source}</OGRVRTLayer>'
    (tmp_path / name).write_text(virtual + "</OGRVRTDataSource>")
    with pytest.raises(FileFault) as found:
        verify_outlines(tmp_path / name, ("code",))
    assert found.value.message("vi")


@pytest.mark.parametrize(
    ("bound", "allowed"), [("_MOST_BYTES", "≤ 1 B"), ("_MOST_FEATURES", "≤ 1")]
)
def test_a_boundary_file_beyond_its_bounds_is_refused(
    tmp_path, monkeypatch, bound: str, allowed: str
) -> None:
    path = boundaries(tmp_path, "b.gpkg")
    monkeypatch.setattr(source_outlines, bound, 1)
    with pytest.raises(FileFault) as found:
        verify_outlines(path, ("code",))
    assert found.value.allowed_text("en") == allowed
