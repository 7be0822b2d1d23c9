"""The figures of files and the look that QGIS is given are as they were.

``KEPT_LINES=write`` keeps what is written now.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from portal.export.data.qgis_style import qgis_style
from tests.kept_lines import hold

FOLDER = Path(__file__).parent / "kept"
BEFORE = "date=2025-06-30"
UNIT = "98001-20250701"
TABLES = (
    "data.csv?indicator=population_density&form=local",
    f"data.csv?indicator=difficulty_area&lang=en&{BEFORE}",
    "data.csv?indicator=population&where=population>3000",
    "places.csv?indicator=population&places=school&form=local",
    f"unit.csv?unit={UNIT}&form=local",
    f"unit.csv?unit={UNIT}&lang=en",
    "completeness.csv?level=commune&year=2025",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("address", TABLES)
def test_a_file_of_figures_is_as_it_was(address: str, lam_khe_client: FlaskClient) -> None:
    answer = lam_khe_client.get(f"/export/{address}")
    assert answer.status_code == 200, answer.text
    hold(FOLDER / "files", address, answer.get_data().decode("utf-8-sig").splitlines())


@pytest.mark.parametrize("indicator", ["population", "population_density", "difficulty_area"])
def test_the_look_that_qgis_is_given_is_as_it_was(indicator: str, lam_khe_store: Store) -> None:
    layer = Layer.from_query({"indicator": indicator, "lang": "en"}, lam_khe_store)
    root = ET.fromstring(qgis_style(resolve_layer(layer, lam_khe_store)))
    ET.indent(root)
    hold(FOLDER / "qgis", indicator, ET.tostring(root, encoding="unicode").splitlines())
