"""How files, reports and forms write and read numbers, days and lists at their limits."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Some

import pytest
from build_helpers import figure, indicator
from waitress.adjustments import Adjustments

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.model import MeasureUnit
from geodata.table_import.checks.wordings import listed
from geodata.table_import.layout_records import CellPlace
from layers.sheet.options import FULL_EXTENT
from portal.cli import table_report
from portal.cli.publish_command import _confirmed
from portal.cli.request_parser import RequestParser
from portal.export import sparse_indicators
from portal.export.data.csv_form import csv_bytes
from portal.pages.about import _ordered
from portal.publishing.answer_forms import _scale, _units
from portal.publishing.form_fields import read_day
from portal.publishing.table_frame import _shown_rows
from portal.serializers import redrawing_sentence
from portal.serializers.unit_report import ReportRow, _change, _plan
from portal.short_urls.client_quota import client_network


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (1742.1, "1742,1"),
        (-0.5, "-0,5"),
        (2.0, "2"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1000000000000000,0"),
        (-1e15, "-1000000000000000,0"),
        (38, "38"),
        ("03390", '"=""03390"""'),
        ("2026-H1", "2026-H1"),
        ("2026/2030", '"=""2026/2030"""'),
        ("57,69%", '"=""57,69%"""'),
        ("Bình Lư", "Bình Lư"),
        ("=1+1", "'=1+1"),
    ],
)
def test_a_vietnamese_spreadsheet_reads_numbers_as_numbers_and_codes_as_text(cell, written) -> None:
    assert csv_bytes([[cell]], "vi", "local").decode("utf-8-sig") == f"{written}\r\n"


def test_only_the_form_of_the_language_writes_a_decimal_comma() -> None:
    row = [[1742.1, "03390", None]]
    assert csv_bytes(row, "vi").decode("utf-8-sig") == "1742.1,03390,\r\n"
    assert csv_bytes(row, "vi", "local").decode("utf-8-sig") == '1742,1;"=""03390""";\r\n'
    assert csv_bytes(row, "en", "local").decode("utf-8-sig") == '1742.1,"=""03390""",\r\n'


@pytest.mark.parametrize(
    ("kind", "factor", "now", "before", "told"),
    [
        ("count", None, 110.0, 100.0, "+10.0%"),
        ("count", None, 50.0, 100.0, "-50.0%"),
        ("count", None, 100.0, 100.0, "0.0%"),
        ("count", None, 5.0, 0.0, ""),
        ("count", None, 5.0, 0.5, "+900.0%"),
        ("ratio", 100.0, 57.5, 55.0, "+2.5 points"),
        ("ratio", None, 55.0, 57.5, "-2.5 points"),
        ("ratio", 1.0, 110.0, 100.0, "+10.0%"),
    ],
)
def test_a_change_is_told_in_per_cent_and_that_of_a_percentage_in_points(
    kind, factor, now, before, told
) -> None:
    measured = indicator("i", kind, ratio_factor=factor)
    figures = figure("u", "i", now, period="2026"), figure("u", "i", before, period="2025")
    changed = _change(ReportRow(measured, figures[0], None, None, figures[1]), "en")
    assert changed.replace("−", "-") == told


@pytest.mark.parametrize(
    ("plans", "chosen"),
    [
        ([("2026", "")], 0),
        ([("2026-H1", "")], 0),
        ([("2026-H2", "")], None),
        ([("2026-Q1", "")], None),
        ([("2025", "")], None),
        ([("2026/2030", "")], None),
        ([("2026", ""), ("2026-H1", "100/200 đạt 50%")], 1),
    ],
)
def test_the_plan_of_a_figure_reaches_over_its_period_and_no_more_than_a_year(
    plans, chosen
) -> None:
    done = figure("u", "visits", 100, period="2026-H1", quote="100/200 đạt 50%")
    given = [figure("u", "visits", 200, period=p, status="plan", quote=q) for p, q in plans]
    found = _plan([done, *given], done, {})
    assert found is (None if chosen is None else given[chosen])
    stated = figure("u", "visits", 100, period="2026-H1", quote="đạt 50%", stated_percent=50)
    assert _plan([stated, *given], stated, {}) is None


