/** The chosen unit: what it is, its figure with source and quote, its place among the others. */

import { byId, el } from "../core/dom.js";
import { formatPercent } from "../core/format.js";
import { t } from "../core/i18n.js";
import { recastParts } from "./recast.js";
import { seriesFigure } from "./time_series.js";
import { doubtMark, impossibleMark } from "./swatches.js";
import { planLine } from "./unit_figure.js";

/** Of a longer list of names as many are shown. */
const MOST_NAMES = 8;

const fact = (label, ...content) => [el("dt", {}, label), el("dd", {}, ...content)];
const paragraph = (className, text) => (text ? el("p", { class: className, text }) : null);

/** Names as links, the first few of many. */
function unitLinks(units) {
  const shown = units.slice(0, MOST_NAMES);
  const nodes = shown.flatMap((unit, i) => [i ? ", " : "", el("a", { href: unit.url, text: unit.full_name })]);
  const rest = units.length - shown.length;
  return rest > 0 ? [...nodes, ` ${t("popup.more", { n: rest })}`] : nodes;
}

function head({ unit }, close) {
  const parent = unit.parent ? ` · ${unit.parent.full_name}` : "";
  return el(
    "header",
    { class: "card-head" },
    el("h2", { id: "card-title", tabindex: -1, text: unit.full_name }),
    el("button", { type: "button", class: "close", "aria-label": t("popup.close"), on: { click: close }, text: "×" }),
    el("p", { class: "muted", text: `${unit.kind_label}${parent} · ${unit.code} · ${unit.validity_label}` }),
  );
}

function figure({ value, plan, rank }, indicator) {
  const status = value.status === "estimate" ? ` · ${value.status_label}` : "";
  return el(
    "div",
    { class: "card-figure" },
    el("p", {
      class: "card-indicator",
      text: `${indicator.name} · ${value.period_label}${status || ` · ${value.status_label}`}`,
    }),
    el("p", { class: "card-value" }, el("b", { text: value.text }), qualityMark(value)),
    paragraph("muted", value.printed_text),
    planLine(plan),
    rank ? el("p", { class: "card-rank", text: rank.text }) : null,
  );
}

function qualityMark({ quality, quality_label: label }) {
  if (quality === "impossible") return impossibleMark(label);
  return quality === "sound" ? null : doubtMark();
}

function missing({ missing: gap, together }, indicator, follow) {
  const links = (gap.elsewhere ?? [])
    .slice(-MOST_NAMES)
    .map(({ label, query }) =>
      el("li", {}, el("a", { href: `/?${query}`, text: label, on: { click: (event) => follow(event, query) } })),
    );
  return el(
    "div",
    { class: "card-figure" },
    el("p", { class: "card-indicator", text: indicator.name }),
    el("p", { class: "card-missing", text: gap.label }),
    together ? el("p", { class: "card-together", text: `${together.sentence}.` }) : null,
    links.length ? el("p", { class: "muted", text: t("popup.elsewhere") }) : null,
    links.length ? el("ul", { class: "links" }, ...links) : null,
  );
}

function doubt({ value, alternatives }) {
  const others = alternatives.map(({ text, source }) => `${text} (${source.title})`).join("; ");
  if (!value.doubt && !others) return null;
  return el(
    "div",
    { class: value.doubt ? "doubt" : "card-others" },
    value.doubt ? el("p", {}, el("b", { text: doubtHeading(value) }), `: ${value.doubt}`) : null,
    others ? el("p", { text: `${t("popup.alternatives")}: ${others}` }) : null,
  );
}

/** The estimate beside the official figure, or the official figure beside the estimate. */
function beside({ counterpart: other, unit }, follow) {
  if (!other) return null;
  const query = `${other.query}&unit=${encodeURIComponent(unit.id)}`;
  const name = el("a", { href: `/?${query}`, text: other.name, on: { click: (event) => follow(event, query) } });
  return el(
    "div",
    { class: "card-beside" },
    el("p", { class: "card-indicator" }, `${other.label}: `, name, ` · ${other.period_label} · ${other.status_label}`),
    el("p", {}, el("b", { text: other.text }), other.doubtful ? doubtMark() : null),
    paragraph("muted", other.difference_text),
    paragraph("doubt", other.doubt),
    el(
      "p",
      { class: "muted" },
      `${t("popup.source")}: `,
      el("a", { href: other.source.url, text: other.source.title }),
    ),
  );
}

