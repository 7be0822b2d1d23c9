"""The app, put together from parts that each wire themselves."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from geodata.store import Store
from portal import (
    accounts,
    api,
    app_state,
    error_handlers,
    export,
    language,
    ledger_engine,
    office,
    pages,
    publishing,
    rasters,
    redirects,
    reports,
    security,
)
from portal.caching import ready_answers, responses
from portal.config import read_settings
from portal.short_urls import views as short
from portal.webmap import assets, panel_texts
from portal.webmap.svg_preview import symbol_outline

# The app takes no uploads; a body larger than this is refused unread.
MAX_BODY = 64 * 1024


def create_app(config: Mapping[str, object] | None = None, store: Store | None = None) -> Flask:
    """Make the web app.

    Parameters
    ----------
    config
        Settings by the names of `portal.config.SETTINGS`; what is left out comes from the
        environment.
    store
        Facts to serve; by default the instance's own, made from the dataset on first use.

    Raises
    ------
    InvalidInput
        A setting cannot be used.
    FileFault
        The dataset is missing or broken.
    """
    settings = read_settings(config)
    app = Flask("portal", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["symbol_outline"] = symbol_outline
    _shorten_json(app)
    app_state.init_app(app, settings, store)
    for part in (
        responses,
        ready_answers,
        security,
        error_handlers,
        redirects,
        language,
        ledger_engine,
        accounts,
        reports,
        office,
        assets,
        panel_texts,
        api,
        export,
        pages,
        publishing,
        rasters,
        short,
    ):
        part.init_app(app)
    return app


def _shorten_json(app: Flask) -> None:
    """Write the JSON in pages without spaces, letters as they are, in the order it was made."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
