"""``portal data``: an office's own tables, checked here before anything is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geodata.errors import FileFault
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Message
from geodata.ledger.served_dataset import ServedDataset, read_served_dataset
from geodata.list_import.list_questions import list_questions_document
from geodata.list_import.list_report import ListReport
from geodata.list_import.prepare_list import HandedIn, prepare_list, take_in
from geodata.store import Store
from geodata.table_import.known_facts import KnownFacts, StoreFacts
from geodata.table_import.prepare import TableReading, prepare_table
from geodata.table_import.questions_json import questions_document, read_filled_questions
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from portal.app_state import open_or_create_store
from portal.cli.commands import run_or_exit
from portal.cli.deferred_group import DeferredGroup
from portal.cli.exit_codes import CLEAN, ERRORS, NO_RIGHT, NOTES, QUESTIONS
from portal.cli.list_lines import print_list_report
from portal.cli.list_options import file_bytes, list_options, read_day, with_list_options
from portal.cli.saved_readings import confirmed_spellings, saved_reading, small_text
from portal.cli.table_report import table_report_lines
from portal.config import Settings, read_settings
from portal.ledger_engine import existing_ledger

FILE = click.Path(path_type=Path, dir_okay=False)

LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of the report.",
)  # fmt: skip

CONCEPT = click.option(
    "--concept", default="",
    help="Id of the concept by which the figures are counted: a census, a register.",
)  # fmt: skip


@click.group(
    cls=DeferredGroup,
    deferred={
        "correct": "portal.cli.ledger_commands:correct",
        "diff": "portal.cli.ledger_commands:diff_revisions",
        "export": "portal.cli.ledger_commands:export_ledger",
        "indicator": "portal.cli.indicator_command:define_indicator",
        "list": "portal.cli.ledger_commands:list_revisions",
        "publish": "portal.cli.publish_command:publish",
        "show": "portal.cli.ledger_commands:show_revision",
        "template": "portal.cli.template_command:template",
        "trace": "portal.cli.trace_command:trace_subject",
        "undo": "portal.cli.ledger_commands:undo",
        "verify": "portal.cli.ledger_commands:verify_ledger",
    },
)
def data() -> None:
    """Figures from an office's own tables."""


@data.command()
@click.argument("file", type=FILE)
@click.option("--sheet", default="", help="Name of the sheet; else found.")
@click.option("--vintage", default="", help="A day whose units are listed, as 2025-07-01.")
@click.option("--source-title", default="", help="Title of the document the table is of.")
@CONCEPT
@click.option("--answers", type=FILE, help="A file of answers, or of filled questions.")
@click.option("--recipe", default="", help="A saved way of reading: its name, or a JSON file.")
@click.option("--questions", type=FILE, help="Write what is open into this file, to be filled.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@list_options
@LANGUAGE
def check(
    file: Path,
    *,
    recipe: str,
    questions: Path | None,
    as_json: bool,
    lang: Language,
    **said: Any,  # noqa: ANN401 - texts, paths and tuples of texts
) -> None:
    """Say what publishing the table in FILE would give, and what stands in the way.

    FILE is XLSX, XLS, ODS, CSV or TSV; a list of places or villages may also be GeoJSON, KML,
    GeoPackage or a zipped shapefile. What it lists is found. Nothing is published. The exit code is
    0 when all is clean, 1 when only notes or doubts to confirm are left, 2 when there are errors, 3
    when questions are open.
    """
    answers = run_or_exit(lambda: with_list_options(answers_from_options(said), said))
    settings = run_or_exit(lambda: read_settings({}))
    with closing(run_or_exit(lambda: open_or_create_store(settings))) as store:
        facts, reading = run_or_exit(lambda: _knowledge(settings, store, recipe))
        handed_in, served = run_or_exit(lambda: _taken_in(settings, file, answers))
        if handed_in and handed_in.is_list:
            listed = run_or_exit(lambda: prepare_list(handed_in, answers, served, reading))
            print_list_report(listed, lang, as_json)
            if questions is not None:
                run_or_exit(lambda: _write(questions, list_questions_document(listed, lang)))
            raise SystemExit(exit_code(listed))
        table = handed_in.table if handed_in else file
        report = run_or_exit(lambda: prepare_table(table, file.name, facts, answers, reading))
        _print(report, facts, lang, as_json)
        if questions is not None:
            run_or_exit(lambda: _write(questions, questions_document(report, facts.index, lang)))
    raise SystemExit(exit_code(report))


def _knowledge(settings: Settings, store: Store, recipe: str) -> tuple[StoreFacts, TableReading]:
    """What is known of the instance, and how its tables are read; the same as when publishing."""
    with existing_ledger(settings) as ledger:
        facts = StoreFacts(store, confirmed_spellings(ledger))
        return facts, saved_reading(ledger, settings, recipe)


def _taken_in(
    settings: Settings, file: Path, answers: Answers
) -> tuple[HandedIn | None, ServedDataset]:
    """The file with what it lists; None of one that cannot be read, which the report tells."""
    with existing_ledger(settings) as ledger:
        served = read_served_dataset(ledger, settings.dataset)
    try:
        content = file_bytes(file)
    except FileFault:
        return None, served
    return take_in(content, file.name, served, answers), served


def exit_code(report: ImportReport | ListReport) -> int:
    """0 clean, 1 notes or confirmations left, 2 errors, 3 questions unanswered, 5 no right."""
    if any(each.code == "U07" and each.severity != "note" for each in report.findings):
        return NO_RIGHT
    if report.count("error"):
        return ERRORS
    if report.count("question"):
        return QUESTIONS
    return NOTES if report.findings else CLEAN


def answers_from_options(options: Mapping[str, Any]) -> Answers:
    """What the options of a command say about a table; they go before those of the file.

    Parameters
    ----------
    options
        ``answers`` (a file or None), ``sheet``, ``vintage``, ``concept`` and ``source_title``,
        empty where not given.

    Raises
    ------
    PortalError
        The file cannot be used, or ``vintage`` is no day.
    """
    file = options["answers"]
    said = (
        read_filled_questions(small_text(file), file.name) if isinstance(file, Path) else Answers()
    )
    if sheet := options["sheet"]:
        said = replace(said, sheet=str(sheet))
    if vintage := options["vintage"]:
        said = replace(said, vintage=read_day(str(vintage), "--vintage"))
    if concept := options["concept"]:
        said = replace(said, concept=str(concept))
    if title := options["source_title"]:
        said = replace(said, source=replace(said.source, title=str(title)))
    return said


def _write(path: Path, document: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        what = Message("The file cannot be written")
        raise FileFault(what, str(error), where=str(path)) from None


def _print(report: ImportReport, facts: KnownFacts, language: Language, as_json: bool) -> None:
    if as_json:
        document = report_document(report, facts.index, language)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(table_report_lines(report, facts, language)))
