"""The answers about publications, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from geodata.ledger.ledger_records import RevisionKind
from geodata.ledger.record_differences import EntryChange, EntryKind
from portal.serializers.error_types import ErrorDetails
from portal.serializers.list_report_types import ListReportDocument
from portal.serializers.table_report_types import TableReportDocument


class PublicationDocument(TypedDict):
    """One entry of the ledger, as anybody may read it: nothing in it of an account."""

    number: Annotated[int, "From 1, without gaps"]
    kind: Annotated[RevisionKind, "What was done"]
    at: Annotated[str, "When, in UTC"]
    title: Annotated[str, "Title of the publication"]
    source: Annotated[str, "The document the figures come from"]
    undoes: Annotated[int | None, "Number of the publication that it takes back"]
    reason: Annotated[str, "Why; a remark of a publication"]
    file_sha256: Annotated[str, "SHA-256 of the file; empty without one"]
    counts: Annotated[dict[str, int], "Cells added, changed, removed, unchanged, blank, doubtful"]
    hash: Annotated[str, "SHA-256 over the entry and the one before"]


class PublicationsDocument(TypedDict):
    """A stretch of the ledger, the last entry first."""

    items: Annotated[list[PublicationDocument], "Entries"]
    total: Annotated[int, "Number of all entries"]
    next: Annotated[str | None, "Address of the entries that follow; null after the last"]


class PublicationReceiptDocument(TypedDict):
    """What sending a table did."""

    written: Annotated[bool, "Whether it was published"]
    based_on: Annotated[
        int,
        "Number of the last publication that the report knows of; sent back as `based_on`, it "
        "lets the table be published only if nobody changed its cells since",
    ]
    report: Annotated[
        TableReportDocument | None, "What was read of figures, and what speaks against it"
    ]
    list_report: Annotated[
        ListReportDocument | None, "What was read of a list of places or villages"
    ]
    publication: Annotated[PublicationDocument | None, "The entry; null where nothing was written"]
    url: Annotated[str | None, "Address of the receipt's page"]
    same_file: Annotated[list[int], "Earlier publications of the very same file"]
    delayed: Annotated[bool, "Whether readers see it only after the next start or publication"]


class ChangedCellDocument(TypedDict):
    """A cell that holds something else by now."""

    unit_id: Annotated[str, "Id of the unit"]
    indicator: Annotated[str, "Id of the indicator"]
    dimensions: Annotated[str, "Values of its dimensions"]
    period: Annotated[str, "Period"]
    status: Annotated[str, "Status"]
    before: Annotated[
        str, "What it held: a number, a class, or why there is none; empty for nothing"
    ]
    after: Annotated[str, "What it holds"]


class ChangedFieldDocument(TypedDict):
    """A field of a place or village that holds something else by now."""

    name: Annotated[str, "Name of the field"]
    before: Annotated[str, "What it held"]
    after: Annotated[str, "What it holds"]


class ChangedEntryDocument(TypedDict):
    """A place or village that came, went or changed."""

    kind: Annotated[EntryKind, "What it is; complete: the whole list of a category"]
    change: Annotated[EntryChange, "What became of it"]
    id: Annotated[str, "Id of the place or category; empty for a village"]
    name: Annotated[str, "Its name"]
    unit_id: Annotated[str, "Id of its commune; empty for a category"]
    fields: Annotated[list[ChangedFieldDocument], "What differs of one that changed"]


class ChangedMeanwhileDocument(TypedDict):
    """What one publication changed of the cells or entries that were to be written."""

    publication: Annotated[PublicationDocument, "The last that changed them"]
    cells: Annotated[list[ChangedCellDocument], "Figures"]
    entries: Annotated[list[ChangedEntryDocument], "Places and villages"]


class PublicationConflictDocument(TypedDict):
    """Somebody else changed what was to be written after the report was made."""

    error: Annotated[ErrorDetails, "The refusal"]
    changed: Annotated[
        list[ChangedMeanwhileDocument],
        "What was changed since `based_on`; empty where the conflict is another",
    ]
