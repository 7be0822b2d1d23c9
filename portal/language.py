"""The language of a request: ``?lang=`` or Vietnamese. What the browser prefers is not asked."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, request

from geodata.text import LANGUAGES, Language
from portal.app_state import app_state
from portal.translations import translate
from portal.urls import page_url

DEFAULT: Language = "vi"


def current_language() -> Language:
    """Language of the request being answered; an unknown ``lang`` counts as Vietnamese."""
    asked = request.args.get("lang", DEFAULT)
    return next((each for each in LANGUAGES if each == asked), DEFAULT)


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
    if language != DEFAULT:
        query.append(("lang", language))
    return path + (f"?{urlencode(query)}" if query else "")


def init_app(app: Flask) -> None:
    """Give templates ``_``, ``lang``, ``language_url`` and ``page_url``."""
    app.jinja_env.globals.update(_=gettext, language_url=language_url, page_url=page_url)
    app.context_processor(lambda: {"lang": current_language()})
