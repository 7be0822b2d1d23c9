"""``portal data publish``: a table checked and, with ``--write``, published."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.ledger.account_rights import communes_of
from geodata.ledger.ledger_export import change_document
from geodata.ledger.ledger_records import PublicationPlan, PublicationRequest
from geodata.ledger.publishing import last_revision, plan_publication
from geodata.ledger.saved_recipes import save_recipe
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_recipe import list_recipe_of
from geodata.list_import.prepare_list import HandedIn, prepare_list, take_in
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.recipe import recipe_of
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from portal.cli.data_commands import (
    CONCEPT,
    FILE,
    LANGUAGE,
    answers_from_options,
    exit_code,
)
from portal.cli.ledger_commands import (
    ACCOUNT,
    JSON,
    WRITE,
    LedgerSession,
    ledger_session,
    print_lines,
    print_outcome,
    tell_dry_run,
)
from portal.cli.ledger_lines import plan_lines
from portal.cli.list_lines import print_list_report
from portal.cli.list_options import file_bytes, list_options, with_list_options
from portal.cli.publish_list import publish_list_report
from portal.cli.saved_readings import confirmed_spellings, saved_reading
from portal.cli.table_report import table_report_lines
from portal.publications import rights_of


@dataclass(frozen=True, slots=True)
class _Order:
    """What the options of the command ask for."""

    title: str
    note: str
    account: str
    recipe: str
    save_recipe: str
    write: bool
    as_json: bool
    language: Language


@click.command()
@click.argument("file", type=FILE)
@click.option("--title", required=True, help="Of the publication, in a few words.")
@click.option("--note", default="", help="A remark.")
@click.option("--recipe", default="", help="A saved way of reading: its name, or a JSON file.")
@click.option("--save-recipe", default="", help="Save the way of reading under this name.")
@click.option("--answers", type=FILE, help="A file of answers, or of filled questions.")
@click.option("--confirm", "confirmed", multiple=True, help="CODE=REASON; may be repeated.")
@click.option("--sheet", default="", help="Name of the sheet; else found.")
@click.option("--vintage", default="", help="A day whose units are listed, as 2025-07-01.")
@click.option("--source-title", default="", help="Title of the document the table is of.")
@click.option("--source-number", default="", help="Its number, as 15/BC-UBND.")
@click.option("--source-issuer", default="", help="Who issued it.")
@click.option("--source-date", default="", help="Its date, as 2026-06-30.")
@CONCEPT
@click.option("--source-url", default="", help="Where it can be read.")
@list_options
@ACCOUNT
@WRITE
@JSON
@LANGUAGE
def publish(
    file: Path, *, title: str, note: str, account: str, recipe: str, save_recipe: str,
    write: bool, as_json: bool, lang: Language, confirmed: tuple[str, ...],
    **said: Any,  # noqa: ANN401 - texts, paths and tuples of texts
) -> None:  # fmt: skip
    """Say what publishing the table in FILE would change; with --write, publish it.

    FILE is a table of figures, or a list of places or villages, which may also be a file of shapes
    (GeoJSON, KML, GeoPackage, zipped shapefile).

    The report is that of `portal data check`. The exit code is 0 when it is or could be published,
    1 when doubts must be confirmed, 2 when there are errors, 3 when questions are open, 4 when
    somebody else changed the same cells meanwhile, 5 when the account may not.
    """
    order = _Order(title, note, account, recipe, save_recipe, write, as_json, lang)
    with ledger_session() as session:
        answers = _with_source(answers_from_options(said), said)
        answers = replace(answers, confirmed={**answers.confirmed, **_confirmed(confirmed)})
        answers = with_list_options(answers, said)
        content = file_bytes(file)
        served = session.service.served_dataset()
        handed_in = take_in(content, file.name, served, answers)
        if handed_in.is_list:
            _publish_list(session, handed_in, answers, served, order)
            return
        facts = StoreFacts(session.service.store, confirmed_spellings(session.ledger))
        own = communes_of(session.ledger, session.writer(order.account).account_id)
        reading = saved_reading(session.ledger, session.settings, order.recipe)
        reading = replace(reading, area=own)
        report = prepare_table(handed_in.table, file.name, facts, answers, reading)
        if not report.publishable:
            _print_report(report, facts, order)
            raise SystemExit(exit_code(report) or 1)
        _publish(session, report, facts, order, content)


def _publish_list(
    session: LedgerSession,
    handed_in: HandedIn,
    answers: Answers,
    served: ServedDataset,
    order: _Order,
) -> None:
    if not answers.source.title:
        answers = replace(answers, source=replace(answers.source, title=order.title))
    reading = saved_reading(session.ledger, session.settings, order.recipe)
    report = prepare_list(handed_in, answers, served, reading)
    if report.content is None or not report.publishable:
        print_list_report(report, order.language, order.as_json)
        raise SystemExit(exit_code(report) or 1)
    request = PublicationRequest(
        session.writer(order.account),
        order.title,
        answers.source,
        based_on=last_revision(session.ledger),
        content=handed_in.content,
        note=order.note,
    )
    publish_list_report(
        session, report, report.content, request, served,
        write=order.write, as_json=order.as_json, language=order.language,
    )  # fmt: skip
    if order.write and order.save_recipe:
        save_recipe(session.ledger, list_recipe_of(report, order.save_recipe), request.writer)


def _publish(
    session: LedgerSession, report: ImportReport, facts: StoreFacts, order: _Order, content: bytes
) -> None:
    plan = plan_publication(session.ledger, session.service.store, report)
    request = PublicationRequest(
        session.writer(order.account),
        order.title,
        based_on=plan.based_on,
        content=content,
        note=order.note,
    )
    may = rights_of(session.service.store, request.writer.account_id)
    if not order.write:
        session.service.check_publication(report, request, may)
        _print_report(report, facts, order, plan)
        tell_dry_run(order.as_json, order.language)
        return
    print_outcome(session.service.publish(report, request, may), order.as_json, order.language)
    if order.save_recipe:
        save_recipe(session.ledger, recipe_of(report, order.save_recipe), request.writer)


def _print_report(
    report: ImportReport, facts: StoreFacts, order: _Order, plan: PublicationPlan | None = None
) -> None:
    if order.as_json:
        document = report_document(report, facts.index, order.language)
        if plan is not None:
            document["plan"] = plan_document(plan)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(table_report_lines(report, facts, order.language)))
    if plan is not None:
        print_lines(plan_lines(plan), order.language)


def plan_document(plan: PublicationPlan) -> dict[str, Any]:
    """What publishing would do, as a document."""
    return {
        "based_on": plan.based_on,
        "counts": dict(plan.counts),
        "same_file": [revision.number for revision in plan.same_file],
        "changes": [change_document(change) for change in plan.changes],
    }


def _with_source(answers: Answers, said: dict[str, Any]) -> Answers:
    names = ("number", "issuer", "date", "url")
    parts = {name: str(said[f"source_{name}"] or "") for name in names}
    stated = {name: value for name, value in parts.items() if value}
    return replace(answers, source=replace(answers.source, **stated))


def _confirmed(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        code, _, reason = pair.partition("=")
        if not code.strip() or not reason.strip():
            allowed = Message("a code and a reason, as T01=checked with the commune")
            raise InvalidInput(Message("Not a confirmation"), found=pair, allowed=allowed)
        found[code.strip()] = reason.strip()
    return found
