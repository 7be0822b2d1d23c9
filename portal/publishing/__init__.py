"""An office's own table on the web: taken in, reviewed, previewed, published and taken back.

What is read from a table, and what speaks against it, is one `ImportReport` of
`geodata.table_import`; these pages are views of it, and what a person fills in becomes its
`Answers`. Nothing here decides what a cell means.
"""

from __future__ import annotations

from flask import Flask

from portal.language import current_language
from portal.publishing import (
    api_views,
    comparison_views,
    correction_views,
    definition_views,
    indicator_views,
    list_views,
    memory_views,
    preview_views,
    publishing_service,
    review_views,
    revision_views,
    template_views,
    upload_views,
)
from portal.publishing.file_names import shown_file_name

_PARTS = (
    publishing_service,
    upload_views,
    review_views,
    list_views,
    indicator_views,
    preview_views,
    revision_views,
    correction_views,
    definition_views,
    template_views,
    memory_views,
    comparison_views,
    api_views,
)


def init_app(app: Flask) -> None:
    """Wire the queue of readings and the pages."""
    app.jinja_env.filters["file_name"] = lambda name: shown_file_name(name, current_language())
    for part in _PARTS:
        part.init_app(app)
