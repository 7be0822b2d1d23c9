/** The choices of a comparison. The form says what was chosen; the page decides what follows. */

import { byId, el, inputsNamed } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { enableControlsSheet } from "../panel/controls_sheet.js";
import { seriesId } from "../core/url_state.js";
import { daysOf, layersOf } from "./state_transitions.js";

const option = (value, text, current) => {
  const node = el("option", { value, text });
  node.selected = value === current;
  return node;
};
const withCount = ({ label, with_value: n, total }) => (n < total ? `${label} (${n}/${total})` : label);

function radio(name, value, text, current) {
  const input = el("input", { type: "radio", name, value, form: "controls" });
  input.checked = value === current;
  return el("label", { class: "option" }, input, el("span", { text }));
}

export class CompareControls {
  /** @param {(field: string, value: string) => void} choose */
  constructor(choose) {
    /** @type {import("../api_types").Catalogue|null} */
    this.catalogue = null;
    /** @type {[import("../api_types").Comparison, string, string]|null} what was shown last */
    this.shown = null;
    this.form = byId("controls");
    byId("main").addEventListener("change", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (target.name && target.form === this.form) choose(target.name, target.value);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    enableControlsSheet(this.form);
  }

  /** From here on the lists follow the catalogue. */
  setCatalogue(catalogue) {
    this.catalogue = catalogue;
    if (catalogue && this.shown) this.show(...this.shown);
  }

  /** @param {import("../api_types").Comparison} document */
  show(document, mode, table) {
    this.shown = [document, mode, table];
    const { layer, periods } = document.left;
    const choices = { mode, measure: document.measure, level: layer.level, table };
    for (const [field, value] of Object.entries(choices)) this.check(field, value);
    for (const input of inputsNamed(byId("main"), "mode")) {
      if (input.value === "difference") input.closest("label").hidden = Boolean(document.classes);
    }
    byId("measure-field").hidden = mode !== "difference";
    byId("table-side").hidden = mode === "difference" || mode === "outline";
    byId("indicator").value = seriesId(layer);
    byId("period").replaceChildren(...listed(periods, layer.period));
    const second = document.real.period2?.period ?? "";
    const same = option("", t("comparison.same_figures"), second);
    byId("period2").replaceChildren(same, ...listed(document.periods2, second));
    if (this.catalogue) this.lists(document);
    this.nameSides(document.eras);
    this.links(document);
  }

  /** Figures of today put onto former units: the left side is the later one. */
  nameSides({ left, right }) {
    const words = left.date > right.date ? ["right", "left"] : ["left", "right"];
    ["left", "right"].forEach((side, index) => {
      const text = t(`comparison.${words[index]}`);
      byId(`name-${side}`).textContent = text;
      byId("table-side").querySelector(`[value="${side}"]`).nextElementSibling.textContent = text;
    });
  }

  check(field, value) {
    for (const input of inputsNamed(byId("main"), field)) input.checked = input.value === value;
  }

  /** Days with units of the level; those without figures stay out of the list of the left side. */
  lists({ left: { layer }, eras }) {
    const days = daysOf(this.catalogue, layer.level);
    const steps = this.catalogue.timeline.filter(({ date }) => days.includes(date)).reverse();
    const having = new Set(
      layersOf(this.catalogue, layer)
        .filter(({ level }) => level === layer.level)
        .map(({ date }) => date),
    );
    this.fill(
      "date-list",
      "date",
      steps.filter(({ date }) => having.has(date)),
      layer.date,
    );
    this.fill("on-list", "on", steps, eras.right.date, layer.date);
  }

  fill(root, name, steps, current, own) {
    const focused = byId(root).contains(window.document.activeElement);
    const label = (step) => (step.date === own ? t("comparison.as_published") : step.name);
    byId(root).replaceChildren(...steps.map((step) => radio(name, step.date, label(step), current)));
    if (focused) /** @type {HTMLElement|null} */ (byId(root).querySelector("input:checked"))?.focus();
  }

  links({ left, eras }) {
    const from = left.layer.date;
    const to = eras.right.date;
    byId("csv-succession").href = `/api/v1/succession.csv?from=${from}&to=${to}&level=${left.layer.level}`;
    byId("to-balance").href = `/balance?${left.query}&on=${to}`;
    byId("to-balance").hidden = left.indicator.kind !== "count" || from === to;
  }
}

function listed(periods, current) {
  return [...periods].reverse().map((each) => option(each.period, withCount(each), current));
}
