"""``/completeness``: which units have figures of which themes, as a matrix to act on."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.i18n import DEFAULT_LANGUAGE
from layers.labels import LEVEL_NAMES
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.parameters.declared_files import LEVEL_SHOWN, LEVELS_SHOWN, YEAR
from portal.serializers.completeness import (
    completeness,
    matrix,
    missing_most,
    years_of,
)
from portal.urls import query_text


def completeness_page() -> str:
    """The page."""
    params = read_page_params(LEVEL_SHOWN, YEAR)
    store, language = current_store(), params["lang"]
    level, year = params.get("level") or LEVELS_SHOWN[0], params.get("year")
    chosen = int(year) if year else None
    found = completeness(store, level, chosen)
    return render_template(
        "completeness.html",
        themes=[theme.name[language] for theme in found.themes],
        rows=matrix(found, language),
        missing=missing_most(store, found, language),
        level=level,
        levels=[(each, LEVEL_NAMES[each][language]) for each in LEVELS_SHOWN],
        year=chosen,
        years=years_of(store),
        file_query=query_text(
            {
                "level": level,
                **({"year": year} if year else {}),
                **({} if language == DEFAULT_LANGUAGE else {"lang": language}),
            }
        ),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    page = cached_page(completeness_page, (LEVEL_SHOWN, YEAR, LANG))
    app.add_url_rule("/completeness", "completeness", page)
