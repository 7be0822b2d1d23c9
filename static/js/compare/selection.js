/**
 * Selection on the two maps: which unit is pointed at, focused, opened, and which units of the other
 * side belong to it; the same in both maps, table, legend and card.
 */

import { announce, byId, el } from "../core/dom.js";
import { formatValue } from "../core/format.js";
import { t } from "../core/i18n.js";
import { MapKeyboard } from "../map/keyboard.js";
import { missingText, readCell } from "../map/symbology.js";
import { Tooltip } from "../map/tooltip.js";
import { recastStatusText } from "../panel/recast.js";
import { CompareUnitCard } from "./unit_card.js";

const MOST_NAMES = 5;

/** A tooltip with one more line: the units of the other side. */
class PairTooltip extends Tooltip {
  constructor(mapView) {
    super(mapView);
    this.other = el("span", { class: "tooltip-other" });
    this.box.append(this.other);
  }

  show(words, event) {
    this.other.textContent = words.other;
    this.other.hidden = !words.other;
    super.show(words, event);
  }
}

export class CompareSelection {
  /**
   * @param {import("./page.js").ComparePage} page
   * @param {import("./table.js").CompareTable} table
   * @param {import("./legend.js").CompareLegend} legend
   */
  constructor(page, table, legend) {
    this.page = page;
    this.table = table;
    this.legend = legend;
    /** Where focus returns when the card closes. */
    this.from = "map";
    /** @type {"left"|"right"|undefined} the side on which the unit of the address was opened */
    this.era = undefined;
    /** @type {string|null|undefined} */
    this.pointed = undefined;
    this.tooltip = new PairTooltip(byId("map-area"));
    this.card = new CompareUnitCard({ close: () => this.close(), pick: (id, era) => this.open(id, era, "card") });
    const { left, right } = page.view;
    this.keyboards = [left, right].map((mapView) => this.listen(mapView));
  }

  listen(mapView) {
    mapView.handlers.hover = (id, event) => this.hover(id, this.eraOf(mapView), event);
    mapView.handlers.pick = (id) => this.open(id, this.eraOf(mapView), "map");
    mapView.handlers.clear = () => this.close();
    return new MapKeyboard(mapView, {
      start: () => this.start(mapView),
      name: (id) => this.name(id, this.eraOf(mapView)),
      open: (id) => this.open(id, this.eraOf(mapView), "map"),
    });
  }

  eraOf(mapView) {
    return this.page.view.sides.find((side) => side.mapView === mapView)?.era ?? "right";
  }

  /** Where the keyboard's mark begins: at the chosen unit of the map, else at its first. */
  start(mapView) {
    const ids = this.chosen()?.related[this.eraOf(mapView)] ?? [];
    return ids[0] ?? mapView.boundaries?.shapes.keys().next().value ?? null;
  }

  /** The unit of the address with all that belong to it; null when there is none. */
  chosen() {
    const { document, state, successions } = this.page;
    const id = state.unit;
    if (!id || !document) return null;
    /** @type {import("../api_types").Side[]} */
    const sides = ["right", "left"];
    const prefer = this.era && document[this.era].units[id] ? [this.era] : [];
    const era = [...prefer, ...sides].find((each) => document[each].units[id]);
    return era ? { id, era, related: successions.relatedUnits(id, era) } : null;
  }

  /**
   * @param {string} id
   * @param {import("../api_types").Side} era whose unit it is
   * @param {string} from where focus returns when the card closes
   */
  open(id, era, from) {
    this.from = from === "card" ? this.from : from;
    this.era = era;
    this.page.state.unit = id;
    this.page.pushHistory();
    this.show(true);
  }

  close() {
    const found = this.chosen();
    if (!found) return;
    delete this.page.state.unit;
    this.page.pushHistory();
    this.show();
    if (this.from === "table" && this.table.rows.has(found.id)) this.table.focus(found.id);
    else this.mapViewOf(found.era).element.focus({ preventScroll: true });
  }

  mapViewOf(era) {
    return (this.page.view.side(era) ?? this.page.view.sides.at(-1)).mapView;
  }

