/** The panel in which classes are chosen by looking at the values; fetched when it is opened. */

import { el } from "./core/dom.js";
import { formatShort, readNumber } from "./core/format.js";
import { readCell } from "./map/symbology.js";
import { addBreak, classColours, formatBreaks, innerBreaks, rounded } from "./classes/breaks.js";
import { ClassRows } from "./classes/class_rows.js";
import { Histogram } from "./classes/histogram.js";
import { SavedStyles } from "./classes/saved_styles.js";

const MOST_BREAKS = 8;

export class ClassPanel {
  /**
   * @param {HTMLElement} root
   * @param {import("./core/i18n.js").Translate} t the panel's words
   * @param {{choose: (field: string, value: string) => void, apply: (symbology: Record<string, string>) => void}} on
   */
  constructor(root, t, { choose, apply }) {
    this.t = t;
    this.choose = choose;
    const chosen = (breaks) => choose("thresholds", formatBreaks(breaks));
    this.histogram = new Histogram({ moved: (breaks) => this.rows.follow(breaks), chosen });
    this.rows = new ClassRows(this.t, { moved: (breaks) => this.histogram.show({ ...this.shown, breaks }), chosen });
    this.add = el("button", {
      type: "button",
      class: "quiet",
      text: this.t("classes.add"),
      on: { click: () => this.addOne() },
    });
    this.saved = new SavedStyles(this.t, apply);
    this.classification = el("div", {}, this.histogram.node, this.rows.node, this.add, this.isolation(), this.basis());
    root.replaceChildren(this.classification, this.saved.node);
  }

  /** What is a class of its own: a value, or a range. */
  isolation() {
    const box = (key) => {
      const label = this.t(key);
      const change = () => this.isolate();
      return el("input", {
        type: "text",
        inputmode: "decimal",
        autocomplete: "off",
        "aria-label": label,
        on: { change },
      });
    };
    this.from = box("classes.from");
    this.to = box("classes.to");
    const zero = el("button", {
      type: "button",
      class: "quiet",
      text: this.t("classes.zero"),
      on: { click: () => this.choose("isolate", "0") },
    });
    const clear = el("button", {
      type: "button",
      class: "quiet",
      text: this.t("classes.clear"),
      on: { click: () => this.choose("isolate", "") },
    });
    this.clear = clear;
    return el(
      "fieldset",
      { class: "isolation" },
      el("legend", { text: this.t("classes.isolate") }),
      el("div", {}, this.from, el("span", { "aria-hidden": "true", text: "–" }), this.to, zero, clear),
    );
  }

  isolate() {
    const { lang } = document.documentElement;
    const typed = [this.from, this.to].map((box) => {
      const value = box.value.trim() ? readNumber(box.value, lang) : undefined;
      box.setAttribute("aria-invalid", String(value === null));
      return value;
    });
    if (typed.includes(null)) return;
    const range = typed.filter((value) => value !== undefined).sort((a, b) => a - b);
    this.choose("isolate", range.join(","));
  }

  /** Whether the maps of other periods have the same classes. */
  basis() {
    this.kept = el("input", { type: "checkbox" });
    this.kept.addEventListener("change", () => this.choose("class_basis", this.kept.checked ? "all_periods" : ""));
    this.keptLabel = el(
      "label",
      { class: "kept-classes" },
      this.kept,
      el("span", { text: this.t("classes.all_periods") }),
    );
    return this.keptLabel;
  }

  /**
   * @param {import("./api_types").Values} document the values document
   * @param {Record<string, string>} symbology the parameters of the address that say how the map is drawn
   */
  show({ legend, units, layer, indicator, periods }, symbology) {
    const { lang } = document.documentElement;
    const { decimals } = indicator;
    const values = Object.values(units).flatMap((cell) => {
      const { value } = readCell(/** @type {any} */ (cell));
      return typeof value === "number" ? [value] : [];
    });
    this.classification.hidden = !legend.screen.classification || !values.length;
    this.saved.show(layer.indicator, symbology);
    if (this.classification.hidden) return;
    const isolated = layer.isolate ? layer.isolate.split(",").map(Number) : [];
    const apart = (value) => isolated.length && value >= isolated[0] && value <= isolated[isolated.length - 1];
    const classed = values.filter((value) => !apart(rounded(value, decimals)));
    const ends = endsOf(values, legend.classes);
    this.shown = {
      values: classed,
      breaks: innerBreaks(legend.classes),
      colours: classColours(legend.classes),
      label: this.t("classes.histogram", {
        n: classed.length,
        low: formatShort(ends[0], decimals, lang),
        high: formatShort(ends[1], decimals, lang),
      }),
      decimals,
      ends,
      lang,
    };
    this.histogram.show(this.shown);
    this.rows.show(this.shown);
    this.add.disabled = this.shown.breaks.length >= MOST_BREAKS || !addBreak(this.shown.breaks, classed, decimals);
    const [from = null, to = from] = isolated;
    this.from.value = from === null ? "" : formatShort(from, decimals, lang);
    this.to.value = to === null || to === from ? "" : formatShort(to, decimals, lang);
    this.clear.hidden = !isolated.length;
    this.kept.checked = layer.class_basis === "all_periods";
    this.keptLabel.hidden = periods.length < 2 && !this.kept.checked;
  }

  addOne() {
    const { breaks, values, decimals } = this.shown;
    const more = addBreak(breaks, values, decimals);
    if (more) this.choose("thresholds", formatBreaks(more));
  }
}

/**
 * From the lowest to the highest value that a class or a unit reaches.
 *
 * @returns {[number, number]}
 */
function endsOf(values, classes) {
  const lowest = classes[0].lower ?? values[0];
  return [Math.min(lowest, ...values), Math.max(classes[classes.length - 1].upper, ...values)];
}
