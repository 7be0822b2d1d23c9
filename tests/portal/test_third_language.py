"""A language is a file and a row of the registry: pages, errors, numbers and scripts follow.

The language is made here from the English catalogue: every sentence in brackets, and the numbers,
dates and plural rules of French.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

import geodata
from geodata.i18n.languages import LOCALES
from geodata.i18n.message_catalogue import catalogue

pytestmark = pytest.mark.processes

ROW = """
[fr]
name = "Français"
tag = "fr-FR"
locale = "fr"
percent = "{number}\u00a0%"
date = "d MMMM yyyy"
month = "MMMM yyyy"
collation = "fr"
dataset = "en"
"""
ASK = """
import json, sys
from portal.app import create_app
app = create_app({"PORTAL_INSTANCE": sys.argv[1], "PORTAL_DATASET": sys.argv[2]})
client = app.test_client()
print(json.dumps({address: client.get(address).get_data(as_text=True) for address in sys.argv[3:]}))
app.extensions["portal"].store.close()
"""
ADDRESSES = (
    "/?lang=fr",
    "/?lang=en",
    "/about?lang=fr",
    "/compare?lang=fr",
    "/guide?lang=fr",
    "/nothing?lang=fr",
    "/api/v1/units?level=planet&lang=fr",
    "/api/v1/catalogue?lang=fr",
    "/api/v1/observations?limit=1&lang=fr",
    "/export/data.csv?lang=fr",
)


def bracketed(wording):
    if isinstance(wording, str):
        return f"⟦{wording}⟧"
    return tuple(bracketed(form) for form in wording)


@pytest.fixture(scope="session")
def answers(tmp_path_factory, toy_folder):
    """What the three packages answer once the file and the row are added to a copy of them."""
    home, root = tmp_path_factory.mktemp("packages"), Path(geodata.__file__).parents[1]
    for package in ("geodata", "layers", "portal"):
        # With what was compiled: the copies are as old as their originals.
        skip = shutil.ignore_patterns("datasets")
        shutil.copytree(root / package, home / package, ignore=skip)
    (home / "static").symlink_to(root / "static", target_is_directory=True)
    locales = home / "geodata" / "i18n" / "locales"
    with (LOCALES / "en.po").open("rb") as file:
        english = read_po(file, locale="en")
    french = Catalog(locale="fr")
    for entry in english:
        if entry.id:
            french.add(entry.id, bracketed(entry.id), context=entry.context)
    with (locales / "fr.po").open("wb") as file:
        write_po(file, french)
    with (locales / "languages.toml").open("a", encoding="utf-8") as file:
        file.write(ROW)
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(home / "instance"), str(toy_folder), *ADDRESSES],
        env={**os.environ, "PYTHONPATH": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_page_is_in_the_new_language(answers):
    page = answers["/?lang=fr"]
    assert '<html lang="fr">' in page
    assert '"tag":"fr-FR"' in page
    assert f"⟦{catalogue('en').labels['site.skip']}⟧" in page
    assert 'hreflang="fr"' in page
    assert 'title="Français"' in page
    assert "⟦" in answers["/about?lang=fr"]
    assert "⟦" in answers["/compare?lang=fr"]


def test_the_guide_names_the_buttons_of_the_new_language_in_the_words_of_its_dataset(answers):
    page = answers["/guide?lang=fr"]
    assert f'<b class="ui">⟦{catalogue("en").labels["export.open"]}⟧</b>' in page
    assert '<div class="guide-text" lang="en">' in page
    assert 'href="/mergers?lang=fr"' in page


def test_links_of_the_page_keep_the_language(answers):
    assert 'href="/indicators?lang=fr"' in answers["/?lang=fr"]
    assert 'href="/indicators?lang=en"' in answers["/?lang=en"]


def test_the_other_languages_say_nothing_of_it(answers):
    assert "⟦" not in answers["/?lang=en"]


def test_an_error_is_in_the_new_language(answers):
    assert "⟦There is no such page or resource⟧" in answers["/nothing?lang=fr"]
    error = json.loads(answers["/api/v1/units?level=planet&lang=fr"])["error"]
    assert error["message"] == "⟦Value not allowed⟧"
    assert error["remedy"].startswith("⟦")


def test_numbers_periods_and_statuses_are_written_its_way(answers):
    item = json.loads(answers["/api/v1/observations?limit=1&lang=fr"])["items"][0]
    assert item["status_label"].startswith("⟦")
    assert item["period_label"].startswith("⟦")


def test_the_catalogue_of_the_page_is_in_the_new_language(answers):
    assert "⟦" in answers["/api/v1/catalogue?lang=fr"]
    assert "⟦" in answers["/export/data.csv?lang=fr"]
