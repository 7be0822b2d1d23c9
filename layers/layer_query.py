"""Reading the parameters of a map's address, each against what is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from geodata.errors import InvalidInput, PortalError, unknown_name
from geodata.i18n import Message
from geodata.locale_numbers import parse_number
from geodata.model import LEVELS, STATUS_GROUPS, Indicator, Level
from geodata.period import parse_period
from geodata.series_id import format_dimensions, parse_dimensions, series_id
from layers.classification import MAX_CLASSES, MIN_CLASSES, check_choice
from layers.classification_schemes import SCHEMES
from layers.default_selection import FigureSelection, complete_selection, opening_series
from layers.formatting import plain_decimal
from layers.isolated_class import check_isolated
from layers.palette_choice import check_chosen_palette
from layers.styles import check_style, style_names
from layers.symbology import Symbology

if TYPE_CHECKING:
    from geodata.store.interface import Store

Read = TypeVar("Read")

LAYER_PARAMETERS = (
    "indicator", "breakdown", "period", "level", "date", "on", "status",
    "scheme", "classes", "thresholds", "isolate", "class_basis", "palette", "style",
    "places", "rasters", "title", "lang",
)  # fmt: skip
ClassBasis = Literal["period", "all_periods"]
CLASS_BASES: tuple[ClassBasis, ...] = ("period", "all_periods")
MAX_TITLE_LENGTH = 200


def read_parameter(name: str, read: Callable[[str], Read], text: str) -> Read:
    """``read(text)``; its refusal names the parameter."""
    try:
        return read(text)
    except PortalError as fault:
        fault.where = name
        raise


def require_one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """``value`` when it is among ``allowed``; else an `InvalidInput` naming the parameter."""
    names = tuple(allowed)
    if value in names:
        return value
    fault = unknown_name(Message("Value not allowed"), value, names)
    raise InvalidInput(fault.what, found=value, allowed=fault.allowed, where=name)


def select_figures(given: Mapping[str, str], store: Store) -> tuple[Indicator, FigureSelection]:
    """The indicator and the period, level, date and status, every gap filled."""
    chosen = {"indicator", "breakdown", "period", "level", "date", "status"}
    if not given.keys() & chosen:
        name, period, level, date = store.default_layer()
        return store.indicator(name), FigureSelection(period, level, date, "actual")
    indicator = read_series(given, store)
    if "period" in given:
        read_parameter("period", parse_period, given["period"])
    choice = FigureSelection(
        period=given.get("period"),
        level=_level(given["level"]) if "level" in given else None,
        date=timeline_step(given["date"], store) if "date" in given else None,
        status=require_one_of("status", given["status"], STATUS_GROUPS)
        if "status" in given
        else None,
    )
    full = complete_selection(store, indicator, choice)
    _check_level_exists(full, store)
    return indicator, full


def _level(text: str) -> Level:
    return cast(Level, require_one_of("level", text, LEVELS))


def read_series(given: Mapping[str, str], store: Store) -> Indicator:
    """The indicator, or the part of it that ``breakdown`` names, in its place.

    Of an indicator without a figure of its own the
    part with the most units is meant, where the address names none.

    Raises
    ------
    InvalidInput, NotFound
        There is no such indicator, or it is not broken down in this way.
    """
    name = given.get("indicator") or store.default_layer()[0]
    found = named_series({**given, "indicator": name}, store)
    return found if given.get("breakdown") else opening_series(store, found)


def named_series(given: Mapping[str, str], store: Store) -> Indicator:
    """The indicator that ``indicator`` names, or the part of it that ``breakdown`` does.

    A former id means what bears its figures now.

    Raises
    ------
    InvalidInput, NotFound
        There is no such indicator, or it is not broken down in this way.
    """
    moved = store.moved_indicator(given["indicator"])
    name = moved.id if moved else given["indicator"]
    found = read_parameter("indicator", store.indicator, name)
    if not given.get("breakdown"):
        return found
    wanted = read_parameter("breakdown", _dimensions, given["breakdown"])
    series = series_id(found.measured, wanted)
    parts = {part.id: part for part in store.parts(found.measured)}
    if series not in parts:
        what = Message("The indicator is not broken down like this")
        listed = [part.dimensions for part in parts.values()]
        fault = unknown_name(what, wanted, listed)
        remedy = Message("Choose one of these, or leave out breakdown")
        raise InvalidInput(what, wanted, fault.allowed, remedy, "breakdown")
    return parts[series]


def _dimensions(text: str) -> str:
    return format_dimensions(parse_dimensions(text))


def _check_level_exists(choice: FigureSelection, store: Store) -> None:
    if store.units(level=choice.level, date=choice.date, with_shape=True, limit=1).total:
        return
    there = tuple(
        v for v in LEVELS if store.units(level=v, date=choice.date, with_shape=True, limit=1).total
    )
    if choice.level == "village":
        raise InvalidInput(
            Message("No village has a point or a boundary to draw"),
            found=f"{choice.level}, {choice.date}",
            allowed=there,
            remedy=Message(
                "Publish them with `portal data publish` or on the office's page, or see the lists "
                "on the communes' pages"
            ),
            where="level",
        )
    raise InvalidInput(
        Message("There are no units of this level on this date"),
        found=f"{choice.level}, {choice.date}",
        allowed=there,
        remedy=Message("Choose another level or date"),
        where="level",
    )


def read_boundary_date(
    given: Mapping[str, str], level: Level, date: dt.date, store: Store
) -> dt.date | None:
    """The step on whose boundaries to draw; None where it is that of the figures themselves."""
    if "on" not in given:
        return None
    day = timeline_step(given["on"], store, "on")
    if day != date and not store.units(level=level, date=day, with_shape=True, limit=1).total:
        raise InvalidInput(
            Message("There are no units of this level on this date to recast the figures on"),
            found=f"{level}, {day}",
            allowed=tuple(
                step.date.isoformat()
                for step in store.info.timeline
                if store.units(level=level, date=step.date, with_shape=True, limit=1).total
            ),
            remedy=Message("Choose another date or leave out on"),
            where="on",
        )
    return None if day == date else day


def timeline_step(text: str, store: Store, where: str = "date") -> dt.date:
    """First day of the timeline's step in which the day lies."""
    first = store.info.timeline[0].date
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or day < first:
        raise InvalidInput(
            Message("Not a date the dataset covers"),
            found=text,
            allowed=Message("a day such as 2025-07-01, from {first}", first=first),
            where=where,
        )
    return store.info.step_start(day)


