"""The headers that keep a page to itself: strict content policy with a nonce for each answer.

References: W3C Content Security Policy Level 3; OWASP Secure Headers.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

from portal.services import services

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def csp_nonce() -> str:
    """The nonce of the answer being made; the same for all its scripts and styles."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def content_policy(nonce: str, image_host: str = "") -> str:
    """The content security policy of an answer.

    Parameters
    ----------
    nonce
        Empty where the answer has no script or style of its own.
    image_host
        Host of the operator's base map, the only foreign one, and for pictures only.
    """
    own = f" 'nonce-{nonce}'" if nonce else ""
    scripts = own or " 'none'"
    images = f" {image_host}" if image_host else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src{scripts}",
            f"style-src 'self'{own}",
            f"img-src 'self' data:{images}",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _protect(response: Response) -> Response:
    policy = content_policy(g.get("csp_nonce", ""), services().settings.basemap_host)
    # One call: setting header by header looks each of them up in all the others.
    response.headers.extend({**_HEADERS, "Content-Security-Policy": policy})
    return response


def init_app(app: Flask) -> None:
    """Put the headers on every answer and give templates ``csp_nonce``."""
    app.after_request(_protect)
    app.context_processor(lambda: {"csp_nonce": csp_nonce()})
