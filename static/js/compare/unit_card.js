/** The chosen unit: its figure on its side, what it was formed from or became, and what changed. */

import { langQuery } from "../core/locale.js";
import { byId, el } from "../core/dom.js";
import { formatBareValue, formatPercent, formatValue } from "../core/format.js";
import { t } from "../core/i18n.js";
import { missingText, readCell } from "../map/symbology.js";
import { recastStatusText } from "../panel/recast.js";
import { doubtMark } from "../panel/swatches.js";

const WEIGHTS = [
  ["population", "of_people"],
  ["households", "of_households"],
  ["area", "of_area"],
];
const language = () => window.document.documentElement.lang;
const percent = (share) => (share === undefined ? "–" : formatPercent(share * 100, 1, language()));
const paragraph = (className, text) => (text ? el("p", { class: className, text }) : null);

/** A number with its sign and the unit of measure of the indicator; what rounds to nothing has none. */
export function signed(value, indicator) {
  const shown = Number(value.toFixed(indicator.decimals)) || 0;
  return (shown > 0 ? "+" : "") + formatValue(shown, indicator, language());
}

function figure(values, id) {
  const { indicator, units, recast } = values;
  const cell = readCell(units[id]);
  const { value, missing, doubtful } = cell;
  const how = recast?.units[id];
  const shown = missing
    ? el("span", { class: "card-missing", text: missingText(cell, values, language()) })
    : el("b", { text: formatValue(value, indicator, language()) });
  return el(
    "div",
    { class: "card-figure" },
    paragraph("card-indicator", values.title),
    el("p", { class: "card-value" }, shown, doubtful ? doubtMark() : null),
    paragraph("card-how", recastStatusText(how, missing)),
    paragraph("muted", how?.reason),
  );
}

/** The units of the other side, each a button that opens it, with shares and figures. */
function counterparts(pairs, { side, other, values, name, forward, pick }) {
  if (!pairs.length) return paragraph("muted", t("comparison.unchanged"));
  const title = t((side === "right") === forward ? "comparison.formed" : "comparison.became");
  const shares = t(side === "right" ? "comparison.shares_of" : "comparison.shares_in", { name });
  const columns = WEIGHTS.map(([, key]) => el("th", { scope: "col", class: "num", text: t(`comparison.${key}`) }));
  const rows = pairs.map((pair) => counterpart(pair, { side, other, values, pick }));
  return el(
    "table",
    { class: "counterparts" },
    el(
      "caption",
      {},
      el("b", { text: pairs.length > 1 ? `${title} (${pairs.length})` : title }),
      " ",
      el("small", { text: shares }),
    ),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col", text: t("table.unit") }),
        el("th", { scope: "col", class: "num", text: t("table.value") }),
        ...columns,
      ),
    ),
    el("tbody", {}, ...rows),
  );
}

function counterpart({ from, to, share, part }, { side, other, values, pick }) {
  const unit = side === "right" ? from : to;
  const of = side === "right" ? part : share;
  const { value, missing } = readCell(values?.units[unit.id]);
  const text = missing || value === null ? "–" : formatBareValue(value, values.indicator, language());
  const button = el("button", {
    type: "button",
    class: "unit-name",
    text: unit.full_name,
    on: { click: () => pick(unit.id, other) },
  });
  const cells = WEIGHTS.map(([weight]) => el("td", { class: "num", text: percent(of[weight]) }));
  return el(
    "tr",
    { "data-id": unit.id },
    el("th", { scope: "row" }, button),
    el("td", { class: "num", text }),
    ...cells,
  );
}

/** What is due to the lines and what is real, for a place in this unit. */
function change(document, id, side) {
  const rows = [];
  const step = ({ before_text: before, after_text: after, difference_text: difference }) =>
    t("comparison.step_of", { before, after, difference });
  const moved = side === "left" ? document.redrawing.units[id] : null;
  const real = document.real.units[side === "left" ? document.parts[id]?.to : id];
  if (moved && moved.difference !== null)
    rows.push(["redrawing", [step(moved), ranks(moved)].filter(Boolean).join("; ")]);
  if (real && real.difference !== null) rows.push(["real", step(real)]);
  if (!rows.length) return null;
  const terms = rows.flatMap(([name, text]) => [el("dt", { text: t(`comparison.${name}`) }), el("dd", { text })]);
  return el("div", { class: "card-change" }, el("dl", {}, ...terms), paragraph("known", sentence(document, id, side)));
}

