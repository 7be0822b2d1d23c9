"""The guide says in both languages what the screen has, with pictures that are there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from geodata.i18n.extract import used_labels
from geodata.i18n.message_catalogue import catalogue
from geodata.store import Store
from portal.app import create_app
from portal.guide.chapters import CHAPTERS, PLACES, guide_url
from portal.guide.example import guide_example
from portal.guide.pictures import LANGUAGES, MOST_BYTES, PICTURES, picture_file
from portal.guide.writer import ChapterWriter
from portal.pages.guide import write_chapters
from portal.translations import translate
from tests.browser.guide_pictures import MARKS, WORDS_SHOWN, labels_named

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "portal" / "templates"
SECTIONS = [section for chapter in CHAPTERS for section in chapter.sections]


@pytest.fixture(scope="module")
def written(app: Flask, lai_chau_store: Store) -> dict[str, tuple[ChapterWriter, str]]:
    """The guide by language: its writer and its HTML."""
    with app.test_request_context("/guide"):
        both = {language: write_chapters(lai_chau_store, language) for language in LANGUAGES}
    return {language: (writer, "".join(parts)) for language, (writer, parts) in both.items()}


@pytest.fixture(scope="module")
def guide_of_another_province(lam_khe_app: Flask) -> str:
    return lam_khe_app.test_client().get("/guide").text


def asked_by_section(writer: ChapterWriter) -> dict[str, Counter[tuple[str, str]]]:
    """What each section asks for, in whatever order its sentences do."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for kind, name in writer.notes:
        if kind in ("chapter", "section"):
            found[name] = Counter()
        else:
            found[list(found)[-1]][kind, name] += 1
    return found


def steps_by_section(html: str) -> dict[str, int]:
    """How many points each section lists."""
    parts = re.split(r'<h[23] id="([\w-]+)">', html)
    return {name: text.count("<li>") for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_both_languages_have_every_section_with_its_steps_buttons_pictures_and_links(written):
    (vi, vi_html), (en, en_html) = written["vi"], written["en"]
    assert [name for kind, name in vi.notes if kind == "section"] == SECTIONS
    assert asked_by_section(vi) == asked_by_section(en)
    assert steps_by_section(vi_html) == steps_by_section(en_html)
    assert sum(steps_by_section(vi_html).values()) > 60


def test_a_section_that_one_language_lacks_is_found(written):
    writer, html = written["en"]
    shorter = html.replace("<li>", "", 1)
    assert steps_by_section(shorter) != steps_by_section(html)
    lacking = ChapterWriter("en", "en", writer.example)
    lacking.chapter("Look")
    with pytest.raises(ValueError, match="choose"):
        lacking.section("choose", "before its turn")


def test_names_of_buttons_are_taken_from_the_screen_alone():
    for path in (TEMPLATES / "guide").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<(?:b|strong)\b|[“”\"‘]\w[^”\"{}]*[”](?!\))", text) == [], path


def test_the_screen_still_shows_every_button_that_the_guide_names():
    shown = [
        path
        for folder in ("portal", "layers", "static/js")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".js"} and "guide" not in path.relative_to(ROOT).parts
    ]
    named = labels_named()
    assert len(named) > 80
    assert named - used_labels(shown, named) == set()


def test_a_renamed_button_has_its_new_name_in_the_guide(written, monkeypatch, app, lai_chau_store):
    old = translate("export.open", "en")
    monkeypatch.setitem(catalogue("en").labels, "export.open", "Take the map away")
    with app.test_request_context("/guide"):
        _, chapters = write_chapters(lai_chau_store, "en")
    assert f'<b class="ui">{old}</b>' in written["en"][1]
    assert f'<b class="ui">{old}</b>' not in "".join(chapters)
    assert '<b class="ui">Take the map away</b>' in "".join(chapters)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_in_each_language_small_and_described(name, language, written, client):
    url, width, height = picture_file(PICTURES[name], language)
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert len(answer.data) <= MOST_BYTES
    pattern = rf'<img src="{url}" width="{width}" height="{height}" loading="lazy"[^>]* alt="(.+?)"'
    (words,) = re.findall(pattern, written[language][1])
    assert len(words) > 30


def test_the_numbers_on_a_picture_are_those_that_the_text_explains(written):
    for writer, _ in written.values():
        explained: dict[str, list[str]] = {}
        for kind, name in writer.notes:
            if kind == "picture":
                explained[name] = []
            elif kind == "mark":
                explained[list(explained)[-1]].append(name)
        wanted = {key: [str(n + 1) for n in range(one.marks)] for key, one in PICTURES.items()}
        assert explained == wanted
    assert {key: len(places) for key, places in MARKS.items()} == {
        key: one.marks for key, one in PICTURES.items() if one.marks
    }


