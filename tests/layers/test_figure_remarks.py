"""What a document says beside a figure stands in words in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.model import QUALIFIERS, Indicator, Observation
from layers.figure_remarks import QUALIFIER_NAMES, figure_remark


@pytest.fixture
def figure(toy_dataset: Dataset) -> Observation:
    """A figure with nothing to say of it."""
    found = next(o for o in toy_dataset.observations if o.indicator == "population")
    return replace(found, note=Text(""))


@pytest.fixture
def population(toy_dataset: Dataset) -> Indicator:
    return toy_dataset.catalogue.indicators["population"]


def test_a_plain_figure_has_no_remark(figure: Observation, population: Indicator) -> None:
    assert figure_remark(figure, population, "vi") == ""


def test_every_qualifier_has_its_words() -> None:
    assert set(QUALIFIER_NAMES) == set(QUALIFIERS) - {""}


def test_qualifier_change_and_note_stand_in_this_order(
    figure: Observation, population: Indicator
) -> None:
    told = replace(
        figure,
        qualifier="more_than",
        stated_change="-1240.5 2023-H1",
        note=Text("Chỉ xã cũ.", "The old commune only."),
    )
    assert figure_remark(told, population, "vi") == (
        "Văn bản ghi “trên”. Văn bản ghi giảm 1.240,5 người so với 6 tháng đầu năm 2023. Chỉ xã cũ."
    )
    english = figure_remark(told, population, "en")
    assert english.startswith("The document says “over”. The document states 1,240.5 people less")


def test_a_change_in_per_cent_and_against_the_plan(
    figure: Observation, population: Indicator
) -> None:
    told = replace(figure, stated_change="+21.23% plan")
    assert figure_remark(told, population, "vi") == "Văn bản ghi vượt kế hoạch 21,23%."
