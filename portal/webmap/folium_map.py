"""The folium map of the portal: Leaflet from this host, no tiles, our own browser code."""

from __future__ import annotations

from typing import cast

import folium
from branca.element import CssLink, Element, Figure, MacroElement
from folium.template import Template

from portal.webmap.assets import asset_url

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""South-west and north-east corner as (latitude, longitude), degrees."""


class ModuleLink(Element):
    """A hint to fetch an ES module early; the map's script imports it.

    Parameters
    ----------
    nonce
        The nonce of the page's content security policy.
    """

    _template = Template(
        '<link rel="modulepreload" href="{{ this.url }}" nonce="{{ this.nonce }}">'
    )

    def __init__(self, url: str, nonce: str) -> None:
        super().__init__()
        self._name = "ModuleLink"
        self.url = url
        self.nonce = nonce


class PortalMap(folium.Map):
    """A folium map whose script is a module that imports the portal's browser code.

    It is drawn into a page in three parts, ``get_root().header``, ``.html`` and ``.script``, after
    `parts` has been called. The script part belongs into ``<script type="module">`` with the nonce.

    Parameters
    ----------
    bounds
        What the map shows at first.
    label
        What the map is, for those who do not see it.
    name
        Name of the element and of the script's variable, unique on the page.
    nonce
        The nonce of the page's content security policy.
    module
        The asset that draws it.
    preview
        SVG that stands in the map's place until the browser has drawn it. The script then waits for
        the frame that shows it, or a moment where no frames are shown.
    styles
        The asset with the styles the page links to; empty where the page has them in itself.
    options
        Further options of Leaflet's map.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="map" id={{ this.get_name()|tojson }} role="application" tabindex="0"
          aria-label="{{ this.label|e }}">{{ this.preview }}</div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        {% if this.preview %}
        await new Promise((seen) => {
          requestAnimationFrame(() => setTimeout(seen));
          setTimeout(seen, document.hidden ? 0 : 1000);
        });
        const portal = await import({{ this.module|tojson }});
        {% else %}
        import * as portal from {{ this.module|tojson }};
        {% endif %}
        const {{ this.get_name() }} = portal.createMap(
          {{ this.get_name()|tojson }}, {{ this.browser_options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        bounds: Bounds | None,
        label: str,
        name: str,
        nonce: str = "",
        module: str = "map.js",
        *,
        preview: str = "",
        styles: str = "app.css",
        **options: object,
    ) -> None:
        super().__init__(tiles=None)
        self._name, self._id = "PortalMap", name
        self.module = asset_url(module)
        self.default_js = [("portal", self.module)]
        self.default_css = [("portal", asset_url(styles))] if styles else []
        self.label = label
        self.nonce = nonce
        self.preview = preview
        self.browser_options = {"bounds": bounds, **options}

    def render(self, **kwargs: object) -> str:
        """Put the map into its figure, with links to our own assets and to nothing else."""
        figure = self._figure()
        for name, url in self.default_css:
            figure.header.add_child(CssLink(url), name=name)
        for name, url in self.default_js:
            figure.header.add_child(ModuleLink(url, self.nonce), name=f"{name}-module")
        MacroElement.render(self, **kwargs)
        return ""

    def _figure(self) -> Figure:
        return cast(Figure, self.get_root())

    def parts(self) -> dict[str, str]:
        """The map as HTML for a page of our own: ``header``, ``html`` and ``script``."""
        figure = self._figure()
        figure.header._children.clear()
        figure.render()
        return {
            "header": figure.header.render(),
            "html": figure.html.render(),
            "script": figure.script.render(),
            "variable": self.get_name(),
        }
