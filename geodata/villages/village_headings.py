"""What tables of villages call their columns."""

from __future__ import annotations

from geodata.i18n import Message
from geodata.point_tables.headings import (
    COMMUNE_HEADINGS,
    EAST_HEADINGS,
    NORTH_HEADINGS,
    ListVocabulary,
)
from geodata.vietnamese_names import fold

_WORDS_OF_NAMES = frozenset("ten thon ban to dan pho khu lang ap buon bon xom cua hoac va".split())  # noqa: SIM905
_KINDS_IN_NAMES = frozenset({"thon", "ban", "pho", "khu", "lang", "ap", "buon", "bon", "xom"})


def _is_name(text: str) -> bool:
    """Whether folded words name villages and nothing else: ``ten thon ban``."""
    words = set(text.split())
    return words <= _WORDS_OF_NAMES and bool(words & _KINDS_IN_NAMES) and text != "khu"


def heads_villages(heading: str) -> bool:
    """Whether a heading names villages and nothing else, as no other list calls its names."""
    return _is_name(fold(heading)) if fold(heading) else False


VILLAGE_VOCABULARY = ListVocabulary(
    headings={
        "name": ("ten", "name", "village", "ten don vi"),
        "kind": ("loai", "loai thon ban", "kind"),
        "commune": COMMUNE_HEADINGS,
        "x": EAST_HEADINGS,
        "y": NORTH_HEADINGS,
        "population": ("dan so", "so dan", "nhan khau", "so nhan khau", "so khau", "khau",
                       "so nguoi", "population"),
        "households": ("so ho", "ho", "so ho dan", "ho gia dinh", "so ho gia dinh", "households"),
        "joined": ("nhap vao", "sap nhap vao", "thon ban moi", "ten moi", "merged into", "joined"),
    },
    is_name=_is_name,
    telling=("population", "households", "x", "y"),
    without_names=Message("No column of village names was found"),
    example=Message("such as “Tên bản”, “name”"),
)  # fmt: skip
