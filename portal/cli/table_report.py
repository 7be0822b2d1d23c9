"""The report of `portal data check` in words: table, units, columns, totals, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from geodata.i18n import Formatted, Joined, Language, Localised, Message, Verbatim
from geodata.period import day_label
from geodata.table_import.checks.wordings import number, period_name
from geodata.table_import.column_records import EACH_ROW
from geodata.table_import.column_series import ColumnSeries, column_series
from geodata.table_import.known_facts import KnownFacts
from geodata.table_import.layout_records import CellPlace, TableLayout
from geodata.table_import.match_records import MatchState, UnitMatching
from geodata.table_import.report_records import Finding, ImportReport, Severity

_MOST_CELLS = 6
"""Cells of a finding that a line names; the document has up to 20."""
_MOST_SKIPPED = 5

_LEVELS: dict[str, Localised] = {
    "province": Message("provinces", context="level"),
    "district": Message("districts", context="level"),
    "commune": Message("communes", context="level"),
    "village": Message("villages", context="level"),
}
_STATUSES: dict[str, Localised] = {
    "actual": Message("actual", context="status"),
    "estimate": Message("estimate", context="status"),
    "plan": Message("plan", context="status"),
    "target": Message("target", context="status"),
}
_SEVERITIES: dict[Severity, Message] = {
    "error": Message("Errors to correct: {n}"),
    "question": Message("Questions to answer: {n}"),
    "confirm": Message("Doubts to confirm: {n}"),
    "note": Message("Notes: {n}"),
}
_NO_INDICATOR = Message("not known yet")


def table_report_lines(
    report: ImportReport, facts: KnownFacts, language: Language
) -> Iterator[str]:
    """The report on a table, line by line.

    Parameters
    ----------
    facts
        Names of units and indicators.
    """
    for line in _lines(report, facts):
        yield line[language]


def _lines(report: ImportReport, facts: KnownFacts) -> Iterator[Localised]:
    if report.layout is None:
        yield Verbatim(report.file)
    else:
        yield from _table(report.layout)
    if report.matching is not None:
        yield from _units(report.matching, facts)
    yield from _columns(report, facts)
    yield from _totals(report)
    yield from finding_lines(report.findings, report.layout.sheet if report.layout else "")
    yield from _skipped(report)
    yield _outcome(report)


def _table(layout: TableLayout) -> Iterator[Localised]:
    roles = Counter(row.role for row in layout.rows)
    yield Message(
        "{file}, sheet “{sheet}”: header in row {header}, table in rows {first} to {last}",
        file=layout.file,
        sheet=layout.sheet,
        header=", ".join(map(str, layout.header_rows)) or "–",
        first=layout.rows[0].number if layout.rows else 0,
        last=layout.rows[-1].number if layout.rows else 0,
    )
    yield _indented(
        Message(
            "{data} rows of units, {groups} headings of groups, {totals} totals",
            data=roles["data"],
            groups=roles["group"],
            totals=roles["total"],
        )
    )


def _units(matching: UnitMatching, facts: KnownFacts) -> Iterator[Localised]:
    met = {each.unit_id for each in matching.rows if each.unit_id}
    level = _LEVELS[matching.level]
    best = matching.vintages[0] if matching.vintages else None
    if matching.vintage is None or best is None:
        yield Message("Units: {n} {level}, of different days", n=len(met), level=level)
    else:
        yield Message(
            "Units: {n} {level} since {day} ({explained} of {rows} rows are in that list, {only} "
            "of them in no other)",
            n=len(met),
            level=level,
            day=Formatted(day_label, matching.vintage),
            explained=best.explained,
            rows=len(matching.rows),
            only=best.only_here,
        )
    states = Counter(each.state for each in matching.rows)
    for state, words in _STATES.items():
        if states[state]:
            yield _indented(words.filled(n=states[state]))


_STATES: dict[MatchState, Message] = {
    "asked": Message("to be asked about: {n} rows"),
    "unmatched": Message("without a unit: {n} rows"),
    "doubled": Message("doubled: {n} rows"),
    "ignored": Message("set aside: {n} rows"),
}


def _columns(report: ImportReport, facts: KnownFacts) -> Iterator[Localised]:
    if not report.columns or report.layout is None:
        return
    yield Message("Columns:")
    for series in column_series(report):
        column = report.layout.place(0, series.meaning.column).address
        meaning = (
            _value_column(report, series, facts)
            if series.meaning.use == "value"
            else _USES[series.meaning.use]
        )
        yield _indented(
            Verbatim(f"{column} "),
            Message("{header}: {meaning}", header=" / ".join(series.meaning.path), meaning=meaning),
        )


_USES: dict[str, Localised] = {
    "stated_percent": Message("a check: share of plan, worked out anew"),
    "stated_change": Message("a check: change on the year before, worked out anew"),
    "position": Message("a position"),
    "skip": Message("not used"),
    "": _NO_INDICATOR,
}


def _value_column(report: ImportReport, series: ColumnSeries, facts: KnownFacts) -> Localised:
    made = {new.indicator.id: new.indicator for new in report.answers.new_indicators}
    indicator = {**made, **facts.catalogue.indicators}.get(series.indicator)
    name: Localised = indicator.name if indicator else _NO_INDICATOR
    if series.indicator == EACH_ROW:
        name = Message("indicator row by row")
    period: Localised = period_name(series.period) if series.period else Message("no period")
    if series.period == EACH_ROW:
        period = Message("period row by row")
    said = Message(
        "{indicator}, {period}, {status}: {figures} figures",
        indicator=name,
        period=period,
        status=_STATUSES[series.status or "actual"],
        figures=series.figures,
    )
    if not series.meaning.scale_reason:
        return said
    return Message("{column} ({scale})", column=said, scale=series.meaning.scale_reason)


def _totals(report: ImportReport) -> Iterator[Localised]:
    if report.totals:
        yield Message("Totals:")
    for each in report.totals:
        if each.total is None:
            said = Message("{label}: {stated}, which cannot be added up")
        else:
            said = Message("{label}: {stated}, the rows make {total}", total=number(each.total))
        said = said.filled(label=each.label, stated=number(each.stated))
        yield _indented(Verbatim(f"{each.place.address} "), said)


def finding_lines(findings: Sequence[Finding], home: str = "") -> Iterator[Localised]:
    """Findings by severity, each with its cells.

    Parameters
    ----------
    home
        The sheet that need not be named.
    """
    for severity, heading in _SEVERITIES.items():
        found = [each for each in findings if each.severity == severity]
        if found:
            yield heading.filled(n=len(found))
        for each in found:
            yield from _finding(each, home)


def _finding(finding: Finding, home: str) -> Iterator[Localised]:
    where, what = _where(finding, home), finding.what
    if finding.value:
        what = Message("{what} (“{value}”)", what=what, value=finding.value)
    if where:
        what = Message("{where}: {what}", where=where, what=what)
    yield _indented(Verbatim(f"{finding.code} "), what)
    if finding.expected:
        yield _indented(_UNDER_CODE, Message("expected: {expected}", expected=finding.expected))
    if finding.remedy:
        yield _indented(_UNDER_CODE, Message("what to do: {remedy}", remedy=finding.remedy))
    if finding.reason:
        yield _indented(_UNDER_CODE, Message("confirmed: {reason}", reason=finding.reason))


_UNDER_CODE = Verbatim("    ")


def _indented(*parts: Localised) -> Localised:
    return Joined(" ", [Verbatim(" "), *parts])


def _where(finding: Finding, home: str) -> Localised:
    """The first cells of a finding, with their sheet where it is another than the table's."""
    cells = [_cell(place, home) for place in finding.places[:_MOST_CELLS]]
    more = max(finding.count, len(finding.places)) - len(cells)
    shown: list[Localised] = [Verbatim(cell) for cell in cells if cell]
    if shown and more > 0:
        shown.append(Message("{n} more", context="cells", n=more))
    return Joined(", ", shown)


def _cell(place: CellPlace, home: str) -> str:
    if place.sheet in ("", home):
        return place.address
    return f"{place.sheet}!{place.address}" if place.address else place.sheet


def _skipped(report: ImportReport) -> Iterator[Localised]:
    if not report.skipped:
        return
    yield Message("Not checkable: {n} rules", n=len(report.skipped))
    for each in report.skipped[:_MOST_SKIPPED]:
        yield _indented(Verbatim(f"{each.code} "), each.what)
    more = len(report.skipped) - _MOST_SKIPPED
    if more > 0:
        yield _indented(Message("{n} more", context="rules", n=more))


def _outcome(report: ImportReport) -> Localised:
    if report.publishable:
        return Message.plural(
            "Ready: one figure; nothing was written",
            "Ready: {n} figures; nothing was written",
            len(report.values),
        )
    return Message("Not ready to be published; nothing was written")
