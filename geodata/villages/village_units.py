"""A village as a unit: its kind, its names and the code this portal gives it.

Villages (thôn, bản, tổ dân phố, khu phố) are no administrative units by law but self-governing
communities within one (Circular 04/2012/TT-BNV, article 2), and have no official codes.
"""

from __future__ import annotations

import datetime as dt

from geodata.i18n import Text
from geodata.model import Unit
from geodata.vietnamese_names import match_key, normalise, without_diacritics

KINDS: dict[str, Text] = {
    "village": Text("Thôn", "village"),
    "hamlet": Text("Bản", "hamlet"),
    "residential_group": Text("Tổ dân phố", "residential group"),
    "quarter": Text("Khu phố", "quarter"),
}
"""Kind of village and the word before its name; the English one follows it."""

_SHORT = {"TDP": "residential_group", "Tổ": "residential_group", "Khu": "quarter"}
"""Shorter forms of the words, as tables write them."""

MAX_VILLAGES = 999
"""Villages of one commune that can be numbered."""


def village_code(commune: Unit, number: int) -> str:
    """The code of a village in this portal: its commune's five digits and three of its own."""
    return f"{commune.code}{number:03d}"


def split_kind(text: str) -> tuple[str, str]:
    """Kind and name of ``Bản Chu Va 6``; the kind is empty where no word for one comes first.

    A name that would begin with a figure keeps the word: ``Tổ dân phố 9``.
    """
    name = normalise(text)
    words = [(rank.vi, kind) for kind, rank in KINDS.items()] + list(_SHORT.items())
    for word, kind in sorted(words, key=lambda pair: -len(pair[0])):
        rest = name[len(word) :]
        if match_key(name[: len(word)]) == match_key(word) and rest[:1] in (" ", "."):
            rest = rest.lstrip(" .")
            if not rest:
                break
            keeps = rest[0].isdigit() and kind in ("residential_group", "quarter")
            return kind, f"{KINDS[kind].vi} {rest}" if keeps else rest
    return "", name


def village_names(kind: str, name: str) -> tuple[Text, Text]:
    """Name and full name in both languages (``Nà Cà``, ``Bản Nà Cà``; ``Na Ca hamlet``)."""
    rank, plain = KINDS[kind], without_diacritics(name)
    if name.startswith(f"{rank.vi} "):
        number = without_diacritics(name.removeprefix(f"{rank.vi} "))
        english = f"{rank.en.capitalize()} {number}"
        return Text(name, english), Text(name, english)
    return Text(name, plain), Text(f"{rank.vi} {name}", f"{plain} {rank.en}")


def village_unit(
    commune: Unit,
    number: int,
    kind: str,
    name: str,
    source_id: str,
    *,
    valid_from: dt.date | None = None,
) -> Unit:
    """A village known by name, without a shape.

    Parameters
    ----------
    commune
        The commune it lies in; the village has its validity.
    number
        Its number among the villages that have ever been of that commune's code, 1 to 999.
    kind
        One of `KINDS`.
    source_id
        The document or file that names it.
    valid_from
        Its first day where it is known.
    """
    code = village_code(commune, number)
    start = valid_from or commune.valid_from
    short, full = village_names(kind, name)
    return Unit(
        unit_id=f"{code}-{start:%Y%m%d}",
        code=code,
        level="village",
        kind=kind,
        name=short,
        full_name=full,
        parent_id=commune.unit_id,
        valid_from=start,
        valid_to=commune.valid_to,
        official_area_km2=None,
        shape_area_km2=None,
        seat="",
        seat_lon=None,
        seat_lat=None,
        boundary_quality="none",
        source_id=source_id,
    )
