"""The catalogue of a dataset: themes, units of measure, indicators, sources, kinds of place.

Kept in TOML files that people edit; whatever is wrong in one is met with the file, entry and field.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from geodata.broken_down import (
    former_ids,
    read_breakdowns,
    read_levels,
    read_parts,
    with_parts_of_ratios,
)
from geodata.category_list import read_category_fields, refuse_category_fields
from geodata.concepts_file import CONCEPTS_FILE, read_concepts
from geodata.dimensions_file import DIMENSIONS_FILE, read_dimensions
from geodata.errors import FileFault
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message, Text
from geodata.model import (
    Classification,
    Concept,
    Dimension,
    Direction,
    Extreme,
    Indicator,
    Kind,
    MeasureUnit,
    PlaceCategory,
    Source,
    Theme,
)
from geodata.parsing import parse_day
from geodata.place_categories_file import PLACE_CATEGORIES_FILE, read_place_categories
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, add_once, keyed_tables, listed_tables, nearest_names

T = TypeVar("T")

_INDICATOR_ID = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
_EXTREMES: tuple[Extreme, ...] = get_args(Extreme)

MAX_DECIMALS = 6
"""Most digits after the mark: no source is finer, and a number is written out in full."""


@dataclass(frozen=True)
class Catalogue:
    """What a dataset's figures are about; every mapping goes from id to record, in menu order.

    Behind an indicator that is broken down stand its parts, each under the id of its series.
    """

    themes: dict[str, Theme]
    measure_units: dict[str, MeasureUnit]
    indicators: dict[str, Indicator]
    sources: dict[str, Source]
    place_categories: dict[str, PlaceCategory] = dataclass_field(default_factory=dict)
    concepts: dict[str, Concept] = dataclass_field(default_factory=dict)
    dimensions: dict[str, Dimension] = dataclass_field(default_factory=dict)


def read_catalogue(folder: Path, faults: FaultCollector = RAISE_FIRST) -> Catalogue:
    """Read and verify the catalogue files of a dataset.

    Parameters
    ----------
    folder
        Folder with ``themes.toml``, ``measure_units.toml``, ``indicators/<theme>.toml``,
        ``sources/*.toml`` and, where the dataset has them, ``dimensions.toml``,
        ``place_categories.toml`` and ``concepts.toml``.
    faults
        Takes what is wrong; the first fault is raised by default.

    Raises
    ------
    FileFault
        A file is missing or wrong, an id stands twice, or an entry names one that does not exist.
    """
    themes = _keyed(folder / "themes.toml", _theme, faults)
    measure_units = _keyed(folder / "measure_units.toml", read_measure_unit, faults)
    dimensions = read_dimensions(folder / DIMENSIONS_FILE, faults)
    indicators: dict[str, Indicator] = {}
    for path in _indicator_files(folder, themes, faults):
        for entry in listed_tables(path, "indicator", faults):
            whole = read_indicator(entry, path.stem, measure_units, dimensions)
            parts = read_parts(entry, whole, dimensions)
            add_once(indicators, whole, entry)
            indicators |= {part.id: part for part in parts}
    indicators = with_parts_of_ratios(indicators)
    sources: dict[str, Source] = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        for entry in listed_tables(path, "source", faults):
            add_once(sources, _source(entry), entry)
    _verify_references(indicators, faults)
    _verify_former_ids(indicators, faults)
    _verify_leads(themes, indicators, faults)
    _verify_estimates(indicators, faults)
    categories = read_place_categories(folder / PLACE_CATEGORIES_FILE, themes, indicators, faults)
    concepts = read_concepts(folder / CONCEPTS_FILE, indicators, sources, faults)
    return Catalogue(themes, measure_units, indicators, sources, categories, concepts, dimensions)


def _keyed(
    path: Path, read: Callable[[str, TableReader], T], faults: FaultCollector
) -> dict[str, T]:
    return {key: read(key, entry) for key, entry in keyed_tables(path, faults)}


def _indicator_files(folder: Path, themes: dict[str, Theme], faults: FaultCollector) -> list[Path]:
    """The indicator files in the order of the menu."""
    order = list(themes)
    paths = []
    for path in sorted((folder / "indicators").glob("*.toml")):
        if path.stem in themes:
            paths.append(path)
            continue
        what = Message("The file belongs to no theme")
        remedy = Message("Name the file after its theme, or add the theme to themes.toml")
        faults.add(FileFault(what, path.stem, tuple(order), remedy, display_path(path)))
    return sorted(paths, key=lambda path: order.index(path.stem))


def _theme(key: str, entry: TableReader) -> Theme:
    return Theme(key, entry.text("name"), entry.string("lead", ""))


def read_measure_unit(key: str, entry: TableReader) -> MeasureUnit:
    """Read a unit of measure, whose id is `key`."""
    space = entry.take("space", (bool,))
    return MeasureUnit(key, entry.text("symbol"), entry.text("name"), space)


def _identifier(entry: TableReader, form: re.Pattern[str]) -> str:
    missing = not entry.has("id")
    value: str = entry.string("id")
    if not missing and not form.fullmatch(value):
        entry.report("id", Message("Malformed id"), value, (form.pattern,))
    return value


def read_indicator(
    entry: TableReader,
    theme: str,
    measure_units: Mapping[str, MeasureUnit],
    dimensions: Mapping[str, Dimension] = MappingProxyType({}),
) -> Indicator:
    """Read an indicator; the rules of a catalogue's files and of the form for a new one.

    Parameters
    ----------
    entry
        Its fields; `geodata.catalogue.verify_references` holds what it names against the others.
    theme
        Id of its theme.
    measure_units
        The units of measure there are.
    dimensions
        The code lists there are.

    Raises
    ------
    FileFault
        A field is wrong, and ``entry`` raises the first fault.
    """
    kind = entry.choice("kind", _KINDS)
    return Indicator(
        id=_identifier(entry, _INDICATOR_ID),
        theme=theme,
        group=entry.text("group", ""),
        name=entry.text("name"),
        definition=entry.text("definition"),
        kind=kind,
        levels=read_levels(entry),
        not_applicable_kinds=tuple(entry.items("not_applicable_kinds", (str,), [])),
        palette=entry.string("palette", ""),
        style=entry.string("style", ""),
        **(
            read_category_fields(entry, _DIRECTIONS)
            if kind == "category"
            else _number_fields(entry, kind, measure_units)
        ),
        classification=_classification(entry.table("classification")),
        breakdowns=read_breakdowns(entry, dimensions),
        former_ids=tuple(entry.items("former_ids", (str,), [])),
        estimates=entry.string("estimates", ""),
    )


def _number_fields(
    entry: TableReader, kind: Kind, measure_units: Mapping[str, MeasureUnit]
) -> dict[str, Any]:
    """The fields of an indicator whose values are numbers."""
    refuse_category_fields(entry)
    minimum, maximum = _range(entry)
    return {
        "measure_unit": _unit_of_measure(entry, measure_units),
        "numerator": entry.string("numerator", None),
        "denominator": entry.string("denominator", None),
        "ratio_factor": entry.number("ratio_factor", None),
        "direction": entry.choice("direction", _DIRECTIONS),
        "decimals": entry.integer("decimals", 0, MAX_DECIMALS),
        "minimum": minimum,
        "maximum": maximum,
        "usual_range": _usual_range(entry, minimum, maximum),
        "extreme": _extreme(entry),
        "flow": _flow(entry, kind),
    }


def _unit_of_measure(entry: TableReader, known: Mapping[str, MeasureUnit]) -> MeasureUnit:
    what = Message("There is no such unit of measure")
    remedy = Message("Add it to measure_units.toml, or correct the name")
    name = entry.reference("measure_unit", known, what, remedy)
    return known.get(name, MeasureUnit(name, Text(""), Text(""), False))


def _extreme(entry: TableReader) -> Extreme | None:
    """Which extreme it is; None where the entry says nothing."""
    return entry.choice("extreme", _EXTREMES) if entry.has("extreme") else None


def _flow(entry: TableReader, kind: Kind) -> bool:
    """Whether figures are of what happened during a period; only counts can be."""
    flow: bool = entry.take("flow", (bool,), False)
    if flow and kind != "count":
        entry.report("flow", Message("Only counts add up over a period"), flow)
    return flow


def _range(entry: TableReader) -> tuple[float | None, float | None]:
    bounds = entry.numbers("range", [])
    if len(bounds) > 2 or bounds != sorted(bounds):
        what = Message("Not a range")
        entry.report("range", what, bounds, ("[]", "[min]", "[min, max]"))
    return (bounds[0] if bounds else None), (bounds[1] if len(bounds) == 2 else None)


def _usual_range(
    entry: TableReader, minimum: float | None, maximum: float | None
) -> tuple[float, ...]:  # fmt: skip
    """The usual range, which lies within that of what is possible."""
    usual = tuple(entry.numbers("usual_range", []))
    within = [each for each in (minimum, *usual, maximum) if each is not None]
    if usual and (len(usual) != 2 or within != sorted(within)):
        what = Message("Not a range within what is possible")
        entry.report("usual_range", what, usual, ("[]", "[min, max]"))
    return usual


def _classification(entry: TableReader) -> Classification:
    default = Classification()
    classes = entry.integer("classes", 3, 9, default.classes)
    thresholds = tuple(entry.numbers("thresholds", []))
    if list(thresholds) != sorted(set(thresholds)):
        what = Message("Thresholds must ascend")
        entry.report("thresholds", what, thresholds)
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
        date=_document_date(entry),
        place=entry.string("place", ""),
        url=entry.string("url", ""),
        licence=entry.string("licence", ""),
        file=entry.string("file", ""),
        rank=entry.integer("rank", 1, 9, 3),
    )


def _document_date(entry: TableReader) -> str:
    """The date of a document as far as it is known: a year, a month or a day."""
    if not entry.has("date"):
        return ""
    if isinstance(entry.remaining()["date"], dt.date):
        return entry.date("date").isoformat()
    value = entry.string("date")
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        parse_day(value + "-01" * ((10 - len(value)) // 3))
    except ValueError:
        what = Message("Not a year, a month or a day")
        entry.report("date", what, value, ("2025", "2025-07", "2025-07-01"))
    return value


def _verify_leads(
    themes: dict[str, Theme], indicators: dict[str, Indicator], faults: FaultCollector
) -> None:
    """A theme opens with an indicator of its own."""
    for theme in themes.values():
        own = tuple(i.id for i in indicators.values() if i.theme == theme.id)
        if theme.lead and theme.lead not in own:
            what = Message("The theme has no such indicator")
            remedy = Message("Name an indicator of indicators/{theme}.toml", theme=theme.id)
            where = f"themes.toml [{theme.id}] lead"
            faults.add(FileFault(what, theme.lead, own, remedy, where))


def _verify_estimates(indicators: dict[str, Indicator], faults: FaultCollector) -> None:
    """An estimate stands beside another indicator, which is none itself."""
    official = tuple(one.id for one in indicators.values() if not one.estimates)
    for one in indicators.values():
        if one.estimates and one.estimates not in official:
            what = Message("There is no such indicator with official figures")
            remedy = Message("Name the indicator that it estimates, or leave out estimates")
            where = f"indicators/{one.theme}.toml {one.id} estimates"
            near = nearest_names(one.estimates, official)
            faults.add(FileFault(what, one.estimates, near, remedy, where))


def _verify_former_ids(indicators: dict[str, Indicator], faults: FaultCollector) -> None:
    """A former id leads to one series, and nothing bears it today."""
    seen: dict[str, str] = {}
    for former, indicator in former_ids(indicators):
        other = former if former in indicators else seen.get(former)
        if other is not None:
            where = f"indicators/{indicator.theme}.toml [{indicator.id}] former_ids"
            what = Message("The id leads elsewhere already")
            remedy = Message("Name each former id once, and none that is still in use")
            faults.add(FileFault(what, f"{former}: {other}", remedy=remedy, where=where))
        seen[former] = indicator.id


def _verify_references(indicators: dict[str, Indicator], faults: FaultCollector) -> None:
    for indicator in indicators.values():
        where = f"indicators/{indicator.theme}.toml [{indicator.id}]"
        verify_references(indicator, indicators, where, faults)


def verify_references(
    indicator: Indicator, known: Mapping[str, Indicator], where: str, faults: FaultCollector
) -> None:
    """A ratio names a denominator, and what an indicator names exists.

    Parameters
    ----------
    known
        All indicators by id.
    where
        File and entry, for messages.
    faults
        Takes what is wrong.
    """
    if indicator.kind == "ratio" and indicator.denominator is None:
        what = Message("A ratio must name its denominator")
        remedy = Message('Add denominator = "…", the indicator it is a share of')
        faults.add(FileFault(what, remedy=remedy, where=f"{where} denominator"))
    for field in ("numerator", "denominator"):
        name = getattr(indicator, field)
        if name is not None and name not in known:
            what = Message("There is no such indicator")
            near = nearest_names(name, known)
            remedy = Message("Add it to the catalogue")
            faults.add(FileFault(what, name, near, remedy, f"{where} {field}"))
