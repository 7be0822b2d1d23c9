"""The answers about files in the making and short addresses, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.error_types import ErrorDetails
from portal.tasks.task import State


class JobDocument(TypedDict):
    """A file in the making."""

    id: Annotated[str, "Id of the job"]
    state: Annotated[State, "How far it is"]
    state_label: Annotated[str, "The state in words"]
    done: Annotated[int, "Pages made so far"]
    of: Annotated[int, "Pages in all"]
    message: Annotated[str, "What is being made now"]
    ahead: Annotated[int, "Jobs that come first"]
    address: Annotated[str, "Path and query of the file"]
    name: Annotated[str, "Name of the file"]
    size: Annotated[int | None, "Bytes of the finished file"]
    url: Annotated[str, "Address of the job"]
    result: Annotated[str | None, "Address of the finished file"]
    error: Annotated[ErrorDetails | None, "Why it failed"]


class ShortAddressDocument(TypedDict):
    """The short address of a page."""

    short: Annotated[str, "The short address; empty where it would not be remembered"]
    long: Annotated[str, "The whole address"]
    qr: Annotated[str, "QR code of the whole address as a data URI of an SVG; may be empty"]
