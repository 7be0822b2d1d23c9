/**
 * Which unit is pointed at, focused, opened; the same in map, table, legend and card.
 *
 * @typedef {object} View what the selection looks at
 * @property {import("../map/map_view.js").MapView} mapView
 * @property {import("../api_types").Values|null} values the values document on the screen
 * @property {Record<string, string>} state
 * @property {(id: string|null) => void} select puts the unit into the state and the address
 * @property {{point: (id: string|null) => void}} scatter
 * @property {(query: string) => void} follow opens another layer
 * @property {(unit: object) => Promise<{text: string, go: () => void}[]>} levelsAround ways to the levels below and above
 */

import { fetchJson } from "../core/api.js";
import { announce, byId } from "../core/dom.js";
import { formatValue } from "../core/format.js";
import { layerQuery } from "../core/url_state.js";
import { t } from "../core/i18n.js";
import { MapKeyboard } from "../map/keyboard.js";
import { missingText, readCell } from "../map/symbology.js";
import { Tooltip } from "../map/tooltip.js";
import { FormerNames, standing } from "./spoken_unit.js";
import { UnitCard } from "./unit_card.js";
import { recastStatusText } from "./recast.js";

const SMALL = matchMedia("(max-width: 860px)");

export class Selection {
  /**
   * @param {View} view
   * @param {import("./table.js").Table} table
   * @param {import("./legend.js").Legend} legend
   */
  constructor(view, table, legend) {
    this.view = view;
    this.table = table;
    this.legend = legend;
    /** @type {string|null} */
    this.pointed = null;
    /** Where focus returns when the card closes. */
    this.from = "map";
    this.tooltip = new Tooltip(byId("map-area"));
    this.card = new UnitCard({
      close: () => this.close(),
      follow: (query) => view.follow(query),
      levelsAround: (unit) => view.levelsAround(unit),
    });
    const { mapView } = view;
    mapView.handlers.hover = (id, event) => this.hover(id, event);
    // A finger cannot hover: what a tap sends as mouse events afterwards shows no tooltip.
    byId("map-area").addEventListener("pointerdown", ({ pointerType }) => this.touches(pointerType), true);
    byId("map-area").addEventListener("pointermove", ({ pointerType }) => this.touches(pointerType), true);
    mapView.handlers.pick = (id) => this.open(id, "map");
    mapView.handlers.clear = () => this.close();
    this.former = new FormerNames();
    this.keyboard = new MapKeyboard(mapView, {
      start: () => view.state.unit ?? table.first(),
      name: (id) => this.name(id),
      open: (id) => this.open(id, "keyboard"),
    });
  }

  /** Opens a unit's card; `from` is where focus returns when it closes. */
  open(id, from) {
    if (!this.view.values?.units[id]) return;
    this.from = from;
    this.view.select(id);
    this.show(true);
  }

  close() {
    const id = this.view.state.unit;
    if (!id) return;
    this.view.select(null);
    this.show();
    if (this.from === "table") this.table.focus(id);
    else this.view.mapView.element.focus({ preventScroll: true });
  }

  /** Shows the unit of the state, or none. */
  async show(moveFocus = false) {
    const { mapView, state, values } = this.view;
    const id = values.units[state.unit] ? state.unit : null;
    mapView.mark("selected", id);
    this.table.select(id);
    this.request?.abort();
    if (!id) return this.card.close();
    this.keyboard.current = id;
    const { signal } = (this.request = new AbortController());
    this.card.wait(this.nameOf(id));
    this.bringIntoView(id);
    try {
      const url = `/api/v1/cards/${encodeURIComponent(id)}?${layerQuery(state)}`;
      const document = await fetchJson(url, { signal });
      if (signal.aborted) return;
      this.card.show(document, values);
      if (moveFocus) this.card.focus();
    } catch (error) {
      if (error.name !== "AbortError") this.card.fail(error, () => this.show(true));
    }
  }

  /** On a small screen the sheet covers the lower half: the map moves into the upper one. */
  bringIntoView(id) {
    if (SMALL.matches) byId("map-area").scrollIntoView({ block: "start" });
    this.view.mapView.reveal(id);
  }

  nameOf(id) {
    return this.view.mapView.boundaries?.shapes.get(id)?.properties.shown ?? id;
  }

  /** Name, value and what is to be known of it, as words. */
  words(id) {
    const { legend, indicator, units, recast } = this.view.values;
    const cell = readCell(units[id]);
    const { value, missing, status, doubtful } = cell;
    const lang = window.document.documentElement.lang;
    const notes = [
      recastStatusText(recast?.units[id], missing),
      status === "estimate" && t("legend.estimated"),
      doubtful && t("legend.doubtful"),
    ];
    return {
      name: this.nameOf(id),
      value: missing ? missingText(cell, { legend, indicator }, lang) : formatValue(value, indicator, lang),
      note: notes.filter(Boolean).join(" · "),
    };
  }

  touches(pointerType) {
    this.byTouch = pointerType === "touch";
    if (this.byTouch) this.tooltip.hide();
  }

  hover(id, event) {
    if (!id || !this.view.values) this.tooltip.hide();
    else if (event && !this.byTouch) this.tooltip.show(this.words(id), event);
    if (id === this.pointed) return;
    this.point(id);
    this.table.point(id);
  }

  /** Outlines a unit on the map and lights its class in the legend. */
  point(id) {
    this.pointed = id;
    this.view.mapView.mark("pointed", id);
    this.view.scatter.point(id);
    this.legend.point(id);
  }

  /** Says the unit under the keyboard's mark. */
  name(id) {
    this.table.point(id);
    this.legend.point(id);
    this.spoken = null;
    if (!id || !this.view.values) return;
    this.spoken = id;
    this.say(id);
    const known = this.former.of(id);
    this.former.load(this.view.values).then(() => {
      if (this.spoken === id && this.former.of(id) !== known) this.say(id);
    });
  }

  say(id) {
    const { name, value, note } = this.words(id);
    announce([name, this.former.of(id), value, ...standing(id, this.view.values), note].filter(Boolean).join(", "));
  }
}
