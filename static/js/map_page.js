/**
 * The map page: one state, which is the address; choices change it, and the screen follows.
 */

import { updateLanguageLinks, updateAddressBar } from "./core/history.js";
import { fetchCatalogue, fetchJson, fetchModule, cacheResponse } from "./core/api.js";
import { applyChoice, changesUnits, chooseField } from "./core/state_transitions.js";
import { announce, byId, readJson } from "./core/dom.js";
import {
  LASTING_KEYS,
  LAYER_KEYS,
  layerQuery,
  readQuery,
  readView,
  withDefaultSymbology,
  writeBounds,
  writeQuery,
  writeView,
} from "./core/url_state.js";
import { t } from "./core/i18n.js";
import { boundariesUrl } from "./map/boundaries.js";
import { enablePrinting } from "./map/printing.js";
import { Controls } from "./panel/controls.js";
import { positionLegend } from "./panel/legend_position.js";
import { AgreementPanel } from "./panel/agreement.js";
import { showCounterpart, showHeadings } from "./panel/headings.js";
import { Legend } from "./panel/legend.js";
import { setBusy, hideMessage, showProgress, showEmpty, showError } from "./panel/map_message.js";
import { describeStateChange, showStateChange } from "./panel/state_change.js";
import { ClassChoice } from "./panel/class_choice.js";
import { FilterChoice } from "./panel/filter_choice.js";
import { levelsAround } from "./panel/levels_around.js";
import { PlaceChoice } from "./panel/place_choice.js";
import { RasterChoice } from "./panel/raster_choice.js";
import { RecastSwitch } from "./panel/recast.js";
import { ScatterChoice } from "./panel/scatter_choice.js";
import { Selection } from "./panel/selection.js";
import { SparseMap } from "./panel/sparse_map.js";
import { Table } from "./panel/table.js";
import { enableCopyLink } from "./site/copy_link.js";
import { enableExportButton, enableCopyTableButton } from "./site/export_buttons.js";
import { Search } from "./site/search.js";

const PROGRESS_AFTER = 80;
const shapesUrl = ({ boundaries, layer, legend, dataset }) => boundariesUrl(boundaries ?? layer, legend.total, dataset);
const withoutEmpty = (state) => Object.fromEntries(Object.entries(state).filter(([, value]) => value));
const valuesUrl = (state) => `/api/v1/values?${layerQuery(state)}`;

class MapPage {
  /** @param {import("./map/map_view.js").MapView} mapView */
  constructor(mapView) {
    this.mapView = mapView;
    this.values = null;
    /** What the screen shows, and what it will show when the answer underway has arrived. */
    this.state = this.pending = {};
    this.controls = new Controls((field, value) => this.choose(field, value));
    this.recast = new RecastSwitch();
    this.places = new PlaceChoice([mapView], (ids) => this.chooseDrawn("places", ids));
    this.classes = new ClassChoice({
      choose: (field, value) => this.choose(field, value),
      apply: (symbology) => this.navigate({ ...withDefaultSymbology(this.pending), ...symbology }),
    });
    this.filter = new FilterChoice(
      (fields) => this.chooseFilter(fields),
      (ids, said) => this.showPicked(ids, said),
    );
    this.scatter = new ScatterChoice({
      choose: (series) => this.chooseVersus(series),
      pick: (where) => this.chooseFilter({ where }),
      point: (id) => this.selection.hover(id),
      open: (id) => this.selection.open(id, "scatter"),
      name: (id) => this.selection.nameOf(id),
    });
    this.rasters = new RasterChoice([mapView], (ids) => this.chooseDrawn("rasters", ids));
    this.legend = new Legend((ids) => mapView.highlight(ids));
    this.table = new Table({
      open: (id) => this.selection.open(id, "table"),
      point: (id) => this.selection.point(id),
      sort: (order) => this.sort(order),
    });
    this.agreement = new AgreementPanel((shown) => this.showBeside(shown));
    this.sparse = new SparseMap({
      open: (id) => this.selection.open(id, "table"),
      follow: (query) => this.follow(query),
    });
    this.selection = new Selection(this, this.table, this.legend);
    mapView.map.on("moveend", () => this.viewMoved());
    mapView.map.on("resize", () => this.resized());
    addEventListener("popstate", () => this.restore());
    addEventListener("online", () => this.failed?.());
    enablePrinting(mapView);
    enableCopyLink();
    enableExportButton(() => this.exportContext());
    enableCopyTableButton(() => this.table.shown);
    new Search((item) => this.openResult(item));
  }

