"""What a table that was handed in is called on a page."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.readers.pasted import PASTED
from portal.translations import translate

MOST_SHOWN = 64
"""Characters of a name that a page shows; the middle of a longer one is left out."""


def shown_file_name(name: str, language: Language) -> str:
    """The name of a file, or of what was pasted, as the reader sees it.

    The beginning and the end of a long name stay: they tell one table of a series from another.

    Parameters
    ----------
    name
        As it is kept.
    """
    if name == PASTED:
        return translate("publishing.pasted_table", language)
    if len(name) <= MOST_SHOWN:
        return name
    end = MOST_SHOWN // 3
    return f"{name[: MOST_SHOWN - end - 1]}…{name[-end:]}"
