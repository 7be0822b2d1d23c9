"""Every field of a described document is described, and nothing else is answered."""

from __future__ import annotations

import json
from typing import Annotated, TypedDict

import jsonschema
import pytest

from portal.api.json_schema import document_schemas
from portal.api.schemas import DOCUMENTS
from portal.api.typescript import TYPES_FILE, typescript
from portal.urls import API

# Figures of 2013 that some units of 2020 have only together.
JOINT = "indicator=population&period=2019-04-01&level=commune&date=2013-01-01&on=2020-02-01"
STRICT = {name: {**schema, "additionalProperties": False} for name, schema in DOCUMENTS.items()}


def validate(answer, schema):
    document = {"components": {"schemas": STRICT}, "$ref": f"#/components/schemas/{schema}"}
    jsonschema.Draft202012Validator(document).validate(answer)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/units", "Unit"),
        ("/sources", "Source"),
        ("/observations", "Observation"),
        ("/indicators", "Indicator"),
    ],
)
def test_the_items_of_a_list_hold_what_is_described_and_nothing_else(toy, path, schema):
    items = json.loads(toy.get(API + path).data)["items"]
    assert items
    for item in items:
        validate(item, schema)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/values", "Values"),
        ("/values?indicator=population&on=2025-07-01", "Values"),
        ("/values?indicator=population&style=symbols", "Values"),
        ("/catalogue", "Catalogue"),
        ("/cards/03390-20250701", "Card"),
        ("/cards/03390-20250701?indicator=population&on=2025-07-01", "Card"),
        (f"/cards/03386-20200201?{JOINT}", "Card"),
        ("/units?limit=3", "Units"),
        ("/indicators", "Indicators"),
        ("/sources?limit=2&offset=2", "Sources"),
        ("/observations?limit=2", "Observations"),
        ("/units/03390-20250701", "UnitInTime"),
        ("/units/03390-20130101?lang=en", "UnitInTime"),
        ("/boundaries/commune.topojson", "Topology"),
        ("/boundaries/province.topojson?detail=1", "Topology"),
        ("/search?q=binh", "Search"),
        ("/search?q=dan+so", "Search"),
        ("/succession", "Successions"),
        ("/balance?indicator=population", "Balance"),
        ("/compare", "Comparison"),
        ("/compare?indicator=population&period2=2025-07-01&measure=relative", "Comparison"),
    ],
)
def test_an_answer_holds_what_is_described_and_nothing_else(client, path, schema):
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    validate(json.loads(answer.data), schema)


@pytest.mark.parametrize("path", ["/units/nothing", "/units?level=none", "/values?period=x"])
def test_a_refusal_holds_what_is_described_and_nothing_else(toy, path):
    validate(json.loads(toy.get(API + path).data), "Error")


def test_a_short_address_holds_what_is_described_and_nothing_else(toy):
    answer = toy.post("/export/short", json={"address": "/?indicator=population"})
    assert answer.status_code == 200
    validate(answer.get_json(), "ShortAddress")


def test_a_commune_with_villages_holds_what_is_described(client):
    found = json.loads(client.get(f"{API}/units?level=village&limit=1").data)["items"][0]
    for unit in (found["id"], found["parent"]["id"]):
        document = json.loads(client.get(f"{API}/units/{unit}").data)
        assert document["villages"] or document["named_in"]
        validate(document, "UnitInTime")


@pytest.mark.parametrize(
    ("period", "part"),
    [("2025", "value"), ("2025", "plan"), ("2018", "missing"), ("2024", "alternatives")],
)
def test_every_part_of_a_card_holds_what_is_described(toy, period, part):
    query = {"indicator": "population", "level": "commune", "date": "2013-01-01", "period": period}
    card = json.loads(toy.get(f"{API}/cards/90006-20130101", query_string=query).data)
    assert card[part]
    validate(card, "Card")


def test_a_field_that_is_not_described_is_refused(client):
    values = json.loads(client.get(f"{API}/values").data)
    values["indicator"]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        validate(values, "Values")


def test_every_field_has_a_description():
    for name, schema in DOCUMENTS.items():
        assert schema["description"], name
        for field, described in schema["properties"].items():
            assert described["description"], f"{name}.{field}"


def test_the_types_of_the_browser_are_made_from_the_schemas():
    """Where this fails, `make format` writes them anew."""
    assert TYPES_FILE.read_text(encoding="utf-8") == typescript(DOCUMENTS)


class Inner(TypedDict, total=False):
    """A document within another."""

    odd: Annotated[dict[str, list[int | None]], "Numbers"]


class OuterDocument(TypedDict):
    """A document."""

    inner: Annotated[Inner | None, "Another"]
    pair: Annotated[tuple[float, str] | tuple[None], "Either"]


def test_documents_become_schemas_and_types_by_name():
    made = document_schemas(OuterDocument)
    assert set(made) == {"Outer", "Inner"}
    assert made["Inner"]["required"] == []
    text = typescript(made)
    assert "  inner: Inner | null;" in text
    assert "  pair: [number, string] | [null];" in text
    assert "  odd?: Record<string, (number | null)[]>;" in text


def test_a_field_without_a_description_is_an_error():
    class Bare(TypedDict):
        """A document."""

        name: str

    with pytest.raises(TypeError, match=r"Bare\.name has no description"):
        document_schemas(Bare)
