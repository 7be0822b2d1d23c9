"""The one reader of parameters: each is read, refused, and written as short as can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geodata.errors import InvalidInput
from portal.export.kinds import EXPORT_KINDS
from portal.parameters.declared import COMPARISON, parse_comparison_query
from portal.parameters.declared_files import ATLAS, REPORT, SHEET
from portal.parameters.reader import Parameter, Params, canonical_values, read_parameters

DECLARED = tuple({p.name: p for p in (*COMPARISON, *ATLAS, *REPORT, *SHEET)}.values())
NUMBERS = st.decimals(60, 600, places=3, allow_nan=False).map(str)
DEGREES = st.decimals(0, 5, places=9, allow_nan=False)


def read(query: dict[str, str], declared=SHEET) -> Params:
    return read_parameters(declared, MultiDict(query))


def refusal(parameter: Parameter, text: str) -> InvalidInput | None:
    try:
        read({parameter.name: text}, (parameter,))
    except InvalidInput as fault:
        return fault
    return None


@given(NUMBERS, NUMBERS, DEGREES, DEGREES, st.text(max_size=60))
def test_the_shortest_texts_are_read_as_the_same_values(width, height, west, south, note) -> None:
    bbox = f"{west:.9f},{south:.9f},{west + 3:.9f},{south + 2:.9f}"
    query = {"width": width[:8], "height": height[:8], "extent": "view", "bbox": bbox,
             "note": note, "bw": "1", "graticule": "0", "dpi": "300"}  # fmt: skip
    params = read(query)
    texts = canonical_values(SHEET, params)
    assert "dpi" not in texts
    assert "graticule" not in texts
    again = read(texts)
    for name, value in params.items():
        assert again.get(name, value) == value
    assert canonical_values(SHEET, again) == texts


@pytest.mark.parametrize("parameter", DECLARED, ids=lambda parameter: parameter.name)
def test_every_parameter_says_what_it_takes_and_refuses_in_words(parameter) -> None:
    assert parameter.description
    for text in ("\x00", "x" * 20_000):
        refused = refusal(parameter, text)
        # Of a reader's own line, what cannot be printed has become nothing.
        assert refused or read({parameter.name: text}, (parameter,))[parameter.name] == ""
        if refused:
            assert refused.where == parameter.name
            assert refused.what["vi"] != refused.what["en"]
    allowed = parameter.schema.get("enum", ())
    for text in allowed:
        assert parameter.name in read({parameter.name: text}, (parameter,))


def test_only_declared_parameters_are_taken_and_each_once() -> None:
    with pytest.raises(InvalidInput, match="No such parameter"):
        read({"nothing": "1"})
    with pytest.raises(InvalidInput, match="more than once"):
        read_parameters(SHEET, MultiDict([("bw", "1"), ("bw", "0")]))
    assert len(read({"bw": "", "note": ""})) == 0


def test_values_and_texts_stay_together() -> None:
    params = read({"bw": "1", "dpi": "0300", "note": ""})
    assert (params["bw"], params["dpi"]) == (True, 300)
    assert params.query == {"bw": "1", "dpi": "0300"}
    rest = params.without("bw")
    assert (dict(rest), rest.query) == ({"dpi": 300}, {"dpi": "0300"})


def test_the_kinds_of_files_share_what_they_share() -> None:
    """A name means the same wherever it is taken; only the resolution differs by what is drawn."""
    by_name: dict[str, set[str]] = {}
    for kind in EXPORT_KINDS.values():
        for parameter in kind.parameters:
            by_name.setdefault(parameter.name, set()).add(str(parameter.schema))
    assert {name for name, schemas in by_name.items() if len(schemas) > 1} == {
        "dpi", "indicators",
    }  # fmt: skip


def test_the_layout_of_a_comparison_and_its_arithmetic_are_told_apart() -> None:
    assert parse_comparison_query({}) == ("side", {})
    assert parse_comparison_query({"mode": "swipe", "measure": "relative"}) == (
        "swipe",
        {"measure": "relative"},
    )
    for query, name in (({"mode": "relative"}, "mode"), ({"measure": "swipe"}, "measure")):
        with pytest.raises(InvalidInput) as caught:
            parse_comparison_query(query)
        assert caught.value.where == name
