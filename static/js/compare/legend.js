/** One legend for both maps: the same classes, with the counts of either side. */

import { byId, el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { Legend } from "../panel/legend.js";
import { dashedSwatch } from "../panel/swatches.js";

export class CompareLegend extends Legend {
  /**
   * @param {import("./view.js").SideView[]} sides what the maps show
   * @param {import("../api_types").Legend} legend pooled
   * @param {{left: {label: string}, right: {label: string}}} eras
   */
  showSides(sides, legend, eras, { formerBoundaries, ...lines }) {
    this.sides = sides;
    const { scale } = sides[0].document.legend;
    const recast = sides.map((side) => side.document.recast).find(Boolean) ?? null;
    this.show({ ...sides[0].document, recast, legend: { ...legend, scale } }, lines);
    if (formerBoundaries) this.root.querySelector(".legend-rows").append(formerBoundariesRow(eras.left.label));
    const words = { left: eras.left.label, right: eras.right.label };
    if (sides.length > 1) byId("legend-of").textContent = t("comparison.legend_sides", words);
  }

  /** A row tells for each side how many of its units are meant. */
  row(sign, label, count, test, key) {
    const item = super.row(sign, label, count, test, key);
    if (this.sides.length < 2) return item;
    const lang = window.document.documentElement.lang;
    const counts = this.sides.map(({ document }) => Object.values(document.units).filter(test).length);
    const words = counts.map((n) => formatNumber(n, 0, lang));
    const cell = item.querySelector(".legend-count");
    cell.textContent = words.join(" | ");
    cell.setAttribute("aria-label", t("comparison.legend_sides", { left: words[0], right: words[1] }));
    return item;
  }

  /**
   * The units of a row, of both sides by era.
   *
   * @returns {any}
   */
  unitIds(row) {
    return Object.fromEntries(
      this.sides.map(({ era, document }) => [
        era,
        Object.entries(document.units)
          .filter(([, cell]) => row.test(cell))
          .map(([id]) => id),
      ]),
    );
  }

  /** Shows in which rows the pointed units stand. */
  pointAll(ids) {
    const cells = this.sides.flatMap(({ era, document }) => (ids?.[era] ?? []).map((id) => document.units[id]));
    for (const { button, test } of this.rows) {
      button.classList.toggle(
        "is-highlighted",
        cells.some((cell) => cell && test(cell)),
      );
    }
  }
}

function formerBoundariesRow(step) {
  const sign = dashedSwatch();
  sign.querySelector("line").setAttribute("class", "former-boundary former-boundary-ink");
  const label = el("span", { class: "legend-label", text: t("comparison.old_lines", { step }) });
  return el("li", {}, el("span", { class: "legend-row" }, sign, label));
}
