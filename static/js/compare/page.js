/**
 * The comparison: one state, which is the address; choices change it, and both maps follow.
 */

import { linkLanguages, showAddress } from "../core/address.js";
import { fetchCatalogue, fetchJson, remember } from "../core/api.js";
import { announce, byId, readJson } from "../core/dom.js";
import { readView, writeBounds, writeView } from "../core/state.js";
import { printReady } from "../map/print.js";
import { progress, hideMessage, showError } from "../panel/message.js";
import { movedAlong, showMoved } from "../panel/moved.js";
import { offerCopy } from "../site/copy.js";
import { offerExport, offerTable } from "../site/export.js";
import { Search } from "../site/search.js";
import { comparisonQuery, modeOf, readAddress, readAnswer, sheetLayer, splitOf, writeAddress } from "./address.js";
import { showChanges } from "./changes.js";
import { chooseComparison, isThere } from "./choices.js";
import { CompareControls } from "./controls.js";
import { Explorer } from "./explorer.js";
import { showComparisonHeadings } from "./headings.js";
import { CompareLegend } from "./legend.js";
import { SameUnits, Successions } from "./succession.js";
import { CompareTable } from "./table.js";
import { CompareView } from "./view.js";

const PROGRESS_AFTER = 80;
/** What changes how the answer is laid out, but not what is asked. */
const LAYOUT = ["mode", "table"];
const comparisonUrl = (state) => `/api/v1/compare?${comparisonQuery(state)}`;

export class ComparePage {
  constructor(left, right) {
    this.document = null;
    this.state = {};
    this.successions = new SameUnits();
    this.view = new CompareView([left, right], { swiped: (split) => this.swiped(split) });
    this.controls = new CompareControls((field, value) => this.choose(field, value));
    this.legend = new CompareLegend((ids) => this.explorer.light(ids));
    this.table = new CompareTable({
      open: (id) => this.explorer.open(id, this.tableEra(), "table"),
      point: (id) => this.explorer.point(id, this.tableEra()),
      sort: (order) => this.sort(order),
    });
    this.explorer = new Explorer(this, this.table, this.legend);
    right.map.on("moveend", () => this.moved());
    this.view.resized = () => this.viewing && !this.view.printing && this.showView();
    addEventListener("popstate", () => this.restore());
    addEventListener("online", () => this.failed && this.load());
    printReady(this.view);
    offerCopy();
    offerExport(() => this.exported());
    offerTable(() => this.table.shown);
    new Search((item) => this.find(item));
  }

  /** The first paint: the figures are in the page, only the shapes are missing. */
  async start(document) {
    this.version = document.dataset;
    this.state = { ...readAddress(location.search), ...readAnswer(document.query) };
    remember(comparisonUrl(this.state), document);
    await this.load();
    this.showView();
    this.controls.offer(await fetchCatalogue(this.version).catch(() => null));
  }

  go(state) {
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    this.remember();
    return this.load();
  }

  remember() {
    showAddress(this.address(), true);
  }

  /** What the export panel is opened for. */
  exported() {
    const { unit, change } = this.state;
    const kind = modeOf(this.state) === "difference" ? "difference" : "pair";
    const bbox = writeBounds(this.view.right.map.getBounds());
    return { page: "compare", layer: sheetLayer(this.state), kind, unit, change, bbox };
  }

  address() {
    const query = writeAddress(this.state);
    return query ? `${location.pathname}?${query}` : location.pathname;
  }

