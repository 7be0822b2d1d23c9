"""What a list of places gives, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.i18n import Localised
from geodata.model import Place, PlaceCategory, Unit
from geodata.point_tables.column_mapping import ColumnMapping
from geodata.table_import.list_answers import NewPlaceCategory
from geodata.table_import.report_records import Finding, Severity


@dataclass(frozen=True)
class PlaceOptions:
    """What a person says about a list of places.

    Parameters
    ----------
    layer
        Sheet of a workbook or layer of a file of shapes; empty lets it be found.
    crs
        Coordinate system of x and y; empty lets it be recognised.
    columns
        Headings by field; see `geodata.places.place_vocabulary`.
    category
        Category of all rows, as it would be written in them; empty where the rows tell it.
    categories
        From a category as written to the id of one that is known; an empty id makes a new one.
    new_categories
        How new ones are made, by the category as written.
    communes
        From a commune as written to a unit id, or to an empty text for rows that are left out.
    source_id
        Id of the source of the list; empty before it is published.
    """

    layer: str = ""
    crs: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    new_categories: Mapping[str, NewPlaceCategory] = field(default_factory=dict)
    communes: Mapping[str, str] = field(default_factory=dict)
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class WrittenCategory:
    """A category as a list writes it.

    Parameters
    ----------
    written
        The words of the list.
    category
        The category that is meant, or the new one that would be made.
    new
        Whether it would be made.
    rows
        How many rows write it.
    asked
        Whether nobody has said yet that it is to be made.
    alike
        Categories of nearly the same name, of which one may be meant.
    """

    written: str
    category: PlaceCategory
    new: bool
    rows: int
    asked: bool = False
    alike: tuple[PlaceCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownCommune:
    """A commune as a list writes it of which nobody knows which one it is.

    Parameters
    ----------
    alike
        Communes of nearly the same name, the likeliest first.
    unplaced
        How many of its rows have no position, so that the commune must be said.
    """

    written: str
    rows: int
    alike: tuple[Unit, ...] = ()
    unplaced: int = 0


@dataclass(frozen=True)
class PlaceReport:
    """What a list of places would give.

    Parameters
    ----------
    file, sha256
        Name of the file and the hash of its bytes.
    columns
        Which column holds what; the others are kept with the places.
    position_note
        How positions were read; empty without any.
    categories
        The categories of the list.
    communes
        Communes as written of which nobody knows which they are.
    places
        The places, in the order of the list, without rows that have an error.
    rows
        The row of each place in its sheet.
    findings
        The worst first.
    notes
        What was set apart or converted on the way.
    """

    file: str
    sha256: str
    columns: ColumnMapping
    position_note: Localised
    categories: tuple[WrittenCategory, ...]
    communes: tuple[UnknownCommune, ...]
    places: tuple[Place, ...]
    rows: tuple[int, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Localised, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open."""
        return sum(each.severity == severity and not each.reason for each in self.findings)
