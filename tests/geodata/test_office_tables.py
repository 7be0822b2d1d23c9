"""The tables in the layouts of offices that came with the inputs (PORTAL_SHARED) are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geodata.dataset import default_dataset_folder, read_dataset
from geodata.errors import PortalError
from geodata.readers.tables import TABLE_SUFFIXES, read_sheets
from geodata.villages.importer import ImportOptions
from tests.village_lists import prepared

SHARED = os.environ.get("PORTAL_SHARED", "")
TABLES = Path(SHARED) / "tables"

pytestmark = pytest.mark.skipif(
    not SHARED or not TABLES.is_dir(), reason="PORTAL_SHARED names no folder of tables"
)

REFUSED = {
    "datename.xlsx": "The name was turned into a date",
    "floatpop.xlsx": "Not a number of people or households",
    "html.csv": "The text has letters written as HTML",
    "intcoord.csv": "The coordinates cannot be recognised",
    "moji.csv": "The text is UTF-8 that was taken for another encoding",
    "raggedlong.csv": "A row has more cells than the header",
    "repl.csv": "Letters of the text were lost",
}
OF_ITS_OWN_COMMUNE = {"eth", "huabun", "oldcommune", "mergedcommune", "group", "code_excel"}


def test_every_table_is_a_sheet_and_names_are_unicode() -> None:
    found = {}
    for path in sorted(TABLES.iterdir()):
        if path.suffix in TABLE_SUFFIXES:
            (sheet,) = read_sheets(path)
            texts = [text for row in sheet.rows for text in row.texts()]
            assert any("Bình Lư" in text or "Quyết Thắng" in text for text in texts), path.name
            found[path.name] = sheet.encoding
    assert [name for name, encoding in found.items() if encoding] == ["poor_households_tcvn3.xls"]


@pytest.mark.slow
def test_every_small_input_gives_what_it_must() -> None:
    dataset = read_dataset(default_dataset_folder())
    said = {}
    for path in sorted((TABLES / "small_inputs").iterdir()):
        if path.suffix == ".md":
            continue
        commune = "" if path.stem in OF_ITS_OWN_COMMUNE else "03390"
        options = ImportOptions(commune=commune, title="T", period="2026")
        try:
            (report,) = prepared(path, options, dataset)
            assert report.record.rows
        except PortalError as refusal:
            said[path.name] = refusal.what["en"]
    assert said == REFUSED
