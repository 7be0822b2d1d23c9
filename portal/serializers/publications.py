"""Entries of the ledger as documents for anybody: nothing in them of an account."""

from __future__ import annotations

from geodata.ledger.ledger_records import Revision
from portal.serializers.publication_types import PublicationDocument


def publication_document(revision: Revision) -> PublicationDocument:
    """An entry of the ledger without who made it and without the name of the file.

    The name of a file may be that of a person; whoever has an account sees both on the receipt.
    """
    source = revision.source
    document = (source.title, source.number, source.issuer, source.date)
    return {
        "number": revision.number,
        "kind": revision.kind,
        "at": revision.at,
        "title": revision.title,
        "source": ", ".join(filter(None, document)),
        "undoes": revision.undoes,
        "reason": revision.reason,
        "file_sha256": revision.file_sha256,
        "counts": dict(revision.counts),
        "hash": revision.hash,
    }
