"""Whole pages kept ready: drawn once, compressed once, revalidated after that."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import MultiDict

from portal.app_state import AppState, app_state
from portal.caching.hashed_page import hash_inline_elements
from portal.caching.response_cache import ResponseBody
from portal.caching.responses import conditional_response
from portal.parameters.reader import Parameter
from portal.security import POLICY_HEADER, content_policy
from portal.urls import page_path
from portal.webmap.assets import manifest_version

PREPARED = "portal.prepared"
"""Key of the WSGI environment of a request that the server sends to itself ahead of readers."""

PageView = Callable[..., str]


def cached_page(
    draw: PageView,
    parameters: Iterable[Parameter | str] = (),
    *,
    ignore_others: bool = False,
    first: Callable[[], Response | None] = lambda: None,
    stamp: Callable[[Mapping[str, str]], str] = lambda path_values: "",
) -> Callable[..., Response | str]:
    """The view of a page that is drawn the first time its address is asked for.

    A page is one address with its parameters in one order, one store and one build of the browser
    files; who asks and under which host name plays no part. A faulty address is drawn, and refused,
    each time.

    Parameters
    ----------
    draw
        Makes the page from nothing but its address, the dataset and the settings.
    parameters
        Those the page reads, or their names.
    ignore_others
        Whether the page is the same with any other parameter; otherwise an address that has one is
        not kept, for the page says so.
    first
        Answers the requests that the page is not drawn for.
    stamp
        A text without blanks, made of the parts of the path, that changes whenever the page does
        for another reason than its address and the dataset.
    """
    names = tuple(p if isinstance(p, str) else p.name for p in parameters)

    @wraps(draw)
    def view(**path_values: str) -> Response | str:
        other = first()
        if other is not None:
            return other
        if not ignore_others and _has_others(request.args, names):
            return draw(**path_values)
        state = app_state()
        address = canonical_address(request.path, request.args, names)
        body = state.page_cache.get_or_make(
            f"{manifest_version()}{stamp(path_values)} {address}",
            lambda: _draw_aside(_app(), state, address, lambda: draw(**path_values)),
        )
        if PREPARED in request.environ:
            body.compress_best()
        return conditional_response(body)

    view.is_cached_page = True  # type: ignore[attr-defined]
    return view


def canonical_address(path: str, args: MultiDict[str, str], names: Iterable[str]) -> str:
    """An address with the first value of each named parameter, in the order of the names."""
    return page_path(path, {name: args[name] for name in names if args.get(name)})


def address_of_key(key: str) -> str:
    """The address of a page under the key it is kept by."""
    return key.partition(" ")[2]


def _has_others(args: MultiDict[str, str], names: tuple[str, ...]) -> bool:
    return any(name not in names or len(values) > 1 for name, values in args.lists())


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]


def _draw_aside(app: Flask, state: AppState, address: str, draw: Callable[[], str]) -> ResponseBody:
    """Draw a page in a request of its own, which has the address and nothing of the reader's."""
    with app.app_context():
        g.app_state = state
        g.csp_nonce = placeholder = secrets.token_urlsafe(18)
        with app.test_request_context(address):
            page = hash_inline_elements(draw(), placeholder)
    policy = content_policy(
        ("'self'", *page.scripts), ("'self'", *page.styles), state.settings.basemap_host
    )
    content = page.html.encode()
    tag = hashlib.sha256(policy.encode() + content).hexdigest()[:20]
    headers = ((POLICY_HEADER, policy),)
    return ResponseBody(content, "text/html", etag=tag, headers=headers)
