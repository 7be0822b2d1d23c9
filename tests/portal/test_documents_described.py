"""Every field of a described document is described, and nothing else is answered."""

from __future__ import annotations

import json

import jsonschema
import pytest

from portal.api.schemas import SCHEMAS
from portal.urls import API


@pytest.mark.parametrize(
    ("path", "schema"),
    [("/units", "Unit"), ("/sources", "Source"), ("/observations", "Observation")],
)
def test_the_answer_holds_what_is_described_and_nothing_else(toy, path, schema):
    items = json.loads(toy.get(API + path).data)["items"]
    strict = {**SCHEMAS[schema], "additionalProperties": False}
    assert items
    for item in items:
        jsonschema.Draft202012Validator(strict).validate(item)
    assert all(field["description"] for field in SCHEMAS[schema]["properties"].values())
