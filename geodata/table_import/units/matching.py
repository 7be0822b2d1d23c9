"""Which unit each row of a table is about, of which level and of which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geodata.readers.sheet import cell_text
from geodata.table_import.layout_records import TableLayout, TableRow
from geodata.table_import.match_records import MatchState, UnitMatch, UnitMatching
from geodata.table_import.report_records import Answers
from geodata.table_import.units.aliases import answer_key, row_answer_key
from geodata.table_import.units.level_choice import LevelChoice, choose_level
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.proposals import Proposals
from geodata.table_import.units.row_search import DayFinding, RowQuery, RowSearch
from geodata.table_import.units.table_area import in_one_root, table_area
from geodata.table_import.units.unit_columns import UnitColumns, find_unit_columns, row_query
from geodata.table_import.units.vintage_choice import VintageChoice, choose_vintage, step_of

_SERIES_ROLES = ("indicator", "period", "status", "dimension")


@dataclass(frozen=True, slots=True)
class _Row:
    """A data row with what it says about its unit, and what was answered about it."""

    row: TableRow
    query: RowQuery
    answer: str | None

    def match(self) -> UnitMatch:
        query = self.query
        return UnitMatch(self.row.number, query.written, query.code, query.parent, "unmatched")


def match_units(
    layout: TableLayout,
    index: UnitIndex,
    answers: Answers,
    area: Collection[str] | None = None,
    answered_by: Literal["answer", "recipe"] = "answer",
    *,
    since: dt.date | None = None,
) -> UnitMatching:
    """The unit of each data row.

    Only what is certain is matched: one unit answers and nothing the row says speaks against it.
    Everything else comes out with proposals.

    Parameters
    ----------
    layout
        The table.
    index
        All units; made once for a version of the dataset.
    answers
        What a person or a recipe says; it overrules what is found.
    area
        Ids of units in or below which the table's units must lie; so may those that they were
        formed from or became. None for anywhere.
    answered_by
        Who speaks in ``answers``.
    since
        Day before which none of the table's figures is; None where that is not known.

    Returns
    -------
    UnitMatching
        The same for the same rows in any order.
    """
    columns = find_unit_columns(layout, index)
    rows = [_answered(row, columns, answers, index) for row in layout.data_rows()]
    inside = None if area is None else frozenset(
        index.kinship.position[unit_id] for unit_id in area if unit_id in index.kinship.position
    )  # fmt: skip
    open_rows = [each.query for each in rows if each.answer is None]
    said = None if answers.vintage is None else step_of(index, answers.vintage)
    days = range(len(index.timeline)) if said is None else [said]
    level = choose_level(layout, columns, open_rows, index, area=inside, days=days)
    findings, roots = in_one_root([level.search.find(query) for query in open_rows], index)
    choice = choose_vintage(findings, index, _counter(level.search, roots), said, since)
    found = _outcomes(open_rows, findings, choice, level)
    proposed = _with_proposals(rows, found, choice, level)
    matches = list(_doubled(proposed, _series_keys(layout, rows)))
    if answers.outside == "skip" and inside is not None:
        matches = [_set_aside(each, index, inside) for each in matches]
    return UnitMatching(
        level=level.search.level,
        vintage=None if choice.day is None else index.timeline[choice.day],
        vintages=choice.evidence,
        chosen_by=answered_by if said is not None else "evidence",
        rows=tuple(matches),
        absent=tuple(_absent(matches, choice, level.search)),
    )


def _set_aside(match: UnitMatch, index: UnitIndex, inside: Collection[int]) -> UnitMatch:
    """A row as one of no unit, where all units that it may name lie outside of the area."""
    named = [match.unit_id] if match.unit_id else [each.unit_id for each in match.candidates]
    positions = [index.kinship.position[each] for each in named if each in index.kinship.position]
    if not positions or any(index.kinship.covered(each, inside) for each in positions):
        return match
    return replace(match, state="ignored")


def _answered(row: TableRow, columns: UnitColumns, answers: Answers, index: UnitIndex) -> _Row:
    query = row_query(row, columns, index)
    if not answers.units:
        return _Row(row, query, None)
    keys = (
        row_answer_key(row.number),
        answer_key(query.parent, query.written, query.code),
        answer_key(query.parent, query.written),
    )
    answer = next((answers.units[key] for key in keys if key in answers.units), None)
    known = not answer or answer in index.kinship.position
    # A unit that the dataset no longer has is no answer: the row is looked up, or asked about.
    return _Row(row, query, answer if known else None)


def _counter(search: RowSearch, roots: Sequence[int | None]) -> _UnitCounter:
    return _UnitCounter(search, tuple(roots))


@dataclass(frozen=True, slots=True)
class _UnitCounter:
    """Counts the units of the level that are in force on a day, in the table's area."""

    search: RowSearch
    roots: tuple[int | None, ...]

    def __call__(self, day: int) -> int:
        return len(units_on(self.search, day, self.roots[day]))


