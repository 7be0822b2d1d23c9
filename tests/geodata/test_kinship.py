"""Who stands above a unit, also where the parents of a dataset lead round in a circle."""

from __future__ import annotations

import datetime as dt

from geodata.i18n import Text
from geodata.model import Unit
from geodata.table_import.units.kinship import Kinship


def unit(code: str, parent: str | None) -> Unit:
    return Unit(
        code, code, "commune", "commune", Text(code), Text(code), parent, dt.date(2025, 7, 1),
        None, None, None, "", None, None, "none", "register",
    )  # fmt: skip


def test_the_root_is_the_topmost_unit_above() -> None:
    kinship = Kinship([unit("90001", None), unit("90002", "90001"), unit("90003", "90002")], [])
    assert [kinship.root(one) for one in range(3)] == [0, 0, 0]
    assert kinship.above(2) == {0, 1}


def test_parents_that_lead_round_in_a_circle_end_somewhere() -> None:
    kinship = Kinship([unit("90001", "90002"), unit("90002", "90001")], [])
    assert {kinship.root(0), kinship.root(1)} <= {0, 1}
    assert kinship.above(0) == {0, 1}
