"""Rows without a unit, with one that others have too, and units without a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.i18n import Formatted, Joined, Language, Localised, Message
from geodata.period import day_label
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import NOTHING, Violation
from geodata.table_import.checks.wordings import listed
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.match_records import UnitMatch
from geodata.table_import.units.candidate_names import candidate_names

_MOST_SINGLY = 50
"""Different names that are asked about one by one; more are told together."""
_FEW = 0.5
"""Share of an area's units up to which a table is one of some units only."""


def unit_checks(table: CheckedTable) -> Iterator[Violation]:
    """All that the matching of rows with units leaves open (U01 to U11)."""
    yield from _open_rows(table)
    yield from _other_levels(table)
    yield from _outside(table)
    yield from _doubled(table)
    yield from _mixture(table)
    yield from _absent(table)
    yield from _remarks(table)


def _place(table: CheckedTable, match: UnitMatch) -> CellPlace:
    column = table.layout.column("name") or table.layout.column("code")
    return table.layout.place(match.row, column.number if column else 0)


def _open_rows(table: CheckedTable) -> Iterator[Violation]:
    """Rows that found no unit (U01), several (U02), or one that their code denies (U03).

    Rows that name a unit of another level (U06) or outside the area (U07) are told together.
    """
    asked: dict[tuple[str, str, str], int] = {}
    for match in table.matching.rows:
        if match.state not in ("asked", "unmatched"):
            continue
        key = (match.written, match.parent, match.code)
        singly = asked.setdefault(key, len(asked)) < _MOST_SINGLY
        # In a mixture of days most names are open for one reason; it is told once.
        singly = singly and (table.matching.vintage is not None or match.state == "unmatched")
        code, what = _elsewhere(table, match) or _open_row(match)
        singly = singly and code not in ("U06", "U07")
        yield Violation(
            code,
            "question",
            what,
            expected=_proposals(table, match) if code != "U07" else _allowed(table),
            remedy=Message("Choose the unit, or say that the row is of none")
            if code != "U07"
            else Message("Leave these rows out, or ask an administrator of the portal"),
            place=_place(table, match),
            value=match.written or match.code,
            group=key if singly else None,
        )


def _elsewhere(table: CheckedTable, match: UnitMatch) -> tuple[str, Localised] | None:
    """What a row names that no row of the table may name; None where it may name something else."""
    named = [table.facts.index.kinship.position[each.unit_id] for each in match.candidates]
    if not named or match.state != "asked":
        return None
    units, level = table.facts.index.units, table.matching.level
    if all(units[each].level != level for each in named):
        return "U06", Message("“{name}” is a unit of another level than the other rows",
                              name=match.written)  # fmt: skip
    if not any(_may_be(table, each) for each in named):
        return "U07", Message("Rows name units that the account may not write for")
    return None


def _allowed(table: CheckedTable) -> Localised:
    """The units that the account may write for."""
    return listed([table.unit_name(unit_id) for unit_id in sorted(table.area or ())])


def _may_be(table: CheckedTable, unit: int) -> bool:
    """Whether a unit lies in the area of whoever hands the table in."""
    kinship = table.facts.index.kinship
    if table.area is None:
        return True
    return kinship.covered(unit, {kinship.position[e] for e in table.area if e in kinship.position})


def _named(table: CheckedTable) -> Iterator[tuple[UnitMatch, int]]:
    position = table.facts.index.kinship.position
    for match in table.matching.rows:
        if match.state in ("matched", "doubled") and match.unit_id in position:
            yield match, position[match.unit_id]


def _other_levels(table: CheckedTable) -> Iterator[Violation]:
    """Rows for which a person chose a unit of another level than the others (U06)."""
    units, level = table.facts.index.units, table.matching.level
    for match, unit in _named(table):
        if units[unit].level != level:
            yield Violation(
                "U06",
                "confirm",
                Message("{unit} is a unit of another level than the other rows",
                        unit=table.unit_name(match.unit_id)),
                remedy=Message("Choose another unit, or confirm that the row is of this one"),
                place=_place(table, match),
                value=match.written,
                group="chosen",
            )  # fmt: skip


def _outside(table: CheckedTable) -> Iterator[Violation]:
    """Rows of units that the account may not write for (U07)."""
    if table.area is None:
        return
    for match in table.matching.rows:
        if match.state == "ignored" and (match.unit_id or match.candidates):
            yield Violation(
                "U07",
                "note",
                Message("Rows of units that the account may not write for are set aside"),
                place=_place(table, match),
                value=match.written,
                group="set aside",
            )
    may = {unit: _may_be(table, unit) for _, unit in _named(table)}
    for match, unit in _named(table):
        if not may[unit]:
            yield Violation(
                "U07",
                "error",
                Message("{unit} lies outside the units that the account may write for",
                        unit=table.unit_name(match.unit_id)),
                expected=_allowed(table),
                remedy=Message("Take the row out, or ask an administrator of the portal"),
                place=_place(table, match),
                value=match.written,
                group="named",
            )  # fmt: skip


