"""Reading the body of a request."""

from __future__ import annotations

from flask import request

from geodata.errors import InvalidInput
from geodata.i18n import Message, Verbatim


def address_in_body(example: str) -> str:
    """The address in a body of the form ``{"address": "/…"}``.

    Parameters
    ----------
    example
        Such an address, for who sends something else.

    Raises
    ------
    InvalidInput
        The body is no JSON of that form, or is nested without end.
    """
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        raise InvalidInput(
            Message("The JSON is nested too deep"),
            allowed=Verbatim(f'{{"address": "{example}"}}'),
            where="address",
        ) from None
    address = body.get("address") if isinstance(body, dict) else None
    if not isinstance(address, str):
        raise InvalidInput(
            Message("The address is missing"),
            allowed=Verbatim(f'{{"address": "{example}"}}'),
            where="address",
        )
    return address
