/** The classes as rows: colour, upper limit as the page writes numbers, how many units, and what takes one away. */

import { el } from "../core/dom.js";
import { formatShort, readNumber } from "../core/format.js";
import { swatch } from "../panel/swatches.js";
import { classCounts, moveBreak, removeBreak, rounded, stepOf, typeBreak } from "./breaks.js";

export class ClassRows {
  /**
   * @param {(key: string, values?: object) => string} t
   * @param {{moved: (breaks: number[]) => void, chosen: (breaks: number[]) => void}} on
   */
  constructor(t, on) {
    this.t = t;
    this.on = on;
    this.node = el("ol", { class: "class-rows" });
  }

  /** @param {{values: number[], breaks: number[], colours: string[], decimals: number, lang: string,
   *   ends: [number, number]}} shown */
  show(shown) {
    this.shown = shown;
    const held = [...this.node.querySelectorAll("input, button")].indexOf(/** @type {any} */ (document.activeElement));
    const counts = classCounts(shown.values, shown.breaks, shown.decimals);
    this.node.replaceChildren(...counts.map((count, i) => this.row(i, count)));
    /** @type {HTMLElement} */ ([...this.node.querySelectorAll("input, button")][held])?.focus();
  }

  row(index, count) {
    const { breaks, colours } = this.shown;
    const own = el("span", { class: "class-count", text: count, "data-count": index });
    const limit = index < breaks.length ? this.limit(index) : el("span", { class: "class-last", text: this.above() });
    return el(
      "li",
      {},
      swatch(colours[index] ?? "none"),
      limit,
      own,
      index < breaks.length ? this.remover(index) : null,
    );
  }

  above() {
    const { breaks, decimals, lang } = this.shown;
    return breaks.length ? `> ${formatShort(breaks[breaks.length - 1], decimals, lang)}` : "";
  }

  limit(index) {
    const { breaks, decimals, lang } = this.shown;
    const input = el("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      value: formatShort(breaks[index], decimals, lang),
      "aria-label": this.t("classes.upper", { n: index + 1 }),
      on: { blur: () => this.typed(index, input), keydown: (event) => this.key(index, input, event) },
    });
    return el("label", {}, el("span", { "aria-hidden": "true", text: "≤" }), input);
  }

  remover(index) {
    const label = this.t("classes.remove", { n: index + 1 });
    const click = () => this.on.chosen(removeBreak(this.shown.breaks, index));
    const disabled = this.shown.breaks.length === 1;
    return el("button", {
      type: "button",
      class: "quiet",
      text: "×",
      "aria-label": label,
      title: label,
      disabled,
      on: { click },
    });
  }

  typed(index, input) {
    const { breaks, decimals, lang } = this.shown;
    const value = readNumber(input.value, lang);
    input.setAttribute("aria-invalid", String(value === null));
    if (value === null) {
      input.setCustomValidity(this.t("classes.no_number", { example: formatShort(1234.5, 1, lang) }));
      return;
    }
    input.setCustomValidity("");
    if (input.isConnected && rounded(value, decimals) !== breaks[index])
      this.on.chosen(typeBreak(breaks, index, value, decimals));
  }

  /** The arrows move a break by a hundredth of the values' range, at least by one step of the decimals. */
  key(index, input, event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.typed(index, input);
      // Only when asked for: told on leaving, it would hold the focus back.
      input.reportValidity();
      return;
    }
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const { breaks, decimals, lang, ends } = this.shown;
    const step = Math.max(stepOf(decimals), (ends[1] - ends[0]) / 100);
    const from = readNumber(input.value, lang) ?? breaks[index];
    const moved = moveBreak(breaks, index, from + direction * step, decimals);
    input.value = formatShort(moved[index], decimals, lang);
    this.recount(moved);
    this.on.moved(moved);
  }

  /** How many units the classes would have; what is typed stays. */
  recount(breaks) {
    const counts = classCounts(this.shown.values, breaks, this.shown.decimals);
    counts.forEach((count, i) => {
      this.node.querySelector(`[data-count="${i}"]`).textContent = String(count);
    });
  }

  /** The limits while one is dragged. */
  follow(breaks) {
    const { decimals, lang } = this.shown;
    this.node.querySelectorAll("input").forEach((input, i) => {
      input.value = formatShort(breaks[i], decimals, lang);
    });
    this.recount(breaks);
  }
}
