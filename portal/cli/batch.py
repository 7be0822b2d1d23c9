"""A file of addresses to export: what it may hold, and where a fault in it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import yaml

from geodata.errors import FileFault
from geodata.i18n import Localised, Message, Verbatim
from geodata.readers.damaged_text import verify_letters
from geodata.readers.delimited import read_delimited
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.tables import TABLE_SUFFIXES, the_sheet

FIELDS = ("address", "output")
MAX_LINES = 500
MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
"""Number of the last row of a table that is looked at; more than `MAX_LINES` are refused."""

_YAML_SUFFIXES = (".yaml", ".yml")
_MAX_DEPTH = 4
"""A list of lines with two texts each needs two; a little more is told with its line."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """An address and the file it is written to; ``where`` names the line in the batch file."""

    where: str
    address: str
    output: Path


def read_batch(path: Path, folder: Path) -> list[BatchLine | FileFault]:
    """The lines of a batch file, in their order; a fault in the place of a line that is wrong.

    Parameters
    ----------
    path
        A text table or workbook with a head, or YAML with a list; each with ``address`` and
        ``output``.
    folder
        What the outputs are relative to; none may lie outside.

    Raises
    ------
    FileFault
        The file as a whole cannot be used.
    """
    _verify_size(path)
    rows = (
        _yaml_rows(_text(path), path.name)
        if path.suffix.lower() in _YAML_SUFFIXES
        else _table_rows(path)
    )
    seen: dict[Path, str] = {}
    found: list[BatchLine | FileFault] = []
    for where, row in rows:
        if len(found) == MAX_LINES:
            raise _fault(
                path.name, Message("Too many lines"),
                allowed=Message("at most {max_lines} lines", max_lines=MAX_LINES),
            )  # fmt: skip
        try:
            line = _line(where, row, folder)
            if line.output in seen:
                raise _fault(
                    f"{where} output", Message("The file is written twice"),
                    str(row["output"]), Message("another than {seen}", seen=seen[line.output]),
                )  # fmt: skip
            seen[line.output] = where
            found.append(line)
        except FileFault as fault:
            found.append(fault)
    if not found:
        raise _fault(path.name, Message("There are no lines"))
    return found


def _verify_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from None
    if size > MAX_BYTES:
        what = Message("The file is too large")
        raise _fault(path.name, what, allowed=Message("at most 1 MB"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> FileFault:
    what = Message("The file cannot be read")
    return _fault(path.name, what, str(error), Message("UTF-8 text"))


def _table_rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The rows of a text table or workbook below its head."""
    limits = replace(DEFAULT_LIMITS, file_bytes=MAX_BYTES, rows=MAX_ROWS)
    if path.suffix.lower() in TABLE_SUFFIXES:
        sheet = the_sheet(path, limits=limits)
    else:
        sheet = read_delimited(path, limits)
    head: tuple[str, ...] = ()
    for row in sheet.rows:
        where = f"{path.name}:{row.number}"
        texts = row.texts()
        if not head:
            head = tuple(texts)
            if sorted(head) != sorted(FIELDS):
                raise _fault(where, Message("The head is wrong"), ", ".join(head), FIELDS)
            continue
        for field, text in zip((*head, *[""] * len(texts)), texts, strict=False):
            verify_letters(f"{where} {field}".rstrip(), text)
        found: dict[str, object] = dict(zip(head, texts, strict=False))
        if rest := [text for text in texts[len(head) :] if text]:
            found[""] = rest
        yield where, found
    if not head:
        raise _fault(f"{path.name}:1", Message("The head is wrong"), "", FIELDS)


def _yaml_rows(text: str, name: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    try:
        _refuse_nested_yaml(text, name)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        what = getattr(error, "problem", "") or "YAML"
        raise _fault(where, Message("Broken YAML"), str(what)) from None
    if not isinstance(content, list):
        raise _fault(
            name, Message("Not a list"),
            allowed=Verbatim('- address: …\n  output: …'),
        )  # fmt: skip
    nodes = tree.value if tree is not None else []
    for node, row in zip(nodes, content, strict=True):
        where = f"{name}:{node.start_mark.line + 1}"
        yield where, row if isinstance(row, dict) else {"": row}


def _refuse_nested_yaml(text: str, name: str) -> None:
    """Refuse what unfolds to more than it is: references, and lists in lists without end."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = f"{name}:{event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.AliasEvent):
            raise _fault(where, Message("References are not taken"),
                         f"*{event.anchor}")  # fmt: skip
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _fault(where, Message("Lists are nested too deep"))


def _line(where: str, row: Mapping[str, object], folder: Path) -> BatchLine:
    for field in row:
        if field not in FIELDS:
            what = Message("No such column")
            raise _fault(f"{where} {field}".rstrip(), what, str(row[field]), FIELDS)
    for field in FIELDS:
        value = row.get(field)
        if not isinstance(value, str) or not value.strip():
            raise _fault(
                f"{where} {field}", Message("The value is missing"),
                "" if value is None else str(value), Message("a text"),
            )  # fmt: skip
    output = str(row["output"]).strip()
    return BatchLine(where, str(row["address"]).strip(), _output_path(where, output, folder))


def _output_path(where: str, output: str, folder: Path) -> Path:
    """The output's path: within the folder, whoever wrote the batch file."""
    rooted = PurePosixPath(output).is_absolute() or PureWindowsPath(output).anchor
    path = (folder / output).resolve() if output.isprintable() else None
    if rooted or path is None or not path.is_relative_to(folder.resolve()):
        raise _fault(
            f"{where} output", Message("The file lies outside the folder"),
            output, Message("a relative path in the folder"),
        )  # fmt: skip
    return path


def _fault(
    where: str, what: Localised, found: str = "", allowed: Localised | tuple[str, ...] = ()
) -> FileFault:
    return FileFault(what, found, allowed, where=where)
