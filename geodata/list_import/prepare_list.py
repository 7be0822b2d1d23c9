"""The one door: what a file lists, and what a list would give."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from geodata.errors import PortalError
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_recipe import ListReading, read_by_recipe
from geodata.list_import.list_report import ListReport
from geodata.list_import.listed_file import ListedFile, open_listed_file
from geodata.list_import.place_lists import prepare_places
from geodata.list_import.table_kind import FoundKind, find_kind
from geodata.list_import.village_lists import prepare_villages
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
        The recipe that a person chose, or those that may fit.
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
        return _by_recipe(report, said)
    except PortalError as fault:
        name = shown_name(handed_in.name)
        return ListReport(name, sha256, kind, answers, findings=(refusal(fault),))


def _by_recipe(report: ListReport, said: ListReading) -> ListReport:
    """The report with the recipe that the list was read by, or why the one chosen does not fit."""
    content = replace(report.content, recipe=said.recipe) if report.content else None
    return replace(
        report, recipe=said.recipe, findings=(*said.findings, *report.findings), content=content
    )