@pytest.mark.parametrize(
    ("named", "extent", "words"),
    [
        (3, FULL_EXTENT, "3/38: A 1%; B 2%; C 3%"),
        (4, FULL_EXTENT, "4/38: A 1%; B 2%; C 3%; 1 more units"),
        (1, "u", "1%"),
        (0, "u", "–"),
    ],
)
def test_an_indicator_of_few_units_names_three_and_counts_the_others(named, extent, words) -> None:
    percent = MeasureUnit("percent", Text("%", "%"), Text("%", "%"), False)
    shown = Some(
        indicator=indicator("rate", "ratio", measure_unit=percent, decimals=0),
        legend=Some(with_value=named, total=38),
    )
    found = [(name, float(n)) for n, name in enumerate("ABCD"[:named], 1)]
    assert sparse_indicators._words(found, shown, extent, "en") == words


@pytest.mark.parametrize(
    ("lacking", "told"),
    [(0, ""), (1, "A"), (3, "A, B, C"), (4, "A, B, C, …")],
)
def test_units_without_a_figure_to_recast_are_counted_and_three_named(
    lacking, told: str, monkeypatch
) -> None:
    monkeypatch.setattr(redrawing_sentence, "translate", lambda *_, **told: told["names"])
    views = {name: Some(value=None) for name in "ABCD"[:lacking]} | {"E": Some(value=0.0)}
    left = Some(layer=Some(language="en"), unit_views=views)
    store = Some(unit=lambda name: Some(full_name={"en": name}))
    assert redrawing_sentence._missing(store, Some(left=left), {"units": 9}) == told


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("a proxy", "a proxy"),
    ],
)
def test_a_client_is_its_address_or_its_network(address: str, client: str) -> None:
    assert client_network(address) == client


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("deviation", "CAB"),
        ("-deviation", "ACB"),
        ("name", "ABC"),
        ("-name", "CBA"),
    ],
)
def test_boundaries_are_ordered_by_a_number_with_those_without_it_last(order, expected) -> None:
    rows = [
        (Some(name={"en": name}, unit_id=name), Some(deviation_m=metres))
        for name, metres in (("A", 60.0), ("B", None), ("C", 0.0))
    ]
    assert "".join(unit.unit_id for unit, _ in _ordered(rows, order, "en")) == expected


@pytest.mark.parametrize(
    ("text", "scale"),
    [("", 1.0), ("1.000", 1000.0), ("0,5", 0.5), ("0", None), ("-1", None), ("1e15", None),
     ("1" + "0" * 15, None), ("9" * 15, 999_999_999_999_999.0), ("x", None)],
)  # fmt: skip
def test_the_factor_of_a_column_is_above_nothing_and_below_a_thousand_million_million(
    text, scale
) -> None:
    faults: list[InvalidInput] = []
    assert _scale(text, "scale-2", faults) == (1.0 if scale is None else scale)
    assert [fault.found for fault in faults] == [text] * (scale is None)


@pytest.mark.parametrize(
    ("text", "day", "faulty"),
    [
        (None, dt.date(2025, 7, 1), False),
        (" ", None, False),
        ("30/6/2026", dt.date(2026, 6, 30), False),
        ("2026-06-30", dt.date(2026, 6, 30), False),
        ("2026", dt.date(2025, 7, 1), True),
        ("31/6/2026", dt.date(2025, 7, 1), True),
    ],
)
def test_a_typed_day_is_read_and_what_is_none_keeps_the_one_before(text, day, faulty) -> None:
    faults: list[InvalidInput] = []
    fields = {} if text is None else {"day": text}
    assert read_day(fields, "day", dt.date(2025, 7, 1), faults) == day
    assert bool(faults) is faulty


