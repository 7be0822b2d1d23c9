"""An endpoint: its rule, its parameters, its document, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.store import Store
from portal.parameters.reader import Parameter

Payload = Mapping[str, Any] | str
"""A JSON object, or the text of a file."""

JSON = "application/json"
CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request after its parameters were read.

    Parameters
    ----------
    path_values
        The variable parts of the path, as text.
    ask
        The parameters as values; ``lang``, ``limit`` and ``offset`` always there if declared.
    query
        The parameters as given, for addresses of further pages and for layers.
    """

    store: Store
    path: str
    path_values: Mapping[str, str]
    params: dict[str, Any]
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route of the API.

    Parameters
    ----------
    rule
        Flask's rule below the prefix.
    answers
        Name of the answer's schema in `portal.api.schemas`.
    path_parameters
        Variable parts of the rule and what they are.
    mimetype
        Type of the answer; a CSV file is offered for saving under the name of its rule.
    stamp
        A text, made of the parts of the path, that changes whenever the answer does for another
        reason than its address and the dataset.
    """

    name: str
    rule: str
    summary: str
    response_schema: str
    handler: Callable[[ApiRequest], Payload]
    parameters: tuple[Parameter, ...] = ()
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    mimetype: str = JSON
    stamp: Callable[[Mapping[str, str]], str] | None = None
