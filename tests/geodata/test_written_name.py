"""What stands beside a name in a cell: its kind, its time, or the unit above."""

from __future__ import annotations

import pytest

from geodata.table_import.units.level_names import LevelNames
from geodata.table_import.units.written_name import written_name

COMMUNES = LevelNames.of("commune")


@pytest.mark.parametrize(
    ("cell", "kind", "word", "beside", "time"),
    [
        ("Mường So (Phong Thổ)", "", "", ("Phong Thổ",), ""),
        ("Mường So (Phong Thổ)", "xã", "xã", ("Phong Thổ",), ""),
        ("Mường So (xã)", "", "xã", (), ""),
        ("Mường So (xã)", "phường", "phường", ("xã",), ""),
        ("Mường So (cũ)", "xã", "xã", (), "former"),
        ("Mường So, xã, Phong Thổ", "", "xã", ("Phong Thổ",), ""),
    ],
)
def test_what_stands_beside_a_name_is_its_kind_its_time_or_the_unit_above(
    cell: str, kind: str, word: str, beside: tuple[str, ...], time: str
) -> None:
    before_brackets = list(written_name(cell, COMMUNES, kind))[-1]
    assert before_brackets.beside == beside
    assert before_brackets.time == time
    assert before_brackets.readings[0].word == word
