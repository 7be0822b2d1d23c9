/**
 * The map page: one state, which is the address; choices change it, and the screen follows.
 */

import { linkLanguages, showAddress } from "./core/address.js";
import { fetchCatalogue, fetchJson, remember } from "./core/api.js";
import { choose, chooseField } from "./core/choices.js";
import { announce, byId, readJson } from "./core/dom.js";
import { LAYER_KEYS, layerQuery, readQuery, readView, writeBounds, writeQuery, writeView } from "./core/state.js";
import { t } from "./core/texts.js";
import { boundariesUrl } from "./map/boundaries.js";
import { printReady } from "./map/print.js";
import { Controls } from "./panel/controls.js";
import { placeLegend } from "./panel/corner.js";
import { elsewhere } from "./panel/elsewhere.js";
import { isNearlyEmpty, showFew } from "./panel/few.js";
import { showHeadings } from "./panel/headings.js";
import { Legend } from "./panel/legend.js";
import { busy, hideMessage, progress, showEmpty, showError } from "./panel/message.js";
import { movedAlong, showMoved } from "./panel/moved.js";
import { RecastSwitch } from "./panel/recast.js";
import { Selection } from "./panel/selection.js";
import { Table } from "./panel/table.js";
import { offerCopy } from "./site/copy.js";
import { offerExport, offerTable } from "./site/export.js";
import { Search } from "./site/search.js";

const PROGRESS_AFTER = 80;
const shapesUrl = ({ boundaries, layer, legend, dataset }) =>
  boundariesUrl(boundaries ?? layer, legend.total, dataset);
const filled = (state) => Object.fromEntries(Object.entries(state).filter(([, value]) => value));
const valuesUrl = (state) => `/api/v1/values?${layerQuery(state)}`;

