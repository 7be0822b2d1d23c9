"""Table files as bounded sheets, whichever of the known formats they are in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.errors import FileFault, UnknownFileKind
from geodata.i18n import Message
from geodata.readers.content import KINDS, verify_file
from geodata.readers.delimited import read_delimited
from geodata.readers.legacy_sheets import convert_legacy
from geodata.readers.limits import DEFAULT_LIMITS, Limits
from geodata.readers.sheet import Sheet, unworked_formula
from geodata.readers.sheet_choice import Choose, SheetName, Tell, all_sheets, untold

TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
"""Suffixes of the files that hold sheets."""


def read_sheets(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    choose: Choose = all_sheets,
    tell: Tell = untold,
) -> list[Sheet]:
    """Read the sheets of a table file.

    Parameters
    ----------
    path
        CSV, TSV, XLSX, XLS or ODS, by its suffix. A text table has one sheet.
    limits
        The most that is read.
    choose
        Which sheets of a workbook; default all. Not asked for a text table.
    tell
        Is told which share of an XLSX workbook is read; the others take little time.

    Raises
    ------
    FileFault
        The file is missing, of another kind, damaged, has a password, macros or figures from other
        files, or goes beyond the limits.
    """
    suffix = verify_file(path, limits)
    if suffix not in TABLE_SUFFIXES:
        what = Message("The file is no table")
        raise UnknownFileKind(what, found=KINDS[suffix], allowed=TABLE_SUFFIXES, where=path.name)
    if suffix in (".csv", ".tsv"):
        return [read_delimited(path, limits)]
    return [convert_legacy(sheet) for sheet in _read_workbook(path, suffix, limits, choose, tell)]


def _read_workbook(
    path: Path, suffix: str, limits: Limits, choose: Choose, tell: Tell
) -> list[Sheet]:
    # The readers use openpyxl's rules of dates and formats, which are a tenth of a program's start.
    if suffix == ".xls":
        from geodata.readers.xls import read_xls  # noqa: PLC0415

        return read_xls(path, limits, choose)
    if suffix == ".ods":
        from geodata.readers.ods import read_ods  # noqa: PLC0415

        return read_ods(path, limits, choose)
    from geodata.readers.xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(path, limits, choose, tell)


def the_sheet(path: Path, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """Read one sheet: that of a name, or the only one.

    Parameters
    ----------
    name
        Of a sheet of a workbook; empty where it shows one.

    Raises
    ------
    FileFault
        There is no such sheet, none was named among several, or a formula in it has no result; see
        also `read_sheets`.
    """
    sheets = read_sheets(path, limits, lambda listed: [chosen_sheet(path, name, listed)])
    if unworked := sheets[0].unworked:
        raise unworked_formula(path.name, unworked[0])
    return sheets[0]


def chosen_sheet(path: Path, wanted: str, sheets: Sequence[SheetName]) -> str:
    """The sheet asked for, or the only one that is shown; see `chosen`."""
    shown = [sheet.name for sheet in sheets if not sheet.hidden]
    if not wanted and len(shown) == 1:
        return shown[0]
    return chosen(path, wanted, all_sheets(sheets))


def chosen(path: Path, wanted: str, names: list[str]) -> str:
    """The sheet or layer asked for, or the only one.

    Raises
    ------
    FileFault
        It is not there, or there are several and none was asked for.
    """
    if wanted in names or (not wanted and len(names) == 1):
        return wanted or names[0]
    raise FileFault(
        Message("A layer or sheet must be chosen"),
        found=wanted,
        allowed=tuple(names),
        remedy=Message('Name it: --layer NAME on the command line, sheet = "NAME" in tables.toml'),
        where=path.name,
    )
