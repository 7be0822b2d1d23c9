"""What lists of places call their columns."""

from __future__ import annotations

from geodata.i18n import Message
from geodata.point_tables.headings import (
    COMMUNE_HEADINGS,
    EAST_HEADINGS,
    NORTH_HEADINGS,
    ListVocabulary,
)

_WORDS_OF_NAMES = frozenset(
    "ten diem dia danh du lich truong hoc mam non tieu thcs thpt co so y te tram benh vien phong "  # noqa: SIM905
    "kham cong trinh camera vi tri lap dat cau cho di tich nha may may thuy dien ho dap khu cum "
    "don vi hoac va cua cay xang van hoa san bai cua khau".split()
)
_NOUNS = frozenset(
    {"dia diem", "dia danh", "truong", "truong hoc", "cong trinh", "co so", "tram y te", "diem",
     "diem du lich", "di tich", "co so y te", "benh vien", "nha van hoa"}
)  # fmt: skip


def _is_name(text: str) -> bool:
    """Whether folded words name places and nothing else: ``ten diem du lich``, ``truong hoc``."""
    words = text.split()
    return text in _NOUNS or (words[0] == "ten" and set(words) <= _WORDS_OF_NAMES)


PLACE_VOCABULARY = ListVocabulary(
    headings={
        "name": ("ten", "name", "place", "place name"),
        "category": ("loai", "loai hinh", "loai diem", "loai dia diem", "loai cong trinh",
                     "loai co so", "loai truong", "phan loai", "nhom", "cap hoc", "bac hoc",
                     "category", "type", "kind", "class"),
        "commune": (*COMMUNE_HEADINGS, "xa phuong thi tran", "dia ban", "dia ban xa",
                    "xa phuong tt", "don vi hanh chinh", "thuoc xa phuong"),
        "x": EAST_HEADINGS,
        "y": NORTH_HEADINGS,
        "position": ("toa do", "toa do gps", "toa do dia ly", "vi tri gps", "gps", "coordinates",
                     "lat long", "lat lon", "latlong", "kinh do vi do", "vi do kinh do",
                     "kinh vi do", "toa do x y", "position"),
    },
    is_name=_is_name,
    telling=("category", "x", "y", "position"),
    without_names=Message("No column of place names was found"),
    example=Message("such as “Tên điểm”, “Tên trường”, “name”"),
)  # fmt: skip
