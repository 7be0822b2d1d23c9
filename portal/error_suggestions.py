"""Suggestions for a wrong address: links to the values it could have named."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from geodata.i18n import Language
from layers.labels import LEVEL_NAMES
from layers.styles import style_names
from portal.app_state import app_state
from portal.urls import indicator_url, page_url, query_text, source_url, unit_url

_MORE = "…"


def suggestions(
    allowed: tuple[str, ...],
    parameter: str,
    path: str,
    args: Mapping[str, str],
    language: Language,
) -> list[dict[str, str]]:
    """The allowed values with ``id``, ``name`` and ``url``.

    Parameters
    ----------
    parameter
        The parameter refused; with it in ``args``, the links lead to the same address with another
        value, else to the page of what is named.
    path, args
        Of the address refused.
    """
    known = _names(language)
    found: list[dict[str, str]] = []
    for value in allowed:
        name, page = known.get(value, (value, ""))
        url = page
        if parameter in args and value != _MORE:
            url = f"{quote(path)}?{query_text({**args, parameter: value})}"
        elif value == _MORE and found:
            # The list that goes on: /indicators of /indicators/population.
            url = page_url(known.get(found[0]["id"], ("", "/"))[1].rpartition("/")[0], language)
        found.append({"id": value, "name": name, "url": url})
    return found


def _names(language: Language) -> dict[str, tuple[str, str]]:
    """Names and pages of what the dataset knows, by id."""
    store = app_state().store
    names = {k: (v[language], "") for k, v in (*LEVEL_NAMES.items(), *style_names().items())}
    names |= {
        theme.id: (theme.name[language], page_url("/indicators", language) + f"#{theme.id}")
        for theme in store.themes()
    }
    names |= {u.unit_id: (u.full_name[language], unit_url(u.unit_id, language))
              for u in store.units().items}  # fmt: skip
    names |= {s.id: (s.title[language], source_url(s.id, language)) for s in store.sources()}
    names |= {
        i.id: (i.name[language], indicator_url(i.id, language))
        for i in store.indicators(parts=True)
    }
    return names
