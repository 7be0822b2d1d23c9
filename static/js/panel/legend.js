/** The legend: classes with their counts, sizes of symbols, kinds of missing, signs. */

import { byId, el, svg } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { isEstimate } from "../map/symbology.js";
import { dashedSwatch, doubtMark, estimateCircle, estimateSwatch, hatchedSwatch, missingSwatch, swatch } from "./swatches.js";

/** Height of a line of text beside the circles, pixels. */
const SIZE_LINE = 15;

export class Legend {
  /**
   * @param {(ids: string[]|null) => void} highlight asked to let a row's units stand out
   */
  constructor(highlight) {
    this.root = byId("legend-body");
    this.highlight = highlight;
    this.rows = [];
    this.root.addEventListener("mouseover", (event) => this.previewRow(event));
    this.root.addEventListener("mouseleave", () => this.endPreview());
    this.root.addEventListener("focusin", (event) => this.previewRow(event));
    this.root.addEventListener("focusout", () => this.endPreview());
    this.root.addEventListener("click", (event) => this.togglePin(event));
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.clear();
    });
  }

  /**
   * @param {object} document the values document
   * @param {{indicative?: boolean, derived?: boolean}} lines signs of the map's lines; see `Boundaries.boundaryQualities`
   */
  show(document, lines = {}) {
    this.document = document;
    this.rows = [];
    this.pinned = null;
    const { legend } = document;
    const symbols = legend.style === "symbols" && legend.symbols.length ? this.symbolSizes(legend) : null;
    const withClasses = legend.style !== "symbols" || legend.classes.length > 1;
    const list = el("ul", { class: "legend-rows" });
    if (withClasses) legend.classes.forEach((row, index) => list.append(this.classRow(row, index)));
    for (const row of legend.missing) if (row.count) list.append(this.missingRow(row));
    this.signs(legend, lines).forEach((row) => list.append(row));
    const notes = legend.notes.map((note) => el("p", { class: "legend-note", text: note }));
    this.root.replaceChildren(...[symbols, list, ...notes].filter(Boolean));
    byId("legend-of").textContent = t("legend.of_total", { n: legend.with_value, total: legend.total });
  }

  classRow({ label, colour, count }, index) {
    return this.row(swatch(colour), label, count, (cell) => cell[0] !== null && cell[1] === index, String(index));
  }

  missingRow({ kind, label, count }) {
    return this.row(missingSwatch(kind), label, count, (cell) => cell[0] === null && cell[1] === kind, kind);
  }

  signs({ style, classes, doubtful, estimated }, { indicative, derived }) {
    const rows = [];
    if (estimated) {
      const paint = style === "symbols" ? estimateCircle : estimateSwatch;
      const sign = paint(classes[Math.floor(classes.length / 2)]?.colour ?? "#b9c4ce");
      const label = this.document.recast ? t("legend.by_shares") : t("legend.estimated");
      rows.push(this.row(sign, label, estimated, (cell) => cell[0] !== null && isEstimate(cell[2]), "estimate"));
    }
    if (doubtful) {
      rows.push(this.row(doubtMark(), t("legend.doubtful"), doubtful, (cell) => cell[3] === 1, "doubtful"));
    }
    if (indicative) rows.push(lineRow(dashedSwatch(), t("legend.indicative")));
    if (derived) rows.push(lineRow(hatchedSwatch(), t("legend.derived")));
    return rows;
  }

  row(sign, label, count, test, key) {
    const lang = window.document.documentElement.lang;
    const button = el(
      "button",
      { type: "button", class: "legend-row", "aria-pressed": "false", title: t("legend.light"), "data-key": key },
      sign,
      el("span", { class: "legend-label", text: label }),
      el("span", { class: "legend-count", text: formatNumber(count, 0, lang), "aria-label": t("legend.units", { n: count }) }),
    );
    this.rows.push({ button, test });
    return el("li", {}, button);
  }

  /** Nested circles, the largest behind. */
  symbolSizes({ symbols: full, classes, scale = 1 }) {
    const symbols = full.map((each) => ({ ...each, radius: each.radius * scale }));
    const largest = Math.max(...symbols.map((each) => each.radius));
    const width = largest * 2 + 110;
    const height = Math.max(largest * 2 + 12, symbols.length * SIZE_LINE + 6);
    const sorted = [...symbols].sort((a, b) => b.radius - a.radius);
    const fill = classes.at(-1)?.colour ?? "none";
    const parts = sorted.flatMap(({ radius, label }, i) => {
      const cy = height - 4 - radius;
      const top = cy - radius;
      const beside = 8 + i * SIZE_LINE + Math.max(0, height - 12 - sorted.length * SIZE_LINE);
      const line = `M${largest + 2} ${top}H${largest * 2 + 6}L${largest * 2 + 18} ${beside}`;
      return [
        svg("circle", { cx: largest + 2, cy, r: radius, class: "size", fill }),
        svg("path", { d: line, class: "size-line" }),
        svg("text", { x: largest * 2 + 22, y: beside + 4, class: "size-label", text: label }),
      ];
    });
    return svg("svg", { class: "sizes", width, height, role: "img", "aria-label": symbols.map((s) => s.label).join(", ") }, ...parts);
  }

  rowOf(event) {
    const button = event.target.closest?.("button.legend-row");
    return this.rows.find((row) => row.button === button);
  }

  ids(row) {
    return Object.entries(this.document.units).filter(([, cell]) => row.test(cell)).map(([id]) => id);
  }

  previewRow(event) {
    const row = this.rowOf(event);
    if (row && !this.pinned) this.highlight(this.ids(row));
  }

  endPreview() {
    if (!this.pinned) this.highlight(null);
  }

  /** A click keeps the class lit, a second one lets go. */
  togglePin(event) {
    const row = this.rowOf(event);
    if (!row) return;
    this.pinned = this.pinned === row ? null : row;
    for (const each of this.rows) each.button.setAttribute("aria-pressed", String(each === this.pinned));
    this.highlight(this.ids(row));
    if (!this.pinned && event.detail === 0) this.highlight(null);
  }

  clear() {
    this.pinned = null;
    for (const each of this.rows) each.button.setAttribute("aria-pressed", "false");
    this.highlight(null);
  }

  /** Shows in which row the pointed unit stands. */
  point(id) {
    const cell = id ? this.document?.units[id] : null;
    for (const { button, test } of this.rows) {
      button.classList.toggle("is-highlighted", Boolean(cell && test(cell)));
    }
  }
}

function lineRow(sign, text) {
  const label = el("span", { class: "legend-label", text });
  return el("li", {}, el("span", { class: "legend-row" }, sign, label));
}
