"""The one specification of a file to be made: data only, the same in every process."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path

from layers.layer import Layer


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The settings of the installation that a file depends on; empty where it does not.

    Parameters
    ----------
    public_url
        Where readers reach the portal.
    relief_file, relief_stamp
        The grid of elevations that is drawn, and what tells it from the next one at its path.
    raster_folder, raster_stamps
        Where the registered rasters of the instance lie, and the stamps of those that are drawn.
    """

    public_url: str = ""
    relief_file: str = ""
    relief_stamp: str = ""
    raster_folder: str = ""
    raster_stamps: str = ""

    @property
    def relief(self) -> Path | None:
        """The grid of elevations; None without one."""
        return Path(self.relief_file) if self.relief_file else None

    @property
    def rasters(self) -> Path | None:
        """Folder of the registered rasters; None where none is drawn."""
        return Path(self.raster_folder) if self.raster_folder else None


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """A file to be made.

    Parameters
    ----------
    kind
        A name of `portal.export.kinds.EXPORT_KINDS`.
    format
        The ending of the address and of the file: ``png``.
    params
        Names and values as they would stand in the shortest address of the file.
    dataset_version
        Of the store that it is made from; another one refuses.
    pages
        How much there is to do.
    file_name
        Without folder, of plain letters.
    short_page
        The canonical page whose short address stands on the file; empty where none does.
    logo_digest
        Of the reader's logo, which travels beside the specification; empty without one.
    """

    kind: str
    format: str
    params: tuple[tuple[str, str], ...]
    dataset_version: str
    file_name: str
    mimetype: str
    settings: ExportSettings = field(default_factory=ExportSettings)
    pages: int = 1
    short_page: str = ""
    logo_digest: str = ""

    @property
    def cache_key(self) -> str:
        """Equal for files of equal bytes: it changes with what is asked and with the dataset."""
        made_of = (
            self.kind, self.format, self.params, asdict(self.settings), self.dataset_version,
            self.logo_digest, bool(self.short_page),
        )  # fmt: skip
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:20]

    def to_json(self) -> str:
        """The specification as text, for another process."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ExportSpec:
        """The specification again."""
        record = json.loads(text)
        record["params"] = tuple((name, value) for name, value in record["params"])
        record["settings"] = ExportSettings(**record["settings"])
        return cls(**record)


def digest_of(logo: bytes) -> str:
    """Digest that identifies a logo; empty without one."""
    return hashlib.sha256(logo).hexdigest()[:20] if logo else ""


def layer_file_name(layer: Layer) -> str:
    """A name of plain letters for the file of a layer."""
    parts = [layer.indicator, layer.period, layer.level, layer.drawn_on.isoformat()]
    plain = unicodedata.normalize("NFKD", "_".join(parts))
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in plain)
