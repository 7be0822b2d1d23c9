"""An indicator that is broken down, made with a table: by a list that there is, or by a new one."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from build_helpers import AREA, DENSITY, POPULATION, catalogue, text
from checked_tables import table_of
from ledger_helpers import because, may_all, request
from sqlalchemy import Engine

from geodata.dataset import Dataset
from geodata.errors import InvalidInput
from geodata.ledger.correcting import undo
from geodata.ledger.publishing import publish
from geodata.ledger.served_store import refresh_store
from geodata.model import Dimension, DimensionCode
from geodata.store import Store, create_store, open_store
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.column_records import ColumnMeaning, NewIndicator
from geodata.table_import.columns import new_indicator
from geodata.table_import.columns.indicator_form import IndicatorFaults
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.made_entries import implied_parts, made_indicators
from geodata.table_import.prepare import prepare_table
from geodata.table_import.report_records import Answers, ImportReport

SINCE = dt.date(2025, 7, 1)
HARVEST = {
    "name_vi": "Sản lượng", "name_en": "Harvest", "definition_vi": "Sản lượng thu hoạch.",
    "definition_en": "What was harvested.", "theme": "services", "kind": "count",
    "measure_unit_name_vi": "tấn", "measure_unit_name_en": "tonnes", "direction": "up",
    "decimals": "0", "minimum": "0", "breakdown": "+", "dimension_name_vi": "Cây trồng",
    "dimension_name_en": "Crop", "codes": "Lúa | Rice\nNgô | Maize",
}  # fmt: skip
PARTS = ("harvest[crop:rice]", "harvest[crop:maize]")


def long_table(facts: DatasetFacts, names: list[str], made: NewIndicator) -> ImportReport:
    """Rows of crops below each other, read with the indicator that was made."""
    heading = "Sản lượng năm 2025 (tấn)"
    codes = [code for _ in names for code in ("Lúa", "Ngô", "Tổng số")]
    cells = [10 * n + place for n in range(len(names)) for place in (1, 2, 3)]
    content = table_of(
        {"Cây trồng": codes, heading: cells}, [name for name in names for _ in range(3)]
    )
    column = ColumnMeaning(0, (heading,), "value", made.indicator.id, status="")
    said = Answers(columns={(heading,): column}, new_indicators=(made,))
    return prepare_table(content, "san-luong.csv", facts, said)


def series(report: ImportReport) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = {}
    for value in report.values:
        found.setdefault(value.indicator, []).append(value.value)
    return found


def test_a_code_list_is_made_with_the_indicator(facts: DatasetFacts, names: list[str]) -> None:
    made = new_indicator(HARVEST, facts.catalogue, "commune")
    assert made.indicator.breakdowns == ("crop",)
    assert made.dimension is not None
    assert [code.id for code in made.dimension.codes] == ["rice", "maize"]
    report = long_table(facts, names, made)
    assert series(report) == {
        PARTS[0]: [1, 11, 21, 31, 41], PARTS[1]: [2, 12, 22, 32, 42],
        "harvest": [3, 13, 23, 33, 43],
    }  # fmt: skip


def test_sub_headings_are_the_parts_of_what_was_made(facts: DatasetFacts, names: list[str]) -> None:
    made = new_indicator(HARVEST, facts.catalogue, "commune")
    table = {f"Sản lượng - {code} năm 2025 (tấn)": range(5) for code in ("Lúa", "Ngô")}
    report = prepare_table(table_of(table, names), "a.csv", facts, Answers(new_indicators=(made,)))
    proposed = [each.proposals[0].indicator for each in report.columns]
    assert proposed == list(PARTS)


SEX = Dimension(
    "sex", text("Giới tính"), text("Chung"), False,
    (DimensionCode("men", text("Nam")), DimensionCode("women", text("Nữ"))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [(("sex",), ("sex",)), (("sex",), ()), ((), ("sex",)), ((), ())],
)
def test_a_part_of_a_ratio_that_was_made_is_of_the_same_parts(numerator, denominator) -> None:
    people = replace(POPULATION, breakdowns=numerator)
    area = replace(AREA, breakdowns=denominator)
    made = [
        NewIndicator(one, dimension=SEX)
        for one in (people, area, replace(DENSITY, breakdowns=("sex",)))
    ]
    found = made_indicators(made, catalogue())
    part = found["population_density[sex:men]"]
    assert part.numerator == ("population[sex:men]" if numerator else "population")
    assert part.denominator == ("natural_area[sex:men]" if denominator else "natural_area")
    assert found["population_density"].numerator == "population"
    assert len(found) == 3 + 2 * (1 + bool(numerator) + bool(denominator))


@pytest.mark.parametrize(
    ("series", "parts"),
    [
        (["population[sex:men]"], ["population[sex:men]", "population[sex:women]"]),
        (["population[sex:women]", "population[sex:men]"],
         ["population[sex:men]", "population[sex:women]"]),
        (["population[sex:children]"], []),
        (["population[age:old]"], []),
        (["population"], []),
        (["households[sex:men]"], []),
        (["population_density[sex:men]"], []),
        (["population[sex]"], []),
        (["natural_area[sex:men]"], []),
    ],
)  # fmt: skip
def test_figures_imply_all_parts_of_a_count_that_is_not_broken_down(series, parts) -> None:
    known = {one.id: one for one in (POPULATION, DENSITY)}
    known["natural_area[sex:men]"] = AREA
    assert list(implied_parts(series, known, {"sex": SEX})) == parts


def test_a_list_that_there_is_breaks_an_indicator_down(facts: DatasetFacts) -> None:
    made = new_indicator(HARVEST | {"breakdown": "origin"}, facts.catalogue, "commune")
    assert (made.indicator.breakdowns, made.dimension) == (("origin",), None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"breakdown": "crops"}, "breakdown"),
        ({"dimension_name_vi": ""}, "dimension_name_vi"),
        ({"codes": "Lúa"}, "codes"),
        ({"codes": "Lúa\nLÚA\nNgô"}, "codes"),
        ({"codes": "\n".join(f"Cây {n}" for n in range(100))}, "codes"),
        ({"codes": "Lúa\n" + "x" * 10_000}, "codes"),
    ],
)
def test_a_code_list_follows_the_rules(
    facts: DatasetFacts, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(IndicatorFaults) as raised:
        new_indicator(HARVEST | changes, facts.catalogue, "commune")
    assert field in raised.value.by_field


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "1. Lúa"])
def test_an_answers_file_keeps_the_code_list(facts: DatasetFacts, name: str) -> None:
    form = HARVEST | {"codes": f"{name}\nNgô", "dimension_name_en": name}
    answers = Answers(new_indicators=(new_indicator(form, facts.catalogue, "commune"),))
    assert answers_of(json.loads(json.dumps(answers_document(answers)))) == answers


@pytest.fixture(params=["anew", "brought up"])
def served(
    tmp_path: Path, lam_khe_folder: Path, lam_khe_dataset: Dataset, request: pytest.FixtureRequest
) -> tuple[Path, Path]:
    """Where a store is to be served, which may stand already, and the folder of its dataset."""
    path = tmp_path / "served.gpkg"
    if request.param == "brought up":
        create_store(path, lam_khe_dataset).close()
    return path, lam_khe_folder


@pytest.mark.slow
def test_readers_see_the_parts_and_lose_them_when_it_is_taken_back(
    ledger: Engine,
    facts: DatasetFacts,
    names: list[str],
    served: tuple[Path, Path],
    lam_khe_store: Store,
) -> None:
    """In a store made anew, and in one that stood before and is brought up to the ledger."""
    path, folder = served
    made = new_indicator(HARVEST, facts.catalogue, "commune")
    report = replace(long_table(facts, names, made), findings=())
    publish(ledger, lam_khe_store, report, request(), may_all)
    assert refresh_store(ledger, path, folder)
    with closing(open_store(path)) as store:
        assert made.dimension in store.dimensions()
        assert store.indicator("harvest").breakdowns == ("crop",)
        assert store.indicator(PARTS[0]).name.vi == "Sản lượng – Lúa"
        figures = store.values(PARTS[1], "2025", "commune", SINCE)
        assert sorted(each.value for each in figures.values()) == [2, 12, 22, 32, 42]
    undo(ledger, 1, because("Nhầm"), may_all)
    assert refresh_store(ledger, path, folder)
    with closing(open_store(path)) as store:
        assert made.dimension not in store.dimensions()
        assert "harvest" not in {each.id for each in store.indicators(parts=True)}


def test_a_breakdown_by_a_list_that_nobody_knows_is_refused(
    ledger: Engine, facts: DatasetFacts, names: list[str], lam_khe_store: Store
) -> None:
    made = new_indicator(HARVEST, facts.catalogue, "commune")
    report = replace(long_table(facts, names, made), findings=())
    answers = replace(report.answers, new_indicators=(replace(made, dimension=None),))
    with pytest.raises(InvalidInput):
        publish(ledger, lam_khe_store, replace(report, answers=answers), request(), may_all)


CROSSED = HARVEST | {
    "crossed_breakdown": "+", "crossed_name_vi": "Vụ", "crossed_name_en": "Season",
    "crossed_codes": "Đông xuân | Winter-spring\nMùa | Summer",
}  # fmt: skip


def test_two_columns_of_codes_are_crossed(facts: DatasetFacts, names: list[str]) -> None:
    made = new_indicator(CROSSED, facts.catalogue, "commune")
    assert made.indicator.breakdowns == ("crop", "season", "crop,season")
    rows = [
        (crop, season) for crop in ("Lúa", "Ngô", "Chung") for season in ("Mùa", "Đông xuân", "")
    ]
    heading = "Sản lượng năm 2025 (tấn)"
    content = table_of(
        {
            "Cây trồng": [crop for _ in names for crop, _ in rows],
            "Vụ": [season for _ in names for _, season in rows],
            heading: [100 * n + place for n in range(len(names)) for place in range(len(rows))],
        },
        [name for name in names for _ in rows],
    )
    column = ColumnMeaning(0, (heading,), "value", made.indicator.id, status="")
    said = Answers(columns={(heading,): column}, new_indicators=(made,))
    report = prepare_table(content, "vu.csv", facts, said)
    assert {name: values[:2] for name, values in series(report).items()} == {
        "harvest[crop:rice,season:summer]": [0, 100],
        "harvest[crop:rice,season:winter_spring]": [1, 101],
        "harvest[crop:rice]": [2, 102],
        "harvest[crop:maize,season:summer]": [3, 103],
        "harvest[crop:maize,season:winter_spring]": [4, 104],
        "harvest[crop:maize]": [5, 105],
        "harvest[season:summer]": [6, 106],
        "harvest[season:winter_spring]": [7, 107],
        "harvest": [8, 108],
    }
    assert answers_of(json.loads(json.dumps(answers_document(said)))) == said


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"breakdown": ""}, "breakdown"),
        ({"breakdown": "origin", "crossed_breakdown": "origin"}, "crossed_breakdown"),
        ({"crossed_breakdown": "seasons"}, "crossed_breakdown"),
        ({"crossed_codes": "Mùa"}, "crossed_codes"),
        ({"crossed_name_vi": ""}, "crossed_name_vi"),
        (
            {
                "codes": "\n".join(f"Cây {n}" for n in range(30)),
                "crossed_codes": "\n".join(f"Vụ {n}" for n in range(30)),
            },
            "crossed_breakdown",
        ),
    ],
)
def test_a_crossed_list_follows_the_rules(
    facts: DatasetFacts, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(IndicatorFaults) as raised:
        new_indicator(CROSSED | changes, facts.catalogue, "commune")
    assert field in raised.value.by_field
    assert raised.value.by_field[field].what["vi"] != raised.value.by_field[field].what["en"]


def test_a_list_that_there_is_may_be_crossed_with_a_new_one(facts: DatasetFacts) -> None:
    form = CROSSED | {"crossed_breakdown": "origin"}
    made = new_indicator(form, facts.catalogue, "commune")
    assert made.indicator.breakdowns == ("crop", "origin", "crop,origin")
    assert [one.id for one in made.dimensions] == ["crop"]
