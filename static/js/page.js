/**
 * The map page: one state, which is the address; choices change it, and the screen follows.
 */

import { fetchJson, remember } from "./core/api.js";
import { chooseDrawing, chooseField, chooseIndicator, chooseTheme, findIndicator } from "./core/choices.js";
import { announce, byId, readJson } from "./core/dom.js";
import { formatValue } from "./core/format.js";
import { layerQuery, readQuery, readView, withDefaultDrawing, writeQuery, writeView } from "./core/state.js";
import { t } from "./core/texts.js";
import { boundariesUrl } from "./map/boundaries.js";
import { MapKeyboard } from "./map/keyboard.js";
import { readCell } from "./map/paint.js";
import { Tooltip } from "./map/tooltip.js";
import { Card } from "./panel/card.js";
import { Controls } from "./panel/controls.js";
import { placeLegend } from "./panel/corner.js";
import { showHeadings } from "./panel/headings.js";
import { Legend } from "./panel/legend.js";
import { hideMessage, progress, showEmpty, showError } from "./panel/message.js";
import { Table } from "./panel/table.js";
import { printReady } from "./map/print.js";
import { offerCopy } from "./site/copy.js";
import { Search } from "./site/search.js";

const valuesUrl = (state) => `/api/v1/values?${layerQuery(state)}`;
const DRAWING = ["scheme", "classes", "thresholds", "palette", "style"];

class Page {
  constructor(stage) {
    this.stage = stage;
    this.catalogue = readJson("catalogue");
    this.lang = document.documentElement.lang;
    this.controls = new Controls(this.catalogue, (field, value) => this.choose(field, value));
    this.legend = new Legend((ids) => stage.light(ids));
    this.tooltip = new Tooltip(byId("stage"));
    this.card = new Card({ close: () => this.close(), follow: (query) => this.follow(query) });
    this.table = new Table({
      open: (id) => this.open(id, "table"),
      point: (id) => this.point(id),
      sort: (order) => this.go({ ...this.state, sort: order === "value" ? "" : order }, { replace: true }),
    });
    this.listen();
  }

  listen() {
    const { stage } = this;
    stage.handlers.hover = (id, event) => this.hover(id, event);
    stage.handlers.pick = (id) => this.open(id, "map");
    stage.handlers.clear = () => this.close();
    this.keyboard = new MapKeyboard(stage, {
      start: () => this.state.unit ?? this.table.body.querySelector("tr")?.dataset.id ?? null,
      name: (id) => this.name(id),
      open: (id) => this.open(id, "keyboard"),
    });
    stage.map.on("moveend", () => this.moved());
    stage.map.on("resize", () => this.viewing && !this.state.view && stage.whole());
    addEventListener("popstate", () => this.restore());
    addEventListener("online", () => this.failed && this.load());
    printReady(stage);
    offerCopy();
    new Search((item) => this.find(item));
  }

  /** The first paint: the values are in the page, only the shapes are missing. */
  async start(values) {
    this.state = { ...readQuery(location.search), ...readQuery(`?${values.query}`) };
    remember(valuesUrl(this.state), values);
    await this.load();
    this.showView();
  }

  /** Goes to another state; what a person chose gets its own place in the history. */
  go(state, { replace = false } = {}) {
    this.state = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    this.write(replace);
    return this.load();
  }

  write(replace = true) {
    const address = `${location.pathname}?${writeQuery(this.state)}`;
    if (replace) history.replaceState(null, "", address);
    else if (address !== location.pathname + location.search) history.pushState(null, "", address);
  }

