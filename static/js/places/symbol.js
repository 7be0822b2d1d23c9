/** The symbol of a category, from the paths that the sheet draws as well. */

import { svg } from "../core/dom.js";

const SIDE = 24;

/**
 * @param {import("../api_documents").PlaceSymbol} symbol
 * @param {number} [size] CSS pixels
 */
export function placeSymbol({ outline, sign, centre, scale, colour }, size = 20) {
  const inside = `translate(${centre[0]} ${centre[1]}) scale(${scale})`;
  return svg(
    "svg",
    {
      class: "place-symbol",
      width: size,
      height: size,
      viewBox: `-1 -1 ${SIDE + 2} ${SIDE + 2}`,
      "aria-hidden": "true",
    },
    svg("path", { d: outline, fill: colour, stroke: "#fff", "stroke-width": 2, "paint-order": "stroke" }),
    svg("path", { d: sign, fill: "#fff", transform: inside }),
  );
}

/** Several places of different categories in one. */
export function mixedSymbol(size = 20) {
  const circle = svg("circle", { cx: 12, cy: 12, r: 11, fill: "#182026", stroke: "#fff", "stroke-width": 2 });
  return svg(
    "svg",
    { class: "place-symbol", width: size, height: size, viewBox: "-1 -1 26 26", "aria-hidden": "true" },
    circle,
  );
}
