"""The one reader of the parameters of a request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput, PortalError, truncate
from geodata.i18n import Message, Verbatim

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
