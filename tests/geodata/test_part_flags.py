"""Parts that are more than the whole in one document are doubtful; roundings are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import new_id

from geodata.build.quality_flags import add_quality_flags
from geodata.catalogue import Catalogue, read_catalogue
from geodata.model import Observation

DIMENSIONS = """
[[dimension]]
id = "sex"
name = { vi = "Giới tính", en = "Sex" }
code = [
    { id = "male", name = { vi = "Nam", en = "Male" } },
    { id = "female", name = { vi = "Nữ", en = "Female" } },
]
[[dimension]]
id = "age"
name = { vi = "Tuổi", en = "Age" }
overlapping = true
code = [
    { id = "under_15", name = { vi = "Dưới 15", en = "Under 15" } },
    { id = "under_5", name = { vi = "Dưới 5", en = "Under 5" }, parent = "under_15" },
    { id = "under_6", name = { vi = "Dưới 6", en = "Under 6" }, parent = "under_15" },
]
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> Catalogue:
    import shutil

    folder = tmp_path_factory.mktemp("parts") / "dataset"
    shutil.copytree(toy_folder, folder)
    (folder / "dimensions.toml").write_text(DIMENSIONS, encoding="utf-8")
    path = folder / "indicators" / "population.toml"
    text = path.read_text(encoding="utf-8")
    broken_down = 'breakdowns = [["sex"], ["age"], ["sex", "age"]]'
    path.write_text(
        text.replace('id = "population"\n', f'id = "population"\n{broken_down}\n', 1), "utf-8"
    )
    return read_catalogue(folder)


def figure(dimensions: str, value: float, source: str = "report") -> Observation:
    series = f"population[{dimensions}]" if dimensions else "population"
    return Observation(new_id(1), series, "2026", "actual", float(value), source)


def doubted(catalogue: Catalogue, *figures: Observation) -> list[bool]:
    return [bool(one.doubt) for one in add_quality_flags(catalogue, figures)]


def test_parts_that_make_more_than_the_whole_are_all_doubtful(catalogue: Catalogue) -> None:
    figures = (figure("", 100), figure("sex:male", 60), figure("sex:female", 45))
    flagged = add_quality_flags(catalogue, figures)
    assert [one.impossible for one in flagged] == [False] * 3
    assert [one.doubt["en"] for one in flagged] == [
        "Population, 2026: 100 people, but the parts by “Sex” (60 + 45) make 105 people."
    ] * 3


def test_a_part_that_is_more_than_the_whole_is_doubtful_with_it(catalogue: Catalogue) -> None:
    """Either may be wrong; what the other parts are has nothing to do with it."""
    flags = doubted(catalogue, figure("", 100), figure("sex:male", 120), figure("sex:female", 9))
    assert flags == [True, True, False]


def test_parts_that_make_less_are_not_all_there_is(catalogue: Catalogue) -> None:
    assert doubted(catalogue, figure("", 100), figure("sex:male", 40)) == [False, False]


def test_codes_that_overlap_are_not_added_up(catalogue: Catalogue) -> None:
    figures = (figure("age:under_15", 50), figure("age:under_5", 30), figure("age:under_6", 35))
    assert doubted(catalogue, figure("", 100), *figures) == [False] * 4


def test_a_code_is_no_more_than_the_code_it_is_a_part_of(catalogue: Catalogue) -> None:
    assert doubted(catalogue, figure("age:under_15", 50), figure("age:under_5", 60)) == [True, True]


def test_crossed_parts_are_held_against_both_margins(catalogue: Catalogue) -> None:
    boys = figure("age:under_15,sex:male", 30)
    assert doubted(catalogue, figure("age:under_15", 20), boys) == [True, True]
    assert doubted(catalogue, figure("sex:male", 20), boys) == [True, True]


def test_sources_that_differ_are_not_held_against_each_other(catalogue: Catalogue) -> None:
    other = replace(figure("sex:male", 120), source_id="hearsay")
    assert doubted(catalogue, figure("", 100), other) == [False, False]


@given(
    men=st.floats(1, 10**5),
    women=st.floats(1, 10**5),
    digits=st.tuples(*[st.integers(0, 3)] * 3),
)
def test_the_rounding_of_true_parts_is_never_doubtful(catalogue, men, women, digits) -> None:
    """Each figure is printed with digits of its own: 108.7 km, of which 79.19 and 29.55 km."""
    values = [round(each, n) for each, n in zip((men + women, men, women), digits, strict=True)]
    if all(each.is_integer() for each in values):  # whole numbers are taken to be counted
        values[0] = values[1] + values[2]
    names = ("", "sex:male", "sex:female")
    figures = [figure(name, value) for name, value in zip(names, values, strict=True)]
    assert doubted(catalogue, *figures) == [False] * 3


def test_parts_that_nearly_make_the_whole_lack_no_part_that_was_left_out(catalogue) -> None:
    """2,303 Hmong, 168 Dao and 63 Kinh of 2,535 followers: nobody is left out, one is lost."""
    complete = (figure("", 2535), figure("sex:male", 1232), figure("sex:female", 1302))
    assert doubted(catalogue, *complete) == [True] * 3
    part = (figure("", 2535), figure("sex:male", 1232), figure("sex:female", 700))
    assert doubted(catalogue, *part) == [False] * 3


def test_more_than_so_many_may_have_parts_that_make_more(catalogue) -> None:
    whole = replace(figure("", 940), qualifier="more_than")
    more = (whole, figure("sex:male", 500), figure("sex:female", 445))
    assert doubted(catalogue, *more) == [False] * 3
    less = (whole, figure("sex:male", 500), figure("sex:female", 438))
    assert doubted(catalogue, *less) == [True] * 3
