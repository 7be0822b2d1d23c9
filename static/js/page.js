/**
 * The map page: one state, which is the address; choices change it, and the screen follows.
 */

import { linkLanguages, showAddress } from "./core/address.js";
import { fetchCatalogue, fetchJson, remember } from "./core/api.js";
import { choose, chooseField } from "./core/choices.js";
import { announce, byId, readJson } from "./core/dom.js";
import { layerQuery, readQuery, readView, writeQuery, writeView } from "./core/state.js";
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
import { RecastSwitch } from "./panel/recast.js";
import { Selection } from "./panel/selection.js";
import { Table } from "./panel/table.js";
import { offerCopy } from "./site/copy.js";
import { offerExport } from "./site/export.js";
import { Search } from "./site/search.js";

const PROGRESS_AFTER = 80;
const shapesUrl = ({ boundaries, layer, legend, dataset }) =>
  boundariesUrl(boundaries ?? layer, legend.total, dataset);
const valuesUrl = (state) => `/api/v1/values?${layerQuery(state)}`;

class Page {
  /** @param {import("./map/stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.values = null;
    this.state = {};
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
    addEventListener("online", () => this.failed && this.load());
    printReady(stage);
    offerCopy();
    offerExport(() => this.state);
    new Search((item) => this.find(item));
  }

  /** The first paint: the values are in the page, only the shapes are missing. */
  async start(values) {
    this.version = values.dataset;
    this.state = { ...readQuery(location.search), ...readQuery(`?${values.query}`) };
    remember(valuesUrl(this.state), values);
    await this.load();
    this.showView();
    const catalogue = await fetchCatalogue(this.version).catch(() => null);
    this.controls.offer(catalogue);
    this.recast.offer(catalogue);
  }

  /** Goes to another state; what a person chose gets its own place in the history. */
  go(state) {
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    this.remember();
    return this.load();
  }

  remember() {
    showAddress(this.address(), true);
  }

  address() {
    return `${location.pathname}?${writeQuery(this.state)}`;
  }

  async load() {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => progress(true), PROGRESS_AFTER);
    this.failed = false;
    busy(true);
    try {
      const values = await fetchJson(valuesUrl(this.state), { signal });
      await this.show(values, signal);
      clearTimeout(timer);
      await this.stage.settled;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.failed = true;
      showError(error, () => this.load(), Boolean(this.values));
    } finally {
      clearTimeout(timer);
      if (!signal.aborted) progress(false);
    }
  }

  /** Map first, then what stands beside it. */
  async show(values, signal) {
    const before = this.values && this.stage.boundaries;
    await this.stage.show(values, shapesUrl(values), signal);
    if (signal.aborted) return;
    this.values = values;
    this.settle(values);
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
    const { shapes } = this.stage.boundaries;
    const indicative = [...shapes.values()].some((each) => each.properties.quality === "indicative");
    showHeadings(values, indicative);
    this.stage.element.setAttribute("aria-label", t("map.label", values));
    this.controls.show(values);
    this.recast.show(values, this.state);
    this.legend.show(values, { indicative });
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
  settle(values) {
    const { unit, view, sort, lang } = this.state;
    const state = { ...readQuery(`?${values.query}`), unit, view, sort, lang };
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    if (location.search) showAddress(this.address());
  }

  async choose(field, value) {
    try {
      const catalogue = await fetchCatalogue(this.version);
      const breaks = this.values.legend.classes.slice(0, -1).map(({ upper }) => upper);
      const state = { status: "actual", ...this.state };
      await this.go(choose(state, catalogue, field, value.trim(), breaks));
    } catch (error) {
      showError(error, () => this.choose(field, value), true);
    }
  }

  follow(query) {
    const { lang, sort } = this.state;
    return this.go({ ...readQuery(`?${query}`), lang, sort });
  }

  sort(order) {
    if (order === "value") delete this.state.sort;
    else this.state.sort = order;
    showAddress(this.address());
    this.table.show(this.values, this.stage.boundaries.shapes, order);
    this.table.select(this.state.unit);
  }

  async restore() {
    this.state = readQuery(location.search);
    linkLanguages();
    await this.load();
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
    const all = await fetchCatalogue(this.version);
    const inForce = ({ date }) => date >= item.valid_from && (!item.valid_to || date < item.valid_to);
    const { date } = [...all.timeline].reverse().find(inForce) ?? all.timeline[0];
    const state = { status: "actual", ...this.state, level: item.level };
    this.selection.from = "search";
    await this.go({ ...chooseField(state, all, "date", date), level: item.level, unit: item.id });
  }

  moved() {
    if (!this.viewing || this.stage.printing) return;
    const { map, fitting } = this.stage;
    if (fitting) delete this.state.view;
    else this.state.view = writeView({ ...map.getCenter(), zoom: map.getZoom() });
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