function ranks({ rank_before: one, of_before: ofOne, rank_after: other, of_after: ofOther }) {
  if (!one || !other) return "";
  const place = (rank, of) => t("comparison.rank", { rank, of });
  return t("comparison.ranks", { before: place(one, ofOne), after: place(other, ofOther) });
}

function sentence({ parts, left: { indicator } }, id, side) {
  const part = side === "left" ? parts[id] : null;
  if (!part || part.known === "none") return "";
  /** @type {Record<string, string>} */
  const words = {};
  for (const name of ["total", "redrawing", "real"]) {
    words[name] = part[name] === null ? "–" : signed(part[name], indicator);
  }
  const key = part.known === "both" ? "total" : `only_${part.known}`;
  return t(`comparison.${key}`, words);
}

function basis(pairs) {
  const events = new Map();
  for (const { label, legal_basis: text, note } of pairs.flatMap((pair) => pair.events)) {
    const words = text ? `${label}: ${text}` : label;
    events.set(words, (events.get(words) ?? new Set()).add(note));
  }
  if (!events.size) return null;
  const note = (text) => el("span", { class: "card-note", text });
  const rows = [...events].map(([words, notes]) => el("li", {}, words, ...[...notes].filter(Boolean).map(note)));
  return el(
    "div",
    { class: "card-basis" },
    el("p", { class: "muted", text: t("comparison.basis") }),
    el("ul", {}, ...rows),
  );
}

export class CompareUnitCard {
  /** @param {{close: () => void, pick: (id: string, side: import("../api_types").Side) => void}} on */
  constructor(on) {
    this.on = on;
    this.slot = byId("card");
    this.slot.addEventListener("keydown", ({ key }) => key === "Escape" && on.close());
  }

  /**
   * @param {{id: string, side: "left"|"right", document: object, name: string, unit: object|null,
   *   pairs: object[], failed: boolean}} what `document` is the whole comparison
   */
  show({ id, side, document, name, unit, pairs, failed }) {
    const other = side === "left" ? "right" : "left";
    const era = document.eras[side];
    const forward = document.eras.left.date < document.eras.right.date;
    const options = { side, other, values: document[other], name, forward, pick: this.on.pick };
    const same = document.eras.left.date === document.eras.right.date;
    const parts = [
      head(name, [unit?.kind_label, unit?.parent?.full_name, era.label], this.on.close),
      figure(document[side], id),
      same ? null : failed ? paragraph("muted", t("comparison.failed")) : counterparts(pairs, options),
      change(document, id, side),
      basis(pairs),
      this.links(id, name, document[side]),
    ];
    const body = el("article", { class: "card unit-card", "aria-labelledby": "card-title" }, ...parts.filter(Boolean));
    this.slot.replaceChildren(body);
    this.slot.hidden = false;
    window.document.body.classList.add("has-card");
  }

  links(id, name, values) {
    const lang = langQuery(language());
    const page = `/units/${encodeURIComponent(id)}${lang ? `?${lang}` : ""}`;
    const map = `/?${values.query}${values.query.includes("lang=") || !lang ? "" : `&${lang}`}&unit=${encodeURIComponent(id)}`;
    return el(
      "p",
      { class: "card-links" },
      el("a", { href: page, text: t("comparison.details", { name }) }),
      el("a", { href: map, text: t("comparison.open_map") }),
    );
  }

  focus() {
    byId("card-title")?.focus({ preventScroll: true });
  }

  close() {
    this.slot.hidden = true;
    this.slot.replaceChildren();
    window.document.body.classList.remove("has-card");
  }
}

function head(name, about, close) {
  return el(
    "header",
    { class: "card-head" },
    el("h2", { id: "card-title", tabindex: -1, text: name }),
    el("button", { type: "button", class: "close", "aria-label": t("popup.close"), text: "×", on: { click: close } }),
    el("p", { class: "muted", text: about.filter(Boolean).join(" · ") }),
  );
}