class Page {
  /** @param {import("./map/stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.values = null;
    /** What the screen shows, and what it will show when the answer underway has arrived. */
    this.state = this.wanted = {};
    this.controls = new Controls((field, value) => this.choose(field, value));
    this.recast = new RecastSwitch();
    this.legend = new Legend((ids) => stage.light(ids));
    this.table = new Table({
      open: (id) => this.selection.open(id, "table"),
      point: (id) => this.selection.point(id),
      sort: (order) => this.sort(order),
    });
    this.selection = new Selection(this, this.table, this.legend);
    stage.map.on("moveend", () => this.moved());
    stage.map.on("resize", () => this.viewing && !this.state.view && stage.whole());
    addEventListener("popstate", () => this.restore());
    addEventListener("online", () => this.failed?.());
    printReady(stage);
    offerCopy();
    offerExport(() => this.exported());
    offerTable(() => this.table.shown);
    new Search((item) => this.find(item));
  }

  /** The first paint: the values are in the page, only the shapes are missing. */
  async start(values) {
    this.version = values.dataset;
    this.state = this.wanted = { ...readQuery(location.search), ...readQuery(`?${values.query}`) };
    remember(valuesUrl(this.state), values);
    // What the controls offer sets out at once, lest the first choice wait for it.
    const offered = fetchCatalogue(this.version).catch(() => null);
    await this.load();
    this.showView();
    const catalogue = await offered;
    this.controls.offer(catalogue);
    this.recast.offer(catalogue);
  }

  /**
   * Goes to another state, which gets its own place in the history once it is on the screen.
   *
   * @param {{text: string, back: () => void}|null} [moved] what else moves along, to be told then
   */
  go(state, moved = null) {
    return this.load(filled(state), { push: true, moved });
  }

  /** What the export panel is opened for. */
  exported() {
    const layer = Object.fromEntries(LAYER_KEYS.filter((key) => this.state[key]).map((key) => [key, this.state[key]]));
    return { page: "map", layer, unit: this.state.unit, bbox: writeBounds(this.stage.map.getBounds()) };
  }

  address() {
    return `${location.pathname}?${writeQuery(this.state)}`;
  }

  /** Keeps a part of the state that needs no other figures: the unit, the view, the order. */
  keep(field, value) {
    for (const state of new Set([this.state, this.wanted])) {
      if (value) state[field] = value;
      else delete state[field];
    }
  }

  /** The chosen unit, a place in the history of its own; null for none. */
  select(id) {
    this.keep("unit", id);
    showAddress(this.address(), true);
  }

  async load(wanted = this.state, { push = false, moved } = {}) {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => progress(true), PROGRESS_AFTER);
    this.failed = null;
    this.wanted = wanted;
    busy(true);
    try {
      const values = await fetchJson(valuesUrl(wanted), { signal });
      await this.show(values, wanted, push, signal);
      if (signal.aborted) return;
      showMoved(moved);
      clearTimeout(timer);
      await this.stage.settled;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.fail(error, () => this.load(wanted, { push, moved }));
    } finally {
      clearTimeout(timer);
      if (!signal.aborted) progress(false);
    }
  }

  /** Says what could not be had; the screen, its choices and the address stay as they were. */
  fail(error, retry) {
    this.failed = retry;
    this.wanted = this.state;
    if (this.values) {
      this.controls.show(this.values);
      this.recast.show(this.values, this.state);
    }
    showError(error, retry, Boolean(this.values));
  }

  /** Map first, then what stands beside it. */
  async show(values, wanted, push, signal) {
    const before = this.values && this.stage.boundaries;
    await this.stage.show(values, shapesUrl(values), signal);
    if (signal.aborted) return;
    this.values = values;
    this.settle(values, wanted, push);
    remember(valuesUrl(this.state), values);
    hideMessage();
    this.showPanels(values);
    if (before !== this.stage.boundaries && !this.state.view) this.stage.whole();
    await this.helpOut(values.legend);
    if (signal.aborted) return;
    if (!this.state.view) placeLegend(this.stage);
    await this.selection.show();
  }

  showPanels(values) {
    const { shapes, signs } = this.stage.boundaries;
    showHeadings(values, signs.indicative);
    this.stage.element.setAttribute("aria-label", t("map.label", values));
    this.controls.show(values);
    this.recast.show(values, this.state);
    this.legend.show(values, signs);
    this.table.show(values, shapes, this.state.sort);
  }

  /** On an empty or nearly empty map: where there are more figures. */
  async helpOut(legend) {
    const few = isNearlyEmpty(legend);
    const state = this.state;
    const all = few || !legend.with_value ? await fetchCatalogue(this.version).catch(() => null) : null;
    if (state !== this.state) return;
    const follow = (query) => this.follow(query);
    showFew(few ? all : null, state, legend, follow);
    if (!legend.with_value) showEmpty(all ? elsewhere(all, state) : [], follow);
  }

  /** The address in the form the server gives it; the bare address stays bare. */
  settle(values, { unit, view, sort, lang }, push) {
    this.state = this.wanted = filled({ ...readQuery(`?${values.query}`), unit, view, sort, lang });
    if (push || location.search) showAddress(this.address(), push);
  }

  async choose(field, value) {
    try {
      const catalogue = await fetchCatalogue(this.version);
      const breaks = this.values.legend.classes.slice(0, -1).map(({ upper }) => upper);
      const [shown, state] = [this.state, { status: "actual", ...this.wanted }];
      const next = choose(state, catalogue, field, value.trim(), breaks);
      const text = movedAlong(state, next, field, catalogue);
      await this.go(next, text ? { text, back: () => this.go(shown) } : null);
    } catch (error) {
      this.fail(error, () => this.choose(field, value));
    }
  }

  follow(query) {
    const { lang, sort } = this.state;
    return this.go({ ...readQuery(`?${query}`), lang, sort });
  }

  sort(order) {
    this.keep("sort", order === "value" ? null : order);
    showAddress(this.address());
    this.table.show(this.values, this.stage.boundaries.shapes, order);
    this.table.select(this.state.unit);
  }

  async restore() {
    linkLanguages();
    await this.load(readQuery(location.search));
    this.showView();
  }

  /** A found indicator is drawn; a found unit is opened where it is, or in what it became. */
  find(item) {
    const today = item.now?.find(({ id }) => this.values.units[id]);
    if (item.type === "indicator") this.choose("indicator", item.id);
    else if (this.values.units[item.id]) this.selection.open(item.id, "search");
    else if (today) {
      this.selection.open(today.id, "search");
      announce(t("popup.now_part_of", { name: item.full_name, now: today.full_name }));
    } else this.goTo(item);
    return true;
  }

  /** Goes to the level and the time in which a unit exists. */
  async goTo(item) {
    const all = await fetchCatalogue(this.version).catch((error) => this.fail(error, () => this.goTo(item)));
    if (!all) return;
    const inForce = ({ date }) => date >= item.valid_from && (!item.valid_to || date < item.valid_to);
    const { date } = [...all.timeline].reverse().find(inForce) ?? all.timeline[0];
    const state = { status: "actual", ...this.wanted, level: item.level };
    this.selection.from = "search";
    await this.go({ ...chooseField(state, all, "date", date), level: item.level, unit: item.id });
  }

  moved() {
    if (!this.viewing || this.stage.printing) return;
    const { map, fitting } = this.stage;
    this.keep("view", fitting ? null : writeView({ ...map.getCenter(), zoom: map.getZoom() }));
    if (location.search || this.state.view) showAddress(this.address());
  }

  /** Puts the map where the address says; only what a person moves is written there. */
  showView() {
    const view = readView(this.state.view);
    this.viewing = false;
    if (view) this.stage.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.stage.whole();
    this.viewing = true;
  }
}

/**
 * Called by the page's script once the map and its layers stand. The coloured units come first;
 * what went wrong with them is told when the page loads them again.
 */
export async function start(stage) {
  const values = readJson("values");
  busy(true);
  await stage.colour(values, shapesUrl(values)).catch(() => {});
  byId("bold-faces")?.removeAttribute("disabled");
  return new Page(stage).start(values);
}
