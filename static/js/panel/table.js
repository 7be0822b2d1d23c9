/** The figures as a table: sortable, ranked, with bars, linked both ways with the map. */

import { byId, el } from "../core/dom.js";
import { collator, formatBareValue } from "../core/format.js";
import { afterNextPaint, runInSlices } from "../core/schedule.js";
import { t } from "../core/i18n.js";
import { isEstimate, readCell } from "../map/symbology.js";
import { besideCell, besideHeading } from "./agreement.js";
import { bar, doubtMark, impossibleMark, swatch } from "./swatches.js";

/** Rows beyond these follow while nothing else happens, so many at a time. */
const FIRST_ROWS = 120;
const BATCH = 400;

/** Sort orders by their name in the address; the first is the default. */
export const ORDERS = ["value", "-value", "name", "-name"];

/**
 * @param {{name: string, value: number|string|null, classIndex?: number|null}[]} rows classes are
 *   listed in their own order
 * @param {string} order one of `ORDERS`: `value` is from high to low, `name` from a to z
 * @returns {object[]} sorted; without a value always last
 */
export function sortRows(rows, order) {
  const byName = (a, b) => collator.compare(a.name, b.name);
  const direction = order.startsWith("-") ? -1 : 1;
  if (order.endsWith("name")) return [...rows].sort((a, b) => direction * byName(a, b));
  return [...rows].sort((a, b) => {
    if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
    return (a.value === null ? 0 : direction * ahead(a, b)) || byName(a, b);
  });
}

/** How far the second row is ahead of the first: by its number, or later in the list of classes. */
function ahead(a, b) {
  return typeof a.value === "string" ? a.classIndex - b.classIndex : b.value - a.value;
}

/** Whether a row's value counts: there is one and nothing speaks against it. */
const isReliable = ({ value, doubtful }) => typeof value === "number" && !doubtful;

/** Gives every sound number its rank, 1 for the highest; equal values share one, classes have none. */
export function rankRows(rows) {
  const values = rows
    .filter(isReliable)
    .map((row) => row.value)
    .sort((a, b) => b - a);
  const ranks = new Map();
  values.forEach((value, index) => ranks.has(value) || ranks.set(value, index + 1));
  return rows.map((row) => ({ ...row, rank: isReliable(row) ? ranks.get(row.value) : null }));
}

const isClass = ({ value }) => typeof value === "string";

/** The bar of a number, the colour of a class. */
function rowSign(value, maximum, colour) {
  if (typeof value === "string") return swatch(colour);
  return maximum ? bar(Math.abs(value) / maximum, colour) : null;
}

export class Table {
  /**
   * @param {{open: (id: string) => void, point: (id: string|null) => void,
   *   sort: (order: string) => void}} on
   */
  constructor(on) {
    this.on = on;
    this.root = byId("figures");
    this.body = this.root.querySelector("tbody");
    this.rows = new Map();
    this.marks = new Map();
    this.renderId = 0;
    /** @type {Set<string>|null} the units that are listed; null for all */
    this.picked = null;
    this.body.addEventListener("click", (event) => this.withRow(event, on.open));
    this.body.addEventListener("mouseover", (event) => this.withRow(event, on.point));
    this.body.addEventListener("mouseleave", () => on.point(null));
    this.body.addEventListener("focusin", (event) => this.withRow(event, on.point));
    this.body.addEventListener("focusout", () => on.point(null));
    this.root.tHead.addEventListener("click", (event) => this.resort(event));
  }

  withRow(event, act) {
    const id = event.target.closest?.("tr")?.dataset.id;
    if (id) act(id);
  }

  resort(event) {
    const column = event.target.closest?.("button")?.dataset.sort;
    if (column) this.on.sort(this.order === column ? `-${column}` : column);
  }

  /**
   * @param {import("../api_types").Values} document the values document
   * @param {Map<string, {properties: object}>} shapes for the names
   * @param {string} order
   * @param {boolean} beside whether the figure of the counterpart has a column of its own
   */
  show(document, shapes, order = "value", beside = false) {
    this.beside = (beside && document.counterpart) || null;
    this.order = ORDERS.includes(order) ? order : ORDERS[0];
    const rows = Object.entries(document.units).map(([id, cell]) => ({
      id,
      name: shapes.get(id)?.properties.shown ?? id,
      ...readCell(cell),
    }));
    // Doubtful figures too: all bars keep one measure.
    const maximum = rows.reduce((top, { value }) => Math.max(top, typeof value === "number" ? Math.abs(value) : 0), 0);
    const ranked = rankRows(rows).filter(({ id }) => !this.picked || this.picked.has(id));
    const sorted = sortRows(ranked, this.order);
    this.shown = { document, rows: sorted };
    const adopted = this.renderId === 0 && !this.beside ? this.adoptServerRows(sorted) : 0;
    this.renderId += 1;
    if (!adopted) this.clearRows();
    this.body.append(...sorted.slice(adopted, FIRST_ROWS).map((row) => this.row(row, document, maximum)));
    this.appendRemaining(sorted.slice(Math.max(adopted, FIRST_ROWS)), document, maximum);
    this.jointValueRows(document);
    byId("figures-caption").textContent = t("table.caption", document);
    const { symbol } = document.indicator.measure_unit;
    byId("figures-unit").textContent = symbol && `(${symbol})`;
    this.showBesideHeading();
    this.updateSortHeaders();
  }

