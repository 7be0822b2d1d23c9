/** The list of a theme's indicators, the same as the server wrote, and the field to filter it. */

import { announce, byId, el } from "../core/dom.js";
import { indicatorMenu, matchesFilter } from "../core/indicator_menu.js";
import { t } from "../core/i18n.js";

export class IndicatorList {
  constructor() {
    this.root = byId("indicator-list");
    this.field = byId("indicator-filter");
    this.field.addEventListener("input", () => this.filter(true));
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.field.value) return;
      // The first Escape empties the field, only the next one closes the sheet around it.
      event.stopPropagation();
      event.preventDefault();
      this.field.value = "";
      this.filter(true);
    });
  }

  /** @param {import("../api_types").Catalogue} catalogue
   * @param {import("../api_types").Theme} theme the one to list
   * @param {import("../api_types").LayerParameters} layer what the map shows */
  show(catalogue, theme, layer) {
    if ((this.theme ??= theme.id) !== theme.id) this.resetFor(theme.id);
    const unfolded = this.unfolded();
    const { groups, elsewhere, long } = indicatorMenu(theme.indicators, layer);
    this.entries = new Map(theme.indicators.map((each) => [each.id, each]));
    this.field.hidden = !long;
    this.root.replaceChildren(
      ...groups.map((group, place) => fieldset(group, place, layer.indicator)),
      ...(elsewhere.length ? [folded(elsewhere, layer.indicator, catalogue.levels, unfolded)] : []),
      el("p", { class: "no-match muted", hidden: true, text: t("choose.no_match") }),
    );
    this.filter(false);
  }

  /** Another theme begins with an empty field and its own fold closed. */
  resetFor(theme) {
    this.theme = theme;
    this.field.value = "";
    this.before = false;
  }

  /** @returns {HTMLInputElement|null} */
  chosen() {
    return this.root.querySelector("input:checked");
  }

  /** Whether a person opened what is folded away; what the filter opened does not count. */
  unfolded() {
    const open = this.root.querySelector("details")?.open ?? false;
    return this.before ?? open;
  }

  /** Leaves what matches the words in the field, folded away or not. */
  filter(said) {
    const typed = this.field.hidden ? "" : this.field.value.trim();
    let n = 0;
    for (const label of this.root.querySelectorAll("label")) {
      label.hidden = Boolean(typed) && !matchesFilter(this.entry(label), typed);
      n += label.hidden ? 0 : 1;
    }
    /** @type {NodeListOf<HTMLElement>} */
    const parts = this.root.querySelectorAll("fieldset, details");
    for (const part of parts) {
      part.hidden = !part.querySelector("label:not([hidden])");
    }
    this.unfold(typed);
    /** @type {HTMLElement|null} */
    const none = this.root.querySelector(".no-match");
    if (none) none.hidden = n > 0;
    if (said && typed) announce(n ? t("choose.matches", { n }) : t("choose.no_match"));
  }

  /** A filter looks into the fold as well; without one it is again as it was. */
  unfold(typed) {
    const details = this.root.querySelector("details");
    if (!details) return;
    if (typed) this.before ??= details.open;
    if (typed) details.open = true;
    else if (this.before !== undefined) details.open = this.before || Boolean(details.querySelector(":checked"));
    if (!typed) this.before = undefined;
  }

  /** Before the catalogue is here, the names in the page have to do. */
  entry(label) {
    const { value } = label.querySelector("input");
    return this.entries?.get(value) ?? { name: label.querySelector("span").textContent };
  }
}

/** Indicators of no group have a heading too where they stand below those of another one. */
function fieldset({ name, rows }, place, current) {
  const heading = name || (place ? t("choose.other_group") : "");
  const options = rows.map(({ indicator, withValue: n, total, periods }) => {
    const title = t("choose.covered", { n, total, periods });
    return option(indicator, current, el("small", { title, text: `${n}/${total}` }));
  });
  return el("fieldset", {}, heading ? el("legend", { text: heading }) : null, ...options);
}

function folded(rows, current, levels, unfolded) {
  const names = new Map(levels.map(({ id, name }) => [id, name]));
  const options = rows.map(({ indicator, level }) =>
    option(indicator, current, el("small", { text: names.get(level) ?? "–" }), " is-off"),
  );
  const open = unfolded || rows.some(({ indicator }) => indicator.id === current);
  const summary = el("summary", { text: t("choose.elsewhere", { n: rows.length }) });
  return el("details", { open }, summary, ...options);
}

function option({ id, name }, current, share, kind = "") {
  const radio = el("input", { type: "radio", name: "indicator", value: id });
  radio.checked = id === current;
  return el("label", { class: `option indicator${kind}` }, radio, el("span", { text: name }), share);
}
