"""Every file of a dataset is read into records, and all that is wrong is told before any work."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from geodata.build import pipeline
from geodata.dataset import default_dataset_folder
from geodata.dataset_files import SuccessionRow, read_dataset_files
from geodata.errors import FileFault
from geodata.faults import FaultCollector, FileFaults

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped dataset's written files that a test may spoil."""
    skipped = shutil.ignore_patterns("shipped")
    return Path(shutil.copytree(default_dataset_folder(), tmp_path / "dataset", ignore=skipped))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> list[FileFault]:
    with pytest.raises(FileFault) as refused:
        read_dataset_files(folder)
    fault = refused.value
    return list(fault.faults) if isinstance(fault, FileFaults) else [fault]


def test_the_files_become_records(folder: Path) -> None:
    files = read_dataset_files(folder)
    before = files.territory.predecessors
    assert before is not None
    assert before.crosswalk.columns == {"old": "old_code", "new": "new_code"}
    assert files.territory.horizon == dt.date(2013, 1, 1)
    assert files.territory.details == {1: 350.0, 2: 120.0, 3: 40.0}
    assert [event.crosswalk for event in files.events.events] == [False, True]
    assert files.events.events[0].changes[0] == SuccessionRow("03386-20130101", "03386-20200201")
    assert [table.period for table in files.tables[:2]] == ["2025-07-01", "2019-04-01"]
    assert files.rasters[0].statistics[-1].threshold == 1000
    assert files.surroundings is not None
    assert [unit.name.vi for unit in files.surroundings.islands] == ["Hoàng Sa", "Trường Sa"]


