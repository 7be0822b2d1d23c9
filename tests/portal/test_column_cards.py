"""Columns of a table that one answer covers, as the review page asks and reads them."""

from __future__ import annotations

import json

import pytest
from werkzeug.datastructures import MultiDict

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.table_import.report_records import Answers, ImportReport
from portal.publishing.answer_forms import read_answers
from portal.publishing.column_cards import column_cards
from tests.table_columns import columns_of
from tests.table_layouts import value_table


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def cards(catalogue: Catalogue, paths: list[tuple[str, ...]], *title: str) -> list[dict]:
    table = value_table(paths, title=title or ("NĂM 2025",))
    meanings, findings = columns_of(catalogue, table)
    report = ImportReport("b.xlsx", "", table, None, meanings, (), (), findings, Answers())
    return column_cards(report, catalogue, "vi")


def answered(shown: list[dict], leader: dict, picked: str) -> dict[str, str]:
    """By headings the series that columns hold once the first of them is answered."""
    fields = {f"pick-{leader['place']}": picked}
    for card in shown:
        place = card["place"]
        fields |= {f"path-{place}": card["path"], f"shown-{place}": card["shown"]}
        values = zip(
            ("use", "indicator", "period", "status", "measure", "scale", "concept"),
            json.loads(card["shown"]),
            strict=True,
        )
        fields |= {f"{name}-{place}": text for name, text in values}
        if card["leader"] is not None:
            fields[f"same-{place}"] = str(card["leader"])
        if card["part"]:
            fields[f"part-{place}"] = card["part"]
    answers, _ = read_answers(MultiDict(fields), Answers())
    return {path[-1]: meaning.indicator for path, meaning in answers.columns.items()}


def test_the_codes_of_a_new_breakdown_are_one_question(catalogue: Catalogue) -> None:
    shown = cards(catalogue, [("Dân số (người)", "Nam"), ("Dân số (người)", "Nữ")])
    first, second = sorted(shown, key=lambda card: card["place"])
    assert (first["followers"], second["leader"]) == ([second["place"]], first["place"])
    assert first["proposals"][0]["name"] == "Dân số – Nam (người); Dân số – Nữ (người)"
    picked = answered(shown, first, first["proposals"][0]["id"])
    assert picked == {"Nam": "population[sex:male]", "Nữ": "population[sex:female]"}


def test_months_below_a_title_are_one_question(catalogue: Catalogue) -> None:
    paths = [(f"Tháng {month}",) for month in range(1, 13)]
    shown = cards(catalogue, paths, "Sản lượng điện thương phẩm năm 2025")
    (first,) = [card for card in shown if card["leader"] is None]
    assert (len(first["followers"]), first["group_heading"]) == (11, "Tháng 1 … Tháng 12")
    picked = answered(shown, first, "electricity_output")
    assert picked == {path[0]: "electricity_output" for path in paths}


def test_a_header_preselects_the_concept_that_it_names(catalogue: Catalogue) -> None:
    (card,) = cards(catalogue, [("Dân số trung bình năm 2024 (người)",)])
    assert card["concept"] == "average-population"
    (plain,) = cards(catalogue, [("Dân số năm 2024 (người)",)])
    assert plain["concept"] == ""
