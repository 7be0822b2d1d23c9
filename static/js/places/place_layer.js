/**
 * Places over the map: a symbol each, or one with their number where they would cover each other.
 * They stand below the names of the units and take the pointer only on themselves.
 */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { clusterPoints } from "./clusters.js";
import { mixedSymbol, placeSymbol } from "./symbol.js";

const SIZE = 22;
/** Distance in pixels up to which places are drawn as one. */
const JOINED = 22;
/** From this zoom on, what still is one stands on one point. */
const CLOSEST = 17;
const PANE = "places";

/** @typedef {import("../api_documents").PlacePoints} PlacePoints */

export class PlaceLayer {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map} map
   * @param {(numbers: number[]) => void} open what is asked for: numbers of points that lie on one spot
   */
  constructor(L, map, open) {
    this.L = L;
    this.map = map;
    this.open = open;
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = "435";
    this.group = L.layerGroup().addTo(map);
    /** @type {PlacePoints} */
    this.document = { categories: [], points: [] };
    map.on("zoomend moveend resize", () => this.draw());
  }

  /** @param {PlacePoints} document */
  show(document) {
    this.document = document;
    this.clusteredAt = null;
    this.draw();
  }

  latLng(number) {
    const [, lon, lat] = this.document.points[number];
    return this.L.latLng(lat, lon);
  }

  categoryOf(number) {
    return this.document.categories[this.document.points[number][0]];
  }

  /** Draws what is in view; the joining is that of the zoom, wherever the map stands. */
  draw() {
    const { map } = this;
    const zoom = map.getZoom();
    if (zoom === undefined) return;
    if (this.clusteredAt !== zoom) {
      const points = this.document.points.map((_, number) => map.project(this.latLng(number), zoom));
      this.clusters = clusterPoints(points, JOINED);
      this.clusteredAt = zoom;
    }
    const seen = map.getBounds().pad(0.1);
    this.group.clearLayers();
    const covered = [];
    for (const cluster of this.clusters) {
      const place = map.unproject(this.L.point(cluster.x, cluster.y), zoom);
      if (!seen.contains(place)) continue;
      this.group.addLayer(this.mark(cluster, place));
      covered.push(place);
    }
    map.fire("symbols", { covered, size: SIZE });
  }

  mark({ members }, place) {
    const { L } = this;
    const categories = new Set(members.map((number) => this.categoryOf(number)));
    const [category] = categories;
    const symbol = categories.size > 1 ? mixedSymbol(SIZE) : placeSymbol(category.symbol, SIZE);
    const several = members.length > 1;
    const count = several
      ? el("span", { class: categories.size > 1 ? "place-count" : "place-badge", text: members.length })
      : null;
    const title = several ? null : this.document.points[members[0]][4];
    const html = el("span", { class: "place-mark", title, "data-n": members.length }, symbol, count);
    const icon = L.divIcon({ html, className: "place-icon", iconSize: [SIZE, SIZE], iconAnchor: [SIZE / 2, SIZE / 2] });
    const marker = L.marker(place, { icon, pane: PANE, keyboard: several, alt: "" });
    marker.on("click", () => this.pick(members));
    // Single places are reached by the list; the joined ones also here, where Enter goes closer.
    if (several) {
      const label = t("places.joined", { n: members.length });
      marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
      marker.on("keypress", ({ originalEvent }) => {
        if (originalEvent.key === "Enter") this.pick(members);
      });
    }
    return marker;
  }

  /** One place, or several on one spot, are opened; others are told apart by going closer. */
  pick(members) {
    const bounds = this.L.latLngBounds(members.map((number) => this.latLng(number)));
    const apart = bounds.getNorth() - bounds.getSouth() + bounds.getEast() - bounds.getWest() > 1e-5;
    if (members.length > 1 && apart && this.map.getZoom() < CLOSEST) {
      // Its symbol goes; who came by keyboard goes on from the map.
      const held = this.map.getContainer().contains(document.activeElement);
      this.map.fitBounds(bounds.pad(0.4), { maxZoom: CLOSEST, animate: false });
      if (held) this.map.getContainer().focus({ preventScroll: true });
    } else this.open(members);
  }

  /** Brings a place into view, close enough to stand for itself or as close as the map goes. */
  reveal(number) {
    const place = this.latLng(number);
    if (!this.map.getBounds().pad(-0.1).contains(place)) this.map.panTo(place, { animate: false });
  }

  remove() {
    this.show({ categories: [], points: [] });
  }
}
