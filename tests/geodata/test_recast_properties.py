"""What holds for every table of old and new units: mass, bounds, agreement of the two ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.recast.apportionment import apportion
from geodata.recast.balance_sheet import balance_sheet
from geodata.recast.inputs import RecastInputs
from geodata.recast.results import RECAST_STATUSES
from geodata.recast.rules import recast
from geodata.succession.crosswalk import Crosswalk, Link
from tests.geodata.test_recast_values import indicator, seen

pytestmark = pytest.mark.slow


@st.composite
def tables(draw):
    """Any table: each source is whole in one target or divided among several, by two weights or by
    none that is known.
    """
    targets = [f"t{k}" for k in range(draw(st.integers(1, 5)))]
    links, sizes = [], {"area": {}, "population": {}}
    for k in range(draw(st.integers(1, 8))):
        source = f"s{k}"
        ends = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=3, unique=True))
        for size in sizes.values():
            size[source] = draw(st.floats(0.1, 1e4))
        known = draw(st.booleans())
        cuts = {w: draw(st.lists(st.integers(1, 9), min_size=3, max_size=3)) for w in sizes}
        for n, end in enumerate(ends):
            shares = {w: cut[n] / sum(cut[: len(ends)]) for w, cut in cuts.items()}
            links.append(Link(source, end, len(ends) == 1, shares if known else {}))
    return Crosswalk.from_links(links, sizes)


def inverted(table):
    single = {t for k, t in enumerate(table.targets) if table.starts[k + 1] - table.starts[k] == 1}
    links = []
    for k, link in enumerate(table.links()):
        known = [w for w in ("area", "population") if table.parts_known[w][k]]
        shares = {w: float(table.parts[w][k]) for w in known}
        links.append(Link(link.target, link.source, link.target in single, shares))
    return Crosswalk.from_links(links, {})


amounts = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@settings(max_examples=80)
@given(tables(), st.data(), st.booleans())
def test_mass_is_conserved_in_both_directions(table, data, back):
    table = inverted(table) if back else table
    values = {s: data.draw(amounts) for s in table.sources if data.draw(st.integers(0, 4))}
    groups = {s: s[-1] for s in table.sources}
    result = recast(indicator(), "2019", table, RecastInputs(seen(values)))
    sheet = balance_sheet(result, groups)
    for row in (sheet.total, *sheet.rows):
        assert row.residual == pytest.approx(0, abs=1e-5)
    for record in result.records.values():
        assert (record.value is None) == (record.status in ("no_data", "not_recoverable"))
        assert record.coverage is None or 0 <= record.coverage <= 1
        if record.low is not None:
            assert record.low <= record.value <= record.high


@settings(max_examples=60)
@given(tables(), st.data(), st.sampled_from(["count", "ratio", "extreme"]))
def test_the_outcome_of_all_units_is_that_of_their_records(table, data, how):
    kind = replace(indicator(how, how, factor=100), extreme="highest" if how == "extreme" else None)
    values = {s: data.draw(amounts) for s in table.sources if data.draw(st.integers(0, 3))}
    below = {s: data.draw(st.floats(0, 9)) for s in table.sources if data.draw(st.integers(0, 3))}
    result = recast(
        kind,
        "2019",
        table,
        RecastInputs(
            seen(values),
            denominators=seen(below, period="2018"),
            published=seen({table.targets[0]: 5.0}) if data.draw(st.booleans()) else {},
        ),
    )
    for records in (result.records, result.computed):
        arrays = records.arrays
        assert list(records) == list(table.targets)
        for k, record in enumerate(records.values()):
            assert RECAST_STATUSES[arrays.status[k]] == record.status
            assert np.isnan(arrays.value[k]) == (record.value is None)
            assert record.value is None or record.value == arrays.value[k]
            assert record.coverage is None or record.coverage == arrays.coverage[k]
            assert record.value is not None or record.reason


@settings(max_examples=80)
@given(tables(), st.data())
def test_bounds_hold_whatever_the_unknown_shares_are(table, data):
    values = {s: abs(data.draw(amounts)) for s in table.sources}
    kind = replace(indicator(), minimum=0.0)
    records = recast(kind, "2019", table, RecastInputs(seen(values))).records
    # Let any shares be the true ones: what was not recoverable lies within its bounds.
    apportionment = apportion(table)
    share = apportionment.share.copy()
    for source in np.unique(table.row[~apportionment.known]):
        links = np.flatnonzero(table.row == source)
        cut = np.array([data.draw(st.floats(0.01, 1)) for _ in links])
        share[links] = cut / cut.sum()
    totals = apportionment.totals(np.array([values[s] for s in table.sources]), share)
    for target, total in zip(table.targets, totals, strict=True):
        if records[target].status == "not_recoverable":
            assert records[target].low - 1e-6 <= total <= records[target].high + 1e-6


@settings(max_examples=50)
@given(tables(), st.data())
def test_a_rebuilt_ratio_lies_between_those_it_is_made_of(table, data):
    rates = {s: data.draw(st.floats(0, 100)) for s in table.sources}
    people = {s: data.draw(st.floats(1, 1e5)) for s in table.sources}
    kind = indicator("rate", "ratio", "percent", 100)
    result = recast(kind, "2019", table, RecastInputs(seen(rates), denominators=seen(people)))
    for record in result.records.values():
        if record.status == "not_recoverable":
            assert record.value is None
            continue
        used = [c.observation.value for c in record.contributions if c.role == "value"]
        assert min(used) - 1e-6 <= record.value <= max(used) + 1e-6