  /** Shows the unit of the address, or none. */
  show(moveFocus = false) {
    const found = this.chosen();
    this.mark("selected", found?.related);
    this.highlight(found?.related ?? null);
    this.table.select(found?.id ?? null);
    if (!found) return this.card.close();
    const { document, successions } = this.page;
    const { id, era } = found;
    const pairs = successions.of(id, era);
    const unit = pairs[0]?.[era === "left" ? "from" : "to"] ?? null;
    const name = unit?.full_name ?? this.nameOf(id, era);
    this.card.show({ id, side: era, document, name, unit, pairs, failed: !successions.known });
    for (const side of this.page.view.sides) side.mapView.reveal(found.related[side.era][0]);
    if (moveFocus) this.card.focus();
    return undefined;
  }

  nameOf(id, era) {
    return this.page.view.side(era)?.mapView.boundaries?.shapes.get(id)?.properties.full_name ?? id;
  }

  /** Outlines units on every map; `related` gives their ids by side. */
  mark(name, related) {
    for (const { mapView, era } of this.page.view.sides) {
      const shapes = (related?.[era] ?? []).map((id) => mapView.boundaries.shapes.get(id)).filter(Boolean);
      const joined = { polygons: shapes.flatMap(({ polygons }) => polygons) };
      mapView.outlines[name].show(shapes.length ? joined : undefined);
      if (name === "selected") for (const layer of mapView.layers) layer.select?.(shapes[0]?.id ?? null);
    }
  }

  /**
   * Dims all units but these on every map; null leaves those of the chosen unit where there are two
   * maps to find them on, else all.
   *
   * @param {Record<string, string[]>|null} ids by side
   */
  highlight(ids) {
    const kept = ids ?? this.chosen()?.related ?? null;
    const pale = Boolean(kept) && (ids !== null || this.page.view.sides.length > 1);
    for (const { mapView, era } of this.page.view.sides) {
      mapView.highlight(pale ? kept[era] : null);
      mapView.element.classList.toggle("is-highlighted", pale);
    }
  }

  hover(id, era, event) {
    if (!id) this.tooltip.hide();
    else if (event && event.pointerType !== "touch") this.tooltip.show(this.words(id, era), event);
    if (id !== this.pointed) this.point(id, era);
  }

  /** Points at a unit and at those that belong to it. */
  point(id, era) {
    this.pointed = id;
    const related = id ? this.page.successions.relatedUnits(id, era) : null;
    this.mark("pointed", related);
    this.legend.pointAll(related);
    this.table.point(id && (this.table.rows.has(id) ? id : related?.[this.page.tableEra()]?.[0]));
  }

  /** Says the unit under the keyboard's mark. */
  name(id, era) {
    this.point(id, era);
    if (!id) return;
    const { name, value, note, other } = this.words(id, era);
    announce([name, value, note, other].filter(Boolean).join(", "));
  }

  /** Name, figure, how it came about, and the units of the other side. */
  words(id, era) {
    const values = (this.page.view.side(era) ?? this.page.view.sides.at(-1)).document;
    const cell = readCell(values.units[id]);
    const { value, missing, doubtful } = cell;
    const lang = window.document.documentElement.lang;
    const how = values.recast?.units[id];
    return {
      name: this.nameOf(id, era),
      value: missing
        ? missingText(cell, values, lang)
        : (values.texts?.[id] ?? formatValue(value, values.indicator, lang)),
      note: [recastStatusText(how, missing), doubtful && t("legend.doubtful")].filter(Boolean).join(" · "),
      other: this.others(id, era),
    };
  }

  others(id, era) {
    const { document, successions } = this.page;
    const forward = document.eras.left.date < document.eras.right.date;
    const names = successions.of(id, era).map((pair) => pair[era === "left" ? "to" : "from"].name);
    if (!names.length) return "";
    const rest = names.length > MOST_NAMES ? ` ${t("popup.more", { n: names.length - MOST_NAMES })}` : "";
    const title = t((era === "right") === forward ? "comparison.formed" : "comparison.became");
    return `${title}: ${names.slice(0, MOST_NAMES).join(", ")}${rest}`;
  }
}
