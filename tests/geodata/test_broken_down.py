"""An indicator by code lists: its parts, their names, their ratios, and what may not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.broken_down import MAX_PARTS
from geodata.catalogue import Catalogue, read_catalogue
from geodata.errors import FileFault

DIMENSIONS = """
[[dimension]]
id = "sex"
name = { vi = "Giới tính", en = "Sex" }
total = { vi = "Chung", en = "Both" }
code = [
    { id = "male", name = { vi = "Nam", en = "Male" } },
    { id = "female", name = { vi = "Nữ", en = "Female" } },
]

[[dimension]]
id = "residence"
name = { vi = "Nơi ở", en = "Residence" }
code = [
    { id = "urban", name = { vi = "Thành thị", en = "Urban" } },
    { id = "rural", name = { vi = "Nông thôn", en = "Rural" } },
]
"""
FILE = "indicators/population.toml"
PEOPLE = 'palette = "yellow_browns"\nstyle = "symbols"\n'
BROKEN_DOWN = PEOPLE + 'breakdowns = [["sex"], ["sex", "residence"]]\n'
PART = """
[[indicator.part]]
dimensions = "sex:female"
name = { vi = "Dân số nữ", en = "Women" }
direction = "up"
former_ids = ["women"]
"""


@pytest.fixture
def folder(toy_copy: Path) -> Path:
    (toy_copy / "dimensions.toml").write_text(DIMENSIONS, encoding="utf-8")
    change(toy_copy, PEOPLE, BROKEN_DOWN + PART)
    return toy_copy


def change(folder: Path, old: str, new: str, file: str = FILE) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(FileFault) as error:
        read_catalogue(folder)
    return error.value.message("en")


def test_an_indicator_is_followed_by_its_parts_in_the_order_of_the_codes(folder: Path) -> None:
    assert list(read_catalogue(folder).indicators)[:8] == [
        "population",
        "population[sex:male]",
        "population[sex:female]",
        "population[residence:urban,sex:male]",
        "population[residence:rural,sex:male]",
        "population[residence:urban,sex:female]",
        "population[residence:rural,sex:female]",
        "natural_area",
    ]


def test_a_part_is_what_the_whole_is_but_for_what_it_says_itself(folder: Path) -> None:
    indicators = read_catalogue(folder).indicators
    whole, men, women = (
        indicators["population" + part] for part in ("", "[sex:male]", "[sex:female]")
    )
    assert men.name.vi == "Dân số – Nam"
    assert men.name["en"] == "Population – Male"
    assert (men.whole, men.dimensions, men.breakdowns) == ("population", "sex:male", ())
    assert (men.measure_unit, men.levels, men.style) == (
        whole.measure_unit, whole.levels, whole.style,
    )  # fmt: skip
    assert (women.name.vi, women.direction, men.direction) == ("Dân số nữ", "up", "neutral")
    assert (women.former_ids, whole.former_ids) == (("women",), ())
    assert {whole.measured, men.measured} == {"population"}


def density(catalogue: Catalogue, part: str = "[sex:female]") -> tuple[str | None, str | None]:
    found = catalogue.indicators["population_density" + part]
    return found.numerator, found.denominator


def test_a_part_of_a_ratio_is_made_of_the_same_parts_where_there_are_such(folder: Path) -> None:
    change(folder, 'numerator = "population"', 'numerator = "population"\nbreakdowns = [["sex"]]')
    assert density(read_catalogue(folder)) == ("population[sex:female]", "natural_area")
    assert density(read_catalogue(folder), "") == ("population", "natural_area")


def test_a_part_of_a_ratio_may_name_its_own_parts(folder: Path) -> None:
    change(
        folder,
        'numerator = "population"\n',
        'numerator = "population"\nbreakdowns = [["sex"]]\npart = [{ dimensions = "sex:female", '
        'numerator = "population[sex:male]" }]\n',
    )
    assert density(read_catalogue(folder))[0] == "population[sex:male]"


Spoiling = tuple[str, str, str, list[str]]
FAULTS: dict[str, Spoiling] = {
    "unknown dimension": (
        FILE,
        '["sex"],',
        '["sexe"],',
        ["[population] breakdowns", "sexe", "sex"],
    ),
    "dimension twice": (FILE, '["sex", "residence"]', '["sex", "sex"]', ["stands twice"]),
    "breakdown twice": (FILE, '["sex"],', '["residence", "sex"],', ["stands twice"]),
    "no such part": (FILE, '"sex:female"', '"sex:woman"', ["broken down like this", "sex:female"]),
    "no values": (FILE, 'dimensions = "sex:female"', 'dimensions = ""', ["names the values"]),
    "malformed values": (FILE, '"sex:female"', '"sex=female"', ["Not a value of a dimension"]),
    "part twice": (FILE, PART, PART + PART, ["This part stands twice"]),
    "former id in use": (FILE, '["women"]', '["natural_area"]', ["leads elsewhere", "former_ids"]),
    "field of no part": (FILE, 'direction = "up"', 'kind = "ratio"', ["Nothing reads this field"]),
    "code twice": ("dimensions.toml", '"female"', '"male"', ["code", "stands twice"]),
    "malformed code": ("dimensions.toml", '"female"', '"Fe male"', ["Malformed id", "Fe male"]),
    "parent behind": (
        "dimensions.toml",
        '{ id = "male", ',
        '{ id = "male", parent = "female", ',
        ["parent", "must stand behind"],
    ),
    "list twice": ("dimensions.toml", '"residence"', '"sex"', ["[sex] id", "stands twice"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_met_with_file_entry_and_value(folder: Path, case: str) -> None:
    file, old, new, words = FAULTS[case]
    change(folder, old, new, file)
    message = refusal(folder)
    for word in (file, *words):
        assert word in message


def test_a_list_without_codes_is_refused(folder: Path) -> None:
    empty = '[[dimension]]\nid = "age"\nname = { vi = "Tuổi", en = "Age" }\n'
    (folder / "dimensions.toml").write_text(DIMENSIONS + empty, encoding="utf-8")
    assert "has no code" in refusal(folder)


def test_more_parts_than_a_reader_can_find_are_refused(folder: Path) -> None:
    codes = ", ".join(f'{{ id = "{n}", name = {{ vi = "{n}", en = "{n}" }} }}' for n in range(300))
    long = f'[[dimension]]\nid = "age"\nname = {{ vi = "Tuổi", en = "Age" }}\ncode = [{codes}]\n'
    (folder / "dimensions.toml").write_text(DIMENSIONS + long, encoding="utf-8")
    change(folder, '["sex", "residence"]', '["sex", "age"]')
    assert f"at most {MAX_PARTS} parts" in refusal(folder)


def test_the_lists_have_their_totals_and_their_default(folder: Path) -> None:
    lists = read_catalogue(folder).dimensions
    assert {key: one.total["en"] for key, one in lists.items()} == {
        "sex": "Both",
        "residence": "All",
    }
    assert not lists["sex"].overlapping
    assert lists["sex"].code("female") is lists["sex"].codes[1]
    assert lists["sex"].code("other") is None


HEADER = "unit_id,indicator,dimensions,period,status,value,source,quote,scale,stated_percent,basis,"
HEADER += "method_vi,method_en,doubt_vi,doubt_en,note_vi,note_en"


@pytest.fixture
def readings(folder: Path) -> Callable[[str, str], object]:
    """Reads one row with an indicator and its dimensions; gives its series, or the refusal."""
    from geodata.build.document_observations import scan_document_observations

    def read(indicator: str, dimensions: str) -> str:
        row = f'90001-20250701,{indicator},"{dimensions}",2025,actual,800,report,,,,,,,,,,'
        path = folder / "observations" / "population.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
        found, faults = scan_document_observations(folder, read_catalogue(folder))
        return faults[0].message("en") if faults else found[0].indicator

    return read


def test_a_reading_names_the_values_in_any_order_and_blank_is_the_total(readings) -> None:
    assert readings("population", "") == "population"
    assert readings("population", "sex:female") == "population[sex:female]"
    assert readings("population", "sex:male, residence:rural") == (
        "population[residence:rural,sex:male]"
    )


@pytest.mark.parametrize(
    ("indicator", "dimensions", "words"),
    [
        ("population", "residence:rural", ["dimensions", "not broken down like this", "sex:male"]),
        ("population", "sex:child", ["not broken down like this", "sex:male"]),
        ("natural_area", "sex:male", ["not broken down like this"]),
        ("population", "female", ["dimensions", "Not a value of a dimension"]),
        ("population[sex:male]", "", ["indicator", "not in the list", "population"]),
        ("women", "", ["another id now", "Write population, with sex:female"]),
    ],
)
def test_a_reading_of_another_breakdown_is_refused_with_the_row_and_the_way_out(
    readings, indicator: str, dimensions: str, words: list[str]
) -> None:
    message = readings(indicator, dimensions)
    for word in ("observations/population.csv:2", *words):
        assert word in message
