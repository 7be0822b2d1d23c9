"""The ranks of Vietnamese units and how law writes them before a name.

Ranks follow the Law on Organisation of Local Government (77/2015/QH13 and 72/2025/QH15).
"""

from __future__ import annotations

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.vietnamese_names import match_key, normalise, without_diacritics

UNIT_KINDS: dict[str, Text] = {
    "province": Text("Tỉnh", "province"),
    "city": Text("Thành phố", "city"),
    "town": Text("Thị xã", "town"),
    "rural_district": Text("Huyện", "district"),
    "township": Text("Thị trấn", "township"),
    "ward": Text("Phường", "ward"),
    "commune": Text("Xã", "commune"),
    "special_zone": Text("Đặc khu", "special zone"),
}
"""Kind of unit and its rank; the English one follows the name."""


def split_full_name(full_name: str) -> tuple[str, str]:
    """Kind and name of ``Thị trấn Sìn Hồ``; each word of the name gets its capital.

    Raises
    ------
    InvalidInput
        The name begins with no known rank.
    """
    text = normalise(full_name)
    for kind, rank in UNIT_KINDS.items():
        prefix, rest = text[: len(rank.vi)], text[len(rank.vi) :]
        if match_key(prefix) == match_key(rank.vi) and rest.startswith(" "):
            return kind, " ".join(word[0].upper() + word[1:] for word in rest.split())
    raise InvalidInput(
        Message("The name does not begin with a rank"),
        found=full_name,
        allowed=tuple(rank.vi for rank in UNIT_KINDS.values()),
    )


def bilingual_names(kind: str, name: str) -> tuple[Text, Text]:
    """Name and full name in both languages (``Bình Lư``, ``Xã Bình Lư``; ``Binh Lu commune``)."""
    plain = without_diacritics(name)
    rank = UNIT_KINDS[kind]
    return Text(name, plain), Text(f"{rank.vi} {name}", f"{plain} {rank.en}")
