/**
 * The map as the page sees it: layers that share one set of boundaries and one values document,
 * and three outlines for what is selected, pointed at and focused.
 */

import { locale } from "../core/locale.js";
import { byId } from "../core/dom.js";
import { afterNextPaint } from "../core/schedule.js";
import { t } from "../core/i18n.js";
import { loadBoundaries } from "./boundaries.js";
import { LAYER_TYPES } from "./layer_types.js";
import L from "./leaflet.js";
import { styleOf } from "../styles/index.js";
import { symbolScale } from "./symbology.js";
import { UnitOutline } from "./unit_outline.js";

/** Panes above the units, lowest first; none of them takes the pointer. */
const PANES = ["lines", "style-overlay", "unit-outline", "labels"];
const PADDING = [14, 14];

export class MapView {
  /**
   * @param {string} id of the element
   * @param {object} options Leaflet's, and `bounds` as [[south, west], [north, east]]
   */
  constructor(id, { bounds, ...options }) {
    this.element = byId(id);
    this.map = L.map(this.element, {
      zoomSnap: 0.05,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 110,
      zoomControl: false,
      attributionControl: true,
      keyboard: false,
      fadeAnimation: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      ...options,
    });
    this.map.attributionControl.setPrefix(false);
    this.addPanes();
    this.addControls();
    this.bounds = bounds;
    this.layers = [];
    /** @type {import("./boundaries.js").Boundaries|null} */
    this.boundaries = null;
    /** @type {import("../api_types").Values|null} */
    this.document = null;
    /** @type {Promise<any>|null} */
    this.rendered = null;
    /** @type {Set<string>|null} the units that are not dimmed; null for all */
    this.picked = null;
    /** Whether the map has the size and the extent of paper. */
    this.printing = false;
    /** @type {{hover: (id: string|null, event?: any) => void, pick: (id: string) => void, clear: () => void}} */
    this.handlers = { hover: () => {}, pick: () => {}, clear: () => {} };
    this.outlines = Object.fromEntries(
      ["pointed", "selected", "focused"].map((name) => [name, new UnitOutline(this.map, name)]),
    );
    this.map.on("click", () => this.handlers.clear());
    // A map with the server's drawing lies exactly as that does, and at the top of its box: the room
    // below is the legend's. Linked maps keep to whole steps, so that the one follows the other.
    this.exact = this.element.querySelector(".preview") !== null;
    if (bounds) this.fit(bounds);
  }

  addPanes() {
    PANES.forEach((name, index) => {
      const pane = this.map.createPane(name);
      pane.style.zIndex = String(410 + index * 10);
      pane.style.pointerEvents = "none";
    });
  }

