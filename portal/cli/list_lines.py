"""The report of `portal data check` on a list of places or villages, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from geodata.i18n import Joined, Language, Localised, Message, Verbatim
from geodata.ledger.ledger_export import record_change_document
from geodata.ledger.list_content import ListPlan
from geodata.list_import.list_json import list_document
from geodata.list_import.list_report import ListQuestion, ListReport
from portal.cli.ledger_lines import count_line
from portal.cli.record_lines import list_plan_lines
from portal.cli.table_report import finding_lines

_KINDS: dict[str, Message] = {
    "places": Message("{file}: a list of places, {n} rows"),
    "villages": Message("{file}: a list of villages, {n} rows"),
}


def print_list_report(
    report: ListReport, language: Language, as_json: bool, plan: ListPlan | None = None
) -> None:
    """Print the report on a list, and what publishing it would change."""
    if as_json:
        document = list_document(report, language)
        if plan is not None:
            document["plan"] = _plan_document(plan)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(list_report_lines(report, language)))
    if plan is not None:
        for line in (count_line(dict(plan.counts)), *list_plan_lines(plan)):
            click.echo(line[language])


def list_report_lines(report: ListReport, language: Language) -> Iterator[str]:
    """The report on a list, line by line."""
    for line in _lines(report):
        yield line[language]


def _lines(report: ListReport) -> Iterator[Localised]:
    yield _KINDS[report.kind.kind].filled(file=report.file, n=report.rows)
    for reason in report.kind.reasons:
        yield Joined(" ", [Verbatim("  -"), reason])
    fields = ", ".join(f"{each.field}=“{each.header}”" for each in report.columns if each.field)
    if fields:
        yield Message("Columns recognised: {columns}", columns=fields)
    own = ", ".join(each.header for each in report.columns if not each.field)
    if own:
        yield Message("Other columns: {columns}", columns=own)
    if report.position_note:
        yield Message("Positions: {how}", how=report.position_note)
    yield from _contents(report)
    yield from report.notes
    for question in report.questions:
        if question.answer is None:
            yield from _question_lines(question)
    yield from finding_lines(report.findings)
    yield _outcome(report)


def _contents(report: ListReport) -> Iterator[Localised]:
    for category in report.categories:
        n = sum(place.category == category.id for place in report.places)
        yield Message("{name} ({id}): {n} places", name=category.name, id=category.id, n=n)
    for each in report.villages:
        yield Message(
            "{commune}: {matched} known villages, {new} new",
            commune=each.commune.full_name,
            matched=len(each.matched),
            new=len(each.new),
        )
        for name, rows in each.joined.items():
            names = ", ".join(row.name for row in rows)
            formed = Message("{name} is formed of {villages}", name=name, villages=names)
            yield Joined(" ", [Verbatim(" "), formed])


def _question_lines(question: ListQuestion) -> Iterator[Localised]:
    names = ", ".join(f"{each.id} ({each.name.vi})" for each in question.candidates)
    yield Message(
        "Question: “{written}” ({n} rows): {names}",
        written=question.written,
        n=question.rows,
        names=names or "–",
    )


def _outcome(report: ListReport) -> Localised:
    if report.publishable:
        return Message("Ready: the list can be published; nothing was written")
    return Message("Not ready to be published; nothing was written")


def _plan_document(plan: ListPlan) -> dict[str, Any]:
    return {
        "based_on": plan.based_on,
        "counts": dict(plan.counts),
        "same_file": [revision.number for revision in plan.same_file],
        "records": [record_change_document(change) for change in plan.changes],
    }