  /** The first paint: the values are in the page, only the shapes are missing. */
  async start(values) {
    this.version = values.dataset;
    this.state = this.pending = { ...readQuery(location.search), ...readQuery(`?${values.query}`) };
    cacheResponse(valuesUrl(this.state), values);
    // What the controls offer sets out at once, lest the first choice wait for it.
    const offered = fetchCatalogue(this.version).catch(() => null);
    await this.load();
    this.showView();
    const catalogue = await offered;
    for (const each of [this.controls, this.recast]) each.setCatalogue(catalogue);
  }

  /**
   * Goes to another state, which gets its own place in the history once it is on the screen.
   *
   * @param {{text: string, back: () => void}|null} [stateChange] what else moves along, to be told then
   */
  navigate(state, stateChange = null) {
    return this.load(withoutEmpty(state), { push: true, stateChange });
  }

  /** What the export panel is opened for. */
  exportContext() {
    const layer = Object.fromEntries(LAYER_KEYS.filter((key) => this.state[key]).map((key) => [key, this.state[key]]));
    return { page: "map", layer, unit: this.state.unit, bbox: writeBounds(this.mapView.map.getBounds()) };
  }

  address() {
    return `${location.pathname}?${writeQuery(this.state)}`;
  }

  /** Keeps a part of the state that needs no other figures: the unit, the view, the order. */
  setField(field, value) {
    for (const state of new Set([this.state, this.pending])) {
      if (value) state[field] = value;
      else delete state[field];
    }
  }

  /** The chosen unit, a place in the history of its own; null for none. */
  select(id) {
    this.setField("unit", id);
    updateAddressBar(this.address(), true);
  }

