"""Hooks by which MkDocs takes in the texts at the top of the tree and the generated pages.

The texts keep their one place, where people look for them first; links between them are rewritten
to the pages of the site.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from portal.docs.api_page import api_page
from portal.docs.data_dictionary import data_dictionary
from portal.docs.raster_page import raster_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "ARCHITECTURE.md": "architecture.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
}
"""Page of the site by file at the top of the tree."""
PICTURES = ROOT / "tests" / "browser" / "shots"
_LINK = re.compile(r"\[([^\]]*)\]\((?!https?://|#|mailto:)([^)#]+)(#[^)]*)?\)")


def site_text(text: str) -> str:
    """A text of the tree with its links leading to pages of the site.

    Parameters
    ----------
    text
        Markdown as it stands at the top of the tree.

    Returns
    -------
    str
        Markdown in which a link to another text leads to its page, and a link to any other file of
        the tree is plain text.
    """

    def target(match: re.Match[str]) -> str:
        words, path, anchor = match[1], match[2], match[3] or ""
        if path in TEXTS:
            return f"[{words}]({TEXTS[path]}{anchor})"
        if path.startswith("portal/docs/"):
            return f"[{words}]({path.removeprefix('portal/docs/')}{anchor})"
        if path.startswith("tests/browser/shots/"):
            return f"[{words}]({path.removeprefix('tests/browser/')})"
        return words

    return _LINK.sub(target, text)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the texts, the pictures and the generated pages to the files of the site."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - only the site needs it

    pages = {page: site_text((ROOT / name).read_text("utf-8")) for name, page in TEXTS.items()}
    pages |= {
        "data-dictionary.md": data_dictionary(),
        "api.md": api_page(),
        "rasters.md": raster_page(),
    }
    for name, content in pages.items():
        files.append(File.generated(config, name, content=content))
    for picture in sorted(PICTURES.glob("*.png")):
        path = str(picture)
        files.append(File.generated(config, f"shots/{picture.name}", abs_src_path=path))
    return files
