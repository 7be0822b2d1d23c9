"""The title of a table among the lines above it."""

from __future__ import annotations

import re
from pathlib import PurePath

from geodata.table_import.layout_records import TableLayout
from geodata.vietnamese_names import normalise

NO_TITLE = re.compile(
    r"^(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|cộng hòa|cộng hoà|độc lập|sở |cục |phòng |chi cục)"
)
"""How lines begin that name an office or the state, in small letters."""


def table_title(layout: TableLayout) -> str:
    """The first line above a table that names no office; the file's name where none does."""
    lines = (normalise(line) for line in layout.letterhead)
    titles = (line for line in lines if line and not NO_TITLE.match(line.lower()))
    return next(titles, PurePath(layout.file).stem)
