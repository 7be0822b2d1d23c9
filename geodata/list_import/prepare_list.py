"""The one door: what a file lists, and what a list would give."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace

from geodata.errors import PortalError
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_findings import closed_findings
from geodata.list_import.list_recipe import VOCABULARIES, ListReading, read_by_recipe
from geodata.list_import.list_report import ListColumn, ListReport
from geodata.list_import.listed_file import ListedFile, open_listed_file
from geodata.list_import.place_lists import list_columns, prepare_places
from geodata.list_import.table_kind import FoundKind, find_kind
from geodata.list_import.village_lists import prepare_villages
from geodata.readers.sheet import Sheet
from geodata.table_import.checks.file_checks import file_checks
from geodata.table_import.checks.violations import grouped, in_order
from geodata.table_import.opened_file import OpenedFile, shown_name
from geodata.table_import.prepare import TableReading
from geodata.table_import.refusals import refusal
from geodata.table_import.report_records import Answers


@dataclass(frozen=True)
class HandedIn:
    """A file that was handed in, opened once.

    Parameters
    ----------
    content, name
        Its bytes and its name.
    file
        What was opened; the fault where it could not be.
    kind
        What it lists; figures where it could not be opened.
    """

    content: bytes
    name: str
    file: ListedFile | PortalError
    kind: FoundKind

    @property
    def is_list(self) -> bool:
        """Whether it is a list of places or villages, not a table of figures."""
        return self.kind.kind != "figures"

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that a list stands in; None of a file of shapes or one that cannot be read."""
        sheets = self.file.sheets(self.kind.sheet) if isinstance(self.file, ListedFile) else []
        return next(iter(sheets), None)

    @property
    def table(self) -> OpenedFile | bytes:
        """The sheets; the bytes of a file that could not be opened, whose reading says why."""
        if isinstance(self.file, ListedFile) and self.file.table is not None:
            return self.file.table
        return self.content


def take_in(content: bytes, name: str, served: ServedDataset, answers: Answers) -> HandedIn:
    """Open a file and find what it lists.

    Parameters
    ----------
    served
        What its names are held against.
    answers
        What was said about it; a person may say what it lists.
    """
    said = answers.lists.kind
    try:
        file = open_listed_file(content, name)
    except PortalError as fault:
        return HandedIn(content, name, fault, FoundKind(said or "figures", said=bool(said)))
    return HandedIn(content, name, file, find_kind(file, served.whole, said, answers.sheet))


def prepare_list(
    handed_in: HandedIn,
    answers: Answers,
    served: ServedDataset,
    reading: TableReading | None = None,
) -> ListReport:
    """Read a list of places or villages; nothing is written.

    A file that is broken, or cannot be understood as a whole, gives a report that says so.

    Parameters
    ----------
    reading
        The recipe that a person chose or those that may fit, the periods that are closed, and
        what was published of the file before.
    """
    file, kind = handed_in.file, handed_in.kind
    sha256 = hashlib.sha256(handed_in.content).hexdigest()
    try:
        if isinstance(file, PortalError):
            raise file
        said = read_by_recipe(file, kind, answers, served, reading or TableReading())
        if kind.kind == "villages":
            report = prepare_villages(file, kind, said.answers, served)
        else:
            report = prepare_places(file, kind, said.answers, served.whole)
        return _as_known(_by_recipe(report, said), reading or TableReading())
    except PortalError as fault:
        name = shown_name(handed_in.name)
        columns = _columns(file, kind, answers) if isinstance(file, ListedFile) else ()
        return ListReport(name, sha256, kind, answers, columns, findings=(refusal(fault),))


def _as_known(report: ListReport, reading: TableReading) -> ListReport:
    """The report with what is known of the instance: closed periods, the same file before."""
    before = grouped(file_checks(reading.published(report.sha256)))
    found = (*before, *closed_findings(report, reading.closed), *report.findings)
    findings = tuple(in_order(found, report.answers.confirmed))
    confirmed = {each.code: each.reason for each in findings if each.reason}
    content = replace(report.content, confirmed=confirmed) if report.content else None
    return replace(report, findings=findings, content=content)


def _columns(file: ListedFile, kind: FoundKind, answers: Answers) -> tuple[ListColumn, ...]:
    """The columns of a list that cannot be understood, so that a person can say what they hold."""
    said = {field: column for field, column in answers.lists.columns.items() if column}
    with suppress(PortalError):
        words = VOCABULARIES[kind.kind]
        table = file.read(words, answers.sheet or kind.sheet, said.values())
        read = {words.field_of(path): column for column, path in table.headings.items()}
        return tuple(list_columns(table, {**read, **said}))
    return ()


def _by_recipe(report: ListReport, said: ListReading) -> ListReport:
    """The report with the recipe that the list was read by, or why the one chosen does not fit."""
    content = replace(report.content, recipe=said.recipe) if report.content else None
    return replace(
        report, recipe=said.recipe, findings=(*said.findings, *report.findings), content=content
    )