def read_symbology(
    given: Mapping[str, str], indicator: Indicator, defaults: Symbology
) -> Symbology:
    """Scheme, classes, palette and style: what is given, else the indicator's own."""
    scheme = given.get("scheme", "thresholds" if "thresholds" in given else defaults.scheme)
    scheme = require_one_of("scheme", scheme, SCHEMES)
    classes = _classes(given, defaults)
    thresholds: tuple[float, ...] = ()
    if scheme == "thresholds":
        thresholds = indicator.classification.thresholds
        if "thresholds" in given:
            thresholds = read_parameter("thresholds", _numbers, given["thresholds"])
        check_choice(scheme, MIN_CLASSES, thresholds)
    name = given.get("palette", defaults.palette)
    read_parameter("palette", lambda chosen: check_chosen_palette(chosen, indicator), name)
    style = require_one_of("style", given.get("style", defaults.style), style_names())
    read_parameter("style", lambda chosen: check_style(chosen, indicator), style)
    return Symbology(
        scheme=scheme,
        classes=defaults.classes if scheme == "thresholds" else classes,
        thresholds=thresholds,
        palette=name,
        style=style,
        isolate=_isolated(given.get("isolate", "")),
    )


def _classes(given: Mapping[str, str], defaults: Symbology) -> int:
    text = given.get("classes", str(defaults.classes))
    choices = tuple(str(n) for n in range(MIN_CLASSES, MAX_CLASSES + 1))
    return int(require_one_of("classes", text, choices))


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(parse_number(part) for part in text.split(",")[: MAX_CLASSES + 1])


def _isolated(text: str) -> tuple[float, ...]:
    isolated = read_parameter("isolate", _numbers, text) if text else ()
    check_isolated(isolated)
    return isolated


def read_places(text: str, store: Store) -> tuple[str, ...]:
    """The categories of places that are drawn over the map, in the order of the menu.

    Raises
    ------
    InvalidInput
        There is no such category, or none of its places is listed.
    """
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    known = [category.id for category in store.place_categories()]
    for each in wanted:
        require_one_of("places", each, known)
    return tuple(each for each in known if each in wanted)


def read_title(text: str) -> str:
    """A reader's own title as one line of at most `MAX_TITLE_LENGTH` characters."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(clean) > MAX_TITLE_LENGTH:
        raise InvalidInput(
            Message("Title too long"),
            found=clean,
            allowed=Message(
                "at most {max_title_length} characters", max_title_length=MAX_TITLE_LENGTH
            ),
            where="title",
        )
    return clean


def format_thresholds(thresholds: tuple[float, ...]) -> str:
    """Thresholds as the address carries them: ``10,20.5``."""
    return ",".join(plain_decimal(t) for t in thresholds)
