"""``portal data``: an office's own tables, checked here before anything is published."""

from __future__ import annotations

import datetime as dt
import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from geodata.errors import InvalidInput
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Message
from geodata.table_import.column_records import TableSource
from geodata.table_import.known_facts import KnownFacts, StoreFacts
from geodata.table_import.prepare import Stage, TableReading, prepare_table
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from portal.app_state import open_or_create_store
from portal.cli.commands import run_or_exit
from portal.cli.table_report import table_report_lines
from portal.config import read_settings

CLEAN, NOTES, ERRORS, QUESTIONS = 0, 1, 2, 3
"""Exit codes of a check."""

LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of the report.",
)  # fmt: skip


@click.group()
def data() -> None:
    """Figures from an office's own tables."""


@data.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sheet", default="", help="Name of the sheet; else found.")
@click.option("--vintage", default="", help="A day whose units are listed, as 2025-07-01.")
@click.option("--source-title", default="", help="Title of the document the table is of.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@LANGUAGE
def check(
    file: Path, *, sheet: str, vintage: str, source_title: str, as_json: bool, lang: Language
) -> None:
    """Say what publishing the table in FILE would give, and what stands in the way.

    FILE is XLSX, XLS, ODS, CSV or TSV. Nothing is written. The exit code is 0 when all is clean, 1
    when only notes or doubts to confirm are left, 2 when there are errors, 3 when questions are
    open.
    """
    answers = run_or_exit(lambda: _answers(sheet, vintage, source_title))
    settings = run_or_exit(lambda: read_settings({}))
    with closing(run_or_exit(lambda: open_or_create_store(settings))) as store:
        facts = StoreFacts(store)
        reading = TableReading(progress=_ProgressLine())
        report = run_or_exit(lambda: prepare_table(file, file.name, facts, answers, reading))
        _print(report, facts, lang, as_json)
    raise SystemExit(exit_code(report))


def exit_code(report: ImportReport) -> int:
    """0 clean, 1 notes or confirmations left, 2 errors, 3 questions unanswered."""
    if report.count("error"):
        return ERRORS
    if report.count("question"):
        return QUESTIONS
    return NOTES if report.findings else CLEAN


def _answers(sheet: str, vintage: str, source_title: str) -> Answers:
    answers = Answers(sheet=sheet, vintage=_day(vintage) if vintage else None)
    return replace(answers, source=TableSource(title=source_title)) if source_title else answers


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise InvalidInput(
            Message("Not a date"),
            found=value,
            allowed=Message("a day such as 2026-06-01"),
            where="--vintage",
        ) from None


def _print(report: ImportReport, facts: KnownFacts, language: Language, as_json: bool) -> None:
    if as_json:
        document = report_document(report, facts.index, language)
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(table_report_lines(report, facts, language)))


class _ProgressLine:
    """Says on the terminal how far a long check is; silent where the output is no terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, stage: Stage, share: float) -> None:
        if self.shown:
            end = "\n" if (stage, share) == ("checks", 1.0) else ""
            click.echo(f"\r{stage} {share:4.0%} ", nl=False, err=True)
            click.echo(end, nl=False, err=True)
