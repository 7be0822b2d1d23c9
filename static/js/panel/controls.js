/** The choices beside the map. The form says what was chosen; the page decides what follows. */

import { findIndicator, findSeries } from "../core/state_transitions.js";
import { byId, inputsNamed } from "../core/dom.js";
import { enableControlsSheet } from "./controls_sheet.js";
import { showBreakdown } from "./breakdown_field.js";
import { IndicatorList } from "./indicator_list.js";
import { showPeriods } from "./period_picker.js";

const SYMBOLOGY_FIELDS = ["style", "scheme", "classes", "thresholds", "isolate", "palette"];

/** Brings the chosen one of many themes into the rows that are in sight; nothing but the list moves. */
function revealTheme(form) {
  const chosen = form.querySelector("input[name=theme]:checked")?.closest("label");
  const list = chosen?.parentElement;
  if (!list) return;
  const [box, row] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (row.top < box.top) list.scrollTop -= box.top - row.top;
  else if (row.bottom > box.bottom) list.scrollTop += row.bottom - box.bottom;
}

export class Controls {
  /** @param {(field: string, value: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.catalogue = null;
    this.form = byId("controls");
    this.indicators = new IndicatorList();
    this.form.addEventListener("change", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (!target.name || target.name === "lang") return;
      /** @type {HTMLInputElement|null} the control that was used last */
      this.touched = target;
      choose(target.name, target.value);
    });
    // It stands beside the title, which it changes, and so outside the form.
    byId("breakdown").addEventListener("change", ({ target }) =>
      choose("breakdown", /** @type {HTMLSelectElement} */ (target).value),
    );
    this.form.addEventListener("submit", (event) => event.preventDefault());
    byId("reset-symbology").addEventListener("click", () => choose("reset", ""));
    enableControlsSheet(this.form);
  }

  /** From here on the lists follow the catalogue; until then they stand as the server wrote them. */
  setCatalogue(catalogue) {
    this.catalogue = catalogue;
    if (catalogue && this.shown) this.show(this.shown);
  }

  /** @param {import("../api_types").Values} document the values document */
  show(document) {
    const { layer, indicator, periods } = (this.shown = document);
    const entry = this.catalogue && findSeries(this.catalogue, layer);
    this.check("theme", indicator.theme);
    revealTheme(this.form);
    if (this.catalogue) showBreakdown(findIndicator(this.catalogue, layer.indicator), layer);
    if (this.catalogue) this.list(indicator.theme, layer);
    showPeriods(periods, layer.period, (period) => this.choose("period", period));
    if (entry) ["level", "date", "status"].forEach((field) => this.available(field, entry.layers, layer));
    for (const field of ["level", "date", "status", "style", "palette"]) this.check(field, layer[field]);
    byId("scheme").value = layer.scheme;
    byId("classes").value = layer.classes;
    this.classification(document.legend.screen);
    this.fitting(indicator);
    const standard = SYMBOLOGY_FIELDS.every((field) => !entry || String(entry[field] ?? "") === layer[field]);
    byId("reset-symbology").hidden = standard && layer.class_basis === "period";
  }

  /** What the style makes no use of cannot be chosen. */
  classification(screen) {
    const counted = byId("scheme").selectedOptions[0]?.dataset.counted !== undefined;
    byId("classes").disabled = !counted || !screen.classification;
    byId("scheme").disabled = !screen.classification;
    byId("classification-fields").hidden = !screen.classification;
  }

  /** Only styles and palettes that can draw the indicator are offered. */
  fitting({ kind, palette_types: types }) {
    for (const { id, kinds } of this.catalogue?.styles ?? []) {
      const input = inputsNamed(this.form, "style").find(({ value }) => value === id);
      if (input) input.closest("label").hidden = !kinds.includes(kind);
    }
    for (const label of /** @type {NodeListOf<HTMLElement>} */ (byId("palette-list").querySelectorAll(".palette"))) {
      label.hidden = !types.includes(label.dataset.type ?? "");
    }
  }

  check(field, value) {
    for (const input of inputsNamed(this.form, field)) {
      input.checked = input.value === value;
    }
  }

  /** What has no figures stays choosable, but pale: the map then says where there are some. */
  available(field, layers, layer) {
    const others = ["level", "date"].filter((each) => each !== field && field !== "status");
    const units = this.unitsAt();
    for (const input of inputsNamed(this.form, field)) {
      const some = layers.some((each) => each[field] === input.value);
      input.closest("label").classList.toggle("is-off", !some);
      const wanted = { ...layer, [field]: input.value };
      const exists = field === "status" || units.has(`${wanted.level} ${wanted.date}`) || some;
      input.disabled = !exists && others.length > 0;
    }
  }

  /** Levels and dates at which there are units to draw. */
  unitsAt() {
    return new Set(this.catalogue.levels.flatMap(({ id, dates }) => dates.map((date) => `${id} ${date}`)));
  }

  /** Lists the theme's indicators and keeps what a person just chose where it was on the screen. */
  list(themeId, layer) {
    const theme = this.catalogue.themes.find((each) => each.id === themeId);
    const { root } = this.indicators;
    const [focused, inside] = [document.activeElement, this.touched].map((node) => root.contains(node));
    const before = this.touched?.getBoundingClientRect().top;
    this.indicators.show(this.catalogue, theme, layer);
    const chosen = this.indicators.chosen();
    if (focused) chosen?.focus({ preventScroll: true });
    const anchor = inside ? chosen : this.touched;
    const scrolled = inside ? root : this.form;
    if (anchor) scrolled.scrollTop += anchor.getBoundingClientRect().top - before;
    if (this.listed !== layer.indicator) chosen?.closest("label").scrollIntoView({ block: "nearest" });
    this.listed = layer.indicator;
    this.touched = null;
  }
}
