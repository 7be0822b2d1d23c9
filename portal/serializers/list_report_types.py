"""The report on a list of places or villages; `geodata.list_import.list_json` makes it."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.table_report_types import (
    FindingDocument,
    TableTotalDocument,
    TableUnitsDocument,
)


class ListColumnDocument(TypedDict):
    """A column of a list."""

    header: Annotated[str, "Its heading"]
    field: Annotated[str | None, "What it holds, as name or x; null for a column of its own"]
    values: Annotated[int, "How many rows have something in it"]


class ListNameDocument(TypedDict):
    """A name in both languages."""

    vi: Annotated[str, "Vietnamese"]
    en: Annotated[str, "English"]


class ListCategoryDocument(TypedDict):
    """A category of places that the list has."""

    id: Annotated[str, "Its id"]
    name: Annotated[ListNameDocument, "Its name"]
    symbol: Annotated[str, "Id of its symbol; empty where it is chosen by the name"]
    indicator: Annotated[str, "Id of the indicator that counts its places; empty for none"]
    places: Annotated[int, "How many places of the list have it"]


class ListCandidateDocument(TypedDict):
    """An answer that is proposed."""

    id: Annotated[str, "Its id"]
    name: Annotated[str, "What it is called"]


class ListQuestionDocument(TypedDict):
    """What must be said, or was said, of a text of the list."""

    kind: Annotated[str, "category, commune or village"]
    key: Annotated[str, "Under which the answers have it"]
    written: Annotated[str, "The text"]
    parent: Annotated[str, "The commune of a village; empty for others"]
    rows: Annotated[int, "How many rows write it"]
    first_row: Annotated[int | None, "The first of them"]
    candidates: Annotated[list[ListCandidateDocument], "What is nearly the same"]
    answer: Annotated[str | None, "An id; empty for new or left out; null while open"]


class ListCountsDocument(TypedDict):
    """Open findings by severity."""

    error: Annotated[int, "Errors"]
    question: Annotated[int, "Questions"]
    confirm: Annotated[int, "Doubts to confirm"]
    note: Annotated[int, "Notes"]


class ListReportDocument(TypedDict):
    """What a list of places or villages would give."""

    format: Annotated[int, "Version of the document"]
    kind: Annotated[str, "places or villages"]
    chosen_by: Annotated[str, "evidence or answer"]
    evidence: Annotated[list[str], "What speaks for the kind"]
    file: Annotated[str, "Name of the file"]
    sha256: Annotated[str, "Hash of its bytes"]
    sheet: Annotated[str | None, "Sheet or layer; null for the only one"]
    level: Annotated[str, "commune for places, village for villages"]
    vintage: Annotated[str | None, "Null: lists are of today's communes"]
    recipe: Annotated[str, "Recipe it was read by; empty for none"]
    rows: Annotated[int, "Rows of the list"]
    units: Annotated[TableUnitsDocument, "Communes or villages, and names"]
    columns: Annotated[list[ListColumnDocument], "In the order of the file"]
    positions: Annotated[str, "How positions were read; empty without any"]
    categories: Annotated[list[ListCategoryDocument], "Of places"]
    totals: Annotated[list[TableTotalDocument], "Totals held against their rows"]
    questions: Annotated[list[ListQuestionDocument], "The answered ones too"]
    findings: Annotated[list[FindingDocument], "The worst first"]
    notes: Annotated[list[str], "What was set apart or converted"]
    counts: Annotated[ListCountsDocument, "Open findings by severity"]
    values: Annotated[int, "How many places or villages"]
    publishable: Annotated[bool, "Whether nothing stands in the way"]
