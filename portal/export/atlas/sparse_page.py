"""The page of an atlas for the indicators that have too few figures for a map."""

from __future__ import annotations

from collections.abc import Sequence

from portal.export.atlas.page_flow import WIDTH, PageColumn, PageFlow
from portal.export.atlas.references import AtlasContext
from portal.export.sparse_indicators import SparseIndicator
from portal.translations import translate

_SIZE = 7.5


def write_sparse(
    flow: PageFlow, rows: Sequence[SparseIndicator], context: AtlasContext, title: str
) -> None:
    """Write the table; many rows go on over the next page."""
    language = context.language
    flow.start_page(title, f"{title} ({translate('atlas.continued', language)})")
    columns = (
        PageColumn(translate("figure.indicator", language), 56),
        PageColumn(translate("figure.value", language), WIDTH - 56 - 32 - 18, lines=3),
        PageColumn(translate("figure.period", language), 32),
        PageColumn(translate("figure.source", language), 18, lines=1),
    )
    flow.head_row(columns, _SIZE)
    for row in rows:
        marks = " ".join(context.references.number(each.id) for each in row.sources)
        flow.row([row.name, row.figures, row.period, marks], columns, _SIZE)
