"""Layouts of one list in annexes of offices' reports, each drawn with invented figures."""

from __future__ import annotations

import datetime as dt

from office_workbooks import (
    CODES,
    COMMUNES,
    DISTRICTS,
    Drawing,
    Expected,
    Workbook,
    figures,
    summed,
)

from geodata.readers.sheet import CellValue

Line = list[CellValue]
Lines = list[Line]

LETTERHEAD: Lines = [
    ["ỦY BAN NHÂN DÂN\nTỈNH LAM KHÊ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["BIỂU 01. DÂN SỐ VÀ HỘ NGHÈO NĂM 2025"],
    ["Đơn vị tính: người, hộ"],
    [],
]
FOOT: Lines = [
    [],
    [None, "Ghi chú: (*) số liệu ước tính; dấu “-”: không phát sinh."],
    [None, None, None, "Lam Khê, ngày 15 tháng 01 năm 2026"],
    ["NGƯỜI LẬP BIỂU", None, None, "KT. CHỦ TỊCH"],
    [None, None, None, "PHÓ CHỦ TỊCH"],
]
HEADER: Line = ["STT", "Tên xã", "Dân số", "Số hộ", "Hộ nghèo"]
ROWS: Lines = [[n, name, *figures(name)] for n, name in enumerate(COMMUNES, 1)]
NAMED: Lines = [[n, f"Xã {name}", *figures(name)] for n, name in enumerate(COMMUNES, 1)]
XA = tuple(f"Xã {name}" for name in COMMUNES)
PARENTS = tuple(district for district, names in DISTRICTS.items() for _ in names)
TOTAL = summed(COMMUNES)


def book(name: str, rows: Lines, expected: Expected, suffix: str = ".xlsx", **drawn) -> Workbook:
    files = {key: drawn.pop(key) for key in ("codec", "delimiter", "font") if key in drawn}
    return Workbook(name, (Drawing(rows, **drawn),), expected, suffix, **files)


SHORT = (*(f"X. {name}" for name in COMMUNES[:9]), *(f"P. {name}" for name in COMMUNES[9:]))
SCHOOLS = (7, 4, 3, 9, 6, 3, 5, 8, 6, 2, 4, 5)
PLAIN = Expected(COMMUNES, header=(1,))
WITH_LETTERHEAD = Expected(XA, header=(7,), roles={"total": 1, "numbering": 1})


SIMPLE_LISTS = (
    book("a list and nothing else", [HEADER, *ROWS], PLAIN),
    book(
        "Xã in short is no tenth group, although a row is the sum of the two below it",
        [["Đơn vị", "Số trường"], *([name, n] for name, n in zip(SHORT, SCHOOLS, strict=True))],
        Expected(SHORT, values=1, header=(1,)),
    ),
    book(
        "letterhead, merged title, column numbers, the total first, notes and signatures",
        [
            *LETTERHEAD,
            HEADER,
            ["A", "B", 1, 2, "3=2/1"],
            [None, "TOÀN TỈNH", *TOTAL],
            *NAMED,
            *FOOT,
        ],
        WITH_LETTERHEAD,
        merged=("A1:B2", "D1:E1", "A4:E4", "A5:E5"),
    ),
    book(
        "the total last in cells merged across",
        [HEADER, *ROWS, ["Tổng cộng", None, *TOTAL]],
        Expected(COMMUNES, roles={"total": 1}),
        merged=("A14:B14",),
    ),
    book(
        "a total without a word",
        [HEADER, *ROWS, [None, None, *TOTAL]],
        Expected(COMMUNES, roles={"total": 1}),
    ),
    book(
        "blank rows between the rows",
        [HEADER, *[line for row in ROWS for line in ([], row)], [], ["Cộng", None, *TOTAL]],
        Expected(COMMUNES, roles={"total": 1}),
    ),
    book(
        "title and unit of measure directly above the header",
        [["Biểu số 2/BC"], ["DÂN SỐ NĂM 2025"], [None, None, None, "ĐVT: người"], HEADER, *ROWS],
        Expected(COMMUNES, header=(4,)),
    ),
    book(
        "footnote marks after numbers and names",
        [HEADER, *[[n, f"{name} (*)", f"{a}(1)", f"{b}*", c] for n, name, a, b, c in ROWS], *FOOT],
        Expected(tuple(f"{name} (*)" for name in COMMUNES)),
    ),
    book(
        "signs in place of numbers and a column of remarks",
        [
            [*HEADER, "Ghi chú"],
            *[[*row[:3], "-", "…", "chưa tách" if row[0] == 2 else None] for row in ROWS],
        ],
        Expected(COMMUNES, columns={"text": 1}),
    ),
    book(
        "ordinals within the names",
        [HEADER[1:], *[[f"{n}. {name}", *rest] for n, name, *rest in NAMED]],
        Expected(tuple(f"{n}. {name}" for n, name in enumerate(XA, 1))),
    ),
    book(
        "communes numbered in Roman figures",
        [
            HEADER,
            *[
                [
                    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[
                        n - 1
                    ],
                    *rest,
                ]
                for n, *rest in NAMED
            ],
        ],
        Expected(XA),
    ),
)


_TOP: Line = ["STT", "Đơn vị", "Hộ nghèo", None, None]
_THREE_ROWS = (
    ("STT",),
    ("Đơn vị",),
    ("Hộ nghèo", "Số hộ"),
    ("Hộ nghèo", "Trong đó", "Nữ chủ hộ"),
    ("Hộ nghèo", "Trong đó", "Dân tộc"),
)
_LOW: Lines = [
    [None, None, "Số hộ", "Trong đó"],
    [None, None, None, "Nữ chủ hộ", "Dân tộc"],
]
HEADERS = (
    book(
        "a header of three merged rows",
        [_TOP, *_LOW, *ROWS],
        Expected(COMMUNES, header=(1, 2, 3), paths=_THREE_ROWS),
        merged=("A1:A3", "B1:B3", "C1:E1", "C2:C3", "D2:E2"),
    ),
    book(
        "a header of two rows without merged cells",
        [["STT", "Đơn vị", "Dân số", "Chia ra", None], [None, None, None, "Nam", "Nữ"], *ROWS],
        Expected(
            COMMUNES,
            header=(1, 2),
            paths=(("STT",), ("Đơn vị",), ("Dân số",), ("Chia ra", "Nam"), ("Chia ra", "Nữ")),
        ),
    ),
    book(
        "years below the name of the indicator",
        [["TT", "Xã, phường", "Dân số (người)", None, None], [None, None, 2023, 2024, 2025], *ROWS],
        Expected(
            COMMUNES,
            header=(1, 2),
            paths=(
                ("TT",),
                ("Xã, phường",),
                ("Dân số (người)", "2023"),
                ("Dân số (người)", "2024"),
                ("Dân số (người)", "2025"),
            ),
        ),
        merged=("A1:A2", "B1:B2", "C1:E1"),
    ),
    book(
        "months below their group",
        [["TT", "Đơn vị", "Tháng", None, None], [None, None, 1, 2, 3], *ROWS],
        Expected(
            COMMUNES,
            header=(1, 2),
            paths=(("TT",), ("Đơn vị",), ("Tháng", "1"), ("Tháng", "2"), ("Tháng", "3")),
        ),
        merged=("A1:A2", "B1:B2", "C1:E1"),
    ),
    book(
        "plan, actual and per cent, stored as fractions",
        [
            ["STT", "Đơn vị", "Trồng rừng (ha)", None, None],
            [None, None, "KH 2026", "TH 6 tháng", "% KH"],
            *[[n, name, a / 10, b / 10, b / a] for n, name, a, b, _ in ROWS],
        ],
        Expected(COMMUNES, header=(1, 2)),
        percent=(5,),
    ),
    book(
        "line breaks and footnote marks in the header",
        [["TT", "Tên\nđơn vị", "Dân số\n(người)", "Số hộ (1)", "Hộ nghèo\n(hộ)"], *ROWS],
        Expected(
            COMMUNES,
            paths=(
                ("TT",),
                ("Tên đơn vị",),
                ("Dân số (người)",),
                ("Số hộ (1)",),
                ("Hộ nghèo (hộ)",),
            ),
        ),
    ),
    book(
        "headings in English with codes",
        [
            ["No.", "Commune code", "Commune", "District", "Population"],
            *[[n, CODES[name], name, PARENTS[n - 1], a] for n, name, a, _, _ in ROWS],
        ],
        Expected(COMMUNES, values=1, columns={"code": 1, "parent": 1, "ordinal": 1}),
    ),
    book(
        "the header again on each printed page",
        [HEADER, *ROWS[:4], HEADER, *ROWS[4:8], HEADER, *ROWS[8:]],
        Expected(COMMUNES, roles={"header": 2}),
    ),
    book(
        "column numbers with letters and sums in brackets",
        [HEADER, ["(A)", "(B)", "(1)", "(2)=(3)+(4)", "(3)"], *ROWS],
        Expected(COMMUNES, roles={"numbering": 1}),
    ),
    book(
        "a row of units of measure below the header, one of them alone",
        [HEADER, [None, None, None, None, "(hộ)"], *ROWS],
        Expected(COMMUNES, header=(1, 2)),
    ),
    book(
        "a header in two languages",
        [HEADER, ["No.", "Commune", "Population", "Households", "Poor households"], *ROWS],
        Expected(COMMUNES, header=(1, 2)),
    ),
    book(
        "days as headings",
        [["Xã", dt.date(2024, 12, 31), dt.date(2025, 12, 31)], *[row[1:4] for row in ROWS]],
        Expected(COMMUNES, values=2, paths=(("Xã",), ("31/12/2024",), ("31/12/2025",))),
    ),
    book(
        "what the table is about in the row above its header",
        [["Tỉnh Lam Khê", None, "Năm: 2025"], HEADER, *ROWS],
        Expected(COMMUNES, header=(2,)),
    ),
    book("no header at all", ROWS, Expected(COMMUNES, header=(), taken=False)),
)


_YEARS = [(name, year) for name in COMMUNES for year in (2024, 2025)]
_LONG: Lines = [
    [CODES[name].lstrip("0"), name, year, f"{year % 7},{n % 90 + 10}", n]
    for n, (name, year) in enumerate(_YEARS)
]
_TWICE = tuple(name for name, _ in _YEARS)
_MELTED: Lines = [
    [name, indicator, 2025, "Thực hiện", value]
    for name in COMMUNES
    for indicator, value in zip(HEADER[2:], figures(name), strict=True)
]
_PLACES: Lines = [
    [n, f"Trường tiểu học {name}", "Trường học", name, f"103,{n}1234", 22.1 + n / 100]
    for n, name in enumerate(COMMUNES, 1)
]
LONG_AND_WIDE = (
    book(
        "a long table of years with codes that lost their zero",
        [["Mã", "Tên đơn vị", "Kỳ", "Tỷ lệ hộ nghèo (%)", "Số trường"], *_LONG],
        Expected(_TWICE, values=2, columns={"code": 1, "period": 1}),
        suffix=".csv",
    ),
    book(
        "names merged down over the years of a long table",
        [
            ["Xã", "Năm", "Dân số"],
            *[[name if y == 2024 else None, y, figures(name)[0]] for name, y in _YEARS],
        ],
        Expected(_TWICE, values=1, columns={"period": 1}),
        merged=tuple(f"A{n}:A{n + 1}" for n in range(2, 2 + len(_YEARS), 2)),
    ),
    book(
        "names in the first row of each commune's years",
        [
            ["Xã", "Năm", "Dân số"],
            *[[name if y == 2024 else None, y, figures(name)[0]] for name, y in _YEARS],
        ],
        Expected(_TWICE, values=1, columns={"period": 1}),
    ),
    book(
        "indicator, year and status row by row",
        [["Đơn vị", "Chỉ tiêu", "Năm", "Trạng thái", "Giá trị"], *_MELTED],
        Expected(
            tuple(str(line[0]) for line in _MELTED),
            values=1,
            columns={"indicator": 1, "period": 1, "status": 1},
        ),
    ),
    book(
        "codes and no names",
        [["Mã xã", "Dân số"], *[[CODES[n], figures(n)[0]] for n in COMMUNES]],
        Expected(tuple(CODES.values()), values=1, columns={"code": 1}),
        suffix=".csv",
    ),
    book(
        "the kind of unit in a column of its own",
        [
            ["STT", "Loại", "Tên", "Dân số"],
            *[[n, "Phường" if n > 9 else "Xã", name, a] for n, name, a, *_ in ROWS],
        ],
        Expected(COMMUNES, values=1, columns={"kind": 1}),
    ),
    book(
        "places with their positions",
        [["STT", "Tên điểm", "Loại hình", "Xã", "Kinh độ", "Vĩ độ"], *_PLACES],
        Expected(COMMUNES, values=0, columns={"x": 1, "y": 1, "text": 2}),
    ),
)


_DOTS: Lines = [[n, name, *(f"{v:,}".replace(",", ".") for v in rest)] for n, name, *rest in NAMED]
_COMMAS: Lines = [[n, name, *(f"{v:,}" for v in rest)] for n, name, *rest in NAMED]
_FORM = [
    *LETTERHEAD,
    HEADER,
    ["A", "B", 1, 2, 3],
    [None, "TOÀN TỈNH", *TOTAL],
    *NAMED,
    *FOOT,
]
WRITTEN = (
    book("numbers as Vietnamese text", [HEADER, *_DOTS], Expected(XA)),
    book(
        "numbers as English text",
        [HEADER, *_COMMAS],
        Expected(XA),
        suffix=".csv",
        codec="utf-8",
    ),
    book("an office form as .xls", _FORM, WITH_LETTERHEAD, ".xls", merged=("A4:E4",)),
    book(
        "an office form as .ods in decomposed letters",
        _FORM,
        WITH_LETTERHEAD,
        ".ods",
        merged=("A4:E4",),
    ),
    book("tab-separated UTF-16", [HEADER, *_DOTS], Expected(XA), ".tsv", codec="utf-16"),
    book("TCVN3 in its font", _FORM, WITH_LETTERHEAD, font=".VnTime", merged=("A4:E4",)),
    book("VNI in its font", _FORM, WITH_LETTERHEAD, font="VNI-Times", merged=("A4:E4",)),
    book(
        "TCVN3 in an .xls without fonts",
        [HEADER, *_DOTS],
        Expected(XA),
        ".xls",
        font=".VnTime",
    ),
)


_GOOD = Drawing([HEADER, *ROWS])
HIDDEN = (
    book(
        "hidden rows and columns",
        [[*HEADER, "Mã nội bộ"], *[[*row, n] for n, row in enumerate(ROWS)]],
        Expected(COMMUNES, columns={"text": 1}),
        hidden_rows=(4, 5),
        hidden_columns=(6,),
    ),
    Workbook(
        "a hidden sheet beside the data",
        (_GOOD, Drawing([["x"]], name="nháp", hidden=True)),
        PLAIN,
    ),
    Workbook(
        "a cover sheet before the data",
        (Drawing([["BÁO CÁO"], ["Kính gửi: UBND tỉnh"]], name="Bìa"), _GOOD),
        PLAIN,
    ),
)