  /**
   * @param {import("./api_types").State} [pending]
   * @param {{push?: boolean, stateChange?: {text: string, back: () => void}|null}} [options]
   */
  async load(pending = this.state, { push = false, stateChange } = {}) {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => showProgress(true), PROGRESS_AFTER);
    this.failed = null;
    this.pending = pending;
    setBusy(true);
    try {
      const values = await fetchJson(valuesUrl(pending), { signal });
      await this.show(values, pending, push, signal);
      if (signal.aborted) return;
      showStateChange(stateChange);
      clearTimeout(timer);
      await Promise.all([this.mapView.rendered, this.layersDrawn]);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.showFailure(error, () => this.load(pending, { push, stateChange }));
    } finally {
      clearTimeout(timer);
      if (!signal.aborted) showProgress(false);
    }
  }

  /** Says what could not be had; the screen, its choices and the address stay as they were. */
  showFailure(error, retry) {
    this.failed = retry;
    this.pending = this.state;
    if (this.values) {
      this.controls.show(this.values);
      this.recast.show(this.values, this.state);
    }
    showError(error, retry, Boolean(this.values));
  }

  /** Map first, then what stands beside it. */
  async show(values, pending, push, signal) {
    const before = this.values && this.mapView.boundaries;
    if (changesUnits(this.state, pending)) this.mapView.picked = this.table.picked = null;
    await this.mapView.show(values, shapesUrl(values), signal);
    if (signal.aborted) return;
    this.values = values;
    this.applyAnswer(values, pending, push);
    cacheResponse(valuesUrl(this.state), values);
    hideMessage();
    this.showPanels(values);
    if (before !== this.mapView.boundaries && !this.state.view) this.mapView.fitAll();
    await this.suggestCoverage(values.legend);
    if (signal.aborted) return;
    this.placeLegend();
    await this.selection.show();
  }

  showPanels(values) {
    const { boundaryQualities } = this.mapView.boundaries;
    showHeadings(values, boundaryQualities.indicative);
    showCounterpart(values.counterpart, (query) => this.follow(query));
    this.mapView.element.setAttribute("aria-label", t("map.label", values));
    this.controls.show(values);
    this.recast.show(values, this.state);
    this.legend.show(values, boundaryQualities);
    this.showTable();
    this.agreement.show(values.counterpart, Boolean(this.state.beside));
    const drawn = [
      this.places.show(this.state.places, values.dataset),
      this.rasters.show(this.state.rasters),
      this.filter.show(values, this.state),
      this.scatter.show(values, this.state),
    ];
    this.layersDrawn = Promise.all(drawn).then(() => this.placeLegend());
    this.sparse.show(values, this.state);
    this.classes.show(values, this.state);
  }

  /** The whole map in its new box, and the legend where it covers none of it. */
  resized() {
    if (!this.viewing || this.state.view) return;
    this.mapView.fitAll();
    this.placeLegend();
  }

  /** Again whenever the legend grows; where a person moved the map it stays. */
  placeLegend() {
    if (!this.state.view) positionLegend(this.mapView);
  }

  /** On an empty or sparse map: where there are more figures. */
  async suggestCoverage(legend) {
    const state = this.state;
    byId("coverage-notice")?.remove();
    if (legend.with_value && !legend.sparse) return;
    const asked = [fetchModule(byId("message").dataset.module), fetchCatalogue(this.version)];
    const [module, catalogue] = await Promise.all(asked).catch(() => []);
    if (state !== this.state) return;
    if (module) module.suggestCoverage(catalogue, state, legend, (query) => this.follow(query));
    else if (!legend.with_value) showEmpty([]);
  }

  /** The address in the form the server gives it; the bare address stays bare. */
  applyAnswer(values, pending, push) {
    const kept = Object.fromEntries(LASTING_KEYS.map((key) => [key, pending[key]]));
    this.state = this.pending = withoutEmpty({ ...readQuery(`?${values.query}`), ...kept });
    if (push || location.search) updateAddressBar(this.address(), push);
  }

  async choose(field, value) {
    try {
      const catalogue = await fetchCatalogue(this.version);
      const breaks = this.values.legend.classes.slice(0, -1).map(({ upper }) => upper);
      const [shown, state] = [this.state, { status: "actual", ...this.pending }];
      const next = applyChoice(state, catalogue, field, value.trim(), breaks);
      // Units of another level or day lie in other units.
      if (changesUnits(state, next)) delete next.within;
      const text = describeStateChange(state, next, field, catalogue);
      await this.navigate(next, text ? { text, back: () => this.navigate(shown) } : null);
    } catch (error) {
      this.showFailure(error, () => this.choose(field, value));
    }
  }

  /** Places and rasters are drawn over any figures: nothing else changes with them. */
  chooseDrawn(field, ids) {
    this.setField(field, ids);
    updateAddressBar(this.address(), true);
    return this[field].show(ids, this.version).then(() => this.placeLegend());
  }

  follow(query) {
    const { lang, sort, beside, versus, places, rasters } = this.state;
    return this.navigate({ ...readQuery(`?${query}`), lang, sort, beside, versus, places, rasters });
  }

  /** Picks units by where they lie and by conditions: nothing else changes with them. */
  chooseFilter(fields) {
    for (const [field, value] of Object.entries(fields)) this.setField(field, value);
    updateAddressBar(this.address(), true);
    return this.filter.show(this.values, this.state);
  }

  /** Sets another indicator against that of the map: nothing else changes with it. */
  chooseVersus(series) {
    this.setField("versus", series);
    updateAddressBar(this.address(), true);
    return this.scatter.show(this.values, this.state);
  }

  /** Shows what was picked on map and table; what lies in a unit above fills the map. */
  showPicked(ids, said) {
    const line = byId("picked");
    line.hidden = !said;
    line.textContent = said;
    const { within, view } = this.state;
    this.table.picked = ids && new Set(ids);
    this.mapView.pick(ids);
    this.scatter.pick(this.table.picked);
    this.showTable();
    if (this.within === within) return;
    this.within = within;
    if (!view && within) this.mapView.fitUnits(ids ?? []);
    else if (!view) this.mapView.fitAll();
  }

  /** The ways from a unit to the levels below and above. */
  async levelsAround(unit) {
    const ways = levelsAround(await fetchCatalogue(this.version), this.pending, unit);
    return ways.map(({ text, state }) => ({ text, go: () => this.navigate(state) }));
  }

  sort(order) {
    this.setField("sort", order === "value" ? null : order);
    updateAddressBar(this.address());
    this.showTable();
  }

  /** The figures of the counterpart in the table, beside those of the map. */
  showBeside(shown) {
    this.setField("beside", shown ? "1" : null);
    updateAddressBar(this.address(), true);
    this.showTable();
  }

  showTable() {
    const { sort, beside, unit } = this.state;
    this.table.show(this.values, this.mapView.boundaries.shapes, sort, Boolean(beside));
    this.table.select(unit);
  }

  async restore() {
    updateLanguageLinks();
    await this.load(readQuery(location.search));
    this.showView();
  }

  /** A found indicator or place is drawn; a found unit is opened where it is, or in what it became. */
  openResult(item) {
    if (item.type === "place") return item.lon !== null && this.openPlace(item);
    const today = item.now?.find(({ id }) => this.values.units[id]);
    if (item.type === "indicator") this.choose("indicator", item.id);
    else if (this.values.units[item.id]) this.selection.open(item.id, "search");
    else if (today) {
      this.selection.open(today.id, "search");
      announce(t("popup.now_part_of", { name: item.full_name, now: today.full_name }));
    } else this.goToUnit(item);
    return true;
  }

  /** Brings a place into view over the map as it stands, its category ticked. */
  openPlace({ id, category, lat, lon }) {
    const { map } = this.mapView;
    map.setView([lat, lon], Math.max(map.getZoom(), 12), { animate: false });
    this.chooseDrawn("places", this.places.with(category)).then(() => this.places.open(id));
    return true;
  }

  /** Goes to the level and the time in which a unit exists. */
  async goToUnit(item) {
    const all = await fetchCatalogue(this.version).catch((error) => this.showFailure(error, () => this.goToUnit(item)));
    if (!all) return;
    const inForce = ({ date }) => date >= item.valid_from && (!item.valid_to || date < item.valid_to);
    const { date } = [...all.timeline].reverse().find(inForce) ?? all.timeline[0];
    const state = { status: "actual", ...this.pending, level: item.level };
    this.selection.from = "search";
    await this.navigate({ ...chooseField(state, all, "date", date), level: item.level, unit: item.id });
  }

  viewMoved() {
    if (!this.viewing || this.mapView.printing) return;
    const { map, fitting } = this.mapView;
    this.setField("view", fitting ? null : writeView({ ...map.getCenter(), zoom: map.getZoom() }));
    if (location.search || this.state.view) updateAddressBar(this.address());
  }

  /** Puts the map where the address says; only what a person moves is written there. */
  showView() {
    const view = readView(this.state.view);
    this.viewing = false;
    if (view) this.mapView.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.mapView.fitAll();
    this.viewing = true;
  }
}

/**
 * Called by the page's script once the map and its layers stand. The coloured units come first;
 * what went wrong with them is told when the page loads them again.
 */
export async function start(mapView) {
  const values = readJson("values");
  setBusy(true);
  await mapView.drawUnits(values, shapesUrl(values)).catch(() => {});
  byId("bold-faces")?.removeAttribute("disabled");
  return new MapPage(mapView).start(values);
}
