/**
 * Figures put onto the boundaries of another day: the switch beside the map, and how a figure came
 * about in words.
 */

import { langQuery, locale } from "../core/locale.js";
import { fetchJson } from "../core/api.js";
import { findSeries } from "../core/state_transitions.js";
import { byId, el } from "../core/dom.js";
import { layerQuery, seriesQuery } from "../core/url_state.js";
import { t } from "../core/i18n.js";

/** Status of a recast figure, with the weight, the range and the coverage where they matter. */
export function recastStatusText(how, missing = null) {
  if (!how || missing) return "";
  const parts = [how.status_label];
  if (how.weight_label) parts.push(t("popup.by_weight", { weight: how.weight_label }));
  if (how.range_text) parts.push(t("popup.between", { range: how.range_text }));
  if (how.coverage !== null && how.coverage < 0.9995) parts.push(t("popup.covers", { percent: how.coverage_text }));
  return parts.join(" · ");
}

/** The parts of a card that say what a recast figure is and from what it was made. */
export function recastParts({ recast, rank, together }, indicator) {
  const figure = el(
    "div",
    { class: "card-figure" },
    el("p", { class: "card-indicator", text: indicator.name }),
    recast.text ? el("p", { class: "card-value" }, el("b", { text: recast.text })) : null,
    el("p", { class: recast.text ? "card-how" : "card-missing", text: recastStatusText(recast) }),
    recast.reason ? el("p", { class: "muted", text: recast.reason }) : null,
    together ? el("p", { class: "card-together", text: `${together.sentence}.` }) : null,
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
  const list = rows.length
    ? el(
        "div",
        { class: "card-others" },
        el("p", { text: `${t("popup.made_from")}:` }),
        el("ul", { class: "links" }, ...rows),
      )
    : null;
  const shares = compositionTable(recast.composition);
  const gaps = recast.missing.map(({ full_name: name }) => name).join(", ");
  return [
    figure,
    shares,
    list,
    gaps ? el("p", { class: "card-others", text: `${t("popup.without")}: ${gaps}` }) : null,
  ];
}

/** What share of the unit each class makes up, by former units, area and people; of one class there is nothing to tell. */
function compositionTable(composition) {
  if (composition.length < 2) return null;
  const names = [t("popup.class"), t("popup.former_units"), t("popup.of_area"), t("popup.of_people")];
  const head = names.map((text, index) => el("th", { scope: "col", class: index ? "num" : "", text }));
  const rows = composition.map(({ label, units, area_text: area, people_text: people }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", text: label }),
      el("td", { class: "num", text: String(units) }),
      el("td", { class: "num", text: area || "–" }),
      el("td", { class: "num", text: people || "–" }),
    ),
  );
  return el(
    "table",
    { class: "shares" },
    el("caption", { text: t("popup.classes") }),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...rows),
  );
}

/** "As published", "on today's communes" or on those of another later day, where figures can be recast. */
export class RecastSwitch {
  constructor() {
    this.field = byId("on-field");
    /** @type {import("../api_types").Catalogue|null} */
    this.catalogue = null;
    /** @type {[import("../api_types").Values, import("../api_types").State]|null} what was shown last */
    this.shown = null;
  }

  /** Which levels have units on which days is known from here on. */
  setCatalogue(catalogue) {
    this.catalogue = catalogue;
    if (catalogue && this.shown) this.show(...this.shown);
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   */
  async show(values, state) {
    this.shown = [values, state];
    this.updateCompareLink(values);
    const requestId = (this.requestId = {});
    const days = await this.possibleDays(values.layer, state);
    if (requestId !== this.requestId) return;
    this.field.hidden = !days.length;
    if (days.length) this.offerDays(days, values.layer);
  }

  /** Later days onto whose units the figures can be put, the last first; the one shown is among them. */
  async possibleDays({ level, date, on }, state) {
    const rows = (this.catalogue?.themes ?? []).flatMap(({ indicators }) => indicators.flatMap(({ layers }) => layers));
    const having = new Set(rows.filter((row) => row.level === level).map((row) => row.date));
    const later = (this.catalogue?.timeline ?? [])
      .map((step) => step.date)
      .filter((day) => day > date && having.has(day));
    const days = [...new Set([...later, ...(on ? [on] : [])])].sort().reverse();
    const found = await Promise.all(days.map((day) => day === on || this.hasRecastValues({ ...state, on: day })));
    return days.filter((_, index) => found[index]);
  }

  /** Asks the server; the answer is kept and is what the switch will show. */
  async hasRecastValues(state) {
    const found = await fetchJson(`/api/v1/values?${layerQuery(state)}`).catch(() => null);
    return Boolean(found?.legend.with_value);
  }

  offerDays(days, { on, level }) {
    const [published, first, ...rest] = this.field.querySelectorAll("label");
    const others = days.slice(1).map((_, index) => rest[index] ?? first.cloneNode(true));
    for (const label of rest.slice(others.length)) label.remove();
    published.parentNode.append(...others.filter((label) => !label.isConnected));
    published.querySelector("input").checked = !on;
    [first, ...others].forEach((label, index) => this.offerDay(label, days[index], level, days[index] === on));
  }

  offerDay(label, day, level, chosen) {
    const name = this.catalogue?.levels.find(({ id }) => id === level)?.name.toLowerCase() ?? "";
    const last = this.catalogue?.timeline.at(-1).date === day;
    const step = this.catalogue?.timeline.find(({ date }) => date === day)?.name ?? day;
    const [input, words] = label.children;
    input.value = day;
    input.checked = chosen;
    if (name) words.textContent = last ? t("choose.on_today", { level: name }) : t("choose.on_step", { step });
  }

  /** Leads to the comparison of what is shown, or of the former figures of the same indicator. */
  updateCompareLink({ layer, query }) {
    const all = findSeries(this.catalogue ?? { themes: [] }, layer)?.layers ?? [];
    const former = all.some((row) => row.level === layer.level && row.date !== layer.date && row.total > 1);
    const lang = langQuery(locale().code);
    const last = this.catalogue?.timeline.at(-1).date;
    const own =
      layer.date === last ? former && `${seriesQuery(layer)}&level=${layer.level}&period2=${layer.period}` : query;
    const asked = layer.level === "province" || !this.catalogue ? "" : own || "";
    const parts = [asked, asked.includes("lang=") ? "" : lang].filter(Boolean);
    byId("to-compare").href = parts.length ? `/compare?${parts.join("&")}` : "/compare";
  }
}
