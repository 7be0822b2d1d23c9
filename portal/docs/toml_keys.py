"""Every key of a dataset's TOML files, from the records into which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import NoneType
from typing import Any, get_args, get_type_hints

from geodata.dataset import DETAILS, DatasetInfo
from geodata.dataset_files import (
    EventsFile,
    SeparateLicence,
    SurroundingsFile,
    TableRecipe,
    TerritoryFile,
    VillagePointsFile,
)
from geodata.dataset_files.csv_columns import ColumnSpec
from geodata.dataset_files.territory_records import (
    CROSSWALK_COLUMNS,
    PREDECESSOR_COLUMNS,
    SUCCESSOR_COLUMNS,
    SUCCESSOR_OPTIONAL_COLUMNS,
)
from geodata.model import Concept, Dimension, Indicator, MeasureUnit, PlaceCategory, Source, Theme
from geodata.rasters.raster_recipe import RasterRecipe
from geodata.unit_profile import UnitProfile
from geodata.vectors.vector_recipe import VectorRecipe
from portal.docs.record_fields import FieldDescription, parameter_descriptions, type_in_words


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file of a dataset and the record that it becomes.

    Parameters
    ----------
    path
        Below the folder of the dataset; ``<theme>`` stands for any name.
    meaning
        What the file holds, in a sentence.
    record
        Type of the record of the whole file, or of each table where ``root`` is given.
    root
        Name of the tables that stand side by side at the top; ``<id>`` where the name is an id.
    names
        Key by field, where the two differ.
    left_out
        Fields that do not come from the file.
    replaced
        Keys by the field instead of which they stand, both with the names of the tables around
        them: ``indicator.range``.
    """

    path: str
    meaning: str
    record: type
    root: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    replaced: Mapping[str, tuple[FieldDescription, ...]] = field(default_factory=dict)

    def keys(self) -> tuple[FieldDescription, ...]:
        """Every key of the file, with the names of the tables around it: ``event.changes.from``."""
        if not self.root:
            return tuple(self._keys(self.record, ""))
        kind = "table for each id" if self.root.startswith("<") else "list of tables"
        top = FieldDescription(self.root, kind, self.meaning)
        return (top, *self._keys(self.record, f"{self.root}."))

    def _keys(self, record: type, prefix: str) -> Iterator[FieldDescription]:
        described, hints = parameter_descriptions(record), get_type_hints(record)
        for each in fields(record):
            name = f"{prefix}{self.names.get(each.name, each.name)}"
            if f"{prefix}{each.name}" in self.replaced:
                yield from self.replaced[f"{prefix}{each.name}"]
            elif each.name not in self.left_out:
                hint, meaning = hints[each.name], described.get(each.name, "")
                if inner := _inner_record(hint):
                    yield FieldDescription(name, _kind_of_table(hint), meaning)
                    yield from self._keys(inner, f"{name}.")
                else:
                    yield FieldDescription(name, type_in_words(_given(hint)), meaning)


def _inner_record(hint: Any) -> type | None:  # noqa: ANN401 - any annotation
    """The record that a field holds, holds several of, or may hold."""
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and is_dataclass(each) and each.__name__ != "Text":
            return each
    return None


def _kind_of_table(hint: Any) -> str:  # noqa: ANN401 - any annotation
    return "list of tables" if Ellipsis in get_args(hint) else "table"


