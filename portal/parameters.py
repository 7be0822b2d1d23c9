"""Every parameter of a request, declared once: the API reads it, the OpenAPI document shows it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.dataset import DETAILS
from geodata.errors import InvalidInput, PortalError, truncate
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Localised, Message, Verbatim
from geodata.model import LEVELS, STATUS_GROUPS, STATUSES
from geodata.period import parse_period
from layers.classification_schemes import SCHEMES
from layers.layer_query import MAX_TITLE_LENGTH
from layers.palettes import PALETTES
from layers.styles import STYLES

MAX_TEXT = 200
MAX_LIMIT = 5000
MAX_OFFSET = 10_000_000
MEASURES = ("absolute", "relative")

Schema = dict[str, Any]


class Params(Mapping[str, Any]):
    """The parameters of a request, read; those left out or empty are absent.

    Parameters
    ----------
    values
        By name, as `Parameter.read` gives them.
    query
        The texts they were read from, as `layers.layer.Layer.from_query` takes them.
    """

    def __init__(self, values: Mapping[str, Any], query: Mapping[str, str]) -> None:
        self._values = dict(values)
        self.query = dict(query)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as the parameter reads it
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def without(self, *names: str) -> Params:
        """All but some."""
        return Params(
            {name: value for name, value in self._values.items() if name not in names},
            {name: text for name, text in self.query.items() if name not in names},
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter.

    Parameters
    ----------
    schema
        Its JSON Schema, as the OpenAPI document gives it.
    read
        Turns the text into the value a view gets; raises `InvalidInput`.
    required
        Whether the request is refused without it.
    """

    name: str
    description: str
    schema: Schema
    read: Callable[[str], Any]
    required: bool = False


def _not_allowed(found: str, allowed: Localised | tuple[str, ...]) -> InvalidInput:
    what = Message("Value not allowed")
    remedy = Message("Correct the parameter and send again")
    return InvalidInput(what, found=found, allowed=allowed, remedy=remedy)


def _text(value: str) -> str:
    """Text of at most `MAX_TEXT` printable characters, in NFC."""
    if len(value) <= MAX_TEXT and value.isprintable():
        return unicodedata.normalize("NFC", value)
    longest = Message("at most {max_text} printable characters", max_text=MAX_TEXT)
    raise _not_allowed(value, longest)


def _choice(names: Iterable[str]) -> Callable[[str], str]:
    allowed = tuple(names)

    def read(value: str) -> str:
        if value in allowed:
            return value
        raise _not_allowed(value, allowed)

    return read


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if value.isascii() and value.isdigit() and len(value) <= 9 and low <= int(value) <= high:
            return int(value)
        raise _not_allowed(value, Message("whole number {low} to {high}", low=low, high=high))

    return read


def _date(value: str) -> dt.date:
    try:
        if len(value) == 10 and value[4] == value[7] == "-":
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise _not_allowed(value, Message("a day such as 2025-07-01"))


def _period(value: str) -> str:
    return parse_period(value).code


def choice_parameter(name: str, description: str, names: Iterable[str]) -> Parameter:
    """A parameter that takes one of several names."""
    allowed = list(names)
    schema: Schema = {"type": "string", "enum": allowed}
    return Parameter(name, description, schema, _choice(allowed))


def _text_parameter(name: str, description: str, longest: int = MAX_TEXT) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": longest}, _text)


def _integer_parameter(name: str, description: str, low: int, high: int, default: int) -> Parameter:
    schema: Schema = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return Parameter(name, description, schema, _integer(low, high))


def _date_parameter(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "format": "date"}, _date)


_PERIOD = Parameter(
    "period",
    "Period: 2025, 2025-H1, 2026-Q1, 2026-06, 2026-06-11, 2026/2030 or 2025-01/2025-09",
    {"type": "string", "maxLength": 20},
    _period,
)
LANG = Parameter(
    "lang",
    "Language of names, labels and errors",
    {"type": "string", "enum": list(LANGUAGES), "default": DEFAULT_LANGUAGE},
    _choice(LANGUAGES),
)
VERSION = _text_parameter(
    "v", "Dataset version; when it is the one served, the answer may be kept for good"
)
LEVEL = choice_parameter("level", "Level of the units", LEVELS)
DATE = _date_parameter("date", "Day on which the units are in force")
INDICATOR = _text_parameter("indicator", "Id of an indicator")
LIMIT = _integer_parameter("limit", "Largest number of items in the answer", 1, MAX_LIMIT, 100)
OFFSET = _integer_parameter(
    "offset", "Number of items to leave out before the first", 0, MAX_OFFSET, 0
)
QUERY = _text_parameter("q", "Part of a name, alias or code, with or without diacritics")
DETAIL = _integer_parameter(
    "detail", "1 is the overview, 3 the finest", min(DETAILS), max(DETAILS), 2
)
PARENT = _text_parameter("parent", "Id of the unit directly above")
UNIT = _text_parameter("unit", "Id of a unit")
UNIT_CODE = _text_parameter(
    "unit_code", "Code of a unit; gives the figures of all units that bore it"
)
STATUS = choice_parameter("status", "Status of the figures", STATUSES)
SOURCE = _text_parameter("source", "Id of a source")
THEME = _text_parameter("theme", "Id of a theme")
DISTRICT = _text_parameter("district", "Id of a former district that some part of a unit lay in")
FIGURES = choice_parameter(
    "figures", "Figures as published, or recast on the unit", ("published", "recast")
)
PERIOD = _PERIOD
SEARCH_LIMIT = _integer_parameter("limit", "Largest number of items in the answer", 1, 50, 10)
SEARCH_QUERY = Parameter(QUERY.name, QUERY.description, QUERY.schema, QUERY.read, required=True)

