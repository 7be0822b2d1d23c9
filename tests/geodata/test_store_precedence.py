"""Which figure is shown, and which map comes first, where there are several to choose from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from geodata.dataset import Dataset
from geodata.errors import NotFound
from geodata.i18n import Text
from geodata.model import Observation, Source
from geodata.precedence import preferred_observations
from geodata.store import IndicatorCoverage, Store
from geodata.store.gazetteer import Gazetteer
from geodata.store.indicator_coverage import choose_default_layer
from geodata.store.observation_rows import observation_rows

TODAY = dt.date(2025, 7, 1)
SOURCES = {
    "register": Source("register", "register", Text("a"), date="2020", rank=1),
    "report": Source("report", "report", Text("b"), date="2024-06", rank=2),
    "later": Source("later", "report", Text("c"), date="2025-01", rank=2),
}
DOUBT = Text("nghi", "doubtful")
HOW = Text("tính ra", "computed")


def figure(source: str, status: Any = "actual", **more: Any) -> Observation:
    return Observation("u", "i", "2025", status, 1.0, source, **more)


def ranks(*figures: Observation) -> list[tuple[int, bool]]:
    return [(row["preference"], row["shown"]) for row in observation_rows(figures, SOURCES)]


IMPOSSIBLE = figure("register", doubt=DOUBT, impossible=True)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (figure("report"), figure("register")),
        (figure("report"), figure("later")),
        (figure("register", doubt=DOUBT), figure("report")),
        (figure("later", doubt=DOUBT), figure("report")),
        (figure("register", method=HOW), figure("report")),
        (figure("report", doubt=DOUBT), figure("register", method=HOW)),
        (figure("register", doubt=DOUBT, printed=1000.0), figure("report", doubt=DOUBT)),
        (IMPOSSIBLE, figure("report", doubt=DOUBT, printed=1000.0)),
        (IMPOSSIBLE, figure("report", doubt=DOUBT, method=HOW)),
    ],
    ids=[
        "rank of the source",
        "later document",
        "doubt before rank",
        "doubt before date",
        "read before derived",
        "doubt before derived",
        "doubt before a slip",
        "slip before impossible",
        "derived before impossible",
    ],
)
def test_the_better_figure_is_first_in_either_order(
    worse: Observation, better: Observation
) -> None:
    assert ranks(worse, better) == [(2, False), (1, True)]
    assert ranks(better, worse) == [(1, True), (2, False)]
    assert list(preferred_observations([worse, better], SOURCES).values()) == [better]


def test_of_equal_figures_the_first_given_stays_first() -> None:
    first, second = figure("report"), figure("report", note=Text("sau", "second"))
    assert ranks(first, second) == [(1, True), (2, False)]
    assert list(preferred_observations([first, second], SOURCES).values()) == [first]


def test_an_estimate_is_shown_only_without_an_actual_figure() -> None:
    estimate, actual = figure("register", "estimate"), figure("later", doubt=DOUBT)
    assert ranks(estimate) == [(1, True)]
    assert ranks(estimate, actual) == [(1, False), (1, True)]


def test_an_estimate_is_shown_before_an_impossible_figure() -> None:
    assert ranks(figure("register", "estimate"), IMPOSSIBLE) == [(1, True), (1, False)]
    assert ranks(IMPOSSIBLE) == [(1, True)]


def test_plan_and_target_are_shown_for_themselves() -> None:
    assert ranks(figure("later"), figure("later", "plan"), figure("later", "target")) == [
        (1, True),
        (1, True),
        (1, True),
    ]


def test_other_units_and_periods_do_not_compete() -> None:
    other_unit = dataclasses.replace(figure("report"), unit_id="v")
    other_period = dataclasses.replace(figure("report"), period="2024")
    assert ranks(figure("register"), other_unit, other_period) == [(1, True)] * 3


def covered(
    indicator: str, period: str, count: int, level: Any = "commune", total: int = 5
) -> IndicatorCoverage:
    return IndicatorCoverage(indicator, level, TODAY, period, "actual", count, total)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            [covered("population", "2025", 5), covered("population", "2024", 5)],
            ("population", "2025"),
        ),
        (
            [covered("population", "2025", 4), covered("population", "2024", 5)],
            ("population", "2024"),
        ),
        (
            [covered("population", "2025", 5), covered("population_density", "2024", 5)],
            ("population_density", "2024"),
        ),
        (
            [covered("population", "2025", 5), covered("population_density", "2026", 3)],
            ("population", "2025"),
        ),
        (
            [
                covered("population", "2025", 38, total=38),
                covered("population_density", "2025", 36, total=38),
            ],
            ("population_density", "2025"),
        ),
        (
            [
                covered("population", "2025", 38, total=38),
                covered("population_density", "2025", 34, total=38),
            ],
            ("population", "2025"),
        ),
        (
            [covered("elsewhere", "2026", 5), covered("population", "2025", 1)],
            ("population", "2025"),
        ),
        (
            [covered("population", "2026", 5, "province"), covered("population", "2025", 1)],
            ("population", "2025"),
        ),
    ],
    ids=[
        "latest",
        "complete",
        "rate",
        "complete before rate",
        "full",
        "not full",
        "theme",
        "communes",
    ],
)
def test_the_first_map(
    toy_dataset: Dataset, entries: list[IndicatorCoverage], expected: tuple[str, str]
) -> None:
    indicators = dict(toy_dataset.catalogue.indicators)
    indicators["elsewhere"] = dataclasses.replace(indicators["population"], theme="forest")
    for listed in (entries, entries[::-1]):
        layer = choose_default_layer(toy_dataset.info, indicators, listed)
        assert layer == (*expected, "commune", TODAY)


def test_plans_and_former_units_are_not_a_first_map(toy_dataset: Dataset) -> None:
    plan = dataclasses.replace(covered("population", "2025", 5), status_group="plan")
    former = dataclasses.replace(covered("population", "2019", 5), step_date=dt.date(2013, 1, 1))
    with pytest.raises(NotFound):
        choose_default_layer(toy_dataset.info, toy_dataset.catalogue.indicators, [plan, former])


def test_a_unit_of_two_reforms_ago_leads_to_today(lai_chau_store: Store) -> None:
    # Nậm Loỏng was divided between Sùng Phài and Quyết Thắng in 2020; both are in Đoàn Kết now.
    hit = lai_chau_store.search("nậm loỏng")[0]
    steps = lai_chau_store.successors(hit.unit.unit_id)
    names = {lai_chau_store.unit(step.to_id).name.vi for step in steps}
    assert names == {"Sùng Phài", "Quyết Thắng"}
    assert [unit.full_name.vi for unit in hit.current] == ["Phường Đoàn Kết"]


def test_more_units_than_one_answer_of_the_api_holds_are_all_given(
    lai_chau_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 2025 the country had over ten thousand communes, all of them on one map."""
    one = lai_chau_store.units(level="province").items[0]
    crowd = [
        dataclasses.replace(one, unit_id=f"{n:05d}-20130101", code=f"{n:05d}") for n in range(5001)
    ]
    monkeypatch.setattr(lai_chau_store, "_gazetteer", Gazetteer(crowd, ()))
    page = lai_chau_store.units(level="province")
    assert (len(page.items), page.total, page.next_offset) == (5001, 5001, None)


def test_the_nearer_a_name_is_to_what_was_typed_the_earlier_it_stands(
    lai_chau_store: Store,
) -> None:
    """Against the dictionary order, in which the names would stand without being weighed."""
    one = lai_chau_store.units(level="province").items[0]
    names = ["Tả Hồ", "Ta Ho", "Tả Hồ Bé", "Ta Ho An", "Cao Tả Hồ", "Ata Hó"]
    units = [
        dataclasses.replace(
            one, unit_id=f"{n}-20250701", code=f"{n}", name=Text(name), full_name=Text(name),
            aliases=(),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    found = Gazetteer(units, ()).search("tả hồ", 10)
    assert [hit.unit.name.vi for hit in found] == names
