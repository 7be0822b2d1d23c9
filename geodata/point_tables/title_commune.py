"""The commune that a list is of, where only its title says so: ``Danh sách bản xã Bình Lư``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from geodata.i18n import Message
from geodata.point_tables.commune_names import CommuneFinder, FoundCommune
from geodata.point_tables.table_file import TableFile
from geodata.vietnamese_names import normalise

_RANK = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu|commune of|ward of)(?=\s)", re.IGNORECASE)
_WORDS = re.compile(r"[^\s,;:.()]+")
_MOST_WORDS = 5
"""Words of the longest name of a commune."""


def commune_of_title(table: TableFile, file: str, finder: CommuneFinder) -> FoundCommune | None:
    """The one commune that stands above a list, else in the name of its sheet or file.

    Returns
    -------
    FoundCommune or None
        With the words that say so; None where nothing names a commune, or several are named.
    """
    for texts in (table.above, (table.sheet,), (PurePath(file).stem.replace("_", " "),)):
        named = dict(_named(texts, finder))
        if len(named) > 1:
            return None
        for found, text in named.items():
            words = Message(
                "The list is of {name}: “{text}” says so", name=found.unit.full_name, text=text
            )
            return FoundCommune(found.unit, words)
    return None


def _named(texts: Sequence[str], finder: CommuneFinder) -> Iterator[tuple[FoundCommune, str]]:
    """The communes that texts name with their rank, each with the text."""
    seen: set[str] = set()
    for text in texts:
        for found in _in_text(normalise(text), finder):
            if found.unit.unit_id not in seen:
                seen.add(found.unit.unit_id)
                yield found, text


def _in_text(text: str, finder: CommuneFinder) -> Iterable[FoundCommune]:
    for rank in _RANK.finditer(text):
        words: list[str] = []
        at = rank.end()
        while len(words) < _MOST_WORDS and (word := _WORDS.match(text, at + 1)):
            words.append(word[0])
            at = word.end()
        for count in range(len(words), 0, -1):
            if found := finder.find(" ".join((rank[0], *words[:count]))):
                yield found
                break
