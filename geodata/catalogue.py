"""The catalogue of a dataset: themes, units of measure, indicators and sources.

Kept in TOML files that people edit; whatever is wrong in one is met with the file, entry and field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import (
    LEVELS,
    Classification,
    Direction,
    Extreme,
    Indicator,
    Kind,
    Level,
    MeasureUnit,
    Source,
    Theme,
)
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml

T = TypeVar("T")
R = TypeVar("R", Indicator, Source)

_INDICATOR_ID = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
_EXTREMES: tuple[Extreme, ...] = get_args(Extreme)

MAX_DECIMALS = 6
"""Most digits after the mark: no source is finer, and a number is written out in full."""


@dataclass(frozen=True)
class Catalogue:
    """What a dataset's figures are about; every mapping goes from id to record, in menu order."""

    themes: dict[str, Theme]
    measure_units: dict[str, MeasureUnit]
    indicators: dict[str, Indicator]
    sources: dict[str, Source]


def read_catalogue(folder: Path) -> Catalogue:
    """Read and verify the catalogue files of a dataset.

    Parameters
    ----------
    folder
        Folder with ``themes.toml``, ``measure_units.toml``, ``indicators/<theme>.toml`` and
        ``sources/*.toml``.

    Raises
    ------
    FileFault
        A file is missing or wrong, an id stands twice, or an entry names one that does not exist.
    """
    themes = _keyed(folder / "themes.toml", _theme)
    measure_units = _keyed(folder / "measure_units.toml", _measure_unit)
    indicators: dict[str, Indicator] = {}
    for path in _indicator_files(folder, themes):
        for entry in _entries(path, "indicator"):
            _add(indicators, _indicator(entry, path.stem, measure_units), entry)
    sources: dict[str, Source] = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        for entry in _entries(path, "source"):
            _add(sources, _source(entry), entry)
    _verify_references(indicators)
    _verify_leads(themes, indicators)
    return Catalogue(themes, measure_units, indicators, sources)


def _keyed(path: Path, read: Callable[[str, TableReader], T]) -> dict[str, T]:
    records: dict[str, T] = {}
    for key, table in read_toml(path).items():
        entry = TableReader(f"{display_path(path)} [{key}]", table)
        records[key] = read(key, entry)
        entry.finish()
    return records


def _entries(path: Path, name: str) -> Iterator[TableReader]:
    tables = read_toml(path)
    listed = TableReader(display_path(path), tables)
    for number, table in enumerate(listed.items(name, (dict,), []), start=1):
        label = table.get("id", f"#{number}")
        yield TableReader(f"{display_path(path)} [{label}]", table)
    listed.finish()


def _add(records: dict[str, R], record: R, entry: TableReader) -> None:
    entry.finish()
    if record.id in records:
        raise entry.fault("id", Message("This id stands twice"), record.id)
    records[record.id] = record


def _indicator_files(folder: Path, themes: dict[str, Theme]) -> list[Path]:
    """The indicator files in the order of the menu."""
    order = list(themes)
    paths = list((folder / "indicators").glob("*.toml"))
    for path in paths:
        if path.stem not in themes:
            raise FileFault(
                Message("The file belongs to no theme"),
                found=path.stem,
                allowed=tuple(order),
                where=display_path(path),
            )
    return sorted(paths, key=lambda path: order.index(path.stem))


def _theme(key: str, entry: TableReader) -> Theme:
    return Theme(key, entry.text("name"), entry.string("lead", ""))


def _measure_unit(key: str, entry: TableReader) -> MeasureUnit:
    space = entry.take("space", (bool,))
    return MeasureUnit(key, entry.text("symbol"), entry.text("name"), space)


def _identifier(entry: TableReader, form: re.Pattern[str]) -> str:
    value: str = entry.string("id")
    if not form.fullmatch(value):
        raise entry.fault("id", Message("Malformed id"), value, (form.pattern,))
    return value


