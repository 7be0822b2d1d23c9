"""An atlas: one PDF with a page for each unit or indicator, bookmarks, contents and sources."""

from portal.export.atlas.making import EXTRA_PAGES, atlas_pdf, indicator_entries, unit_entries

__all__ = ["EXTRA_PAGES", "atlas_pdf", "indicator_entries", "unit_entries"]
