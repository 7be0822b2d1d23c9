"""The data dictionary: every key and column of a dataset's files, and the fields of documents."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.dataset_files.csv_columns import CSV_TABLES
from geodata.model import (
    Concept,
    Indicator,
    JointFigure,
    MeasureUnit,
    Observation,
    Place,
    PlaceCategory,
    PositionalAccuracy,
    Source,
    Succession,
    Theme,
    Unit,
    VillageChange,
    VillageMention,
    VillagePoint,
)
from geodata.model.absent_figures import AbsentFigure
from portal.api.schemas import SCHEMAS, Schema
from portal.docs.api_page import schema_kind
from portal.docs.markdown import code, table
from portal.docs.record_fields import FieldDescription, column_descriptions
from portal.docs.toml_keys import TOML_FILES

_INTRODUCTION = """# Data dictionary

Every key and column of the files of a dataset, and the fields of the JSON documents about units,
sources and figures, made from the code that reads and writes them. All answers of the API, with
examples, stand on the [page of the API](api.md#documents).

Days are ISO text (`2025-07-01`), numbers have a decimal point, lists within a cell are joined by
`|`, an empty cell is a missing value. Text is UTF-8 in NFC. A key of a TOML file stands with the
names of the tables around it: `event.changes.from` is the key `from` in a table of the list
`changes` of an `[[event]]`. A text in each language is written `{ vi = "…", en = "…" }`.
"""


@dataclass(frozen=True, slots=True)
class FileDescription:
    """A file, a table or a JSON document with its columns, keys or fields.

    Parameters
    ----------
    path
        Below the folder of the dataset; for a JSON document its name in the description of the
        API, after ``JSON:``.
    meaning
        What it holds, in a sentence.
    columns
        Its columns, keys or fields in their usual order.
    """

    path: str
    meaning: str
    columns: tuple[FieldDescription, ...]


_SHIPPED: dict[str, type] = {
    "shipped/units.csv": Unit,
    "shipped/succession.csv": Succession,
    "shipped/observations.csv": Observation,
    "shipped/observations.<licence>.csv": Observation,
    "shipped/boundary_report.csv": PositionalAccuracy,
    "shipped/village_mentions.csv": VillageMention,
    "shipped/village_changes.csv": VillageChange,
    "shipped/village_points.csv": VillagePoint,
    "shipped/village_points.<licence>.csv": VillagePoint,
    "shipped/joint_figures.csv": JointFigure,
    "shipped/places.csv": Place,
    "shipped/places.<licence>.csv": Place,
}
"""Record type by table that the build writes; the store has the same columns."""

_CATALOGUE: dict[str, type] = {
    "store: indicators": Indicator,
    "store: themes": Theme,
    "store: sources": Source,
    "store: concepts": Concept,
    "store: absent_figures": AbsentFigure,
    "store: measure_units": MeasureUnit,
    "store: place_categories": PlaceCategory,
}


def described_files() -> Iterator[FileDescription]:
    """Every file of a dataset with its columns or keys, then the JSON documents."""
    for toml in TOML_FILES:
        yield FileDescription(toml.path, toml.meaning, toml.keys())
    for csv in CSV_TABLES:
        every = (*csv.columns, *csv.optional_columns)
        columns = tuple(FieldDescription(c.name, c.kind, c.meaning) for c in every)
        yield FileDescription(csv.path, csv.meaning, columns)
    for path, record in {**_SHIPPED, **_CATALOGUE}.items():
        meaning = (inspect.getdoc(record) or "").partition("\n")[0]
        yield FileDescription(path, meaning, column_descriptions(record))
    for name, schema in SCHEMAS.items():
        if fields := _json_fields(schema):
            yield FileDescription(f"JSON: {name}", f"{schema['description']}", fields)


def _json_fields(schema: Schema, prefix: str = "") -> tuple[FieldDescription, ...]:
    """Fields of a document that is described field by field; none of any other."""
    properties: dict[str, Schema] = schema.get("properties", {})
    if not all("description" in field for field in properties.values()):
        return ()
    found: list[FieldDescription] = []
    for name, field in properties.items():
        found.append(FieldDescription(f"{prefix}{name}", schema_kind(field), field["description"]))
        for choice in field.get("anyOf", ()):
            found += _json_fields(choice, f"{prefix}{name}.")
    return tuple(found)


def data_dictionary() -> str:
    """The page in Markdown, with a section for every file."""
    sections = [_INTRODUCTION]
    for file in described_files():
        rows = [
            [code(each.name), each.kind, each.meaning.replace("``", "`")] for each in file.columns
        ]
        sections += [
            f"## {code(file.path)}\n",
            file.meaning.replace("``", "`") + "\n",
            table(["name", "type", "meaning"], rows),
        ]
    return "\n".join(sections)
