"""``licences.toml``: sources whose derived tables are shipped apart, under a licence of their own.

A licence such as the ODbL asks that a table made of a database stays under it. What comes of the
sources of such a licence is written to files of its own, with the notice beside them, so that the
rest of the dataset may be used under the terms of its own sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from geodata.catalogue import Catalogue
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

LICENCES_FILE = "licences.toml"

_LICENCE_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class SeparateLicence:
    """A licence under which tables are shipped in files of their own.

    Parameters
    ----------
    id
        Stands in the names of the files: ``observations.<id>.csv``.
    sources
        Ids of the sources of which the tables are made.
    notice
        Whom to credit and under which terms, written beside the tables.
    url
        Where the terms stand.
    """

    id: str
    sources: tuple[str, ...]
    notice: str
    url: str


def read_separate_licences(
    folder: Path, catalogue: Catalogue, faults: FaultCollector
) -> tuple[SeparateLicence, ...]:
    """Read ``licences.toml`` of a dataset; none where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    path = folder / LICENCES_FILE
    if not path.exists():
        return ()
    found: list[SeparateLicence] = []
    for key, table in read_toml(path).items():
        entry = TableReader(f"{display_path(path)} [{key}]", table, faults)
        found.append(_licence(key, entry, catalogue))
        entry.finish()
    return tuple(found)


def _licence(key: str, entry: TableReader, catalogue: Catalogue) -> SeparateLicence:
    if not _LICENCE_ID.fullmatch(key):
        entry.report("id", Message("Malformed id"), key, (_LICENCE_ID.pattern,))
    sources = tuple(entry.items("sources", (str,)))
    for unknown in (each for each in sources if each not in catalogue.sources):
        remedy = Message("Add the source to sources/*.toml, or correct the name")
        entry.report("sources", Message("There is no such source"), unknown, remedy=remedy)
    return SeparateLicence(key, sources, entry.string("notice"), entry.string("url"))
