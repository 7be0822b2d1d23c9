"""Workbooks of Excel 97 to 2003 for tests, written record by record."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
DIFAT = 0xFFFFFFFC
SHEET, GLOBALS = 0x10, 0x05


def record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def bof(kind: int, version: int = 0x600) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


EOF = record(0x0A)


def wide(text: str) -> bytes:
    """Flags and letters of a text of BIFF8."""
    return b"\1" + text.encode("utf-16-le")


def font(name: str, bold: bool = False, struck: bool = False) -> bytes:
    head = struct.pack("<HHHHHBBBB", 200, 8 * struck, 0, 700 if bold else 400, 0, 0, 0, 0, 0)
    return record(0x31, head + bytes([len(name)]) + wide(name))


def number_format(number: int, code: str) -> bytes:
    return record(0x41E, struct.pack("<HH", number, len(code)) + wide(code))


def cell_format(font_number: int = 0, code: int = 0) -> bytes:
    return record(0xE0, struct.pack("<HH", font_number, code) + b"\0" * 16)


def shared(*texts: str) -> bytes:
    """The table of texts in one record."""
    items = b"".join(struct.pack("<H", len(text)) + wide(text) for text in texts)
    return record(0xFC, struct.pack("<II", len(texts), len(texts)) + items)


def number(row: int, column: int, value: float, look: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, look, value))


def label(row: int, column: int, text: str, look: int = 0) -> bytes:
    head = struct.pack("<HHHH", row, column, look, len(text))
    return record(0x204, head + wide(text))


def shared_label(row: int, column: int, place: int, look: int = 0) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, look, place))


def workbook_stream(
    *sheets: tuple[str, bytes], more: bytes = b"", state: int = 0, version: int = 0x600
) -> bytes:
    """The stream of sheets by name; the last one has the state of being hidden or not."""
    names = [name for name, _ in sheets]

    def listed(starts: list[int]) -> bytes:
        found = b""
        for place, (name, start) in enumerate(zip(names, starts, strict=True)):
            hidden = state if place == len(names) - 1 else 0
            letters = wide(name) if version == 0x600 else name.encode("latin-1")
            head = struct.pack("<IBBB", start, hidden, 0, len(name))
            found += record(0x85, head + letters)
        return bof(GLOBALS, version) + more + found + EOF

    at = len(listed([0] * len(names)))
    starts, bodies = [], b""
    for _, content in sheets:
        starts.append(at + len(bodies))
        bodies += bof(SHEET, version) + content + EOF
    return listed(starts) + bodies


def compound(stream: bytes, name: str = "Workbook", storage: str = "") -> bytes:
    """A compound file of one stream, padded so that it lies in sectors of its own.

    Parameters
    ----------
    storage
        Name of an empty storage beside the stream.
    """
    stream = stream.ljust(max(4096, -len(stream) % SECTOR + len(stream)), b"\0")
    count = len(stream) // SECTOR
    per_sector = SECTOR // 4
    fats, more = 1, 0
    while fats * per_sector < count + 1 + fats + more:
        fats += 1
        more = max(0, -(-(fats - 109) // (per_sector - 1)))
    links = [*range(1, count), END, END, *[FAT] * fats, *[DIFAT] * more]
    links += [FREE] * (fats * per_sector - len(links))
    after = count + 1 + fats
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 0, fats, count, 0, 4096, END, 0, after if more else END, more,
    )  # fmt: skip
    listed = [*range(count + 1, after), *[FREE] * (109 + more * (per_sector - 1) - fats)]
    header += struct.pack("<109I", *listed[:109])
    continued = b""
    for n in range(more):
        part = listed[109 + n * (per_sector - 1) :][: per_sector - 1]
        continued += struct.pack(f"<{per_sector}I", *part, after + n + 1 if n + 1 < more else END)

    def entry(
        title: str, kind: int, child: int, start: int, size: int, *, right: int = FREE
    ) -> bytes:
        letters = title.encode("utf-16-le")
        tree = struct.pack("<III", FREE, right, child)
        return (
            letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1) + tree
            + b"\0" * 36 + struct.pack("<IQ", start, size)
        )  # fmt: skip

    directory = entry("Root Entry", 5, 1, END, 0)
    directory += entry(name, 2, FREE, 0, len(stream), right=2 if storage else FREE)
    directory += entry(storage, 1, FREE, 0, 0) if storage else b""
    directory = directory.ljust(SECTOR, b"\0")
    return header + stream + directory + struct.pack(f"<{len(links)}I", *links) + continued


def xls(path: Path, *sheets: tuple[str, bytes], more: bytes = b"", state: int = 0) -> Path:
    """A workbook of these sheets."""
    path.write_bytes(compound(workbook_stream(*sheets, more=more, state=state)))
    return path
