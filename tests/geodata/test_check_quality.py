"""What the check asks of figures that are not sound."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from toy import old_id

from geodata.check.observation_checks import check_observations
from geodata.check.quote_checks import check_quotes
from geodata.dataset import Dataset
from geodata.i18n import Text

REASON = Text("Không thể có", "Cannot be right")


def faults(dataset: Dataset, unit_id: str, period: str, source: str, **changes: Any) -> list[str]:
    """Lines of both checks where one population is changed."""
    subject = (unit_id, "population", period, "actual", source)
    changed = [
        replace(o, **changes)
        if (o.unit_id, o.indicator, o.period, o.status, o.source_id) == subject
        else o
        for o in dataset.observations
    ]
    assert changed != list(dataset.observations)
    made = replace(dataset, observations=tuple(changed))
    return [f.message("en") for f in (*check_observations(made), *check_quotes(made, None))]


COUNT = (old_id(2), "2019", "grid")
QUOTED = (old_id(6), "2024", "report")


def test_a_value_out_of_range_is_impossible_and_says_why(toy_dataset: Dataset) -> None:
    assert faults(toy_dataset, *COUNT, value=-5.0, impossible=True, doubt=REASON) == []
    (line,) = faults(toy_dataset, *COUNT, value=-5.0, doubt=REASON)
    assert "out of range" in line
    (line,) = faults(toy_dataset, *COUNT, impossible=True)
    assert "needs its reason" in line


def test_the_quote_holds_what_is_printed_not_what_it_must_mean(toy_dataset: Dataset) -> None:
    slip = {"value": 160.0, "doubt": REASON}
    assert faults(toy_dataset, *QUOTED, **slip, printed=1600.0) == []
    for other in ({}, {"printed": 1601.0}):
        (line,) = faults(toy_dataset, *QUOTED, **slip, **other)
        assert "does not stand in the quote" in line
