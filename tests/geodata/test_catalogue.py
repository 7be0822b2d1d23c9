"""The catalogue is read whole, or refused with file, entry and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.catalogue import read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.errors import FileFault
from geodata.model import Classification

INDICATORS = "indicators/population.toml"


def test_an_entry_becomes_a_record(toy_folder: Path) -> None:
    catalogue = read_catalogue(toy_folder)
    density = catalogue.indicators["population_density"]
    assert density.name.vi == "Mật độ dân số"
    assert density.name["en"] == "Population density"
    assert density.theme == "population"
    assert density.group.vi == "Mật độ"
    assert density.group["en"] == "Density"
    assert density.measure_unit == catalogue.measure_units["person_per_km2"]
    assert (density.minimum, density.maximum) == (0.0, None)
    assert density.classification == Classification("thresholds", 3, (10.0, 20.0))
    assert density.levels == ("commune",)
    assert density.denominator == "natural_area"


def test_every_shipped_theme_names_the_indicator_it_opens_with() -> None:
    catalogue = read_catalogue(default_dataset_folder())
    assert all(
        catalogue.indicators[theme.lead].theme == theme.id for theme in catalogue.themes.values()
    )


def test_what_is_left_out_has_its_default(toy_folder: Path) -> None:
    catalogue = read_catalogue(toy_folder)
    assert catalogue.indicators["natural_area"].classification == Classification()
    assert catalogue.indicators["population"].not_applicable_kinds == ()
    assert not catalogue.indicators["population"].group
    assert catalogue.sources["hearsay"].rank == 3
    assert not catalogue.sources["hearsay"].issuer


def test_indicators_keep_the_order_of_the_file(toy_folder: Path) -> None:
    names = list(read_catalogue(toy_folder).indicators)
    assert names == ["population", "natural_area", "population_density"]


FAULTS = {
    "field missing": (INDICATORS, 'direction = "neutral"\n', "", ["[population] direction"]),
    "field misspelt": (INDICATORS, "decimals = 0", "decimal = 0", ["[population] decimals"]),
    "field nobody reads": (
        INDICATORS,
        'id = "population"',
        'id = "population"\ncolour = "red"',
        ["[population] colour", "'red'"],
    ),
    "wrong type": (INDICATORS, "decimals = 0", 'decimals = "0"', ["decimals", "'0'", "int"]),
    "truth value for a number": (
        INDICATORS,
        "decimals = 0",
        "decimals = true",
        ["decimals", "True"],
    ),
    "unknown kind": (
        INDICATORS,
        'kind = "count"',
        'kind = "sum"',
        ["kind", "'sum'", "count, ratio"],
    ),
    "unknown level": (
        INDICATORS,
        '"province", ',
        '"country", ',
        ["levels", "'country'", "village"],
    ),
    "unknown unit of measure": (
        INDICATORS,
        'measure_unit = "person"',
        'measure_unit = "people"',
        ["measure_unit", "'people'", "person, km2"],
    ),
    "no English name": (INDICATORS, ', en = "Population" }', " }", ["[population] name.en"]),
    "a third language": (
        INDICATORS,
        'en = "Population" }',
        'en = "P", fr = "P" }',
        ["name", "'fr'"],
    ),
    "range the wrong way": (INDICATORS, "range = [0]", "range = [5, 0]", ["range", "5.0, 0.0"]),
    "thresholds that fall": (INDICATORS, "[10, 20]", "[20, 10]", ["thresholds", "20.0, 10.0"]),
    "too many classes": (INDICATORS, "classes = 5", "classes = 12", ["classes", "'12'", "3-9"]),
    "id twice": (
        INDICATORS,
        'id = "natural_area"',
        'id = "population"',
        ["[population] id", "twice"],
    ),
    "malformed id": (INDICATORS, 'id = "natural_area"', 'id = "Area!"', ["[Area!] id"]),
    "ratio without denominator": (
        INDICATORS,
        'denominator = "natural_area"\n',
        "",
        ["[population_density] denominator", "must name"],
    ),
    "neither lowest nor highest": (
        INDICATORS,
        'kind = "count"',
        'kind = "extreme"\nextreme = "middle"',
        ["[population] extreme", "'middle'", "lowest, highest"],
    ),
    "denominator unknown": (
        INDICATORS,
        'denominator = "natural_area"',
        'denominator = "land"',
        ["[population_density] denominator", "'land'"],
    ),
    "not TOML": (
        INDICATORS,
        "[[indicator]]",
        "[[indicator]",
        ["indicators/population.toml", "TOML"],
    ),
    "source twice": (
        "sources/all.toml",
        'id = "report"',
        'id = "grid"',
        ["sources/all.toml [grid] id"],
    ),
    "source without title": (
        "sources/all.toml",
        'title = { vi = "Ghi chép" }\n',
        "",
        ["sources/all.toml [hearsay] title"],
    ),
    "unit without space": (
        "measure_units.toml",
        "space = true\n[km2]",
        "[km2]",
        ["[person] space"],
    ),
    "lead of another theme": (
        "themes.toml",
        "[population]",
        '[population]\nlead = "forest_cover_rate"',
        ["themes.toml [population] lead", "forest_cover_rate", "population_density"],
    ),
    "estimate of nothing": (
        "indicators/population.toml",
        'kind = "ratio"',
        'kind = "ratio"\nestimates = "populaton"',
        ["estimates", "populaton", "population"],
    ),
    "theme without name": ("themes.toml", "name =", "title =", ["themes.toml [population] name"]),
}


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_entry_and_field(
    toy_copy: Path, name: str, old: str, new: str, words: list[str]
) -> None:
    path = toy_copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileFault) as refused:
        read_catalogue(toy_copy)
    line = refused.value.message("en")
    assert path.name in line
    assert all(word in line for word in words), line
    assert refused.value.message("vi") != line


def test_a_file_of_no_theme_is_refused(toy_copy: Path) -> None:
    (toy_copy / "indicators" / "sport.toml").write_text("", encoding="utf-8")
    with pytest.raises(FileFault, match=r"indicators/sport\.toml.*'sport'.*population"):
        read_catalogue(toy_copy)


def test_a_file_that_is_not_utf8_is_refused(toy_copy: Path) -> None:
    (toy_copy / "themes.toml").write_bytes("[dân]".encode("latin-1"))
    with pytest.raises(FileFault, match=r"themes\.toml: The file is not UTF-8"):
        read_catalogue(toy_copy)


def test_a_missing_file_is_named(toy_copy: Path) -> None:
    (toy_copy / "measure_units.toml").unlink()
    with pytest.raises(FileFault, match=r"measure_units\.toml: The file is missing"):
        read_catalogue(toy_copy)


def test_the_catalogue_that_comes_with_the_package_is_sound() -> None:
    catalogue = read_catalogue(default_dataset_folder())
    themes = {indicator.theme for indicator in catalogue.indicators.values()}
    assert themes == set(catalogue.themes)
    assert len(catalogue.indicators) >= 40