  async load() {
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    const timer = setTimeout(() => progress(true), 80);
    this.failed = false;
    try {
      const values = await fetchJson(valuesUrl(this.state), { signal });
      await this.show(values, signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.failed = true;
      showError(error, () => this.load(), Boolean(this.values));
    } finally {
      clearTimeout(timer);
      if (!signal.aborted) progress(false);
    }
  }

  async show(values, signal) {
    const url = boundariesUrl(values.layer, values.legend.total, values.dataset);
    const before = this.stage.boundaries;
    await this.stage.show(values, url, signal);
    if (signal.aborted) return;
    this.values = values;
    const { shapes } = this.stage.boundaries;
    const indicative = [...shapes.values()].some((each) => each.properties.quality === "indicative");
    if (before !== this.stage.boundaries && !this.state.view) this.stage.whole();
    hideMessage();
    showHeadings(values, indicative);
    this.controls.show(values);
    this.legend.show(values, { indicative });
    if (!this.state.view) placeLegend(this.stage);
    this.table.show(values, shapes, this.state.sort);
    this.stage.element.setAttribute("aria-label", t("map.label", values));
    if (!values.legend.with_value) showEmpty(this.elsewhere(), (query) => this.follow(query));
    this.settle(values);
    await this.showUnit();
  }

  /** The address in the form the server gives it. */
  settle(values) {
    const { unit, view, sort, lang } = this.state;
    this.state = { ...readQuery(`?${values.query}`), unit, view, sort, lang };
    for (const key of Object.keys(this.state)) if (!this.state[key]) delete this.state[key];
    if (location.search || writeQuery(this.state) !== values.query) this.write();
  }

  /** Levels, dates and periods at which the indicator has figures. */
  elsewhere() {
    const { layers = [] } = findIndicator(this.catalogue, this.state.indicator) ?? {};
    const name = (list, id, key = "id") => list.find((each) => each[key] === id)?.name ?? id;
    const sorted = [...layers].sort((a, b) => b.with_value - a.with_value);
    return sorted.map((each) => ({
      text: `${name(this.catalogue.levels, each.level)} · ${name(this.catalogue.timeline, each.date, "date")} · ${each.label} (${each.with_value}/${each.total})`,
      query: layerQuery({ ...withDefaultDrawing(this.state), level: each.level, date: each.date, status: each.status, period: each.period }),
    }));
  }

  choose(field, value) {
    const { state, catalogue } = this;
    const full = { ...state, ...pick(this.values.layer, ["indicator", "period", "level", "date", "status"]) };
    if (field === "theme") return this.go(chooseTheme(full, catalogue, value));
    if (field === "indicator") return this.go(chooseIndicator(full, catalogue, value));
    if (field === "reset") return this.go(withDefaultDrawing(state));
    if (DRAWING.includes(field)) return this.go(chooseDrawing(state, field, value.trim()));
    return this.go(chooseField(full, catalogue, field, value));
  }

  follow(query) {
    return this.go({ ...readQuery(`?${query}`), lang: this.state.lang, sort: this.state.sort });
  }

  restore() {
    this.state = readQuery(location.search);
    return this.load().then(() => this.showView());
  }

  /** Opens a unit's card; `from` is where focus returns. */
  open(id, from) {
    if (!this.values.units[id]) return;
    this.from = from;
    this.opened = id;
    this.state.unit = id;
    this.write(false);
    this.showUnit(true);
  }

  close() {
    const id = this.state.unit;
    if (!id) return;
    delete this.state.unit;
    this.write(false);
    this.showUnit();
    if (this.from === "table") this.table.focus(id);
    else this.stage.element.focus({ preventScroll: true });
  }

  async showUnit(moveFocus = false) {
    const id = this.values.units[this.state.unit] ? this.state.unit : null;
    this.stage.mark("selected", id);
    this.table.select(id);
    this.cardRequest?.abort();
    if (!id) return this.card.close();
    const { signal } = (this.cardRequest = new AbortController());
    this.card.wait(this.nameOf(id));
    this.stage.reveal(id);
    try {
      const url = `/api/v1/cards/${encodeURIComponent(id)}?${layerQuery(this.state)}`;
      this.card.show(await fetchJson(url, { signal }), this.values);
      if (moveFocus) this.card.focus();
    } catch (error) {
      if (error.name !== "AbortError") this.card.fail(error, () => this.showUnit(true));
    }
  }

  nameOf(id) {
    return this.stage.boundaries?.shapes.get(id)?.properties.shown ?? id;
  }

  /** Name, value and what is to be known of it, as words. */
  words(id) {
    const { value, missing, status, doubtful } = readCell(this.values.units[id]);
    const { legend, indicator } = this.values;
    const text = missing ? (legend.missing.find((each) => each.kind === missing)?.label ?? "") : formatValue(value, indicator, this.lang);
    const notes = [status === "estimate" && t("legend.estimated"), doubtful && t("legend.doubtful")];
    return { name: this.nameOf(id), value: text, note: notes.filter(Boolean).join(" · ") };
  }

  hover(id, event) {
    if (!id || !this.values) this.tooltip.hide();
    else if (event && event.pointerType !== "touch") this.tooltip.show(this.words(id), event);
    if (id !== this.pointed) {
      this.point(id);
      this.table.point(id);
    }
  }

  point(id) {
    this.pointed = id;
    this.stage.mark("pointed", id);
    this.legend.point(id);
  }

  /** Says the unit under the keyboard's mark. */
  name(id) {
    this.table.point(id);
    this.legend.point(id);
    if (!id || !this.values) return;
    const { name, value, note } = this.words(id);
    announce([name, value, note].filter(Boolean).join(", "));
  }

  /** A found unit is opened on the map where it is, or in what it became. */
  find(item) {
    if (item.type === "indicator") this.choose("indicator", item.id);
    else if (this.values.units[item.id]) this.open(item.id, "search");
    else this.findElsewhere(item);
    return true;
  }

  findElsewhere(item) {
    const today = item.now?.[0]?.id;
    if (today && this.values.units[today]) {
      this.open(today, "search");
      announce(t("popup.now_part_of", { name: item.full_name, now: item.now[0].full_name }));
      return;
    }
    const step = [...this.catalogue.timeline].reverse().find(({ date }) => date >= item.valid_from && (!item.valid_to || date < item.valid_to));
    const date = step?.date ?? this.catalogue.timeline[0].date;
    const full = { ...this.state, ...pick(this.values.layer, ["indicator", "period", "status"]), level: item.level };
    this.from = "search";
    this.go({ ...chooseField(full, this.catalogue, "date", date), level: item.level, unit: item.id });
  }

  moved() {
    if (!this.viewing || this.stage.printing) return;
    const { map, fitting } = this.stage;
    if (fitting) delete this.state.view;
    else this.state.view = writeView({ ...map.getCenter(), zoom: map.getZoom() });
    this.write();
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

function pick(object, keys) {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

/** Called by the page's script once the map and its layers stand. */
export function start(stage) {
  const page = new Page(stage);
  return page.start(readJson("values"));
}
