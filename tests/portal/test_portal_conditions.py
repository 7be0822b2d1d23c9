"""What is drawn, told and answered on either side of a condition."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest
from flask import Flask, session
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from geodata.i18n import Text
from geodata.ledger.account_records import account_named
from geodata.ledger.account_sessions import session_account
from geodata.ledger.database import reading
from layers.sheet.print_fills import INK, PAPER, PrintFill, _leaning
from layers.styles.proportional_symbols import legend_symbol_values, symbol_classes
from portal.accounts.browser_session import sign_in
from portal.docs.raster_page import _article
from portal.error_handlers import _on_http_error
from portal.export import panel
from portal.ledger_engine import ledger_of


@pytest.mark.parametrize(
    ("step", "steps", "fill"),
    [
        (1, 2, ("#c3c3c3", "///", True)), (2, 2, ("#282828", "///", False)),
        (1, 3, ("#e1e1e1", "///", True)), (2, 3, ("#c3c3c3", "////", True)),
        (3, 3, ("#282828", "///", False)), (3, 4, ("#464646", "////", False)),
        (4, 4, ("#282828", "///", False)),
    ],
)  # fmt: skip
def test_lines_are_dark_near_zero_and_light_far_from_it(
    step: int, steps: int, fill: tuple[str, str, bool]
) -> None:
    colour, hatch, dark = fill
    assert _leaning("/", step, steps) == PrintFill(colour, hatch, INK if dark else PAPER)


@pytest.mark.parametrize(
    ("values", "upper", "counts", "single"),
    [
        ([], (), (), False), ([5.0], (5.0,), (1,), True), ([5.04, 4.96], (5.0,), (2,), True),
        ([1.0, 5.0], (5.0,), (2,), False), ([0.0, 5.0], (5.0,), (2,), False),
        ([-1.0, 0.0], (0.0,), (2,), False), ([-1.0, 0.0, 2.0], (0.0, 2.0), (2, 1), False),
    ],
)  # fmt: skip
def test_circles_are_of_two_classes_only_where_values_lie_on_both_sides_of_zero(
    values: list[float], upper: tuple[float, ...], counts: tuple[int, ...], single: bool
) -> None:
    found = symbol_classes(values, 1)
    assert (found.breaks, found.counts, found.single_valued) == (upper, counts, single)


@pytest.mark.parametrize(
    ("values", "decimals", "shown"),
    [
        ([], 0, ()), ([0.0], 0, ()), ([18910.0], 0, (10000.0, 2000.0, 1000.0)),
        ([-900.0, 3.0], 0, (500.0, 200.0, 50.0)), ([3.0], 0, (2.0, 1.0)), ([0.4], 0, (0.0,)),
        ([1.0], 2, (1.0, 0.2, 0.05)),
    ],
)  # fmt: skip
def test_the_legend_of_circles_names_up_to_three_round_values_that_the_map_reaches(
    values: list[float], decimals: int, shown: tuple[float, ...]
) -> None:
    assert legend_symbol_values(values, decimals) == shown


@pytest.mark.parametrize(
    ("status", "words"), [("estimate", "an estimate"), ("actual", "an actual"), ("plan", "a plan")]
)
def test_a_word_has_the_article_of_its_first_letter(status: str, words: str) -> None:
    assert _article(status) == words


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (RequestRedirect("/x"), 308, False), (BadRequest(), 400, True), (NotFound(), 404, True),
        (MethodNotAllowed(["GET", "HEAD"]), 405, True),
    ],
)  # fmt: skip
def test_what_is_no_error_is_answered_as_it_is_and_errors_as_a_document(
    error: Exception, status: int, body: bool, lam_khe_app: Flask
) -> None:
    with lam_khe_app.test_request_context("/api/v1/nothing"):
        answer = lam_khe_app.make_response(_on_http_error(error))  # type: ignore[arg-type]
    assert answer.status_code == status
    assert (answer.mimetype == "application/json") is body
    assert (answer.headers.get("Allow") == "GET, HEAD") is (status == 405)


@pytest.mark.parametrize(
    ("level", "known", "found"),
    [
        ("commune", {}, ["d"]), ("commune", {"c": ("d", "p")}, ["d"]), ("commune", {"c": ()}, []),
        ("district", {}, []),
    ],
)  # fmt: skip
def test_communes_are_gathered_by_the_districts_they_lay_in_and_by_nothing_else(
    level: str, known: dict[str, tuple[str, ...]], found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    units = {
        "d": Some(unit_id="d", level="district", name=Text("D"), full_name=Text("Huyện D")),
        "p": Some(unit_id="p", level="province", name=Text("P"), full_name=Text("Tỉnh P")),
    }
    monkeypatch.setattr(panel, "former_districts", lambda _: known)
    store, layer = Some(unit=units.get), Some(level=level, language="vi")
    commune = Some(unit_id="c", parent_id="d")
    names = panel._districts(store, (commune,), layer)  # type: ignore[arg-type]
    assert [each for each, _ in names] == found


def test_who_signs_in_again_ends_the_session_from_before(office_app: Flask) -> None:
    engine = ledger_of(office_app).get()
    with reading(engine) as connection:
        account = account_named(connection, "office")
    with office_app.test_request_context("/account"):
        sign_in(account)
        before = session["_user_id"]
        assert session_account(engine, before) is not None
        sign_in(account)
        assert session_account(engine, before) is None
        assert session_account(engine, session["_user_id"]) is not None
