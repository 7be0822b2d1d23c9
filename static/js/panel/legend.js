/** The legend: classes with their counts, sizes of symbols, kinds of missing, signs. */

import { byId, el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { isEstimate } from "../map/symbology.js";
import { styleOf } from "../styles/index.js";
import { dashedSwatch, doubtMark, hatchedSwatch, missingSwatch, swatch } from "./swatches.js";

export class Legend {
  /**
   * @param {(ids: any) => void} highlight dims all units but these (ids, in a comparison ids by side); null for none
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
   * @param {import("../api_types").Values} document the values document
   * @param {{indicative?: boolean, derived?: boolean}} lines signs of the map's lines; see `Boundaries.boundaryQualities`
   */
  show(document, lines = {}) {
    this.document = document;
    this.rows = [];
    this.pinned = null;
    const { legend } = document;
    const head = styleOf(legend).legendHead(legend);
    const list = el("ul", { class: "legend-rows" });
    if (legend.screen.class_rows) legend.classes.forEach((row, index) => list.append(this.classRow(row, index)));
    for (const row of legend.missing) if (row.count) list.append(this.missingRow(row));
    this.signs(legend, lines).forEach((row) => list.append(row));
    const notes = legend.notes.map((note) => el("p", { class: "legend-note", text: note }));
    this.root.replaceChildren(...[head, list, ...notes].filter(Boolean));
    byId("legend-of").textContent = t("legend.of_total", { n: legend.with_value, total: legend.total });
  }

  classRow({ label, colour, count }, index) {
    return this.row(swatch(colour), label, count, (cell) => cell[0] !== null && cell[1] === index, String(index));
  }

  missingRow({ kind, label, count }) {
    return this.row(missingSwatch(kind), label, count, (cell) => cell[0] === null && cell[1] === kind, kind);
  }

  signs(legend, { indicative = false, derived = false }) {
    const { classes, doubtful, estimated } = legend;
    const rows = [];
    if (estimated) {
      const sign = styleOf(legend).estimateSwatch(classes[Math.floor(classes.length / 2)]?.colour ?? "#b9c4ce");
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
      el("span", {
        class: "legend-count",
        text: formatNumber(count, 0, lang),
        "aria-label": t("legend.units", { n: count }),
      }),
    );
    this.rows.push({ button, test });
    return el("li", {}, button);
  }

  rowOf(event) {
    const button = event.target.closest?.("button.legend-row");
    return this.rows.find((row) => row.button === button);
  }

  /** @returns {any} ids of the units of a row; see also `CompareLegend` */
  unitIds(row) {
    return Object.entries(this.document.units)
      .filter(([, cell]) => row.test(cell))
      .map(([id]) => id);
  }

  previewRow(event) {
    const row = this.rowOf(event);
    if (row && !this.pinned) this.highlight(this.unitIds(row));
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
    this.highlight(this.unitIds(row));
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
