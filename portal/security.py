"""The headers that keep a page to itself, a strict content policy first.

A page that is kept allows its scripts by their hashes (`portal.caching.page_cache`), an answer that
is made for one request by a nonce.

References: W3C Content Security Policy Level 3; OWASP Secure Headers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from geodata.i18n import Message
from portal.app_state import app_state
from portal.config import Settings
from portal.http_errors import Forbidden
from portal.urls import split_url

# No Cross-Origin-Opener-Policy: pages hold no state that another window could reach, frames are
# refused, and with it a browser begins every first visit in one process and draws in another,
# which costs a fifth of the time to the first map.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")
"""Where PORTAL_PUBLIC_URL is https; for that host alone, since its neighbours may not be."""
POLICY_HEADER = "Content-Security-Policy"
_NOTHING = "'none'"


def csp_nonce() -> str:
    """The nonce of the answer being made; the same for all its scripts and styles."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def content_policy(
    scripts: Iterable[str], styles: Iterable[str], image_host: str = "", workers: str = ""
) -> str:
    """The content security policy of an answer.

    Parameters
    ----------
    scripts, styles
        Where they may come from, as source expressions: ``'self'``, a nonce, hashes; without any
        nothing is run and no style applies.
    image_host
        Host of the operator's base map, the only foreign one, and for pictures only.
    workers
        Where scripts beside the page may come from; without it none is run.
    """
    images = f" {image_host}" if image_host else ""
    beside = (f"worker-src {workers}",) if workers else ()
    return "; ".join(
        (
            "default-src 'none'",
            *beside,
            f"script-src {' '.join(scripts) or _NOTHING}",
            f"style-src {' '.join(styles) or _NOTHING}",
            f"img-src 'self' data:{images}",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def check_origin() -> None:
    """Refuse what a page of another site sends with a method that changes something.

    A browser says by Sec-Fetch-Site, or else by Origin, where a request comes from; programs that
    say neither are no pages. PORTAL_PUBLIC_URL is the portal's own origin, whatever the Host
    header has become on its way through a proxy; without that setting Host has to do.

    Raises
    ------
    Forbidden
        Another site asks.

    References: W3C Fetch Metadata; OWASP Cross-Site Request Forgery Prevention.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    trusted = site in ("same-origin", "none") if site else not origin or _is_own_origin(origin)
    if not trusted:
        raise Forbidden(
            Message("The request comes from another site"),
            found=origin or site,
            remedy=Message("Open the portal's page and try again"),
        )


def _is_own_origin(origin: str) -> bool:
    public, sent = split_url(app_state().settings.public_url), split_url(origin)
    if public.netloc:
        return (sent.scheme, sent.netloc) == (public.scheme, public.netloc)
    return sent.netloc == request.host


def _allow_own_scripts(response: Response) -> Response:
    if "csp_nonce" in g and POLICY_HEADER not in response.headers:
        own = f"'nonce-{g.csp_nonce}'"
        host = app_state().settings.basemap_host
        response.headers[POLICY_HEADER] = content_policy((own,), ("'self'", own), host)
    return response


def _guarded(app: WSGIApplication, settings: Settings) -> WSGIApplication:
    """The WSGI app with the headers on every answer; an answer's own policy and caching stand.

    Here, since Flask and werkzeug check each header that passes through a response object, which
    for ten that never change costs more than the rest of a prepared answer.
    """
    fixed = list(_HEADERS.items())
    if settings.public_url.startswith("https:"):
        fixed.append(_HTTPS_ONLY)
    policy = content_policy((), ("'self'",), settings.basemap_host)
    defaults = [(POLICY_HEADER, policy), ("Cache-Control", "no-cache")]

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], *rest: object
        ) -> Callable[[bytes], object]:
            given = {name.lower() for name, _ in headers}
            missing = [pair for pair in defaults if pair[0].lower() not in given]
            return start_response(status, [*headers, *fixed, *missing], *rest)  # type: ignore[arg-type]

        return app(environ, start)

    return answer


def init_app(app: Flask) -> None:
    """Put the headers on every answer and give templates ``csp_nonce``."""
    settings = app.extensions["portal"].settings
    if settings.proxies:
        # Who asks is told by the proxies alone: what a client sends itself stands further left.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0, x_prefix=0
        )
    app.wsgi_app = _guarded(app.wsgi_app, settings)  # type: ignore[method-assign,assignment]
    app.before_request(check_origin)
    app.after_request(_allow_own_scripts)
    app.context_processor(lambda: {"csp_nonce": csp_nonce()})