  addControls() {
    L.control.scale({ imperial: false, maxWidth: 120, position: "bottomleft" }).addTo(this.map);
    L.control
      .zoom({ position: "topright", zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") })
      .addTo(this.map);
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll(".leaflet-control-zoom a"));
    for (const link of links) link.tabIndex = -1;
  }

  /**
   * @param {{type: string, boundaries?: string}} options `boundaries` is the address of the shapes
   *   the layer will begin with: they set out at once
   */
  addLayer({ type, boundaries, ...options }) {
    if (boundaries) loadBoundaries(boundaries).catch(() => {});
    const on = {
      hover: (id, event) => this.handlers.hover(id, event),
      pick: (id) => this.handlers.pick(id),
    };
    const layer = LAYER_TYPES[type](this.map, { ...options, on });
    this.layers.push(layer);
    return layer;
  }

  /**
   * Draws a values document on its boundaries. Until the shapes are there the map stays as it is;
   * the units' colours are on the screen before the lines, circles and names over them are made.
   * `rendered` resolves when the names stand too.
   *
   * @param {import("../api_types").Values} document the values document
   * @param {string} url of the boundaries
   * @param {AbortSignal} [signal]
   */
  async show(document, url, signal) {
    const boundaries = await this.drawUnits(document, url, signal);
    if (signal?.aborted) return;
    const late = this.layers.filter((layer) => !layer.drawnFirst);
    this.rendered = Promise.all(late.map((layer) => layer.show?.(boundaries, document)));
  }

  /**
   * Draws the units alone, in place of the server's drawing; returns when they are on the screen.
   *
   * @param {import("../api_types").Values} document
   * @param {string} url of the boundaries
   * @param {AbortSignal} [signal]
   */
  async drawUnits(document, url, signal) {
    // Whoever cannot draw the style says so before the old map goes.
    styleOf(document.legend);
    const boundaries = await loadBoundaries(url);
    if (signal?.aborted) return null;
    const lang = window.document.documentElement.lang;
    if (boundaries !== this.boundaries || boundaries.lang !== lang) this.setBoundaries(boundaries, lang);
    this.document = document;
    document.legend.scale = symbolScale(this.map.getSize().x);
    for (const layer of this.layers) if (layer.drawnFirst) layer.show(boundaries, document);
    this.element.querySelector(".preview")?.remove();
    await afterNextPaint();
    return boundaries;
  }

  setBoundaries(boundaries, lang) {
    const name = locale().dataset === "en" ? "name_en" : "name";
    for (const { properties } of boundaries.shapes.values()) {
      properties.shown = properties[name] || properties.name;
    }
    boundaries.lang = lang;
    this.boundaries = boundaries;
    for (const outline of Object.values(this.outlines)) outline.show();
    for (const layer of this.layers) layer.clear?.(boundaries);
  }

  /** Takes the size of its box. */
  resize() {
    this.map.invalidateSize({ animate: false, pan: false });
  }

  /** Draws at once what else waits for a quiet moment: paper does not wait. */
  drawNow() {
    for (const layer of this.layers) layer.drawNow?.();
  }

  /**
   * Marks a unit; null takes the mark away.
   *
   * @param {"selected"|"pointed"|"focused"} name
   * @param {string|null} id
   */
  mark(name, id) {
    this.outlines[name].show(this.boundaries?.shapes.get(id));
    if (name === "selected") for (const layer of this.layers) layer.select?.(id);
  }

  /**
   * Dims all units but these; null brings all back.
   *
   * @param {string[]|null} ids
   */
  highlight(ids) {
    const { picked } = this;
    const shown = picked && ids ? ids.filter((id) => picked.has(id)) : (ids ?? (picked && [...picked]));
    for (const layer of this.layers) layer.highlight?.(shown);
  }

  /**
   * Dims all units but those picked, until others are; null for all.
   *
   * @param {string[]|null} ids
   */
  pick(ids) {
    this.picked = ids && new Set(ids);
    this.highlight(null);
  }

  /** Shows some units whole. */
  fitUnits(ids) {
    const boxes = ids.map((id) => this.boundaries.shapes.get(id)?.mainBbox).filter(Boolean);
    if (!boxes.length) return;
    const edge = (i, choose) => choose(...boxes.map((box) => box[i]));
    this.fit([
      [edge(1, Math.min), edge(0, Math.min)],
      [edge(3, Math.max), edge(2, Math.max)],
    ]);
  }

  /** Shows the whole map; `fitting` is true while it does, for those who watch the view. */
  fitAll() {
    const bounds = this.boundaries?.bounds ?? this.bounds;
    if (!bounds || this.isShown(bounds)) return;
    this.fitting = true;
    this.fit(bounds);
    this.fitting = false;
  }

  /** Fits exactly, as the server's drawing lies, and not to the next smaller step of the zoom. */
  fit(bounds) {
    const { map } = this;
    const { options } = map;
    const { zoomSnap } = options;
    if (this.exact) options.zoomSnap = 0;
    map.fitBounds(bounds, { padding: PADDING, animate: false });
    const spare = this.spareBelow(this.boxOf(bounds).size);
    if (spare) map.panBy([0, spare], { animate: false });
    options.zoomSnap = zoomSnap;
  }

  /** Where bounds lie in the map's box: their size and their middle, in pixels. */
  boxOf(bounds) {
    const [a, b] = bounds.map((corner) => this.map.latLngToContainerPoint(corner));
    return { size: L.point(b.x - a.x, a.y - b.y), middle: a.add(b).divideBy(2) };
  }

  /** How far the middle of fitted bounds of this size lies above that of the map's box, in pixels. */
  spareBelow({ y }) {
    return this.exact ? Math.max(0, this.map.getSize().y / 2 - PADDING[1] - y / 2) : 0;
  }

  /** Whether the map shows these bounds as it would when fitted: moving it draws everything anew. */
  isShown(bounds) {
    const { map } = this;
    const zoom = map.getZoom();
    if (zoom === undefined) return false;
    const room = map.getSize().subtract(L.point(PADDING).multiplyBy(2));
    const { size, middle } = this.boxOf(bounds);
    const off = middle.subtract(map.getSize().divideBy(2)).add([0, this.spareBelow(size)]);
    const fill = Math.max(size.x / room.x, size.y / room.y);
    const snap = 2 ** (1.1 * map.options.zoomSnap);
    return Math.hypot(off.x, off.y) < 2 && fill <= 1.005 && fill * snap > 1;
  }

  /** Brings a unit into view when it is not. */
  reveal(id) {
    if (!this.boundaries?.shapes.has(id)) return;
    const { lat, lon } = this.boundaries.anchor(id);
    if (!this.map.getBounds().pad(-0.05).contains([lat, lon])) this.map.panTo([lat, lon]);
  }
}

/** Called by the folium map's script. */
export function createMap(id, options) {
  return new MapView(id, options);
}

/** Called by the script of each folium layer. */
export function addLayer(mapView, options) {
  return mapView.addLayer(options);
}
