"""The answers about publications, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from geodata.ledger.ledger_records import RevisionKind
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
