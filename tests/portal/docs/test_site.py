"""The documentation site is built strictly and asks no other host for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.rasters.presets import preset_names, read_preset
from geodata.rasters.statistic import OPERATIONS
from portal.docs.raster_page import raster_page
from portal.docs.site_hooks import TEXTS, site_text

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    pytest.importorskip("material")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.processes
def test_every_text_and_generated_page_has_a_page(site: Path) -> None:
    pages = [*TEXTS.values(), "glossary.md", "data-dictionary.md", "api.md", "rasters.md"]
    assert [page for page in pages if not (site / page).with_suffix(".html").exists()] == []
    assert not list(site.rglob("*.py"))


@pytest.mark.processes
def test_no_page_takes_a_script_style_font_or_picture_from_another_host(site: Path) -> None:
    taken = re.compile(r'<(?:script|img|iframe|source)[^>]*src="?(?:https?:)?//[^">]*|'
                       r'<link[^>]*href="?(?:https?:)?//[^">]*')  # fmt: skip
    found = {p.name: m for p in site.rglob("*.html") if (m := taken.findall(p.read_text("utf-8")))}
    styles = {
        path.name: hit
        for path in site.rglob("*.css")
        if (hit := re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", path.read_text()))
    }
    assert list(site.rglob("*.html"))
    assert list(site.rglob("*.css"))
    assert found == {}
    assert styles == {}


def test_a_link_between_texts_leads_to_the_page_of_the_site() -> None:
    text = "[a](CONTRIBUTING.md#tests), [b](portal/docs/glossary.md), [c](Makefile), [d](https://e.org)"
    expected = "[a](contributing.md#tests), [b](glossary.md), c, [d](https://e.org)"
    assert site_text(text) == expected


def test_the_page_on_rasters_names_each_preset_with_its_file_and_command() -> None:
    page = raster_page()
    for name in preset_names():
        preset = read_preset(name)
        assert preset.download.en in page
        assert preset.download.vi in page
        assert f"--preset {name}" in page
        assert preset.source.licence in page
    for operation in OPERATIONS:
        assert f"`{operation}`" in page