def _given(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """The type of a key where it is given: TOML knows no empty value, it is left out."""
    given = [each for each in get_args(hint) if each is not NoneType]
    return given[0] if NoneType in get_args(hint) and len(given) == 1 else hint


def _columns(table: str, *specs: ColumnSpec) -> tuple[FieldDescription, ...]:
    return tuple(FieldDescription(f"{table}.{s.name}", s.kind, s.meaning) for s in specs)


_TERRITORY_KEYS = {
    "details": (
        FieldDescription("details", "table", "Tolerance of the simplification by detail."),
        *(
            FieldDescription(
                f"details.{detail}",
                "number",
                f"Tolerance of detail {detail}, metres; detail {DETAILS[-1]} is the finest.",
            )
            for detail in DETAILS
        ),
    ),
    "horizon": (
        FieldDescription("horizon", "table", "How far back the units are known."),
        FieldDescription(
            "horizon.date", "day", "The date from which communes and districts are known."
        ),
    ),
    "successors.register.columns": _columns(
        "successors.register", *SUCCESSOR_COLUMNS, *SUCCESSOR_OPTIONAL_COLUMNS
    ),
    "predecessors.register.columns": _columns("predecessors.register", *PREDECESSOR_COLUMNS),
    "predecessors.crosswalk.columns": _columns("predecessors.crosswalk", *CROSSWALK_COLUMNS),
}
_INDICATOR_KEYS = {
    "indicator.measure_unit": (
        FieldDescription(
            "indicator.measure_unit", "text", "Id of the unit of measure, from measure_units.toml."
        ),
    ),
    "indicator.minimum": (
        FieldDescription(
            "indicator.range",
            "list of number",
            "Possible values: `[lowest, highest]`, both inclusive, `[lowest]` where no highest is "
            "known, or left out.",
        ),
    ),
    "indicator.breakdowns": (
        FieldDescription(
            "indicator.breakdowns",
            "list of list of text",
            'By which dimensions it is broken down: `[["sex"], ["sex", "residence"]]` by sex, and '
            "by sex and residence crossed.",
        ),
    ),
    "indicator.whole": (
        FieldDescription(
            "indicator.part",
            "list of tables",
            "What a part has of its own; everything else is that of the indicator.",
        ),
        FieldDescription(
            "indicator.part.dimensions",
            "text",
            "Which part: the values of its dimensions, as `sex:female,residence:urban`.",
        ),
        *(
            FieldDescription(f"indicator.part.{key}", kind, f"As of an indicator; {otherwise}.")
            for key, kind, otherwise in (
                ("name", "text in each language", "else its name and those of the codes"),
                ("definition", "text in each language", "else its definition"),
                ("numerator", "text", "else the same part of its numerator, where there is one"),
                ("denominator", "text", "else the same part of its denominator"),
                ("ratio_factor", "number", "else its factor"),
                ("direction", "text", "else its direction"),
                ("decimals", "whole number", "else its decimals"),
                ("levels", "list of text", "else its levels"),
                ("not_applicable_kinds", "list of text", "else its kinds"),
                ("former_ids", "list of text", "ids under which the part stood on its own"),
            )
        ),
    ),
}

_WHERE = "Features that are meant: `{ column = [value, value] }`; all where it is left out."
_VECTOR_KEYS = {
    "vector.statistic.where": (
        FieldDescription("vector.statistic.where", "table of lists", _WHERE),
    ),
    "vector.statistic.start": (
        FieldDescription(
            "vector.statistic.from",
            "text",
            "Where ways along a network begin: `seat`, the seat of each unit (if left out), or "
            "`network`, everywhere on the unit's lines, of which the mean is taken.",
        ),
    ),
    "vector.statistic.to.where": (
        FieldDescription("vector.statistic.to.where", "table of lists", _WHERE),
    ),
    "vector.statistic.to.lonlat": (
        FieldDescription("vector.statistic.to.lon", "number", "Longitude of a place, degrees."),
        FieldDescription("vector.statistic.to.lat", "number", "Latitude of a place, degrees."),
    ),
}

TOML_FILES = (
    TomlFile(
        "dataset.toml",
        "What the dataset is.",
        DatasetInfo,
        left_out=frozenset({"version", "folder", "profile"}),
    ),
    TomlFile(
        "unit_profile.toml",
        "What the page of a unit and its card on the map show, and in which order; a dataset "
        "without such a file shows the usual.",
        UnitProfile,
    ),
    TomlFile(
        "themes.toml",
        "Themes in the order of the menu, each a table named by its id.",
        Theme,
        root="<theme>",
        left_out=frozenset({"id"}),
    ),
    TomlFile(
        "measure_units.toml",
        "Units of measure, each a table named by its id.",
        MeasureUnit,
        root="<measure unit>",
        left_out=frozenset({"id"}),
    ),
    TomlFile(
        "indicators/<theme>.toml",
        "Indicators of a theme in the order of the menu.",
        Indicator,
        root="indicator",
        left_out=frozenset({"theme", "maximum", "dimensions"}),
        replaced=_INDICATOR_KEYS,
    ),
    TomlFile(
        "dimensions.toml",
        "Code lists by which indicators are broken down; a dataset without such has no such file.",
        Dimension,
        root="dimension",
        names={"codes": "code"},
    ),
    TomlFile(
        "place_categories.toml",
        "Kinds of place in the order of the legend, each a table named by its id; a dataset "
        "without places has no such file.",
        PlaceCategory,
        root="<category>",
        left_out=frozenset({"id"}),
    ),
    TomlFile("sources/<name>.toml", "Documents and data files.", Source, root="source"),
    TomlFile(
        "licences.toml",
        "Licences that ask that what is derived stays under them; what comes of their sources is "
        "shipped in files of its own.",
        SeparateLicence,
        root="<licence>",
        left_out=frozenset({"id"}),
    ),
    TomlFile(
        "concepts.toml",
        "Concepts by which figures are counted; the first that takes a figure in is the figure's.",
        Concept,
        root="concept",
    ),
    TomlFile(
        "events.toml",
        "What became of the units, and by which law.",
        EventsFile,
        names={"events": "event", "from_id": "from", "to_id": "to"},
    ),
    TomlFile(
        "inputs/territory.toml",
        "How the units and their boundaries are made from input files.",
        TerritoryFile,
        names={"official_areas": "official_area"},
        left_out=frozenset({"where"}),
        replaced=_TERRITORY_KEYS,
    ),
    TomlFile(
        "inputs/tables.toml",
        "Tables with one row for every unit of an era, and how they are read.",
        TableRecipe,
        root="table",
        names={"columns": "column"},
        left_out=frozenset({"where", "classes_of"}),
    ),
    TomlFile(
        "inputs/rasters.toml",
        "Rasters, and the figures of units that are computed from them.",
        RasterRecipe,
        root="raster",
        names={"statistics": "statistic"},
        left_out=frozenset({"where", "class_names"}),
    ),
    TomlFile(
        "inputs/vectors.toml",
        "Layers of lines, points and polygons, and the figures of units that are computed from "
        "them.",
        VectorRecipe,
        root="vector",
        names={"statistics": "statistic"},
        left_out=frozenset({"where"}),
        replaced=_VECTOR_KEYS,
    ),
    TomlFile(
        "inputs/surroundings.toml",
        "The country around the units, for the locator map.",
        SurroundingsFile,
    ),
    TomlFile(
        "inputs/villages.toml",
        "A layer of named points in which the villages that documents name are found.",
        VillagePointsFile,
        replaced={"where": (FieldDescription("where", "table of lists", _WHERE),)},
    ),
)
"""Every TOML file of a dataset."""
