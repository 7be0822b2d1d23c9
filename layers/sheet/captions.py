"""The words of a sheet that the map on the screen does not have."""

from __future__ import annotations

from geodata.text import Text

UNIT_COUNT = Text("số đơn vị", "units")
UNIT_COUNT_ALL = Text("số đơn vị, cả loạt", "units, all maps")
LOWEST = Text("Thấp nhất", "Lowest")
HIGHEST = Text("Cao nhất", "Highest")
MAP = Text("Bản đồ", "Map")
SIDE_BY_SIDE = Text("Hai bản đồ trước và sau", "Two maps, before and after")
SMALL_MULTIPLES = Text("Loạt {n} bản đồ", "{n} maps")
INDICATORS = Text("{n} chỉ tiêu", "{n} indicators")
BEFORE = Text("trước", "before")
AFTER = Text("sau", "after")
RECAST = Text("tính lại", "recast")
SHARED_CLASSES = Text(
    "các bản đồ chung ngưỡng phân lớp và màu", "the maps share classes and colours"
)
SEPARATE_CLASSES = Text(
    "mỗi bản đồ có đơn vị tính, ngưỡng phân lớp riêng", "each map in its own unit and classes"
)
DOUBTFUL = Text("Số liệu cần xem lại", "Doubtful figure")
ESTIMATED = Text("Ước thực hiện, ước tính", "Estimated")
RANKING = Text("Giá trị xếp từ cao đến thấp ({unit})", "Values from high to low ({unit})")
RANKING_EXTREMES = Text(
    "Các giá trị cao nhất và thấp nhất ({unit})", "The highest and the lowest values ({unit})"
)
NORTH = Text("B", "N")
SOURCES = Text("Nguồn", "Sources")
DATA = Text("Số liệu", "Figures")
BOUNDARIES = Text("Ranh giới", "Boundaries")
NOTE = Text("Ghi chú", "Notes")
ADDRESS = Text("Địa chỉ", "Address")
MORE_NOTES = Text(
    "… và {n} ghi chú khác trên bản đồ trực tuyến", "… and {n} more notes on the live map"
)
MORE_SOURCES = Text("và {n} nguồn khác", "and {n} more")

BOUNDARY_LINES: dict[str, dict[str, Text]] = {
    "plain": {
        "province": Text("Ranh giới tỉnh", "Province boundary"),
        "district": Text("Ranh giới cấp huyện", "District boundary"),
        "commune": Text("Ranh giới cấp xã", "Commune boundary"),
        "village": Text("Ranh giới thôn, bản", "Village boundary"),
    },
    "indicative": {
        "province": Text("Ranh giới tỉnh (tham khảo)", "Province boundary (indicative)"),
        "district": Text("Ranh giới cấp huyện (tham khảo)", "District boundary (indicative)"),
        "commune": Text("Ranh giới cấp xã (tham khảo)", "Commune boundary (indicative)"),
        "village": Text("Ranh giới thôn, bản (tham khảo)", "Village boundary (indicative)"),
    },
    "derived": {
        "village": Text("Cạnh vùng vẽ từ vị trí, không đo đạc", "Edges from points, not surveyed"),
    },
}
BOUNDARY_QUALITY: dict[str, Text] = {
    "official": Text("ranh giới chính thức", "official lines"),
    "generalised": Text(
        "khái quát từ ranh giới chính thức, không dùng để đo đạc, tranh chấp",
        "generalised from the official lines, not for surveying or disputes",
    ),
    "indicative": Text(
        "ranh giới tham khảo, dựng lại từ bản đồ cũ, chưa được đo đạc",
        "indicative lines rebuilt from old maps, not surveyed",
    ),
}
VILLAGE_BOUNDARY_QUALITY = BOUNDARY_QUALITY | {
    "indicative": Text(
        "vùng tham khảo của thôn, bản, chưa được đo đạc",
        "indicative village areas, not surveyed",
    )
}
BOUNDARY_QUALITY_SHORT: dict[str, Text] = {
    "official": Text("ranh giới chính thức", "official lines"),
    "generalised": Text("ranh giới khái quát", "generalised lines"),
    "indicative": Text("ranh giới tham khảo", "indicative lines"),
}
PROJECTION = Text(
    "phép chiếu ngang Mercator, kinh tuyến trục {meridian}, WGS 84",
    "transverse Mercator, central meridian {meridian}, WGS 84",
)
DATASET = Text(
    "Bộ dữ liệu {title}, số liệu đến {date}, phiên bản {version}",
    "Dataset {title}, figures up to {date}, version {version}",
)
UNITS_WITH_VALUE = Text("{n}/{total} đơn vị có số liệu", "{n} of {total} units have a figure")
STATUS_COUNTS: dict[str, Text] = {
    "actual": Text("{n} công bố", "{n} published"),
    "estimate": Text("{n} ước thực hiện", "{n} estimates"),
    "plan": Text("{n} kế hoạch", "{n} plans"),
    "target": Text("{n} mục tiêu", "{n} targets"),
    "published": Text("{n} công bố", "{n} published"),
    "summed": Text("{n} cộng từ các đơn vị cũ", "{n} summed from former units"),
    "exact_extreme": Text("{n} lấy đúng từ các đơn vị cũ", "{n} exact from former units"),
    "estimated": Text("{n} ước tính theo tỷ trọng", "{n} estimated by shares"),
    "computed": Text("{n} tính toán", "{n} computed"),
    "doubtful": Text("{n} cần xem lại", "{n} doubtful"),
}
