"""OpenDocument spreadsheets for tests, from rows of XML: no library of the project writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        ("draw", "drawing"), ("manifest", "manifest"),
    )
)  # fmt: skip


def text_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'  # noqa: E501


def number_cell(value: float, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}"{more}/>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def table(name: str, *rows: str, more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def ods(path: Path, *tables: str, styles: str = "", manifest: str = "") -> Path:
    """An OpenDocument spreadsheet of these tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        entries = f"<manifest:manifest {NAMESPACES}>{manifest}</manifest:manifest>"
        archive.writestr("META-INF/manifest.xml", entries)
    return path
