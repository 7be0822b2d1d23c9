"""A file of addresses to export: what it may hold, and where a fault in it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import yaml

from geodata.errors import FileFault
from geodata.i18n import Localised, Message, Verbatim

FIELDS = ("address", "output")
MAX_LINES = 500
MAX_BYTES = 1_000_000
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
        CSV with a head, or YAML with a list; both with ``address`` and ``output``.
    folder
        What the outputs are relative to; none may lie outside.

    Raises
    ------
    FileFault
        The file as a whole cannot be used.
    """
    text = _text(path)
    rows = (
        _yaml_rows(text, path.name)
        if path.suffix.lower() in _YAML_SUFFIXES
        else _csv_rows(text, path)
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


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _fault(
                path.name, Message("The file is too large"),
                allowed=Message("at most 1 MB"),
            )  # fmt: skip
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(
            path.name, Message("The file cannot be read"), str(error),
            Message("UTF-8 text"),
        ) from None  # fmt: skip


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    head = tuple(reader.fieldnames or ())
    if sorted(head) != sorted(FIELDS):
        raise _fault(
            f"{path.name}:1", Message("The head is wrong"), ", ".join(head),
            FIELDS,
        )  # fmt: skip
    try:
        for row in reader:
            if None in row:
                row = {**row, "": row[None]}  # noqa: PLW2901
                del row[None]
            yield f"{path.name}:{reader.line_num}", row
    except csv.Error as error:
        raise _fault(
            f"{path.name}:{reader.reader.line_num}", Message("Broken CSV"), str(error)
        ) from None


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