def _indicator(entry: TableReader, theme: str, measure_units: dict[str, MeasureUnit]) -> Indicator:
    minimum, maximum = _range(entry)
    return Indicator(
        id=_identifier(entry, _INDICATOR_ID),
        theme=theme,
        group=entry.text("group", ""),
        name=entry.text("name"),
        definition=entry.text("definition"),
        measure_unit=measure_units[entry.choice("measure_unit", tuple(measure_units))],
        kind=entry.choice("kind", _KINDS),
        numerator=entry.string("numerator", None),
        denominator=entry.string("denominator", None),
        ratio_factor=entry.number("ratio_factor", None),
        direction=entry.choice("direction", _DIRECTIONS),
        decimals=entry.integer("decimals", 0, MAX_DECIMALS),
        minimum=minimum,
        maximum=maximum,
        levels=_levels(entry),
        not_applicable_kinds=tuple(entry.items("not_applicable_kinds", (str,), [])),
        classification=_classification(entry.table("classification")),
        palette=entry.string("palette", ""),
        style=entry.string("style", ""),
        extreme=_extreme(entry),
    )


def _extreme(entry: TableReader) -> Extreme | None:
    """Which extreme it is; None where the entry says nothing."""
    given: dict[str, Extreme] = {name: name for name in _EXTREMES}
    value = entry.string("extreme", None)
    if value is None:
        return None
    if value in given:
        return given[value]
    what = Message("Neither lowest nor highest")
    raise entry.fault("extreme", what, value, _EXTREMES)


def _range(entry: TableReader) -> tuple[float | None, float | None]:
    bounds = entry.numbers("range", [])
    if len(bounds) > 2 or bounds != sorted(bounds):
        what = Message("Not a range")
        raise entry.fault("range", what, bounds, ("[]", "[min]", "[min, max]"))
    return (bounds[0] if bounds else None), (bounds[1] if len(bounds) == 2 else None)


def _levels(entry: TableReader) -> tuple[Level, ...]:
    levels = entry.items("levels", (str,))
    for level in levels:
        if level not in LEVELS:
            what = Message("The level is not in the list")
            raise entry.fault("levels", what, level, LEVELS)
    return tuple(level for level in LEVELS if level in levels)


def _classification(entry: TableReader) -> Classification:
    default = Classification()
    classes = entry.integer("classes", 3, 9, default.classes)
    thresholds = tuple(entry.numbers("thresholds", []))
    if list(thresholds) != sorted(set(thresholds)):
        what = Message("Thresholds must ascend")
        raise entry.fault("thresholds", what, thresholds)
    scheme = entry.string("scheme", default.scheme)
    entry.finish()
    return Classification(scheme, classes, thresholds)


def _source(entry: TableReader) -> Source:
    return Source(
        id=_identifier(entry, _SOURCE_ID),
        kind=entry.string("kind"),
        title=entry.text("title", english=False),
        number=entry.string("number", ""),
        issuer=entry.text("issuer", "", english=False),
        date=entry.string("date", ""),
        place=entry.string("place", ""),
        url=entry.string("url", ""),
        licence=entry.string("licence", ""),
        file=entry.string("file", ""),
        rank=entry.integer("rank", 1, 9, 3),
    )


def _verify_leads(themes: dict[str, Theme], indicators: dict[str, Indicator]) -> None:
    """A theme opens with an indicator of its own."""
    for theme in themes.values():
        own = tuple(i.id for i in indicators.values() if i.theme == theme.id)
        if theme.lead and theme.lead not in own:
            raise FileFault(
                Message("The theme has no such indicator"),
                found=theme.lead,
                allowed=own,
                where=f"themes.toml [{theme.id}] lead",
            )


def _verify_references(indicators: dict[str, Indicator]) -> None:
    """A ratio names a denominator, and what an indicator names exists."""
    for indicator in indicators.values():
        where = f"indicators/{indicator.theme}.toml [{indicator.id}]"
        if indicator.kind == "ratio" and indicator.denominator is None:
            raise FileFault(
                Message("A ratio must name its denominator"),
                where=f"{where} denominator",
            )
        for field in ("numerator", "denominator"):
            name = getattr(indicator, field)
            if name is not None and name not in indicators:
                raise FileFault(
                    Message("There is no such indicator"),
                    found=name,
                    remedy=Message("Add it to the catalogue"),
                    where=f"{where} {field}",
                )