@pytest.mark.parametrize(
    ("typed", "chosen", "kept"),
    [
        ("", "03390-20250701", {"x": "03390-20250701"}),
        (" 03637-20250701 ", "03390-20250701", {"x": "03637-20250701"}),
        ("", "-", {"x": ""}),
        ("", "?", {}),
    ],
)
def test_what_is_typed_of_a_unit_goes_before_what_is_chosen(typed, chosen, kept) -> None:
    from portal.publishing.answer_forms import IGNORE, LATER

    chosen = {"-": IGNORE, "?": LATER}.get(chosen, chosen)
    assert _units({"unit:x": chosen, "other:x": typed, "page": "2"}, {"x": "before"}) == kept


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        ("T01=checked", {"T01": "checked"}),
        (" T01 = checked = twice ", {"T01": "checked = twice"}),
        ("T01", None),
        ("T01= ", None),
        (" =checked", None),
    ],
)
def test_a_finding_is_confirmed_by_its_code_with_a_reason(pair, found) -> None:
    if found is not None:
        assert _confirmed((pair,)) == found
        return
    with pytest.raises(InvalidInput, match="Not a confirmation"):
        _confirmed((pair,))


@pytest.mark.parametrize(
    ("rows", "named", "shown"),
    [
        (22, (), [*range(22)]),
        (23, (), [*range(16), None, *range(17, 23)]),
        (30, (18, 23), [*range(16), None, 18, None, 23, *range(24, 30)]),
    ],
)
def test_a_long_table_shows_its_first_and_last_rows_and_those_with_findings(
    rows, named, shown
) -> None:
    found = _shown_rows([Some(number=n) for n in range(rows)], named)
    assert [row and row.number for row in found] == shown


SHEET = "Biểu"


@pytest.mark.parametrize(
    ("cells", "count", "told"),
    [
        (6, 6, "A1, A2, A3, A4, A5, A6"),
        (7, 7, "A1, A2, A3, A4, A5, A6, 1 more"),
        (6, 9, "A1, A2, A3, A4, A5, A6, 3 more"),
        (2, 1, "A1, A2"),
        (0, 3, ""),
    ],
)
def test_a_finding_names_six_cells_and_counts_the_others(cells, count, told) -> None:
    places = tuple(CellPlace(SHEET, row, 1) for row in range(1, cells + 1))
    assert table_report._where(Some(places=places, count=count), SHEET)["en"] == told


@pytest.mark.parametrize(("rules", "lines"), [(0, 0), (1, 2), (5, 6), (6, 7), (9, 7)])
def test_five_rules_that_could_not_be_checked_are_told_and_the_others_counted(rules, lines) -> None:
    skipped = [Some(code=f"X{n:02d}", what=Text("vì", "because")) for n in range(rules)]
    told = [line["en"] for line in table_report._skipped(Some(skipped=skipped))]
    assert len(told) == lines
    assert ["more" in line for line in told[-1:]] == [rules > 5] * bool(rules)


@pytest.mark.parametrize(("names", "told"), [(8, "A, B, C, D, E, F, G, H"), (1, "A"), (0, "")])
def test_eight_names_are_told_without_a_count(names: int, told: str) -> None:
    assert listed("ABCDEFGH"[:names])["en"] == told
    assert listed("ABCDEFGHIJ")["en"] == "A, B, C, D, E, F, G, H, 2 more"


@pytest.mark.parametrize(
    ("said", "most", "room", "large"),
    [
        ("Content-Length: 99", 500, True, False),
        ("Content-Length: 100", 500, True, True),
        ("Content-Length: 101", 500, True, True),
        ("Transfer-Encoding: chunked", 500, True, True),
        ("Content-Length: 101", 99, True, False),
        ("Content-Length: 101", 100, True, True),
        ("Content-Length: 101", 500, False, False),
        ("Content-Length: 101", None, True, False),
    ],
)
def test_a_body_as_long_as_the_usual_limit_is_asked_about(said, most, room, large) -> None:
    usual = Adjustments(max_request_body_size=100)
    ask = None if most is None else lambda *_: most
    parser = RequestParser(usual, ask, lambda: room)
    parser.parse_header(f"POST /tables HTTP/1.1\r\nHost: a\r\n{said}".encode())
    assert parser.is_large is large
    assert parser.adj.max_request_body_size == (1 + most if large else 100)
    assert usual.max_request_body_size == 100