def test_pictures_show_the_words_that_the_screen_has_today():
    """``make screenshots`` notes the labels that a picture shows; a changed one makes it old."""
    shown = json.loads(WORDS_SHOWN.read_text(encoding="utf-8"))
    assert set(shown) == {f"{key}.{language}" for key in PICTURES for language in LANGUAGES}
    old = {
        (picture, key): words
        for picture, labels in shown.items()
        for key, words in labels.items()
        if catalogue(picture.rpartition(".")[2]).labels.get(key) != words
    }
    assert old == {}, "make screenshots"
    assert sum(len(labels) for labels in shown.values()) > 100


def test_pages_of_pictures_and_links_answer_for_whom_they_are_meant(
    written, office, office_app, toy_store
):
    reader = office_app.test_client()
    pages = guide_example(toy_store, "en").addresses("en")
    notes = written["en"][0].notes
    named = {name for kind, name in notes if kind == "link"}
    named |= {PICTURES[name].page for kind, name in notes if kind == "picture"}
    assert len(named) > 10
    for name in sorted(named):
        path = pages[name].partition("?")[0]
        assert office.get(pages[name]).status_code == 200, name
        assert reader.get(pages[name]).status_code == (303 if path.startswith("/office") else 200)


def test_links_within_the_guide_lead_to_its_chapters_and_sections(client):
    page = client.get("/guide?lang=en").text
    assert set(re.findall(r'href="#([\w-]+)"', page)) == PLACES | {"main"}
    assert set(re.findall(r'<h[23] id="([\w-]+)"', page)) >= PLACES


def test_every_panel_leads_to_a_place_that_the_guide_has():
    places = {
        (path.name, place)
        for path in TEMPLATES.rglob("*.html")
        for place in re.findall(
            r'guide_(?:link\("|place = "|place \| default\(")([\w-]+)"', path.read_text("utf-8")
        )
    }
    assert len(places) > 30
    assert {place for _, place in places} <= PLACES
    with pytest.raises(KeyError):
        guide_url("nowhere", "vi")


@pytest.mark.parametrize(
    ("page", "places"),
    [
        ("/", {"look", "choose", "filter", "classes", "scatter"}),
        ("/compare", {"sides"}),
        ("/export/panel?page=map", {"export"}),
        ("/units/03390-20250701", {"unit"}),
        ("/indicators/poverty_rate", {"indicator"}),
        ("/report?unit=03390-20250701", {"report"}),
        ("/mergers", {"mergers"}),
    ],
)
def test_a_page_opens_the_guide_where_it_helps(client, page, places):
    body = client.get(f"{page}{'&' if '?' in page else '?'}lang=en").text
    assert places <= set(re.findall(r'href="/guide\?lang=en#([\w-]+)"', body))


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("/office", "publish"),
        ("/office/tables/new", "table"),
        ("/office/revisions", "history"),
        ("/office/correct", "correct"),
        ("/office/reports", "answer"),
    ],
)
def test_a_page_of_an_office_opens_the_guide_where_it_helps(office, page, place):
    links = re.findall(r'href="/guide#([\w-]+)"', office.get(page).text)
    assert len(links) == 2
    assert set(links) == {place}


def test_the_examples_are_those_of_the_dataset_served(guide_of_another_province, lam_khe_store):
    example = guide_example(lam_khe_store, "vi")
    assert example.unit in guide_of_another_province
    assert example.indicator in guide_of_another_province
    assert "Lai Châu" not in guide_of_another_province


def test_the_example_is_the_unit_of_the_first_map_with_the_most_figures(lai_chau_store, client):
    example = guide_example(lai_chau_store, "vi")
    assert (example.unit, example.indicator) == ("Xã Bình Lư", "Mật độ dân số")
    assert example.former == "Xã Sơn Bình"
    day = lai_chau_store.info.timeline[-1].date
    totals = {
        unit.unit_id: lai_chau_store.observations(unit=unit.unit_id, limit=1).total
        for unit in lai_chau_store.units(level="commune", date=day).items
    }
    assert max(totals, key=totals.__getitem__) == example.unit_id


def test_who_runs_the_portal_is_named_for_questions(toy_folder, toy_store, tmp_path):
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}
    asked = create_app({**settings, "PORTAL_CONTACT": "0213 000 000"}, toy_store).test_client()
    assert "0213 000 000" in asked.get("/guide").text
