"""Whole pages kept ready: of an answer made once only the nonce is new each time."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from flask import g, request

from portal.bodies import Body
from portal.security import csp_nonce
from portal.services import services
from portal.webmap.assets import manifest


def kept_page(draw: Callable[[], str]) -> str:
    """The page of the request's address, drawn the first time it is asked for.

    It is drawn with a nonce that no browser ever gets, so that nothing in an address can stand in
    the place of the real one.

    Parameters
    ----------
    draw
        Makes the page from nothing but its address, the dataset and the built assets.
    """
    bodies = services().bodies
    key = f"{request.host_url} {request.full_path} {hash(frozenset(manifest().items()))}"
    body = bodies.get(key)
    if body is None:
        g.csp_nonce = unsent = secrets.token_urlsafe(18)
        body = Body(draw().encode(), "text/html", tag=unsent)
        bodies.put(key, body)
        del g.csp_nonce
    return body.content.decode().replace(body.tag, csp_nonce())
