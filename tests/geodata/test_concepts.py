"""By which concept figures are counted: ``concepts.toml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from build_helpers import AREA, POPULATION, catalogue, figure, text

from geodata.concepts_file import CONCEPTS_FILE, read_concepts, with_concepts
from geodata.faults import FaultCollector
from geodata.model import Concept
from geodata.store import Store

CATALOGUE = catalogue(POPULATION, AREA)
GOOD = """
[[concept]]
id = "census"
name = { vi = "Tổng điều tra", en = "Census" }
definition = { vi = "Đếm từng hộ.", en = "Counted household by household." }
indicators = ["population"]
sources = ["register"]
until = "2025-12-31"
"""


def read(folder: Path, content: str) -> tuple[dict[str, Concept], list[str]]:
    (folder / CONCEPTS_FILE).write_text(content, encoding="utf-8")
    faults = FaultCollector()
    found = read_concepts(folder / CONCEPTS_FILE, CATALOGUE.indicators, CATALOGUE.sources, faults)
    return found, [fault.message("en") for fault in faults.faults]


def test_an_entry_becomes_a_concept_that_may_be_compared(tmp_path: Path) -> None:
    found, faults = read(tmp_path, GOOD)
    assert faults == []
    assert found["census"].name.vi == "Tổng điều tra"
    assert found["census"].comparable
    assert found["census"].until == dt.date(2025, 12, 31)
    assert read_concepts(tmp_path / "none.toml", {}, {}, FaultCollector()) == {}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["population"]', '["popullation"]', "indicators: There is no such indicator"),
        ('["register"]', '["hearsay"]', "sources: There is no such source"),
        ('indicators = ["population"]', "", "indicators: The field is missing"),
        ('"census"', '"Số 1"', "id: Malformed id"),
        (', en = "Census"', "", "name.en: The text is missing"),
        ('"2025-12-31"', '"2025-13-01"', "until"),
        ("until", "untill", "untill"),
        (GOOD, GOOD + GOOD, "id: This id stands twice"),
    ],
)
def test_a_wrong_entry_is_told_by_its_field(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    _, faults = read(tmp_path, GOOD.replace(old, new))
    assert faults
    assert "concepts.toml [" in faults[0]
    assert told in " ".join(faults)


def concept(concept_id: str, **limits: object) -> Concept:
    rule: dict[str, object] = {"indicators": ("population",), **limits}
    return Concept(concept_id, text(concept_id), text(concept_id), **rule)  # type: ignore[arg-type]


def test_the_first_concept_that_takes_a_figure_in_is_its() -> None:
    review = {"since": dt.date(2022, 1, 1), "until": dt.date(2025, 12, 31)}
    concepts = [concept("census", sources=("register",)), concept("review", **review)]
    census = figure("u", "population", 1)
    report = {"source_id": "report"}
    inside = figure("u", "population", 1, **report, period="2025")
    early = figure("u", "population", 1, **report, period="2021")
    across = figure("u", "population", 1, **report, period="2025/2026")
    other = figure("u", "natural_area", 1)
    stated = figure("u", "population", 1, concept="own")
    found = with_concepts(concepts, [census, inside, early, across, other, stated])
    assert [each.concept for each in found] == ["census", "review", "", "", "", "own"]


def test_lai_chau_tells_census_register_and_yearly_average_apart(lai_chau_store: Store) -> None:
    names = {each.id: each.name.en for each in lai_chau_store.concepts()}
    province = "12-20040101"
    found = {o.period: o.concept for o in lai_chau_store.series(province, "population")}
    assert found["2016"] == "average-population"
    assert found["2019-04-01"] == "census-2019"
    assert found["2025-07-01"] == "register-2025"
    assert set(found.values()) <= {*names, ""}
