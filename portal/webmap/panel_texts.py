"""The words of panels that a map page opens on demand: with the panel, not with the page."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from flask import Flask, Response

from geodata.errors import NotFound
from geodata.i18n import LANGUAGES, Language, Message
from portal.caching.response_cache import ResponseBody
from portal.caching.responses import conditional_response
from portal.translations import messages

URL_PATH = "/panel-texts"
PANELS = ("classes", "filter", "scatter")
"""The sections of labels that panels have; each panel asks for its own."""


@lru_cache(maxsize=16)
def _body(panel: str, lang: Language) -> ResponseBody:
    words = messages(lang)
    own = {key: text for key, text in words.items() if key.split(".")[0] == panel}
    text = json.dumps(own, ensure_ascii=False, separators=(",", ":"))
    return ResponseBody(text.encode(), "application/json", best=True)


def panel_texts_url(panel: str, lang: Language) -> str:
    """The address of the words of a panel in a language; another one once a word has changed."""
    stamp = hashlib.sha256(_body(panel, lang).content).hexdigest()[:8]
    return f"{URL_PATH}/{panel}.{lang}.{stamp}.json"


def _serve(panel: str, lang: Language, stamp: str) -> Response:
    """Send the words: ``{"filter.add": "…"}``.

    Raises
    ------
    NotFound
        No panel, language or state of the words is called so.
    """
    asked = f"{URL_PATH}/{panel}.{lang}.{stamp}.json"
    if panel not in PANELS or lang not in LANGUAGES or asked != panel_texts_url(panel, lang):
        raise NotFound(Message("No such browser file"), found=asked)
    return conditional_response(_body(panel, lang), immutable=True)


def init_app(app: Flask) -> None:
    """Serve the words and give the templates their addresses."""
    app.add_url_rule(f"{URL_PATH}/<panel>.<lang>.<stamp>.json", "panel_texts", _serve)
    app.jinja_env.globals["panel_texts_url"] = panel_texts_url
