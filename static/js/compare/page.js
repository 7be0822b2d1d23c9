/**
 * The comparison: one state, which is the address; choices change it, and both maps follow.
 */

import { updateLanguageLinks, updateAddressBar } from "../core/history.js";
import { fetchCatalogue, fetchJson, cacheResponse } from "../core/api.js";
import { announce, byId } from "../core/dom.js";
import { readView, writeBounds, writeView } from "../core/url_state.js";
import { enablePrinting } from "../map/printing.js";
import { PlaceChoice } from "../panel/place_choice.js";
import { RasterChoice } from "../panel/raster_choice.js";
import { showProgress, hideMessage, showError } from "../panel/map_message.js";
import { describeStateChange, showStateChange } from "../panel/state_change.js";
import { enableCopyLink } from "../site/copy_link.js";
import { enableExportButton, enableCopyTableButton } from "../site/export_buttons.js";
import { Search } from "../site/search.js";
import { comparisonQuery, modeOf, readAddress, readAnswer, sheetLayer, splitOf, writeAddress } from "./url_state.js";
import { showDecomposition } from "./decomposition.js";
import { chooseComparison, hasLayerLike } from "./state_transitions.js";
import { CompareControls } from "./controls.js";
import { CompareSelection } from "./selection.js";
import { showComparisonHeadings } from "./headings.js";
import { CompareLegend } from "./legend.js";
import { IdentitySuccessions, Successions } from "./succession.js";
import { CompareTable } from "./table.js";
import { CompareView } from "./view.js";

const PROGRESS_AFTER = 80;
/** What changes how the answer is laid out, but not what is asked. */
const LAYOUT = ["mode", "table"];
const comparisonUrl = (state) => `/api/v1/compare?${comparisonQuery(state)}`;

export class ComparePage {
  /**
   * @param {import("../map/map_view.js").MapView} left
   * @param {import("../map/map_view.js").MapView} right
   */
  constructor(left, right) {
    /** @type {import("../api_types").Comparison|null} */
    this.document = null;
    /** @type {import("../api_types").State} */
    this.state = {};
    this.viewing = false;
    this.failed = false;
    this.version = "";
    this.summary = "";
    this.successions = new IdentitySuccessions();
    this.view = new CompareView([left, right], { onSwipe: (split) => this.onSwipe(split) });
    this.controls = new CompareControls((field, value) => this.choose(field, value));
    this.places = new PlaceChoice([left, right], (ids) => this.chooseDrawn("places", ids));
    this.rasters = new RasterChoice([left, right], (ids) => this.chooseDrawn("rasters", ids));
    this.legend = new CompareLegend((ids) => this.selection.highlight(ids));
    this.table = new CompareTable({
      open: (id) => this.selection.open(id, this.tableEra(), "table"),
      point: (id) => this.selection.point(id, this.tableEra()),
      sort: (order) => this.sort(order),
    });
    this.selection = new CompareSelection(this, this.table, this.legend);
    right.map.on("moveend", () => this.viewMoved());
    this.view.onResize = () => this.viewing && !this.view.printing && this.showView();
    addEventListener("popstate", () => this.restore());
    addEventListener("online", () => this.failed && this.load());
    enablePrinting(this.view);
    enableCopyLink();
    enableExportButton(() => this.exportContext());
    enableCopyTableButton(() => this.table.shown);
    new Search((item) => this.openResult(item));
  }

  /** The first paint: the figures are in the page, only the shapes are missing. */
  async start(document) {
    this.version = document.dataset;
    this.state = { ...readAddress(location.search), ...readAnswer(document.query) };
    cacheResponse(comparisonUrl(this.state), document);
    await this.load();
    this.showView();
    this.controls.setCatalogue(await fetchCatalogue(this.version).catch(() => null));
  }

  navigate(state) {
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    this.pushHistory();
    return this.load();
  }

  pushHistory() {
    updateAddressBar(this.address(), true);
  }

  /** What the export panel is opened for. */
  exportContext() {
    const { unit, measure } = this.state;
    const kind = modeOf(this.state, this.document) === "difference" ? "difference" : "pair";
    const bbox = writeBounds(this.view.right.map.getBounds());
    return { page: "compare", layer: sheetLayer(this.state), kind, unit, measure, bbox };
  }

  address() {
    const query = writeAddress(this.state);
    return query ? `${location.pathname}?${query}` : location.pathname;
  }

  async load() {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => showProgress(true), PROGRESS_AFTER);
    this.failed = false;
    try {
      const document = await fetchJson(comparisonUrl(this.state), { signal });
      const successions = this.relate(document, signal);
      await this.show(document, successions, signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.failed = true;
      showError(error, () => this.load(), Boolean(this.document));
    } finally {
      clearTimeout(timer);
      if (!signal.aborted) showProgress(false);
    }
  }

  /** Which unit lies in which; the maps do not wait for it, and stand without it. */
  async relate({ left: { layer }, eras }, signal) {
    const [from, to] = [eras.left.date, eras.right.date];
    if (from === to) return new IdentitySuccessions();
    const lang = window.document.documentElement.lang;
    const query = `from=${from}&to=${to}&level=${layer.level}&lang=${lang}`;
    try {
      return new Successions(await fetchJson(`/api/v1/succession?${query}`, { signal }));
    } catch {
      return new Successions(null);
    }
  }