const doubtHeading = ({ quality, quality_label: label }) => (quality === "impossible" ? label : t("popup.doubt"));

function provenance({ value }) {
  const { source } = value;
  const title = el(
    "p",
    { class: "source" },
    `${t("popup.source")}: `,
    el("a", { href: source.url, text: source.title_line || source.title }),
  );
  return el(
    "div",
    { class: "card-source" },
    value.quote ? el("blockquote", { class: "quote" }, el("p", { text: value.quote })) : null,
    paragraph("muted", !value.quote && !value.method && t("popup.no_quote")),
    paragraph("muted", value.method && `${t("popup.method")}: ${value.method}`),
    paragraph("muted", value.note && `${t("popup.note")}: ${value.note}`),
    paragraph("muted", value.concept_label && `${t("popup.concept")}: ${value.concept_label}`),
    title,
  );
}

function about({ unit, formed_from: from, became, value }) {
  const rows = [];
  const percent = (share) => formatPercent(share * 100, 1, document.documentElement.lang);
  if (value && value.coverage !== null && value.coverage < 0.9995)
    rows.push(...fact(t("popup.coverage"), percent(value.coverage)));
  if (from.length) rows.push(...fact(t("popup.formed_from"), ...unitLinks(from)));
  if (became.length) rows.push(...fact(t("popup.became"), ...unitLinks(became)));
  rows.push(...fact(t("popup.boundary"), unit.boundary_quality_label, paragraph("muted", unit.boundary_note) ?? ""));
  return el("dl", { class: "facts" }, ...rows);
}

/**
 * Total and parts of an indicator that is broken down, each with its map; what is shown stands out.
 *
 * @param {import("../api_types").Card} card
 * @param {(event: Event, query: string) => void} follow
 */
function partsOf({ parts: found, unit }, follow) {
  if (!found) return null;
  const address = (query) => `${query}&unit=${encodeURIComponent(unit.id)}`;
  const line = ({ label, text, query, shown, doubtful, impossible, status, status_label: name }) =>
    fact(
      shown
        ? el("b", { "aria-current": "true", text: label })
        : el("a", {
            href: `/?${address(query)}`,
            text: label,
            on: { click: (event) => follow(event, address(query)) },
          }),
      text,
      impossible ? impossibleMark(name) : null,
      doubtful && !impossible ? doubtMark() : null,
      status === "actual" ? null : el("span", { class: "muted", text: ` · ${name}` }),
    );
  const { total } = found;
  return el(
    "details",
    { class: "card-parts", open: found.groups.some(({ items }) => items.some(({ shown }) => shown)) },
    el("summary", { text: t("popup.parts", { n: found.count }) }),
    total
      ? el("dl", { class: "part-figures" }, ...line(total))
      : el("p", { class: "muted", text: t("popup.no_total") }),
    ...found.groups.flatMap(({ name, items }) => [
      el("p", { class: "card-indicator", text: name }),
      el("dl", { class: "part-figures" }, ...items.flatMap(line)),
    ]),
  );
}

/** The villages of a commune and of what it was formed from: names, and what is not known. */
function villages({ unit, villages: found }) {
  if (!found) return null;
  const lists = found.lists.flatMap(({ unit: of, sentence, doubt: wrong, items }) => {
    const shown = items
      .slice(0, MOST_NAMES)
      .flatMap((item, i) => [i ? ", " : "", el("a", { href: item.url, text: item.full_name })]);
    const rest = items.length - MOST_NAMES;
    const more = rest > 0 ? ` ${t("popup.villages_more", { n: rest })}` : "";
    const name = of.id === unit.id ? t("popup.villages") : t("popup.villages_of", { name: of.full_name });
    const said = [
      el("p", { text: sentence }),
      paragraph("doubt", wrong),
      shown.length ? el("p", {}, ...shown, more) : null,
    ];
    return fact(name, ...said.filter(Boolean));
  });
  const changes = found.changes.flatMap(({ sentence, note, doubt: wrong }) => [
    el("p", { text: [sentence, note].filter(Boolean).join(" ") }),
    paragraph("doubt", wrong),
  ]);
  return el(
    "details",
    { class: "card-villages" },
    el("summary", { text: t("popup.villages") }),
    ...changes.filter(Boolean),
    el("dl", { class: "facts" }, ...lists),
  );
}

