"""Compound files, in which Office before 2007 keeps its documents and later ones their locked ones.

After [MS-CFB]: sectors in chains, whose links stand in an allocation table, and a tree of named
streams. Every chain is followed no further than there are sectors, and every entry visited once.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers above it are marks: end of chain, free, part of a table."""

_NO_ENTRY = 0xFFFFFFFF
_ENTRY = 128
_STREAM, _ROOT = 2, 5
ENCRYPTED_STREAMS = frozenset({"encryptedpackage", "encryptioninfo"})
"""Names of the streams of a workbook with a password ([MS-OFFCRYPTO] 1.3.3)."""

_SECTOR_SHIFTS = (9, 12)


class BrokenCompound(ValueError):
    """The bytes are no compound file, or its chains lead nowhere."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file whose streams at the top of the tree can be read.

    Parameters
    ----------
    raw
        The whole file.

    Raises
    ------
    BrokenCompound
        The bytes are no compound file.
    """

    def __init__(self, raw: bytes) -> None:
        if len(raw) < 512 or not raw.startswith(_SIGNATURE):
            raise BrokenCompound("signature")
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in _SECTOR_SHIFTS or mini_shift != 6:
            raise BrokenCompound(f"sector size 2**{shift}, 2**{mini_shift}")
        self._raw, self._size, self._mini_size = raw, 1 << shift, 1 << mini_shift
        (directory,) = struct.unpack_from("<I", raw, 48)
        self._cutoff, mini_fat, _, difat, _ = struct.unpack_from("<5I", raw, 56)
        self._fat = self._allocation(difat)
        self._mini_fat = _numbers(self._chain(mini_fat))
        self._entries = list(_entries(self._chain(directory)))
        if not self._entries or self._entries[0].kind != _ROOT:
            raise BrokenCompound("no root")
        self._mini: bytes | None = None
        self._top = {entry.name.casefold(): entry for entry in self._children()}

    @property
    def names(self) -> frozenset[str]:
        """The names at the top of the tree, in small letters."""
        return frozenset(self._top)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream at the top of the tree; empty where there is none.

        Raises
        ------
        BrokenCompound
            Its chain is broken, or shorter than the stream is said to be.
        """
        entry = self._top.get(name.casefold())
        if entry is None or entry.kind != _STREAM:
            return b""
        if entry.size > len(self._raw):
            raise BrokenCompound(f"{name}: {entry.size} B")
        content = self._mini_chain(entry) if entry.size < self._cutoff else self._chain(entry.start)
        if len(content) < entry.size:
            raise BrokenCompound(f"{name}: {len(content)} of {entry.size} B")
        return content[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = 512 if self._size == 512 else self._size
        start += number * self._size
        if start >= len(self._raw):
            raise BrokenCompound(f"sector {number}")
        return self._raw[start : start + self._size]

    def _allocation(self, difat: int) -> array[int]:
        """The allocation table, from the sectors that the header and its continuations list."""
        listed = list(struct.unpack_from("<109I", self._raw, 76))
        most = len(self._raw) // self._size + 1
        visited = 0
        while difat < _LAST:
            visited += 1
            if visited > most:
                raise BrokenCompound("a chain without end")
            *more, difat = _numbers(self._sector(difat))
            listed.extend(more)
        sectors = [number for number in listed if number < _LAST]
        if len(sectors) > most or len(set(sectors)) < len(sectors):
            raise BrokenCompound("allocation table")
        return _numbers(b"".join(self._sector(number) for number in sectors))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _links(start, self._fat))

    def _mini_chain(self, entry: _Entry) -> bytes:
        if self._mini is None:
            self._mini = self._chain(self._entries[0].start)
        size, mini = self._mini_size, self._mini
        numbers = _links(entry.start, self._mini_fat)
        return b"".join(mini[number * size : (number + 1) * size] for number in numbers)

    def _children(self) -> Iterator[_Entry]:
        """The entries at the top of the tree, each once whatever the links say."""
        waiting, seen = [self._entries[0].child], set[int]()
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in seen:
                continue
            if number >= len(self._entries):
                raise BrokenCompound(f"entry {number}")
            seen.add(number)
            entry = self._entries[number]
            waiting += [entry.left, entry.right]
            yield entry


def _links(start: int, table: array[int]) -> Iterator[int]:
    """The numbers of a chain, no more than the table has links."""
    number, steps = start, 0
    while number < _LAST:
        steps += 1
        if number >= len(table) or steps > len(table):
            raise BrokenCompound("a chain without end")
        yield number
        number = table[number]


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _entries(raw: bytes) -> Iterator[_Entry]:
    for start in range(0, len(raw) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", raw, start + 64)
        name = raw[start : start + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<3I", raw, start + 68)
        first, size = struct.unpack_from("<IQ", raw, start + 116)
        yield _Entry(name, kind, left, right, child, first, size & 0xFFFFFFFF)