def _open_row(match: UnitMatch) -> tuple[str, Localised]:
    written = match.written or match.code
    if not written:
        return "U01", Message("A row names no unit")
    if match.state == "unmatched":
        return "U01", Message("“{name}” is no unit that is known", name=written)
    if match.code and match.written != match.code:
        what = Message("“{name}” with the code {code} is not one unit for sure",
                       name=match.written, code=match.code)  # fmt: skip
        return "U03", what
    if len(match.candidates) == 1:
        return "U02", Message("It is not certain that “{name}” is the unit proposed", name=written)
    return "U02", Message("“{name}” may be one of several units", name=written)


def _proposals(table: CheckedTable, match: UnitMatch) -> Localised:
    ids = [each.unit_id for each in match.candidates]
    names = candidate_names(ids, table.facts.index, in_vietnamese=True)
    named = [
        Formatted(_proposal, table.unit_name(each.unit_id), names[each.unit_id], each.reason)
        for each in match.candidates
    ]
    return Joined("; ", named) if named else NOTHING


def _proposal(name: str, told_apart: Localised, reason: Localised, language: Language) -> str:
    """A unit with the reason for which it is proposed, which may begin with its name."""
    words = reason[language]
    return words if words.startswith(name) else f"{told_apart[language]} ({words})"


def _doubled(table: CheckedTable) -> Iterator[Violation]:
    for match in table.matching.rows:
        if match.state == "doubled":
            name = table.unit_name(match.unit_id)
            yield Violation(
                "U04",
                "error",
                Message("{unit} stands in more than one row", unit=name),
                expected=Message("one row for each unit"),
                remedy=Message("Take one of the rows out, or say which is to be ignored"),
                place=_place(table, match),
                value=match.written,
                group=match.unit_id,
            )


def _mixture(table: CheckedTable) -> Iterator[Violation]:
    """Units of different days in one list (U05)."""
    matching = table.matching
    if matching.vintage is not None or not any(each.explained for each in matching.vintages):
        return
    rows = len(matching.rows)
    evidence = [
        Message(
            "{explained} of {rows} rows are in the list since {day}, {only} of them only there",
            explained=each.explained,
            rows=rows,
            day=Formatted(day_label, each.date),
            only=each.only_here,
        )
        for each in matching.vintages
        if each.explained
    ]
    alike = sum(each.explained == rows for each in matching.vintages) > 1
    what = (
        Message("The rows may be units of several days: {evidence}")
        if alike
        else Message("The rows list units of different days: {evidence}")
    )
    yield Violation(
        "U05",
        "question",
        what.filled(evidence=Joined("; ", evidence)),
        expected=Message("units of one day"),
        remedy=Message("Say of which day the units are, or answer row by row"),
    )


def _absent(table: CheckedTable) -> Iterator[Violation]:
    """Units of the area that no row names (U08)."""
    absent = table.matching.absent
    named = {match.unit_id for match in table.matching.rows if match.unit_id}
    if not absent or not table.resolved:
        return
    partial = len(named) <= _FEW * (len(named) + len(absent))
    names = [table.unit_name(unit_id) for unit_id in absent]
    yield Violation(
        "U08",
        "note" if partial else "confirm",
        Message.plural(
            "A unit of the area is not in the table: {names}",
            "{n} units of the area are not in the table: {names}",
            len(absent),
            names=listed(names),
        ),
        remedy=Message("What they have now stays as it is; add their rows if they are missing"),
        count=len(absent),
    )


def _remarks(table: CheckedTable) -> Iterator[Violation]:
    """Rows matched otherwise than by their spelling (U09, U11), and units of the past (U10)."""
    plain = [match for match in table.matching.rows if match.method == "without_marks"]
    yield from _together(
        table, "U09", plain, Message("Names without marks were taken for: {names}")
    )
    other = [match for match in table.matching.rows if match.method == "alias"]
    yield from _together(
        table, "U11", other, Message("Names in another spelling were taken for: {names}")
    )
    vintage, timeline = table.matching.vintage, table.facts.index.timeline
    if vintage is not None and vintage != timeline[-1]:
        yield Violation(
            "U10",
            "note",
            Message("The units are those since {day}, which are no longer in force",
                    day=Formatted(day_label, vintage)),
            remedy=Message("Figures are kept on them and recast to today's units when shown"),
        )  # fmt: skip


def _together(
    table: CheckedTable, code: str, matches: Sequence[UnitMatch], what: Message
) -> Iterator[Violation]:
    pairs = dict.fromkeys(
        f"{match.written} → {table.unit_name(match.unit_id)}" for match in matches
    )
    sentence = what.filled(names=listed(list(pairs)))
    for match in matches:
        yield Violation(
            code,
            "note",
            sentence,
            remedy=Message("Answer for the row if it is another unit"),
            place=_place(table, match),
            value=match.written,
        )
