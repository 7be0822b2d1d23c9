"""``/guide``: how an office looks, compares, prints, publishes and answers a doubt."""

from __future__ import annotations

from flask import Flask, render_template
from markupsafe import Markup

from geodata.i18n import Language, locale_of
from geodata.store import Store
from portal.app_state import app_state, current_store
from portal.caching.page_cache import cached_page
from portal.guide.chapters import CHAPTERS, PATH, guide_url
from portal.guide.example import guide_example
from portal.guide.pictures import LANGUAGES
from portal.guide.writer import ChapterWriter
from portal.language import current_language
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.translations import translate


def guide() -> str:
    """The page."""
    language = read_page_params()["lang"]
    writer, chapters = write_chapters(current_store(), language)
    return render_template(
        "guide.html",
        chapters=chapters,
        contents=writer.contents,
        written=writer.written,
        contact=app_state().settings.contact,
    )


def write_chapters(store: Store, language: Language) -> tuple[ChapterWriter, list[Markup]]:
    """The chapters in a language, with their writer's notes of what they ask for.

    In a language in which the guide is not written it has that of the dataset's texts, around the
    labels of the language itself.
    """
    written = language if language in LANGUAGES else locale_of(language).dataset
    writer = ChapterWriter(language, written, guide_example(store, language))
    names = [f"guide/{written}/{chapter.id}.html" for chapter in CHAPTERS]
    drawn = [render_template(name, guide=writer, example=writer.example) for name in names]
    # Made by our own templates, which escape.
    return writer, [Markup(each) for each in drawn]  # noqa: S704


def guide_link(place: str) -> Markup:
    """A link of a panel to the place of the guide that helps with it.

    It opens a window of its own, so that what was typed into the panel stays.
    """
    language = current_language()
    return Markup('<a class="guide-link" href="{}" target="guide">{}</a>').format(
        guide_url(place, language), translate("guide.link", language)
    )


def init_app(app: Flask) -> None:
    """Route the page, and let every template lead to its places."""
    app.add_url_rule(PATH, "guide", cached_page(guide, (LANG,)))
    app.jinja_env.globals["guide_link"] = guide_link
    app.jinja_env.globals["guide_url"] = lambda place: guide_url(place, current_language())
