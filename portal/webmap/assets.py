"""The bundled browser files: scripts, styles and fonts under names that carry their hash.

``static/build.mjs`` makes them. In a checkout they lie in ``static/build``, in an installed
package in ``portal/static``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

from geodata.errors import FileFault
from geodata.text import Text

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKAGED = _PACKAGE / "static"
BUILD_DIR: Path = (
    _PACKAGED if (_PACKAGED / "manifest.json").is_file() else _PACKAGE.parent / "static" / "build"
)
URL_PATH = "/static"
FIRST_FONTS = (
    "be-vietnam-pro-latin-400-normal.woff2",
    "be-vietnam-pro-vietnamese-400-normal.woff2",
)
_ONE_YEAR = 31_536_000


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
            Text("Chưa dựng phần trình duyệt", "The browser files have not been built"),
            where="static/build/manifest.json",
            remedy=Text(
                "chạy `npm ci --ignore-scripts` rồi `node build.mjs` trong thư mục static",
                "run `npm ci --ignore-scripts`, then `node build.mjs` in the folder static",
            ),
        ) from None


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
            Text("Không có tệp giao diện này", "There is no browser file of this name"),
            found=name,
            allowed=tuple(files),
        )
    return f"{URL_PATH}/{files[name]}"


def _keep_forever(response: Response) -> Response:
    """Let browsers keep a hashed file for good: its content never changes under its name."""
    if request.path.startswith(f"{URL_PATH}/") and response.status_code == 200:
        response.cache_control.public = True
        response.cache_control.max_age = _ONE_YEAR
        response.cache_control.immutable = True
    return response


def init_app(app: Flask) -> None:
    """Give the templates `asset_url` and the font names, and the assets their caching.

    The app itself is created with ``static_folder=BUILD_DIR, static_url_path=URL_PATH``.
    """
    app.jinja_env.globals.update(asset_url=asset_url, first_fonts=FIRST_FONTS)
    app.after_request(_keep_forever)
