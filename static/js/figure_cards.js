/**
 * What is known where few units have a figure: a card for each, beside those of the units above.
 * Fetched with the first such map.
 */

import { el } from "./core/dom.js";
import { t } from "./core/i18n.js";
import { doubtMark, impossibleMark } from "./panel/swatches.js";
import { seriesFigure } from "./panel/time_series.js";
import { planLine } from "./panel/unit_figure.js";

/** @typedef {import("./api_documents").FigureCard} FigureCard */

/**
 * @param {import("./api_documents").FigureCards} document
 * @param {{open: (id: string) => void, follow: (query: string) => void}} on what a click on a name
 *   and on another period does
 * @returns {Node[]}
 */
export function cardNodes({ sentence, cards, reference }, on) {
  return [
    el("p", { class: "figure-cards-lead", text: sentence }),
    cardList(cards, on),
    reference.length ? el("h3", { class: "figure-cards-above", text: t("table.reference") }) : null,
    reference.length ? cardList(reference, on) : null,
  ].filter(Boolean);
}

const cardList = (cards, on) => el("ul", { class: "figure-cards" }, ...cards.map((card) => cardNode(card, on)));

/**
 * @param {FigureCard} card
 * @param {{open: (id: string) => void, follow: (query: string) => void}} on
 */
function cardNode({ unit, figure, on_map: onMap, query, doubt, plan, series, source }, on) {
  return el(
    "li",
    { class: onMap ? "is-on-map" : "" },
    heading(unit, onMap, on.open),
    el("p", { class: "figure-value" }, el("b", { text: figure.text }), mark(figure)),
    el("p", { class: "muted" }, period(figure, onMap, query, on.follow), ` · ${figure.status_label}`),
    planLine(plan),
    doubt ? el("p", { class: "doubt", text: doubt }) : null,
    seriesFigure(series, figure.period),
    el("p", { class: "muted" }, `${t("popup.source")}: `, el("a", { href: source.url, text: source.title })),
  );
}

/** A unit of the map is opened on it; one above has a page. */
function heading(unit, onMap, open) {
  const { id, full_name: text } = unit;
  const name = onMap
    ? el("button", { type: "button", class: "unit-name", "data-unit": id, text, on: { click: () => open(id) } })
    : el("a", { href: unit.url, text });
  return el("h3", {}, name);
}

function mark({ doubtful, impossible, status_label: label }) {
  if (impossible) return impossibleMark(label);
  return doubtful ? doubtMark() : null;
}

function period({ label }, onMap, query, follow) {
  if (onMap) return label;
  const click = (event) => {
    event.preventDefault();
    follow(query);
  };
  return el("a", { href: `/?${query}`, text: label, on: { click } });
}