def units_on(search: RowSearch, day: int, root: int | None = None) -> list[int]:
    """Positions of the units of the level in force on a day, in the area and below a root."""
    index, area = search.index, search.area
    return [
        position
        for position, unit in enumerate(index.units)
        if unit.level == search.level
        and day in index.days[position]
        and (area is None or index.kinship.inside(position, area))
        and (root is None or index.kinship.root(position) == root)
    ]


def _outcomes(
    queries: Sequence[RowQuery],
    findings: Sequence[tuple[DayFinding, ...]],
    choice: VintageChoice,
    level: LevelChoice,
) -> dict[RowQuery, DayFinding | None]:
    """The finding by which a row has one unit on all days that are open; None where it has none."""
    found: dict[RowQuery, DayFinding | None] = {}
    for query, finding in zip(queries, findings, strict=True):
        here = [finding[day] for day in choice.open_days if finding[day].units]
        units = {unit for each in here for unit in each.units}
        one = here[-1] if len(units) == 1 else None
        found[query] = None if one and level.is_ambiguous(query, choice.open_days) else one
    return found


def _with_proposals(
    rows: Sequence[_Row],
    found: dict[RowQuery, DayFinding | None],
    choice: VintageChoice,
    level: LevelChoice,
) -> list[UnitMatch]:
    index = level.search.index
    proposals = Proposals(level.search, choice.open_days, level.rival)
    missing = dict.fromkeys(query for query, finding in found.items() if finding is None)
    by_rule = {query: proposals.by_rule(query) for query in missing}
    near = proposals.near_spellings([query for query in missing if not by_rule[query]])
    matches = []
    for each in rows:
        match, finding = each.match(), found.get(each.query)
        if each.answer is not None:
            state: MatchState = "matched" if each.answer else "ignored"
            match = replace(match, state=state, method="answer", unit_id=each.answer)
        elif finding is not None:
            unit_id = index.units[finding.units[0]].unit_id
            match = replace(
                match, state="matched", method=finding.method, unit_id=unit_id, note=finding.note
            )
        elif by_rule[each.query]:
            match = replace(match, state="asked", candidates=by_rule[each.query])
        else:
            match = replace(match, candidates=near.get(each.query, ()))
        matches.append(match)
    return matches


def _series_keys(layout: TableLayout, rows: Sequence[_Row]) -> list[tuple[str, ...]]:
    """What tells apart the rows of one unit in a long table; the same for all rows of others."""
    columns = [column.number for column in layout.columns if column.role in _SERIES_ROLES]
    if columns:
        # Values of dimensions stand as texts between unit and value.
        columns += [column.number for column in layout.columns if column.role == "text"]
    return [tuple(cell_text(each.row.value(number)) for number in columns) for each in rows]


def _doubled(matches: Sequence[UnitMatch], keys: Sequence[tuple[str, ...]]) -> Iterable[UnitMatch]:
    """The matches, with those ``doubled`` that speak of one unit and series."""
    pairs = list(zip(matches, keys, strict=True))
    counts = Counter((match.unit_id, key) for match, key in pairs if match.state == "matched")
    for match, key in pairs:
        twice = match.state == "matched" and counts[match.unit_id, key] > 1
        yield replace(match, state="doubled") if twice else match


def _absent(
    matches: Sequence[UnitMatch], choice: VintageChoice, search: RowSearch
) -> Iterable[str]:
    """Ids of the units in the table's area that no row names; none for a mixture of days."""
    index = search.index
    named = {index.kinship.position[match.unit_id] for match in matches if match.unit_id}
    if choice.day is None or not named:
        return
    area = table_area(named, index) if search.area is None else None
    for unit in units_on(search, choice.day):
        if unit not in named and (area is None or area in index.kinship.above(unit)):
            yield index.units[unit].unit_id
