/** The part of the legend that explains the symbols of places. */

import { el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { placeSymbol } from "./symbol.js";

/**
 * @param {HTMLElement} root
 * @param {import("../api_documents").PlacePoints} document
 */
export function showPlaceLegend(root, { categories, points }) {
  const lang = window.document.documentElement.lang;
  const counts = categories.map((_, index) => points.filter(([category]) => category === index).length);
  const rows = categories.map(({ name, symbol }, index) =>
    el(
      "li",
      {},
      el(
        "span",
        { class: "legend-row" },
        placeSymbol(symbol, 18),
        el("span", { class: "legend-label", text: name }),
        el("span", { class: "legend-count", text: formatNumber(counts[index], 0, lang) }),
      ),
    ),
  );
  const unplaced = categories.reduce((sum, { places }, index) => sum + places - counts[index], 0);
  const notes = unplaced ? [el("p", { class: "legend-note", text: t("places.unplaced", { n: unplaced }) })] : [];
  if (categories.some(({ complete }) => !complete))
    notes.push(el("p", { class: "legend-note", text: t("places.incomplete") }));
  root.replaceChildren(el("h3", { text: t("places.title") }), el("ul", { class: "legend-rows" }, ...rows), ...notes);
  root.hidden = !categories.length;
}
