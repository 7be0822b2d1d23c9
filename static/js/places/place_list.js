/** The places on the map as a list by category: the way to them for the keyboard and for screen readers. */

import { el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { placeSymbol } from "./symbol.js";

/** Places of a category that are listed; the rest are counted. */
const MOST = 300;

/**
 * @param {HTMLElement} root `<details>` whose summary says what is listed
 * @param {import("../api_documents").PlacePoints} document
 * @param {(number: number, button: HTMLElement) => void} open
 */
export function showPlaceList(root, { categories, points }, open) {
  const lang = window.document.documentElement.lang;
  const parts = categories.flatMap((category, index) => {
    const own = points.map((_, number) => number).filter((number) => points[number][0] === index);
    const items = own.slice(0, MOST).map((number) => {
      const button = el("button", { type: "button", class: "place-pick", text: points[number][4] });
      button.addEventListener("click", () => open(number, button));
      return el("li", {}, button);
    });
    const more =
      own.length > MOST ? [el("li", { class: "muted", text: t("places.more", { n: own.length - MOST }) })] : [];
    const heading = el("h4", {}, placeSymbol(category.symbol, 16), category.name);
    return [heading, el("ul", {}, ...items, ...more)];
  });
  const summary = el("summary", { text: t("places.list", { n: formatNumber(points.length, 0, lang) }) });
  root.replaceChildren(summary, ...parts);
  root.hidden = !points.length;
}
