"""The data dictionary: every column and key of a dataset's files, and every field of the API."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.model import (
    Indicator,
    MeasureUnit,
    Observation,
    PositionalAccuracy,
    Source,
    Succession,
    Theme,
    Unit,
    VillageChange,
    VillageMention,
)
from portal.docs.markdown import code, table
from portal.docs.record_fields import FieldDescription, column_descriptions

_INTRODUCTION = """# Data dictionary

Every column and key of a dataset's files, made from the records that read and write them. The
fields of the API's answers stand on the [page of the API](api.md#documents).

Days are ISO text (`2025-07-01`), numbers have a decimal point, lists within a cell are joined by
`|`, an empty cell is a missing value. Text is UTF-8 in NFC.
"""


@dataclass(frozen=True, slots=True)
class FileDescription:
    """A file and its columns or keys.

    Parameters
    ----------
    path
        Below the folder of the dataset.
    meaning
        What the file holds, in a sentence.
    columns
        Its columns or keys in the order of the file.
    """

    path: str
    meaning: str
    columns: tuple[FieldDescription, ...]


_SHIPPED: dict[str, type] = {
    "shipped/units.csv": Unit,
    "shipped/succession.csv": Succession,
    "shipped/observations.csv": Observation,
    "shipped/boundary_report.csv": PositionalAccuracy,
    "shipped/village_mentions.csv": VillageMention,
    "shipped/village_changes.csv": VillageChange,
}
"""Record type by table that the build writes; the store has the same columns."""

_CATALOGUE: dict[str, type] = {
    "store: indicators": Indicator,
    "store: themes": Theme,
    "store: sources": Source,
    "store: measure_units": MeasureUnit,
}


def described_files() -> Iterator[FileDescription]:
    """Every file of a dataset with its columns or keys."""
    for path, record in {**_SHIPPED, **_CATALOGUE}.items():
        meaning = (inspect.getdoc(record) or "").partition("\n")[0]
        yield FileDescription(path, meaning, column_descriptions(record))


def data_dictionary() -> str:
    """The page in Markdown, with a section for every file."""
    sections = [_INTRODUCTION]
    for file in described_files():
        rows = [[code(each.name), each.kind, each.meaning] for each in file.columns]
        sections += [
            f"## {file.path}\n",
            file.meaning + "\n",
            table(["name", "type", "meaning"], rows),
        ]
    return "\n".join(sections)
