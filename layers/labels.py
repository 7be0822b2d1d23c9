"""The words of a map: levels, kinds of unit, statuses, and why a value is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from geodata.period import day_label
from geodata.text import Language, Text

LEVEL_NAMES: dict[str, Text] = {
    "province": Text("Tỉnh", "Province"),
    "district": Text("Huyện", "Districts"),
    "commune": Text("Xã", "Communes"),
    "village": Text("Bản, thôn", "Villages"),
}
# In the order in which a heading lists them.
UNIT_KIND_NAMES: dict[str, Text] = {
    "province": Text("tỉnh", "province"),
    "central_city": Text("thành phố trực thuộc trung ương", "centrally run city"),
    "city": Text("thành phố", "city"),
    "town": Text("thị xã", "town"),
    "urban_district": Text("quận", "urban district"),
    "rural_district": Text("huyện", "rural district"),
    "commune": Text("xã", "commune"),
    "ward": Text("phường", "ward"),
    "township": Text("thị trấn", "township"),
    "special_zone": Text("đặc khu", "special zone"),
    "village": Text("thôn", "village"),
    "hamlet": Text("bản", "hamlet"),
    "residential_group": Text("tổ dân phố", "residential group"),
    "quarter": Text("khu", "quarter"),
}
_ENGLISH_PLURALS = {"city": "cities", "central_city": "centrally run cities"}
STATUS_NAMES: dict[str, Text] = {
    "actual": Text("Thực hiện", "Actual"),
    "estimate": Text("Ước thực hiện", "Estimate"),
    "plan": Text("Kế hoạch", "Plan"),
    "target": Text("Mục tiêu", "Target"),
}
STYLE_NAMES: dict[str, Text] = {
    "choropleth": Text("Nền màu", "Shaded areas"),
    "symbols": Text("Ký hiệu tỷ lệ", "Proportional symbols"),
}
MISSING_KIND_NAMES: dict[str, Text] = {
    "no_data": Text("Chưa có số liệu", "No data"),
    "not_applicable": Text("Không áp dụng", "Not applicable"),
    "not_published": Text("Chưa công bố", "Not yet published"),
    "not_recoverable": Text("Không tính lại được", "Not recoverable"),
}


def unit_kind_name(kind: str, language: Language) -> str:
    """The kind of a unit in words; an unknown kind is shown as it stands."""
    return UNIT_KIND_NAMES[kind][language] if kind in UNIT_KIND_NAMES else kind


def unit_kinds_heading(kinds: Iterable[str], level: str, language: Language) -> str:
    """The kinds on a map as a heading: ``Xã, phường`` or ``Communes, wards``."""
    present = set(kinds)
    names = [_plural(k, language) for k in UNIT_KIND_NAMES if k in present]
    heading = ", ".join(names) or LEVEL_NAMES[level][language]
    return heading[:1].upper() + heading[1:]


def _plural(kind: str, language: Language) -> str:
    if language == "vi" or kind == "province":
        return UNIT_KIND_NAMES[kind][language]
    return _ENGLISH_PLURALS.get(kind, f"{UNIT_KIND_NAMES[kind].en}s")


DOUBTFUL_LEFT_OUT_OF_BREAKS = Text(
    "Ngưỡng phân lớp, giá trị cao nhất và thấp nhất không tính các số liệu cần xem lại",
    "Class breaks, highest and lowest leave out the figures marked doubtful",
)
DOUBTFUL_LEFT_OUT_OF_EXTREMES = Text(
    "Giá trị cao nhất và thấp nhất không tính các số liệu cần xem lại",
    "Highest and lowest leave out the figures marked doubtful",
)


VILLAGE_AREAS_NOTE = Text(
    "Vùng của thôn, bản vẽ từ vị trí do địa phương cung cấp: mỗi nơi thuộc điểm gần nhất, có dân "
    "số thì nơi đông dân được rộng hơn; chỉ để tham khảo, không phải ranh giới đo đạc",
    "Village areas are drawn from points the office gave: each place goes to the nearest one, and "
    "where populations are given larger villages get more; indicative, not surveyed",
)


def villages_rearranged_note(day: dt.date, language: Language) -> str:
    """From which day villages are as shown, where that is later than the boundaries above them."""
    words = "thôn, bản sắp xếp ngày" if language == "vi" else "villages rearranged on"
    return f"{words} {date_text(day, language)}"


def undrawn_villages_note(count: int) -> Text:
    """How many villages are known by name only and so are not on the map."""
    return Text(
        f"{count} thôn, bản khác chỉ biết tên, chưa có vị trí nên không vẽ",
        f"{count} more villages are known by name only and are not drawn",
    )


def date_text(day: dt.date, language: Language) -> str:
    """A day as an office writes it: ``01/7/2025``, ``1 July 2025``."""
    return day_label(day, language)


def validity_text(start: dt.date, end: dt.date | None, first: dt.date, language: Language) -> str:
    """How long a unit is valid.

    Parameters
    ----------
    start, end
        Inclusive and exclusive.
    first
        The day from which the dataset knows units; nothing is said about what was before.
    """
    known = start > first
    if end is None:
        since = date_text(start, language)
        if not known:
            return "đang có hiệu lực" if language == "vi" else "in force"
        return f"từ {since}" if language == "vi" else f"since {since}"
    until = date_text(end, language)
    if not known:
        return f"đến trước {until}" if language == "vi" else f"until {until}"
    since = date_text(start, language)
    if language == "vi":
        return f"từ {since} đến trước {until}"
    return f"from {since} until {until}"