  async show(document, successions, signal) {
    const mode = modeOf(this.state, document);
    const before = this.view.right.boundaries;
    await this.view.show(document, mode, splitOf(this.state), signal);
    if (signal.aborted) return;
    this.document = document;
    this.applyAnswer(document);
    hideMessage();
    this.showPanels(mode);
    if (before !== this.view.right.boundaries && !this.state.view) this.view.fitAll();
    this.successions = await successions;
    if (!signal.aborted) this.selection.show();
    await this.layersDrawn;
  }

  showPanels(mode) {
    const { document } = this;
    const { sides } = this.view;
    const found = sides.map(({ mapView }) => mapView.boundaries.boundaryQualities);
    const boundaryQualities = {
      indicative: found.some((each) => each.indicative),
      derived: found.some((each) => each.derived),
    };
    // The classes of two maps are pooled; one alone has its own.
    const legend = sides.length > 1 ? document.legend : sides[0].document.legend;
    this.summary = showComparisonHeadings(document, sides, mode);
    for (const { mapView, document: shown } of sides)
      mapView.element.setAttribute("aria-label", `${shown.title}. ${shown.subtitle}`);
    this.legend.showSides(sides, legend, document.eras, { ...boundaryQualities, formerBoundaries: mode === "outline" });
    this.controls.show(document, mode, this.tableSide());
    showDecomposition(document);
    this.showTable();
    this.layersDrawn = Promise.all([
      this.places.show(this.state.places, this.version),
      this.rasters.show(this.state.rasters),
    ]);
  }

  /** The side whose figures the table lists: the only one there is, or the one chosen. */
  tableSide() {
    return this.state.table === "left" ? "left" : "right";
  }

  tableEra() {
    return this.tableOf().era;
  }

  tableOf() {
    const { sides } = this.view;
    return sides.find(({ era }) => era === this.tableSide()) ?? sides[0];
  }

  showTable() {
    const { document, mapView } = this.tableOf();
    this.table.show(document, mapView.boundaries.shapes, this.state.sort);
  }

  /** The address in the form the server gives it; the bare address stays bare. */
  applyAnswer(document) {
    const { unit, view, sort, lang, mode, table, split, places, rasters } = this.state;
    const state = { ...readAnswer(document.query), unit, view, sort, lang, mode, table, split, places, rasters };
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    if (location.search) updateAddressBar(this.address());
  }

  async choose(field, value) {
    try {
      if (LAYOUT.includes(field)) return await this.changeLayout(field, value);
      const catalogue = await fetchCatalogue(this.version);
      const state = { status: "actual", ...this.state };
      const next = chooseComparison(state, catalogue, field, value);
      const text = hasLayerLike(catalogue, state, next) ? "" : describeStateChange(state, next, field, catalogue);
      await this.navigate(next);
      announce(this.summary);
      if (!this.failed) showStateChange(text ? { text, back: () => this.navigate(state) } : null);
    } catch (error) {
      showError(error, () => this.choose(field, value), true);
    }
    return undefined;
  }

  /** Places and rasters are drawn over any figures: nothing else changes with them. */
  chooseDrawn(field, ids) {
    if (ids) this.state[field] = ids;
    else delete this.state[field];
    this.pushHistory();
    this[field].show(ids, this.version);
  }

  async changeLayout(field, value) {
    await this.navigate({ ...this.state, [field]: value });
    announce(byId("map-title").textContent);
  }

  onSwipe(split) {
    this.state.split = String(Math.round(split));
    updateAddressBar(this.address());
  }

  sort(order) {
    if (order === "value") delete this.state.sort;
    else this.state.sort = order;
    updateAddressBar(this.address());
    this.showTable();
    this.table.select(this.state.unit);
  }

  async restore() {
    showStateChange(null);
    this.state = readAddress(location.search);
    updateLanguageLinks();
    await this.load();
    this.showView();
  }

  /** A found indicator is compared; a found unit is opened on the side where it is. */
  openResult(item) {
    const { left, right } = this.document;
    if (item.type === "indicator") this.choose("indicator", item.id);
    else if (right.units[item.id]) this.selection.open(item.id, "right", "search");
    else if (left.units[item.id]) this.selection.open(item.id, "left", "search");
    else return false;
    return true;
  }

  viewMoved() {
    if (!this.viewing || this.view.printing || this.view.linked.resizing) return;
    const { map, fitting } = this.view.right;
    if (fitting) delete this.state.view;
    else this.state.view = writeView({ ...map.getCenter(), zoom: map.getZoom() });
    if (location.search || this.state.view) updateAddressBar(this.address());
  }

  /** Puts the maps where the address says; only what a person moves is written there. */
  showView() {
    const view = readView(this.state.view);
    this.viewing = false;
    if (view) this.view.right.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.view.fitAll();
    this.viewing = true;
  }
}
