"""Layouts of several levels or several tables in annexes of offices' reports."""

from __future__ import annotations

from collections.abc import Iterator

from office_lists import (
    FOOT,
    HEADER,
    LETTERHEAD,
    NAMED,
    PARENTS,
    ROWS,
    TOTAL,
    XA,
    Line,
    Lines,
    book,
)
from office_workbooks import COMMUNES, DISTRICTS, Drawing, Expected, Workbook, figures, summed

ROMAN = ("I", "II", "III")


def groups(words: bool = True, sums: bool = True) -> Iterator[tuple[Line, Lines]]:
    """Each district's own row and those of its communes."""
    for place, (district, names) in enumerate(DISTRICTS.items()):
        title = district if words else district.partition(" ")[2].replace("phố ", "")
        head: Line = [ROMAN[place], title, *(summed(names) if sums else ())]
        yield head, [[n, name, *figures(name)] for n, name in enumerate(names, 1)]


def grouped(**options: bool) -> Lines:
    return [line for head, lines in groups(**options) for line in (head, *lines)]


_SECTIONS = [
    ["I", "Huyện Nậm Pha", *summed(COMMUNES[:4])],
    ["A", "Khu vực thành thị"],
    ROWS[0],
    ["B", "Khu vực nông thôn"],
    *ROWS[1:4],
]
_BESIDE = [
    [PARENTS[n - 1] if PARENTS[n - 1] != PARENTS[n - 2] else None, name, *rest]
    for n, name, *rest in ROWS
]
_VILLAGES = [[n, f"Bản {name} {n}", 100 * n, 20 * n, n] for n in (1, 2) for name in ("Pom", "Huổi")]
_BARE: Lines = [line[1:] for line in _VILLAGES]
LEVELS = (
    book(
        "districts with their sums above their communes",
        [*LETTERHEAD, HEADER, *grouped(), *FOOT],
        Expected(COMMUNES, roles={"group": 3}, parents=PARENTS),
    ),
    book(
        "districts without figures in cells merged across",
        [HEADER, *[line for head, lines in groups() for line in ([head[1]], *lines)]],
        Expected(COMMUNES, roles={"group": 3}, parents=PARENTS),
        merged=("A2:E2", "A7:E7", "A13:E13"),
    ),
    book(
        "districts named like their communes, without numbers",
        [HEADER[1:], *[line[1:] for line in grouped(words=False)]],
        Expected(
            COMMUNES,
            roles={"group": 3},
            parents=tuple(p.split(" ", 1)[1].replace("phố ", "") for p in PARENTS),
        ),
    ),
    book(
        "sums below the communes of each district",
        [
            HEADER,
            *[
                line
                for head, lines in groups()
                for line in (*lines, [None, f"Cộng {head[1]}", *head[2:]])
            ],
        ],
        Expected(COMMUNES, roles={"total": 3}),
    ),
    book(
        "province, districts and communes",
        [HEADER, [None, "Tỉnh Lam Khê", *TOTAL], *grouped()],
        Expected(COMMUNES, roles={"group": 3, "total": 1}, parents=PARENTS),
    ),
    book(
        "districts alone",
        [
            ["TT", "Huyện", *HEADER[2:]],
            *[[n, d, *summed(x)] for n, (d, x) in enumerate(DISTRICTS.items(), 1)],
            [None, "Toàn tỉnh", *TOTAL],
        ],
        Expected(tuple(DISTRICTS), roles={"total": 1}),
    ),
    book(
        "urban and rural sections within a district",
        [HEADER, *_SECTIONS],
        Expected(COMMUNES[:4], roles={"group": 3}, parents=PARENTS[:4]),
    ),
    book(
        "districts merged down the side",
        [["Huyện", *HEADER[1:]], *_BESIDE],
        Expected(COMMUNES, beside=PARENTS),
        merged=("A2:A5", "A6:A10", "A11:A13"),
    ),
    book(
        "districts in the first row of their communes, not merged",
        [["Huyện", *HEADER[1:]], *_BESIDE],
        Expected(COMMUNES, beside=PARENTS),
    ),
    book(
        "one figure merged over two communes",
        [HEADER, *[[*row[:4], None if row[0] == 3 else row[4]] for row in ROWS]],
        Expected(COMMUNES, joint=2),
        merged=("E3:E4",),
    ),
    book(
        "parts of each commune in the rows below it",
        [
            HEADER,
            *[line for row in ROWS for line in (row, [None, "Trong đó: nữ", 5, 5, 5])],
        ],
        Expected(COMMUNES, roles={"part": 12}),
    ),
    book(
        "page numbers between the rows",
        [HEADER, *ROWS[:5], [None, None, None, 1], *ROWS[5:], [None, None, None, 2]],
        Expected(COMMUNES),
    ),
    book(
        "sections of communes with their sums",
        [
            HEADER,
            ["A", "Các xã vùng III", *summed(COMMUNES[:5])],
            *ROWS[:5],
            ["B", "Các xã vùng I", *summed(COMMUNES[5:])],
            *ROWS[5:],
        ],
        Expected(
            COMMUNES,
            roles={"group": 2},
            parents=("Các xã vùng III",) * 5 + ("Các xã vùng I",) * 7,
        ),
    ),
    book(
        "communes as headings of their villages, without numbers",
        [["Tên bản", *HEADER[2:]], ["Xã Bản Mù"], *_BARE[:2], ["Xã Tà Xi"], *_BARE[2:]],
        Expected(
            tuple(str(line[0]) for line in _BARE),
            roles={"group": 2},
            parents=("Xã Bản Mù",) * 2 + ("Xã Tà Xi",) * 2,
        ),
    ),
    book(
        "villages below their communes",
        [
            ["TT", "Tên bản", *HEADER[2:]],
            ["I", "Xã Bản Mù"],
            *_VILLAGES[:2],
            ["II", "Xã Tà Xi"],
            *_VILLAGES[2:],
        ],
        Expected(
            tuple(str(line[1]) for line in _VILLAGES),
            roles={"group": 2},
            parents=("Xã Bản Mù",) * 2 + ("Xã Tà Xi",) * 2,
        ),
    ),
)


