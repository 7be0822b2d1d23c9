/**
 * Figures put onto the boundaries of another day: the switch beside the map, and how a figure came
 * about in words.
 */

import { fetchJson } from "../core/api.js";
import { findIndicator } from "../core/choices.js";
import { byId, el } from "../core/dom.js";
import { layerQuery } from "../core/state.js";
import { t } from "../core/texts.js";

/** Status of a recast figure, with the weight, the range and the coverage where they matter. */
export function howText(how, missing = null) {
  if (!how || missing) return "";
  const parts = [how.status_label];
  if (how.weight_label) parts.push(t("popup.by_weight", { weight: how.weight_label }));
  if (how.range_text) parts.push(t("popup.between", { range: how.range_text }));
  if (how.coverage !== null && how.coverage < 0.9995) parts.push(t("popup.covers", { percent: how.coverage_text }));
  return parts.join(" · ");
}

/** The parts of a card that say what a recast figure is and from what it was made. */
export function recastParts({ recast, rank }, indicator) {
  const figure = el(
    "div",
    { class: "card-figure" },
    el("p", { class: "card-indicator", text: indicator.name }),
    recast.text ? el("p", { class: "card-value" }, el("b", { text: recast.text })) : null,
    el("p", { class: recast.text ? "card-how" : "card-missing", text: howText(recast) }),
    recast.reason ? el("p", { class: "muted", text: recast.reason }) : null,
    rank ? el("p", { class: "card-rank", text: rank.text }) : null,
  );
  const rows = recast.contributions.map(({ unit, role_label: role, text, share, share_text, source }) =>
    el(
      "li",
      {},
      el("a", { href: unit.url, text: unit.full_name }),
      `${role ? `, ${role}` : ""}: ${text}${share === null ? `, ${share_text}` : share < 0.9995 ? ` × ${share_text}` : ""} (`,
      el("a", { href: source.url, text: source.title }),
      ")",
    ),
  );
  const list = rows.length ? el("div", { class: "card-others" }, el("p", { text: `${t("popup.made_from")}:` }), el("ul", { class: "links" }, ...rows)) : null;
  const gaps = recast.missing.map(({ full_name: name }) => name).join(", ");
  return [figure, list, gaps ? el("p", { class: "card-others", text: `${t("popup.without")}: ${gaps}` }) : null];
}

/** "As published" or "on today's communes", where the server can recast the figures. */
export class RecastSwitch {
  constructor() {
    this.field = byId("on-field");
    this.catalogue = null;
  }

  /** Which levels have units on which days is known from here on. */
  offer(catalogue) {
    this.catalogue = catalogue;
    if (catalogue && this.shown) this.show(...this.shown);
  }

  /**
   * @param {object} values the values document
   * @param {Record<string, string>} state
   */
  async show(values, state) {
    this.shown = [values, state];
    this.link(values);
    const turn = (this.turn = {});
    const day = values.layer.on || this.today(values.layer);
    const possible = Boolean(values.layer.on) || (day && (await this.recovers({ ...state, on: day })));
    if (turn !== this.turn) return;
    this.field.hidden = !possible;
    if (possible) this.offerDay(day, values.layer);
  }

  /** The last day of the timeline when it is another than the layer's and has units of its level. */
  today({ level, date }) {
    const last = this.catalogue?.timeline.at(-1).date;
    if (!last || last === date) return "";
    const rows = this.catalogue.themes.flatMap((theme) => theme.indicators.flatMap(({ layers }) => layers));
    return rows.some((row) => row.level === level && row.date === last) ? last : "";
  }

  /** Asks the server; the answer is kept and is what the switch will show. */
  async recovers(state) {
    const found = await fetchJson(`/api/v1/values?${layerQuery(state)}`).catch(() => null);
    return Boolean(found?.legend.with_value);
  }

  offerDay(day, { on, level }) {
    const [published, recast] = this.field.querySelectorAll("input");
    const name = this.catalogue?.levels.find(({ id }) => id === level)?.name.toLowerCase() ?? "";
    const last = this.catalogue?.timeline.at(-1).date === day;
    const step = this.catalogue?.timeline.find(({ date }) => date === day)?.name ?? day;
    recast.value = day;
    if (name) recast.nextElementSibling.textContent = last ? t("choose.on_today", { level: name }) : t("choose.on_step", { step });
    published.checked = !on;
    recast.checked = Boolean(on);
  }

  /** Leads to the comparison of what is shown, or of the former figures of the same indicator. */
  link({ layer, query }) {
    const all = findIndicator(this.catalogue ?? { themes: [] }, layer.indicator)?.layers ?? [];
    const former = all.some((row) => row.level === layer.level && row.date !== layer.date && row.total > 1);
    const lang = window.document.documentElement.lang === "en" ? "lang=en" : "";
    const last = this.catalogue?.timeline.at(-1).date;
    const own = layer.date === last ? former && `indicator=${layer.indicator}&level=${layer.level}&period2=${layer.period}` : query;
    const asked = layer.level === "province" || !this.catalogue ? "" : own || "";
    const parts = [asked, asked.includes("lang=") ? "" : lang].filter(Boolean);
    byId("to-compare").href = parts.length ? `/compare?${parts.join("&")}` : "/compare";
  }
}
