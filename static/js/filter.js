/** The units of a map picked by where they lie and by conditions on several indicators; fetched when asked for. */

import { fetchCatalogue, fetchJson } from "./core/api.js";
import { el } from "./core/dom.js";
import { formatShort, formatValue, readNumber } from "./core/format.js";
import { companionLayer, companionsOffered } from "./core/companion_layer.js";
import { layerQuery, parseSeries } from "./core/url_state.js";
import { formatConditions, OPERATORS, readConditions, total, unitsMeeting, unjudged } from "./filter/conditions.js";

const SIGNS = { "<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "=" };
const PAGE = 500;

export class FilterPanel {
  /**
   * @param {HTMLElement} root
   * @param {import("./core/i18n.js").Translate} t the panel's words
   * @param {(fields: Record<string, string>) => void} choose what of the address changes
   */
  constructor(root, t, choose) {
    this.t = t;
    this.choose = choose;
    /** Named classes by series, where its figures are none but names. */
    this.classes = new Map();
    this.place = el("p", { class: "filter-place", hidden: true });
    this.rows = el("ol", { class: "filter-rows" });
    this.said = el("p", { class: "filter-result", role: "status" });
    this.add = el("button", {
      type: "button",
      class: "quiet",
      text: this.t("filter.add"),
      on: { click: () => this.addRow() },
    });
    this.clear = el("button", {
      type: "button",
      class: "quiet",
      text: this.t("filter.clear"),
      on: { click: () => choose({ within: "", where: "" }) },
    });
    root.replaceChildren(
      this.place,
      this.rows,
      el("div", { class: "filter-buttons" }, this.add, this.clear),
      this.said,
    );
  }

  /**
   * @param {import("./api_types").Values} values the values document
   * @param {Record<string, string>} state
   * @returns {Promise<{ids: string[]|null, said: string}>} the units picked, null where nothing is asked, and a
   *   sentence on them
   */
  async show(values, state) {
    this.values = values;
    this.state = state;
    this.catalogue = await fetchCatalogue(values.dataset);
    this.conditions = readConditions(state.where);
    this.draft = null;
    const asked = Boolean(state.within || this.conditions.length);
    const [lying, judged] = await Promise.all([this.unitsWithin(state.within), this.judge()]);
    this.clear.hidden = !asked;
    this.showPlace(state.within && lying ? lying.name : "");
    this.showRows();
    if (!asked) {
      this.said.textContent = "";
      return { ids: null, said: "" };
    }
    const all = Object.keys(values.units).filter((id) => !lying || lying.ids.has(id));
    const ids = unitsMeeting(all, judged);
    this.said.textContent = this.result(ids, all, judged);
    return { ids, said: this.said.textContent };
  }

  result(ids, all, judged) {
    const { indicator } = this.values;
    const { lang } = document.documentElement;
    const parts = [this.t("filter.found", { n: ids.length, total: all.length })];
    const sum = total(ids, this.values);
    if (sum) parts.push(this.t("filter.sum", { value: formatValue(sum.sum, indicator, lang), n: sum.n }));
    if (sum?.doubtful) parts.push(this.t("filter.doubtful", { n: sum.doubtful }));
    const unknown = unjudged(all, judged);
    if (unknown) parts.push(this.t("filter.unjudged", { n: unknown }));
    return parts.join("; ");
  }

  /** The units of the map's level that lie in one above, asked for page by page. */
  async unitsWithin(id) {
    if (!id) return null;
    const { lang } = document.documentElement;
    const { level, date } = this.values.boundaries;
    const unit = await fetchJson(`/api/v1/units/${encodeURIComponent(id)}?lang=${lang}`);
    const ids = new Set();
    let url = `/api/v1/units?parent=${encodeURIComponent(id)}&level=${level}&date=${date}&limit=${PAGE}`;
    while (url) {
      const page = await fetchJson(url);
      for (const item of page.items) ids.add(item.id);
      url = page.next;
    }
    return { name: unit.full_name, ids };
  }

  /**
   * Each condition with the figures of the map that its indicator has at this level and date.
   *
   * @returns {Promise<[import("./filter/conditions.js").Condition, Record<string, any>][]>}
   */
  judge() {
    return Promise.all(this.conditions.map(async (each) => [each, (await this.figuresOf(each.series))?.units ?? {}]));
  }

  /** The values document of a series here; null where it has no figures. The classes of its indicator are kept. */
  async figuresOf(series) {
    const chosen = companionLayer(this.catalogue, this.values.layer, series, this.state.lang);
    const found = chosen && (await fetchJson(`/api/v1/values?${layerQuery(chosen)}`));
    this.classes.set(series, found?.indicator.categories ?? []);
    return found;
  }

  showPlace(name) {
    this.place.hidden = !name;
    const click = () => this.choose({ within: "" });
    const all = el("button", { type: "button", class: "quiet", text: this.t("filter.everywhere"), on: { click } });
    this.place.replaceChildren(this.t("filter.within", { name }), " ", all);
  }

  showRows() {
    const rows = [...this.conditions, ...(this.draft ? [this.draft] : [])];
    this.rows.replaceChildren(...rows.map((condition, i) => this.row(condition, i)));
  }

  addRow() {
    const [first] = companionsOffered(this.catalogue, this.values.layer).flatMap(({ indicators }) => indicators);
    if (!first || this.draft) return;
    this.draft = { series: this.values.layer.indicator || first.id, operator: ">=", value: "" };
    this.showRows();
    /** @type {HTMLElement} */ (this.rows.lastElementChild.querySelector("select")).focus();
  }

  row(condition, index) {
    const indicator = this.indicatorChoice(condition);
    const operator = el("select", { "aria-label": this.t("filter.operator") });
    operator.append(
      ...OPERATORS.map((each) =>
        el("option", { value: each, text: SIGNS[each], selected: each === condition.operator }),
      ),
    );
    const value = this.valueField(condition);
    const read = () =>
      this.changed(index, { series: indicator.value, operator: operator.value, value: this.typed(value) });
    for (const field of [operator, value]) field.addEventListener("change", read);
    indicator.addEventListener("change", () =>
      this.redraw(index, { series: indicator.value, operator: operator.value, value: "" }),
    );
    const label = this.t("filter.remove");
    const remove = el("button", {
      type: "button",
      class: "quiet",
      text: "×",
      "aria-label": label,
      title: label,
      on: { click: () => this.remove(index) },
    });
    return el("li", {}, indicator, operator, value, remove);
  }

  indicatorChoice({ series }) {
    const groups = companionsOffered(this.catalogue, this.values.layer).map(({ name, indicators }) =>
      el(
        "optgroup",
        { label: name },
        ...indicators.map(({ id, name: text }) =>
          el("option", { value: id, text, selected: id === parseSeries(series).indicator }),
        ),
      ),
    );
    return el("select", { "aria-label": this.t("filter.indicator") }, ...groups);
  }

  /** A number as the page writes it, or one of the classes of the indicator. */
  valueField({ series, value }) {
    const { lang } = document.documentElement;
    const categories = this.classes.get(series) ?? [];
    if (categories.length) {
      const options = categories.map(({ id, name }) => el("option", { value: id, text: name, selected: id === value }));
      return el("select", { "aria-label": this.t("filter.value") }, ...options);
    }
    const number = value === "" || Number.isNaN(Number(value)) ? null : Number(value);
    const text = number === null ? value : formatShort(number, 6, lang);
    return el("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      value: text,
      "aria-label": this.t("filter.value"),
    });
  }

  /** What was typed as the address carries it; null for what is no number. */
  typed(field) {
    if (field instanceof HTMLSelectElement) return field.value;
    const number = readNumber(field.value, document.documentElement.lang);
    field.setAttribute("aria-invalid", String(number === null && field.value !== ""));
    return number === null ? null : String(number);
  }

  /** Another indicator may have classes in place of numbers; the first of them is meant until another is chosen. */
  async redraw(index, condition) {
    await this.figuresOf(condition.series);
    const [first] = this.classes.get(condition.series);
    if (first) {
      this.changed(index, { ...condition, operator: "=", value: first.id });
      return;
    }
    if (index < this.conditions.length) this.conditions[index] = condition;
    else this.draft = condition;
    this.showRows();
  }

  changed(index, condition) {
    if (condition.value === null) return;
    const conditions = [...this.conditions];
    conditions[index] = condition;
    this.choose({ where: formatConditions(conditions) });
  }

  remove(index) {
    if (index >= this.conditions.length) {
      this.draft = null;
      this.showRows();
      this.add.focus();
      return;
    }
    this.choose({ where: formatConditions(this.conditions.filter((_, i) => i !== index)) });
  }
}
