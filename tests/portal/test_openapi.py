"""The description of the API is complete, and the answers are as it says."""

import json

import jsonschema
import pytest

from portal.api.schemas import SCHEMAS
from portal.export.kinds import EXPORT_KINDS

API = "/api/v1"


def get(client, path, **query):
    response = client.get(f"{API}{path}", query_string=query)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def test_the_description_is_valid_and_complete(client, app):
    document = get(client, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
    }
    assert {path for path in document["paths"] if path.startswith(API)} == routes
    for name, schema in document["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == SCHEMAS[name]
    operations = [
        (path, method) for path, methods in document["paths"].items() for method in methods.values()
    ]
    names = [operation["operationId"] for _, operation in operations]
    assert len(names) == len(set(names))
    for path, operation in operations:
        parameters = operation["parameters"]
        in_path = {p["name"] for p in parameters if p["in"] == "path"}
        assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")} or (
            path.endswith(".topojson") and in_path == {"level"}
        )
        for parameter in parameters:
            assert parameter["description"]
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])


def test_every_described_parameter_is_taken_and_nothing_else(client):
    document = get(client, "/openapi.json")
    for path, methods in document["paths"].items():
        if path.startswith(("/export/jobs", "/export/short")):
            continue
        names = [p["name"] for p in methods["get"]["parameters"] if p["in"] == "query"]
        address = path.replace("{unit_id}", "12-20040101").replace("{level}", "province")
        address = address.replace("{indicator_id}", "population").replace("{source_id}", "x")
        refusal = client.get(address, query_string={"no_such": "1"}).get_json()
        if "error" in refusal and refusal["error"]["code"] == "invalid_input":
            assert refusal["error"]["allowed"] == (names or [])
        else:
            raise AssertionError(f"{path} takes unknown parameters")


def test_every_file_and_every_step_of_a_job_is_described(client, app):
    paths = get(client, "/openapi.json")["paths"]
    described = {
        (path, method.upper()) for path, methods in paths.items() for method in methods
        if path.startswith("/export/")
    }  # fmt: skip
    posted = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/export/jobs", "/export/short"))
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    files = {
        (f"/export/{name}.{ending}", "GET")
        for name, kind in EXPORT_KINDS.items()
        for ending in kind.formats
    }
    with_logo = [name for name, kind in EXPORT_KINDS.items() if kind.takes_logo]
    logos = {(path, "POST") for path, _ in files if path.split("/")[2].split(".")[0] in with_logo}
    assert described == posted | files | logos
    assert {"413", "429"} <= set(paths["/export/atlas.pdf"]["get"]["responses"])


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/units?limit=3", "Units"),
        ("/units/03390-20250701", "UnitInTime"),
        ("/indicators?limit=2", "Indicators"),
        ("/sources?limit=2", "Sources"),
        ("/observations?unit_code=03390&limit=20", "Observations"),
        ("/values", "Values"),
        ("/cards/03390-20250701", "Card"),
        ("/search?q=binh", "Search"),
        ("/catalogue", "Catalogue"),
        ("/boundaries/district.topojson?date=2020-03-01", "Topology"),
        ("/units?limit=x", "Error"),
    ],
)
def test_answers_are_as_described(client, path, schema):
    document = {"components": {"schemas": SCHEMAS}, "$ref": f"#/components/schemas/{schema}"}
    jsonschema.Draft202012Validator(document).validate(json.loads(client.get(API + path).data))