def _part(district: str) -> Lines:
    """The table of one district with its title."""
    lines = [[n, name, *figures(name)] for n, name in enumerate(DISTRICTS[district], 1)]
    title = [f"DÂN SỐ {district.upper()} NĂM 2025"]
    return [title, HEADER, *lines, ["Cộng", None, *summed(DISTRICTS[district])]]


_SIGNATURES: Lines = [[], ["Người lập biểu", None, None, "Thủ trưởng"], []]
_STACKED = [line for district in DISTRICTS for line in (*_part(district), *_SIGNATURES)]
_PARTS = [Drawing(_part(each), name=each.split(" ", 1)[1]) for each in DISTRICTS]
_UPPER = tuple(parent.upper() for parent in PARENTS)
_LEFT: Lines = NAMED[:7]
_RIGHT: Lines = [*NAMED[7:], [], []]
_OTHER: Line = ["STT", "Tên xã", "Diện tích (ha)"]
_TWO = [
    ["BIỂU 1"],
    HEADER,
    *NAMED,
    [],
    ["Ghi chú: sơ bộ"],
    ["BIỂU 2"],
    _OTHER,
    *[r[:3] for r in NAMED],
]
_AGAIN = [["BIỂU 1. NĂM 2024"], HEADER, *NAMED, [], ["BIỂU 2. NĂM 2025"], HEADER, *NAMED]
SEVERAL = (
    book(
        "one table for each district below the other",
        _STACKED,
        Expected(
            COMMUNES,
            header=(2,),
            parents=_UPPER,
            roles={"total": 3, "header": 2, "group": 2},
        ),
    ),
    Workbook(
        "one sheet for each district",
        tuple(_PARTS),
        Expected(
            COMMUNES,
            sheets=tuple(part.name for part in _PARTS),
            roles={"total": 3},
            parents=_UPPER,
        ),
    ),
    book(
        "a list folded into two halves side by side",
        [
            ["DÂN SỐ NĂM 2025"],
            [*HEADER, *HEADER],
            *[[*a, *b] for a, b in zip(_LEFT, _RIGHT, strict=True)],
        ],
        Expected(XA, sheets=("Biểu", "Biểu")),
    ),
    book("two tables of one sheet", _TWO, Expected(XA, header=(2,), taken=False, tables=2)),
    book(
        "one table for each year below the other",
        _AGAIN,
        Expected(XA, header=(2,), taken=False, tables=2),
    ),
)


_TURNED_COLUMNS = list(zip(*map(figures, COMMUNES), strict=True))
_TURNED_WORDS = ["Dân số", "Số hộ", "Hộ nghèo"]
_TURNED_LINES: Lines = [
    [n, word, "Người" if n == 1 else "Hộ", sum(line), *line]
    for n, (word, line) in enumerate(zip(_TURNED_WORDS, _TURNED_COLUMNS, strict=True), 1)
]
_TURNED_HEADER: Line = ["TT", "Chỉ tiêu", "Đơn vị tính", "Toàn tỉnh", *COMMUNES]
_TURNED_PATHS = tuple(
    (word, f"ĐVT: {unit}") for word, unit in zip(_TURNED_WORDS, ("Người", "Hộ", "Hộ"), strict=True)
)
_TURNED_EXPECTED = Expected(COMMUNES, turned=True, roles={"total": 1}, paths=_TURNED_PATHS)
_TURNED_HEADS: Line = [
    None,
    None,
    None,
    None,
    *[p if p != q else None for p, q in zip(PARENTS, ("", *PARENTS[:-1]), strict=True)],
]
TURNED = (
    book(
        "units across and indicators down",
        [["CHỈ TIÊU NĂM 2025"], [], _TURNED_HEADER, *_TURNED_LINES, *FOOT],
        _TURNED_EXPECTED,
    ),
    book(
        "parts of an indicator in lines with a dash",
        [
            ["Chỉ tiêu", *COMMUNES],
            ["Dân số", *_TURNED_COLUMNS[0]],
            ["- Nữ", *_TURNED_COLUMNS[1]],
            ["Trong đó: trẻ em", *_TURNED_COLUMNS[2]],
        ],
        Expected(
            COMMUNES,
            turned=True,
            paths=(("Dân số",), ("Dân số", "- Nữ"), ("Dân số", "Trong đó: trẻ em")),
        ),
    ),
    book(
        "units across below their districts",
        [["CHỈ TIÊU NĂM 2025"], _TURNED_HEADS, _TURNED_HEADER, *_TURNED_LINES],
        _TURNED_EXPECTED,
        merged=("E2:H2", "I2:M2", "N2:P2"),
    ),
)
