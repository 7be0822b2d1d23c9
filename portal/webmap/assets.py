"""The bundled browser files: scripts, styles and fonts under names that carry their hash.

``static/build.mjs`` makes them. In a checkout they lie in ``static/build``, in an installed
package in ``portal/static``.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response
from markupsafe import Markup

from geodata.errors import FileFault, NotFound
from geodata.i18n import Message
from portal.caching.response_cache import ResponseBody
from portal.caching.responses import conditional_response

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKAGED = _PACKAGE / "static"
BUILD_DIR: Path = (
    _PACKAGED if (_PACKAGED / "manifest.json").is_file() else _PACKAGE.parent / "static" / "build"
)
URL_PATH = "/static"
_MIMETYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_ENDINGS = {"br": ".br", "gzip": ".gz"}
_LATIN = "be-vietnam-pro-latin-400-normal.woff2"
PRELOADED_FONTS = {
    "vi": (_LATIN, "be-vietnam-pro-vietnamese-400-normal.woff2"),
    "en": (_LATIN,),
}
"""The fonts that the first picture of a page in a language needs."""


@lru_cache(maxsize=1)
def _read_manifest(path: Path, _modified_ns: int) -> dict[str, str]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def manifest() -> dict[str, str]:
    """The plain name of every asset with its hashed file name.

    Raises
    ------
    FileFault
        When the browser files have not been built.
    """
    path = BUILD_DIR / "manifest.json"
    try:
        return _read_manifest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise FileFault(
            Message("The browser files have not been built"),
            where="static/build/manifest.json",
            remedy=Message(
                "run `npm ci --ignore-scripts`, then `node build.mjs` in the folder static"
            ),
        ) from None


def manifest_version() -> int:
    """A number that is another one once the browser files were built anew."""
    with suppress(FileNotFoundError):  # `manifest` says what to do then
        return (BUILD_DIR / "manifest.json").stat().st_mtime_ns
    return 0


def asset_url(name: str) -> str:
    """The address of the asset ``name`` (``map.js``, ``app.css``, a font file) on this host.

    Raises
    ------
    FileFault
        When nothing has been built, or no asset has that name.
    """
    files = manifest()
    if name not in files:
        raise FileFault(
            Message("There is no browser file of this name"),
            found=name,
            allowed=tuple(files),
        )
    return f"{URL_PATH}/{files[name]}"


def asset_text(name: str) -> str:
    """The content of a script or style by its plain name, for a file that carries it inside.

    Raises
    ------
    FileFault
        It has not been built.
    """
    return asset_content(name).decode("utf-8")


def asset_content(name: str) -> bytes:
    """The content of any asset by its plain name.

    Raises
    ------
    FileFault
        It has not been built.
    """
    return _body(asset_url(name).rpartition("/")[2]).content


@lru_cache(maxsize=128)
def _body(name: str) -> ResponseBody:
    """The asset of a hashed name with the compressed forms the build made; read once.

    Raises
    ------
    NotFound
        The build made no file of this name.
    """
    if name not in manifest().values():
        raise NotFound(Message("No such browser file"), found=name)
    mimetype = _MIMETYPES.get(Path(name).suffix, "application/octet-stream")
    body = ResponseBody((BUILD_DIR / name).read_bytes(), mimetype, best=True)
    for encoding, ending in _ENDINGS.items():
        path = BUILD_DIR / f"{name}{ending}"
        # The readable build of --watch has none: then they are made when first asked for.
        if path.is_file():
            body.encodings[encoding] = path.read_bytes()
    return body


def inline_style(name: str) -> Markup:
    """The text of the style sheet ``name``, to stand in a page's ``<style>``."""
    # Made by our own build.
    return Markup(_body(manifest()[name]).content.decode())  # noqa: S704


def _serve(name: str) -> Response:
    """Send an asset; its content never changes under its name, so it may be kept for good."""
    return conditional_response(_body(name), immutable=True)


def init_app(app: Flask) -> None:
    """Serve the assets and give the templates `asset_url` and the font names."""
    app.add_url_rule(f"{URL_PATH}/<path:name>", "static", _serve)
    app.jinja_env.globals.update(
        asset_url=asset_url,
        first_fonts=PRELOADED_FONTS,
        inline_style=inline_style,
    )
