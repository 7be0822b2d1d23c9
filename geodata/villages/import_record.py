"""What an office loaded: the villages of one commune with their source, as it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from geodata.i18n import Text
from geodata.model import BoundaryQuality


@dataclass(frozen=True, slots=True)
class ImportedVillage:
    """One village of a table.

    Parameters
    ----------
    kind, name
        See `geodata.villages.village_units`; the kind is empty where the table does not tell it.
    lon, lat
        Its point, degrees (WGS 84); None without one.
    wkt
        Its polygon, EPSG:4326; empty without one.
    joined
        Kind and name of the village it joined when the villages were rearranged; empty names for
        a village that went on as it was.
    number
        The number that it has had in its commune since an earlier list; 0 lets one be given.
    """

    where: str
    kind: str
    name: str
    lon: float | None = None
    lat: float | None = None
    wkt: str = ""
    population: float | None = None
    households: float | None = None
    joined_kind: str = ""
    joined_name: str = ""
    number: int = 0

    @property
    def row_number(self) -> int:
        """Number of its row in the file, the end of ``where``; 0 where that names no row."""
        number = self.where.rpartition(":")[2]
        return int(number) if number.isascii() and number.isdigit() else 0


@dataclass(frozen=True, slots=True)
class VillageImport:
    """The villages of one commune as an office gave them.

    Parameters
    ----------
    commune_id
        Unit id of the commune; a commune has one import, a later one takes the place of it.
    title, issuer, number, date, url
        The document or file, as its source is shown.
    file
        Name of the file.
    period
        Period of the populations and households; empty without any.
    quality
        Of polygons; points always give indicative areas.
    merged_on, legal_basis
        Day of the rearrangement and what it rests on; None and empty without one.
    """

    commune_id: str
    title: str
    rows: tuple[ImportedVillage, ...]
    issuer: str = ""
    number: str = ""
    date: str = ""
    url: str = ""
    file: str = ""
    period: str = ""
    quality: BoundaryQuality = "indicative"
    merged_on: dt.date | None = None
    legal_basis: str = ""

    @property
    def source_id(self) -> str:
        """Id of the source the villages are shown with."""
        return f"villages-{self.commune_id}"

    @property
    def basis(self) -> Text:
        """The legal basis of the rearrangement, else the document itself."""
        return Text(self.legal_basis or self.title)

    def to_json(self) -> str:
        """The whole import as JSON; equal imports give equal text."""
        record = asdict(self) | {"merged_on": self.merged_on and self.merged_on.isoformat()}
        return json.dumps(record, ensure_ascii=False, sort_keys=True)


def import_from_json(content: str) -> VillageImport:
    """The import of a text made by `VillageImport.to_json`."""
    record = json.loads(content)
    day = record.pop("merged_on")
    rows = tuple(ImportedVillage(**row) for row in record.pop("rows"))
    return VillageImport(rows=rows, merged_on=dt.date.fromisoformat(day) if day else None, **record)


def imports_version(imports: Iterable[VillageImport]) -> str:
    """First eight hexadecimal digits of the hash over all imports; empty without any."""
    contents = sorted(record.to_json() for record in imports)
    text = "\n".join(contents)
    return hashlib.sha256(text.encode()).hexdigest()[:8] if contents else ""
