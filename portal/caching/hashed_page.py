"""A page's own scripts and styles named by their hashes, so that the page can be kept as bytes.

A nonce must be new in every answer, and an answer that is new each time can be neither compressed
once nor revalidated. A hash says the same of what it allows and never changes.

References: W3C Content Security Policy Level 3, section 8.3 (hash usage); HTML Living Standard,
section 13.2.3.5 (newlines are normalised before a script is read).
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HashedPage:
    """A page without nonces and the sources its content policy allows.

    Parameters
    ----------
    scripts, styles
        Source expressions (``'sha256-…'``) of the elements that stand in the page itself, each
        once, in the order of the page.
    """

    html: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def hash_inline_elements(html: str, placeholder: str) -> HashedPage:
    """Hash the elements that bear a placeholder instead of a nonce, and take the placeholder away.

    Markup that came into the page from a name, a title or an address cannot bear the placeholder,
    so it gets no hash and the browser does not run it.

    Parameters
    ----------
    html
        The page, drawn with ``nonce="placeholder"`` on its own scripts and styles.
    placeholder
        Random, made for this drawing alone and never sent to anybody.
    """
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    mark = f'nonce="{re.escape(placeholder)}"'
    element = rf"<(script|style)\b([^<>]*)\s{mark}([^<>]*)>(.*?)</\1\s*>"
    found: dict[str, list[str]] = {"script": [], "style": []}
    for name, before, after, content in re.findall(element, html, re.DOTALL):
        if not re.search(r"\ssrc=", before + after):
            found[name].append(_source(content))
    bare = re.sub(rf"\s{mark}", "", html)
    return HashedPage(
        bare, tuple(dict.fromkeys(found["script"])), tuple(dict.fromkeys(found["style"]))
    )


def _source(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
