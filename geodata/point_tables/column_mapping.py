"""Which column of a list holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.errors import FileFault, UnansweredFile
from geodata.i18n import Message
from geodata.point_tables.headings import ListVocabulary
from geodata.point_tables.table_file import TableFile


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns that were recognised, by field, and those that were not."""

    by_field: dict[str, str]
    ignored: tuple[str, ...]


def detect_columns(
    table: TableFile, explicit: Mapping[str, str], file: str, vocabulary: ListVocabulary
) -> ColumnMapping:
    """Which column holds what: as told, else by its heading.

    Parameters
    ----------
    explicit
        Columns by field as a person told them; an empty one says that no column holds the field.
    file
        Name of the file.

    Raises
    ------
    FileFault
        A column told is not there, no column holds names, or two could hold the same.
    """
    found: dict[str, str] = {}
    for field, column in explicit.items():
        if field not in vocabulary.headings or column not in (*table.columns, ""):
            raise FileFault(
                Message("There is no such column"),
                found=f"{field}={column}",
                allowed=tuple(f"{name}=CỘT" for name in vocabulary.headings) + table.columns,
                where=file,
            )
        found[field] = column
    found = {field: column for field, column in found.items() if column}
    for column in table.columns:
        field = vocabulary.field_of(table.headings.get(column, (column,)))
        if not field or field in explicit or column in found.values():
            continue
        if field in found:
            raise UnansweredFile(
                Message("Two columns mean the same"),
                found=f"{found[field]}, {column}",
                remedy=Message("Say which of them holds it"),
                where=f"{file}:{table.header}",
            )
        found.setdefault(field, column)
    if "name" not in found:
        raise UnansweredFile(
            vocabulary.without_names,
            found=", ".join(table.columns),
            allowed=vocabulary.example,
            remedy=Message("Say which column it is"),
            where=f"{file}:{table.header}",
        )
    ignored = tuple(column for column in table.columns if column not in found.values())
    return ColumnMapping(found, ignored)
