"""Whole pages kept ready: of an answer made once only the nonce is new each time."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import g, request

from portal.app_state import app_state
from portal.caching.response_cache import ResponseBody
from portal.security import csp_nonce
from portal.webmap.assets import manifest


def cached_page(draw: Callable[[], str]) -> str:
    """The page of the request's address, drawn the first time it is asked for.

    It is drawn with a nonce that no browser ever gets, so that nothing in an address can stand in
    the place of the real one.

    Parameters
    ----------
    draw
        Makes the page from nothing but its address, the dataset and the built assets.
    """
    response_cache = app_state().response_cache
    key = f"{request.host_url} {request.full_path} {hash(frozenset(manifest().items()))}"
    body = response_cache.get(key)
    if body is None:
        g.csp_nonce = unsent = secrets.token_urlsafe(18)
        body = ResponseBody(draw().encode(), "text/html", etag=unsent)
        response_cache.put(key, body)
        del g.csp_nonce
    return body.content.decode().replace(body.etag, csp_nonce())
