/**
 * The map in 3D: units draped over the elevations of the portal, places standing on them. MapLibre GL
 * is part of this bundle alone, in its build for strict content policies.
 */

import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import { byId, el, readJson } from "./core/dom.js";
import { t } from "./core/i18n.js";
import { locale } from "./core/locale.js";
import { loadBoundaries } from "./map/boundaries.js";
import { placeSymbol } from "./places/symbol.js";
import { terrainStyle } from "./terrain/terrain_style.js";

const TILT = 60;
const CLOSE = 10;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** The words of MapLibre's own buttons. */
const words = () => ({
  "Map.Title": t("terrain.title"),
  "NavigationControl.ZoomIn": t("terrain.zoom_in"),
  "NavigationControl.ZoomOut": t("terrain.zoom_out"),
  "NavigationControl.ResetBearing": t("terrain.north"),
  "Popup.Close": t("terrain.close"),
  "Marker.Title": t("terrain.place"),
});

function hasWebGl() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

/** Says in words why there is nothing to see. */
function giveUp() {
  byId("terrain").hidden = true;
  byId("terrain-controls").hidden = true;
  byId("terrain-missing").hidden = false;
}

class TerrainMap {
  constructor(shown, boundaries) {
    this.shown = shown;
    this.boundaries = boundaries;
    const [[south, west], [north, east]] = boundaries.bounds;
    this.map = new maplibregl.Map({
      container: "terrain",
      style: terrainStyle(shown, boundaries),
      bounds: [west, south, east, north],
      pitch: TILT,
      maxPitch: 80,
      attributionControl: false,
      locale: words(),
    });
    this.popup = new maplibregl.Popup({ maxWidth: "260px", focusAfterOpen: false });
    this.map.addControl(new maplibregl.NavigationControl({ visualizePitch: true }), "top-right");
    this.map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
    this.map.on("click", "units", ({ lngLat, features }) => this.tell(features[0].properties.id, lngLat));
    // Whether the picture is whole, as tests and printing programs wait for it.
    this.map.on("movestart", () => byId("terrain").removeAttribute("data-drawn"));
    this.map.on("idle", () => byId("terrain").setAttribute("data-drawn", "1"));
    this.addPlaces();
    this.addChoices();
  }

  name(id) {
    const { properties } = this.boundaries.shapes.get(id);
    const name = locale().dataset === "en" ? "name_en" : "name";
    return properties[name] || properties.name;
  }

  /** Says what a unit has, at a place in it. */
  tell(id, place) {
    const { text, mark, notes } = this.shown.figures[id];
    const said = `${this.name(id)}: ${text}`;
    byId("terrain-figure").textContent = notes ? `${said} (${notes})` : said;
    const sign = mark === "×" ? "doubt-sign impossible-sign" : "doubt-sign";
    const content = el(
      "p",
      { class: "terrain-said" },
      el("b", { text: this.name(id) }),
      ": ",
      // The words below say what the sign means.
      mark ? el("span", { class: sign, "aria-hidden": "true", text: mark }) : null,
      text,
      notes ? el("small", { text: notes }) : null,
    );
    this.popup.setLngLat(place).setDOMContent(content).addTo(this.map);
  }

  addChoices() {
    const select = /** @type {HTMLSelectElement} */ (byId("terrain-unit"));
    const ids = [...this.boundaries.shapes.keys()];
    ids.sort((one, other) => this.name(one).localeCompare(this.name(other), document.documentElement.lang));
    select.append(...ids.map((id) => el("option", { value: id, text: this.name(id) })));
    select.disabled = false;
    select.addEventListener("change", () => select.value && this.goTo(select.value));
    const height = /** @type {HTMLInputElement} */ (byId("terrain-height"));
    height.addEventListener("input", () =>
      this.map.setTerrain({ source: "elevations", exaggeration: Number(height.value) }),
    );
  }

  goTo(id) {
    const { lon, lat } = this.boundaries.anchor(id);
    const view = { center: /** @type {[number, number]} */ ([lon, lat]), zoom: CLOSE, pitch: TILT };
    if (STILL.matches) this.map.jumpTo(view);
    else this.map.easeTo(view);
    this.tell(id, [lon, lat]);
  }

  /** Places stand on the ground; each is a button, and says its name. */
  addPlaces() {
    const { categories = [], points = [] } = this.shown.places ?? {};
    for (const [category, lon, lat, , name] of points) {
      const kind = categories[category];
      const text = `${name} · ${kind.name}`;
      const button = el(
        "button",
        { type: "button", class: "terrain-place", title: text },
        placeSymbol(kind.symbol, 22),
      );
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        this.popup.setLngLat([lon, lat]).setText(text).addTo(this.map);
      });
      new maplibregl.Marker({ element: button }).setLngLat([lon, lat]).addTo(this.map);
      button.setAttribute("aria-label", text);
    }
  }
}

async function start() {
  const shown = readJson("terrain-document");
  if (!hasWebGl()) return giveUp();
  maplibregl.setWorkerUrl(shown.worker);
  try {
    return new TerrainMap(shown, await loadBoundaries(shown.boundaries));
  } catch {
    return giveUp();
  }
}

start();
