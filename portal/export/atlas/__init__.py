"""An atlas: one PDF with a page for each unit or indicator, bookmarks, contents and sources."""