ON = Parameter(
    "on",
    "Day on whose units the figures are recast; without it they are shown as published then",
    DATE.schema,
    lambda text: _date(text).isoformat(),
)

# The layer's own parameters: `layers.layer.Layer.from_query` reads their values.
LAYER = (
    INDICATOR,
    PERIOD,
    LEVEL,
    Parameter(DATE.name, DATE.description, DATE.schema, lambda text: _date(text).isoformat()),
    ON,
    choice_parameter(
        "status", "Actual figures (estimates stand in), plans or targets", STATUS_GROUPS
    ),
    choice_parameter("scheme", "How the classes are made", SCHEMES),
    Parameter(
        "classes",
        "Number of classes; without it the indicator's own",
        {"type": "integer", "minimum": 3, "maximum": 9},
        lambda text: str(_integer(3, 9)(text)),
    ),
    _text_parameter("thresholds", "Inner breaks for the scheme thresholds, ascending: 10,20.5,50"),
    choice_parameter("palette", "Colours of the classes", PALETTES),
    choice_parameter(
        "style",
        "; ".join(f"{style.id}: {style.description['en']}" for style in STYLES.values()),
        STYLES,
    ),
    _text_parameter(
        "title", "Title of the map instead of the one made from the indicator", MAX_TITLE_LENGTH
    ),
    LANG,
)
COMPARISON = (
    *LAYER,
    choice_parameter("measure", "Difference in the unit of measure, or in per cent", MEASURES),
    Parameter(
        "period2",
        "Period of a second figure on the units of on, to tell real change from redrawn lines",
        _PERIOD.schema,
        _period,
    ),
)
_FIGURES_AND_ON = ("indicator", "period", "level", "date", "on", "status", "lang")
BALANCE = tuple(parameter for parameter in LAYER if parameter.name in _FIGURES_AND_ON)
SUCCESSION = (
    Parameter("from", "Day of the units on the left of the table; without it the first step",
              DATE.schema, lambda text: _date(text).isoformat()),
    Parameter("to", "Day of the units on the right; without it the last step",
              DATE.schema, lambda text: _date(text).isoformat()),
    LEVEL,
    LANG,
)  # fmt: skip


def read_parameters(declared: tuple[Parameter, ...], args: MultiDict[str, str]) -> Params:
    """The parameters of a request as values; those left out or empty are absent.

    Raises
    ------
    InvalidInput
        A parameter is unknown, given twice, missing or not allowed; ``where`` names it.
    """
    known = {p.name: p for p in declared}
    _refuse_unknown(known, args)
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        value = args.get(name, "")
        if value:
            values[name] = _read(parameter, value)
        elif parameter.required:
            raise InvalidInput(
                Message("Parameter missing"),
                allowed=Verbatim(f"{name}=…"),
                remedy=Message("Add {name} to the address", name=name),
                where=name,
            )
    return Params(values, {name: text for name, text in args.items() if text})


def canonical_values(
    declared: tuple[Parameter, ...], params: Params, without: Collection[str] = ()
) -> dict[str, str]:
    """The parameters as the shortest texts that are read as the same values.

    Parameters
    ----------
    without
        Names that are left out.
    """
    texts = {}
    for parameter in declared:
        if parameter.name in params and parameter.name not in without:
            text = _canonical_text(params[parameter.name])
            if text not in ("", str(parameter.schema.get("default", ""))):
                texts[parameter.name] = text
    return texts


def _canonical_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, tuple):
        return ",".join(_canonical_text(each) for each in value)
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return str(value)


def _read(parameter: Parameter, value: str) -> object:
    try:
        return parameter.read(value)
    except PortalError as fault:
        fault.where = parameter.name
        raise


def _refuse_unknown(known: Mapping[str, Parameter], args: MultiDict[str, str]) -> None:
    for name, values in args.lists():
        if name not in known:
            raise InvalidInput(
                Message("No such parameter"),
                found=name,
                allowed=tuple(known),
                remedy=Message("Leave it out"),
                where=truncate(name),
            )
        if len(values) > 1:
            raise InvalidInput(
                Message("Parameter given more than once"),
                found=", ".join(values),
                remedy=Message("Keep one value"),
                where=name,
            )