TERRITORY = "inputs/territory.toml"
FAULTS = {
    "a table that is missing": (
        (TERRITORY, "[predecessors]", "[predecessor]"),
        ["[predecessors]", "The table is missing", "Add the table [predecessors]"],
    ),
    "an inner table that is missing": (
        (TERRITORY, "crosswalk =", "crossing ="),
        ["territory.toml [predecessors.crosswalk]", "Add the table [crosswalk]"],
    ),
    "a field that is missing": (
        (TERRITORY, 'code = "12"\n', ""),
        ["territory.toml [province] code", "The field is missing", "Add the field code"],
    ),
    "a field that is misspelt": (
        (TERRITORY, "deviation_m", "deviation"),
        ["[limits] deviation_m", "The field is missing"],
    ),
    "a limit that is no number": (
        (TERRITORY, "= 0.02 #", '= "2%" #'),
        ["[limits] area_difference", "wrong type", "2%"],
    ),
    "a limit below zero": (
        (TERRITORY, "deviation_m = 60.0", "deviation_m = -60.0"),
        ["[limits] deviation_m", "greater than zero", "-60.0"],
    ),
    "a quality of boundaries that is none": (
        (TERRITORY, '"generalised"', '"rough"'),
        ["boundary_quality", "'rough'", "indicative"],
    ),
    "an unknown source of the territory": (
        (TERRITORY, 'source = "boundaries-2013"', 'source = "boundaries-2031"'),
        ["[districts] source", "no such source", "boundaries-2013", "sources/*.toml"],
    ),
    "an unknown source of a table": (
        ("inputs/tables.toml", '"census-2019"', '"census-2018"'),
        ["tables.toml [table #2] source", "'census-2018'", "census-2019"],
    ),
    "a table whose source is another file": (
        ("inputs/tables.toml", '"census-2019"', '"register-2025"'),
        ["tables.toml [table #2] source", "register-2025: lai_chau", "a source of its own"],
    ),
    "an unknown indicator of a table": (
        ("inputs/tables.toml", '"population[residence:urban]"', '"population[residence:urbane]"'),
        ["[table #2.column #2] indicator", "no such indicator", "population[residence:urban],"],
    ),
    "an unknown indicator of a grid": (
        ("inputs/rasters.toml", '"relief"', '"reliefs"'),
        ["rasters.toml [raster #1.statistic #4] indicator", "relief"],
    ),
    "an unknown source of an event": (
        ("events.toml", '"crosswalk-2025"', '"crosswalk"'),
        ["events.toml [event #2] source", "crosswalk-2025"],
    ),
    "a unit without its first day": (
        ("events.toml", '"03556-20130101"', '"03556"'),
        ["events.toml [event #1.changes #6] from", "03390-20250701"],
    ),
    "a date without quotes": (
        ("events.toml", 'date = "2020-02-01"', "date = 2020-02-01"),
        ["events.toml [event #1] date", "in quotes", '"2020-02-01"'],
    ),
    "a day that there is not": (
        ("events.toml", 'date = "2020-02-01"', 'date = "2020-02-30"'),
        ["events.toml [event #1] date", "Not a day", "2020-02-30"],
    ),
    "a crosswalk of another day": (
        ("events.toml", 'date = "2025-07-01"', 'date = "2025-07-02"'),
        ["events.toml crosswalk", "'2025-07-02'", "2025-07-01"],
    ),
    "a period that is none": (
        ("inputs/tables.toml", 'period = "2019-04-01"', 'period = "2019-Q5"'),
        ["tables.toml [table #2] period", "2019-Q5"],
    ),
    "a coordinate system in degrees": (
        ("dataset.toml", "EPSG:32648", "EPSG:4326"),
        ["dataset.toml metric_crs", "in metres", "EPSG:4326"],
    ),
    "a theme that there is not": (
        ("dataset.toml", 'default_theme = "population"', 'default_theme = "people"'),
        ["dataset.toml default_theme", "'people'", "population"],
    ),
    "a date of a document that is none": (
        ("sources/reports.toml", 'date = "2026-06-23"', 'date = "23/6/2026"'),
        ["sources/reports.toml", "date", "'23/6/2026'", "2025-07-01"],
    ),
    "text that is no TOML": (
        ("inputs/rasters.toml", "[[raster]]", "[[raster]"),
        ["inputs/rasters.toml", "not valid TOML"],
    ),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_entry_field_and_remedy(
    folder: Path, change: tuple[str, str, str], words: list[str]
) -> None:
    spoil(folder, *change)
    lines = [fault.message("en") for fault in faults_of(folder)]
    assert any(all(word in line for word in words) for line in lines), lines
    for fault in faults_of(folder):
        assert fault.message("vi") != fault.message("en")


HEADER = re.compile(r"^(\[+(?!where|note)[a-z_.]+\]+)$", re.MULTILINE)
INNER = re.compile(r"(\{ (?:from|file|level) =)")


def test_a_field_that_nothing_reads_is_told_in_every_table_of_every_file(folder: Path) -> None:
    written = {}
    for path in (folder / "dataset.toml", folder / "events.toml", *folder.glob("inputs/*.toml")):
        text = path.read_text(encoding="utf-8")
        text, tables = HEADER.subn(r"\1\nmisspelt = 1", text)
        text, inner = INNER.subn(lambda found: f"{{ misspelt = 1, {found[1][2:]}", text)
        path.write_text(f"misspelt = 1\n{text}", encoding="utf-8")
        written[path.relative_to(folder).as_posix()] = 1 + tables + inner
    told = Counter(
        fault.where.split(" ")[0]
        for fault in faults_of(folder)
        if fault.where.endswith(" misspelt") and "Nothing reads this field" in fault.message("en")
    )
    assert told == written


def test_all_faults_are_told_at_once(folder: Path) -> None:
    for change, _ in FAULTS.values():
        path = folder / change[0]
        text = path.read_text(encoding="utf-8")
        if change[2] != "[[raster]" and change[1] in text:
            path.write_text(text.replace(change[1], change[2], 1), encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        read_dataset_files(folder)
    told = refused.value.message("en").splitlines()
    places = {line.split(":")[0].split(" ")[0] for line in told[:-1]}
    assert places == {change[0] for change, _ in FAULTS.values()}
    assert told[-1] == f"{len(told) - 1} faults"
    assert len(told) > 18


def test_faults_are_told_before_anything_is_computed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []
    for name in ("build_territory", "zonal_observations", "build_surroundings"):
        monkeypatch.setattr(pipeline, name, lambda *_, name=name: computed.append(name))
    spoil(folder, "inputs/tables.toml", '"census-2019"', '"census-2018"')
    spoil(folder, "observations/forest.csv", ",forest_area,", ",forest_aria,")
    with pytest.raises(FileFaults) as refused:
        pipeline.build_dataset(folder, tmp_path / "nowhere")
    told = refused.value.message("en")
    assert "tables.toml [table #2] source" in told
    assert "observations/forest.csv:2 indicator" in told
    assert "elevation_450m.tif" in told
    assert not computed


def test_one_fault_is_raised_as_itself_and_none_not_at_all() -> None:
    faults = FaultCollector()
    faults.raise_any()
    with faults.catching():
        raise FileFault(faults_text("a"))
    faults.add(FileFault(faults_text("a")))  # told before
    with pytest.raises(FileFault) as refused:
        faults.raise_any()
    assert not isinstance(refused.value, FileFaults)
    faults.add(FileFault(faults_text("b")))
    with pytest.raises(FileFaults):
        faults.raise_any()


def faults_text(words: str):
    from geodata.i18n import Text

    return Text(words, words)
