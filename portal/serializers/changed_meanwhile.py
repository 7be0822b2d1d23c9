"""What others changed between a report and its publication, as a document for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from geodata.ledger.conflicts import ChangedMeanwhile
from geodata.ledger.ledger_records import CellDifference
from geodata.ledger.listed_records import RecordDifference
from geodata.ledger.record_differences import entry_differences
from geodata.ledger.revision_rows import told_text
from portal.serializers.publication_types import (
    ChangedCellDocument,
    ChangedEntryDocument,
    ChangedMeanwhileDocument,
)
from portal.serializers.publications import publication_document


def changed_documents(changed: Iterable[ChangedMeanwhile]) -> list[ChangedMeanwhileDocument]:
    """The changes by the publications that made them, the first first."""
    in_order = sorted(changed, key=_number)
    return [_document(list(group)) for _, group in groupby(in_order, _number)]


def _number(changed: ChangedMeanwhile) -> int:
    return changed.revision.number


def _document(changed: list[ChangedMeanwhile]) -> ChangedMeanwhileDocument:
    found = [each.difference for each in changed]
    return {
        "publication": publication_document(changed[0].revision),
        "cells": [_cell(each) for each in found if isinstance(each, CellDifference)],
        "entries": [
            one for each in found if isinstance(each, RecordDifference) for one in _entries(each)
        ],
    }


def _cell(difference: CellDifference) -> ChangedCellDocument:
    key, before, after = difference.key, difference.before, difference.after
    return {
        "unit_id": key.unit_id,
        "indicator": key.indicator,
        "dimensions": key.dimensions,
        "period": key.period,
        "status": key.status,
        "before": told_text(before) if before.present else "",
        "after": told_text(after) if after.present else "",
    }


def _entries(difference: RecordDifference) -> Iterator[ChangedEntryDocument]:
    for each in entry_differences(difference.key, difference.before, difference.after):
        fields = [{"name": f.name, "before": f.before, "after": f.after} for f in each.fields]
        yield {
            "kind": each.kind,
            "change": each.change,
            "id": each.id,
            "name": each.name,
            "unit_id": each.unit_id,
            "fields": fields,  # type: ignore[typeddict-item]
        }
