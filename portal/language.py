"""The language of a request: ``?lang=`` or the default. What the browser prefers is not asked."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, request

from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, locale_of
from geodata.i18n.message_catalogue import catalogue
from portal.app_state import app_state
from portal.translations import translate
from portal.urls import page_url, report_path


def current_language() -> Language:
    """Language of the request being answered; an unknown ``lang`` counts as the default."""
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def gettext(key: str, **values: object) -> str:
    """The text ``key`` in the request's language; ``{place}`` is the dataset's title.

    Templates escape the result as they do any other text.
    """
    language = current_language()
    place = app_state().store.info.title[language]
    return translate(key, language, **{"place": place, **values})


def language_url(language: str) -> str:
    """The address of the same page in another language."""
    # One slash and no backslash at the start: "//host" and "/\\host" would lead elsewhere.
    path = "/" + quote(request.path.lstrip("/\\"))
    query = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    if language != DEFAULT_LANGUAGE:
        query.append(("lang", language))
    return path + (f"?{urlencode(query)}" if query else "")


def page_address() -> str:
    """The address of the page as readers reach it: whole where the operator has said how."""
    return app_state().settings.public_url + request.full_path.rstrip("?")


def init_app(app: Flask) -> None:
    """Give templates ``_``, ``lang``, ``language_url`` and ``page_url``."""
    app.jinja_env.globals.update(_=gettext, language_url=language_url, page_url=page_url)
    app.jinja_env.globals["report_path"] = report_path
    app.jinja_env.globals["page_address"] = page_address
    app.jinja_env.globals["languages"] = [(code, locale_of(code).name) for code in LANGUAGES]
    app.context_processor(_language_values)
    for code in LANGUAGES:
        catalogue(code)  # read now, so that the first reader does not wait for it


def _language_values() -> dict[str, object]:
    language = current_language()
    return {
        "lang": language,
        "lang_query": "" if language == DEFAULT_LANGUAGE else f"?lang={language}",
        "locale": locale_of(language).document(),
    }
