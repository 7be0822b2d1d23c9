"""A refusal, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict


class ErrorDetails(TypedDict):
    """What was refused and what to do."""

    status: Annotated[int, "HTTP status"]
    code: Annotated[str, "Kind of the refusal, for programs"]
    message: Annotated[str, "What was wrong"]
    found: Annotated[str, "What was given"]
    allowed: Annotated[str | list[str], "What may be given, in words or as a list"]
    remedy: Annotated[str, "What to do"]
    parameter: Annotated[str, "The parameter it is about; empty for none"]


class ErrorDocument(TypedDict):
    """A refusal."""

    error: Annotated[ErrorDetails, "The refusal"]