/** The class of every period, when there are several periods. */
function seriesOfClasses(series) {
  if (series.length < 2) return null;
  const rows = series.flatMap(({ label, text }) => [el("dt", { text: label }), el("dd", { text })]);
  return el("dl", { class: "facts card-classes", "aria-label": t("popup.series") }, ...rows);
}

/** To both sides of the mergers the unit took part in. */
function compareLink({ unit, formed_from: from, became }) {
  // Villages are drawn of one era alone, or of none: nothing stands beside them.
  if (unit.level === "village" || (!from.length && !became.length)) return null;
  const { href } = byId("to-compare");
  const address = `${href}${href.includes("?") ? "&" : "?"}unit=${encodeURIComponent(unit.id)}`;
  return el("a", { class: "card-compare", href: address, text: t("choose.compare") });
}

export class UnitCard {
  /**
   * @param {{close: () => void, follow: (query: string) => void,
   *   levelsAround?: (unit: object) => Promise<{text: string, go: () => void}[]>}} on `follow` opens another layer,
   *   `levelsAround` gives the ways to the units below and above
   */
  constructor(on) {
    this.on = on;
    this.slot = byId("card");
    this.table = byId("table-slot");
    this.slot.addEventListener("keydown", (event) => {
      if (event.key === "Escape") on.close();
    });
  }

  /** Makes room and says what is coming, in case the answer takes long. */
  wait(name) {
    this.open();
    this.slot.setAttribute("aria-busy", "true");
    if (!this.slot.firstChild) this.slot.append(el("p", { class: "muted", text: t("popup.loading", { name }) }));
  }

  /**
   * @param {import("../api_types").Card} card
   * @param {import("../api_types").Values} values
   */
  show(card, { layer, indicator }) {
    const follow = (event, query) => {
      event.preventDefault();
      this.on.follow(query);
    };
    const drawn = { class: "card-series", caption: t("popup.series") };
    const series = indicator.categories.length
      ? seriesOfClasses(card.series)
      : seriesFigure(card.series, layer.period, drawn);
    const { value } = card;
    const recast = card.recast && !value;
    const made = {
      figure: recast
        ? recastParts(card, indicator)
        : value
          ? figure(card, indicator)
          : missing(card, indicator, follow),
      doubt: value ? doubt(card) : null,
      counterpart: recast ? null : beside(card, follow),
      series,
      parts: recast ? null : partsOf(card, follow),
      source: value ? provenance(card) : null,
      about: about(card),
      villages: villages(card),
    };
    const parts = card.blocks.flatMap((name) => made[name] ?? []);
    const details = el("a", {
      class: "card-more",
      href: card.unit.url,
      text: t("popup.details", { name: card.unit.name }),
    });
    const body = el(
      "article",
      { class: "card unit-card", "aria-labelledby": "card-title" },
      head(card, this.on.close),
      ...parts.filter(Boolean),
      this.waysAround(card.unit),
      details,
      compareLink(card),
      el("a", { class: "card-report", rel: "nofollow", href: card.report_url, text: t("popup.report") }),
    );
    this.slot.replaceChildren(body);
    this.slot.removeAttribute("aria-busy");
    this.open();
  }

  /** To the units in it and to the one above, once it is known where the map can go. */
  waysAround(unit) {
    const line = el("p", { class: "card-levels", hidden: true });
    const add = ({ text, go }) =>
      line.append(el("button", { type: "button", class: "quiet", text, on: { click: go } }));
    const show = (ways) => {
      ways.forEach(add);
      line.hidden = !ways.length;
    };
    // Without the catalogue the card says what it can.
    this.on.levelsAround?.(unit).then(show, () => {});
    return line;
  }

  /** Says why the card could not be had. */
  fail(error, retry) {
    const again = el("button", { type: "button", class: "apply", text: t("map.retry"), on: { click: retry } });
    const close = el("button", {
      type: "button",
      class: "close",
      "aria-label": t("popup.close"),
      text: "×",
      on: { click: this.on.close },
    });
    this.slot.replaceChildren(
      el("div", { class: "card" }, close, el("p", { text: error.message }), paragraph("muted", error.remedy), again),
    );
    this.slot.removeAttribute("aria-busy");
  }

  open() {
    this.slot.hidden = false;
    document.body.classList.add("has-card");
  }

  focus() {
    byId("card-title")?.focus({ preventScroll: true });
  }

  close() {
    this.slot.hidden = true;
    this.slot.replaceChildren();
    document.body.classList.remove("has-card");
  }
}