  async load() {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => progress(true), PROGRESS_AFTER);
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
      if (!signal.aborted) progress(false);
    }
  }

  /** Which unit lies in which; the maps do not wait for it, and stand without it. */
  async relate({ left: { layer }, eras }, signal) {
    const [from, to] = [eras.left.date, eras.right.date];
    if (from === to) return new SameUnits();
    const lang = window.document.documentElement.lang;
    const query = `from=${from}&to=${to}&level=${layer.level}&lang=${lang}`;
    try {
      return new Successions(await fetchJson(`/api/v1/succession?${query}`, { signal }));
    } catch {
      return new Successions(null);
    }
  }

  async show(document, successions, signal) {
    const mode = modeOf(this.state);
    const before = this.view.right.boundaries;
    await this.view.show(document, mode, splitOf(this.state), signal);
    if (signal.aborted) return;
    this.document = document;
    this.settle(document);
    hideMessage();
    this.showPanels(mode);
    if (before !== this.view.right.boundaries && !this.state.view) this.view.whole();
    this.successions = await successions;
    if (!signal.aborted) this.explorer.show();
  }

  showPanels(mode) {
    const { document } = this;
    const { sides } = this.view;
    const found = sides.map(({ stage }) => stage.boundaries.signs);
    const signs = { indicative: found.some((each) => each.indicative), derived: found.some((each) => each.derived) };
    const legend = mode === "difference" || mode === "outline" ? sides[0].document.legend : document.legend;
    this.summary = showComparisonHeadings(document, sides, mode);
    for (const { stage, document: shown } of sides) stage.element.setAttribute("aria-label", `${shown.title}. ${shown.subtitle}`);
    this.legend.showSides(sides, legend, document.eras, { ...signs, older: mode === "outline" });
    this.controls.show(document, mode, this.tableSide());
    showChanges(document);
    this.showTable();
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
    const { document, stage } = this.tableOf();
    this.table.show(document, stage.boundaries.shapes, this.state.sort);
  }

  /** The address in the form the server gives it; the bare address stays bare. */
  settle(document) {
    const { unit, view, sort, lang, mode, table, split } = this.state;
    const state = { ...readAnswer(document.query), unit, view, sort, lang, mode, table, split };
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    if (location.search) showAddress(this.address());
  }

  async choose(field, value) {
    try {
      if (LAYOUT.includes(field)) return await this.layOut(field, value);
      const catalogue = await fetchCatalogue(this.version);
      const state = { status: "actual", ...this.state };
      const next = chooseComparison(state, catalogue, field, value);
      const text = isThere(catalogue, state, next.indicator) ? "" : movedAlong(state, next, field, catalogue);
      await this.go(next);
      announce(this.summary);
      if (!this.failed) showMoved(text ? { text, back: () => this.go(state) } : null);
    } catch (error) {
      showError(error, () => this.choose(field, value), true);
    }
    return undefined;
  }

  async layOut(field, value) {
    await this.go({ ...this.state, [field]: value });
    announce(byId("map-title").textContent);
  }

  swiped(split) {
    this.state.split = String(Math.round(split));
    showAddress(this.address());
  }

  sort(order) {
    if (order === "value") delete this.state.sort;
    else this.state.sort = order;
    showAddress(this.address());
    this.showTable();
    this.table.select(this.state.unit);
  }

  async restore() {
    showMoved(null);
    this.state = readAddress(location.search);
    linkLanguages();
    await this.load();
    this.showView();
  }

  /** A found indicator is compared; a found unit is opened on the side where it is. */
  find(item) {
    const { left, right } = this.document;
    if (item.type === "indicator") this.choose("indicator", item.id);
    else if (right.units[item.id]) this.explorer.open(item.id, "right", "search");
    else if (left.units[item.id]) this.explorer.open(item.id, "left", "search");
    else return false;
    return true;
  }

  moved() {
    if (!this.viewing || this.view.printing || this.view.linked.resizing) return;
    const { map, fitting } = this.view.right;
    if (fitting) delete this.state.view;
    else this.state.view = writeView({ ...map.getCenter(), zoom: map.getZoom() });
    if (location.search || this.state.view) showAddress(this.address());
  }

  /** Puts the maps where the address says; only what a person moves is written there. */
  showView() {
    const view = readView(this.state.view);
    this.viewing = false;
    if (view) this.view.right.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.view.whole();
    this.viewing = true;
  }
}
