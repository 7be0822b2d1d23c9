"""Villages loaded into a store: kept with it, and put on the dataset whenever it is made again.

A store is made of the dataset and the loads together and takes the old one's place whole; so a
load is written entirely or not at all, and outlives a newer dataset.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from geodata.errors import StoreFault
from geodata.text import Text
from geodata.villages.load import Load, from_content

_QUERY = "SELECT content FROM loads ORDER BY commune_id"


def read_loads(path: Path) -> tuple[Load, ...]:
    """What offices loaded into the store at ``path``, of this version of the portal or another.

    Raises
    ------
    StoreFault
        The store holds loads that cannot be read.
    """
    if not path.is_file():
        return ()
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as old:
            known = "SELECT 1 FROM sqlite_master WHERE name = 'loads'"
            contents = old.execute(_QUERY).fetchall() if old.execute(known).fetchone() else []
    except sqlite3.DatabaseError:
        return ()  # No database: nothing was loaded into it.
    try:
        return tuple(from_content(content) for (content,) in contents)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreFault(
            Text("Không đọc được thôn, bản đã nạp", "The villages loaded cannot be read"),
            found=str(error),
            remedy=Text("Xóa tệp kho rồi nạp lại", "Remove the store's file and load them again"),
            where=str(path),
        ) from None


def with_load(loads: Iterable[Load], new: Load) -> tuple[Load, ...]:
    """The loads with a new one in place of the one its commune had."""
    others = [load for load in loads if load.commune_id != new.commune_id]
    return tuple(sorted((*others, new), key=lambda load: load.commune_id))