  /** With another column the bars give way to it. */
  showBesideHeading() {
    this.root.classList.toggle("has-beside", Boolean(this.beside));
    this.root.querySelector("thead .beside")?.remove();
    this.root.querySelector("[data-sort=value]").closest("th").colSpan = this.beside ? 1 : 2;
    if (this.beside) this.root.tHead.rows[0].append(besideHeading(this.beside));
  }

  clearRows() {
    this.rows.clear();
    this.body.replaceChildren();
  }

  /** How many of the rows stand already as the server wrote them, in the same order. */
  adoptServerRows(sorted) {
    const here = [...this.body.rows];
    if (!here.length || here.some((node, i) => node.dataset.id !== sorted[i]?.id)) return 0;
    for (const node of here) this.rows.set(node.dataset.id, node);
    return here.length;
  }

  /** The rows far below: a table of thousands must not hold up the map. */
  async appendRemaining(rows, document, maximum) {
    const renderId = this.renderId;
    if (rows.length) await afterNextPaint();
    for (let at = 0; at < rows.length; at += BATCH) {
      const nodes = [];
      const add = (row) => nodes.push(this.row(row, document, maximum));
      if (
        renderId !== this.renderId ||
        !(await runInSlices(rows.slice(at, at + BATCH), add, () => renderId === this.renderId))
      )
        return;
      this.body.append(...nodes);
      for (const [name, id] of this.marks) this.rows.get(id)?.classList.add(name);
    }
  }

  row(row, { indicator, legend }, maximum) {
    const colour = legend.classes[row.classIndex]?.colour;
    const node = el(
      "tr",
      { "data-id": row.id },
      el("td", { class: "rank", text: row.rank ?? "" }),
      el("th", { scope: "row" }, el("button", { type: "button", class: "unit-name", text: row.name })),
      row.missing ? this.missingCell(row, legend, indicator) : this.valueCell(row, indicator),
      this.beside
        ? besideCell(this.beside, row.id, indicator)
        : el(
            "td",
            { class: isClass(row) ? "bar-cell is-class" : "bar-cell" },
            row.missing ? null : rowSign(row.value, maximum, colour),
          ),
    );
    this.rows.set(row.id, node);
    return node;
  }

  /** The groups of units of which a figure is known only together, below all units. */
  jointValueRows({ together = [] }) {
    const rows = together.map(({ name, text, status, doubtful }) =>
      el(
        "tr",
        {},
        el("td", { class: "rank" }),
        el("th", { scope: "row", text: t("table.together", { name }) }),
        el(
          "td",
          { class: "num", colspan: 2 },
          doubtful ? doubtMark() : null,
          isEstimate(status) ? el("small", { text: `${t("table.estimate")} ` }) : null,
          text,
        ),
      ),
    );
    this.root.tFoot?.replaceChildren(...rows);
  }

  valueCell(row, indicator) {
    const number = formatBareValue(row.value, indicator, window.document.documentElement.lang);
    const estimate = isEstimate(row.status) ? el("small", { text: `${t("table.estimate")} ` }) : null;
    return el(
      "td",
      { class: isClass(row) ? "num is-class" : "num" },
      row.doubtful ? doubtMark() : null,
      estimate,
      number,
    );
  }

  missingCell({ missing, printed }, legend, indicator) {
    const label = legend.missing.find((each) => each.kind === missing)?.label ?? "";
    if (printed === null) return el("td", { class: "num missing", text: label });
    const number = formatBareValue(printed, indicator, window.document.documentElement.lang);
    return el("td", { class: "num missing" }, impossibleMark(label), number);
  }

  updateSortHeaders() {
    for (const button of this.root.tHead.querySelectorAll("button")) {
      const column = button.dataset.sort;
      const here = this.order.endsWith(column);
      const ascending = this.order === (column === "name" ? "name" : "-value");
      const header = button.closest("th");
      if (here) header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      else header.removeAttribute("aria-sort");
    }
  }

  /** Marks the row of the unit pointed at on the map. */
  point(id) {
    this.mark("is-pointed", id);
  }

  /** Marks the row of the chosen unit and brings it into view. */
  select(id) {
    this.mark("is-selected", id);
    this.rows.get(id)?.scrollIntoView({ block: "nearest" });
  }

  mark(name, id) {
    this.rows.get(this.marks.get(name))?.classList.remove(name);
    this.rows.get(id)?.classList.add(name);
    this.marks.set(name, id);
  }

  /** The unit of the first row. */
  first() {
    return this.body.querySelector("tr")?.dataset.id ?? null;
  }

  focus(id) {
    this.rows.get(id)?.querySelector("button").focus();
  }
}
