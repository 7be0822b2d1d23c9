/** The signs that map, legend, table and card share: swatches, marks, bars. */

import { el, svg } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { estimateFill, missingFill } from "../map/fill_patterns.js";

/** A small box of a class's colour or of any SVG fill. */
export function swatch(fill) {
  const rect = svg("rect", { width: "100%", height: "100%", fill });
  return svg("svg", { class: "swatch", width: 22, height: 14, "aria-hidden": "true" }, rect);
}

export const missingSwatch = (kind) => swatch(missingFill(kind));
export const estimateSwatch = (colour) => swatch(estimateFill(colour));

/** The line of boundaries that are not surveyed. */
export function dashedSwatch() {
  const line = svg("line", { x1: 0, y1: 7, x2: 22, y2: 7, class: "line line-indicative" });
  return svg("svg", { class: "swatch is-line", width: 22, height: 14, "aria-hidden": "true" }, line);
}

/** The hatched band along the edges of areas drawn from points. */
export function hatchedSwatch() {
  const lines = ["band", "derived"].map((kind) =>
    svg("line", { x1: 0, y1: 7, x2: 22, y2: 7, class: `line line-${kind}` }),
  );
  return svg("svg", { class: "swatch is-line", width: 22, height: 14, "aria-hidden": "true" }, ...lines);
}

/** The sign of a doubtful figure, with its meaning in words. */
export function doubtMark() {
  return qualityMark("doubt-sign", t("legend.doubtful"), "!");
}

/** The sign of an impossible figure, shown as printed; `label` says so in words. */
export function impossibleMark(label) {
  return qualityMark("doubt-sign impossible-sign", label, "×");
}

function qualityMark(className, label, text) {
  return el("span", { class: className, role: "img", "aria-label": label, title: label, text });
}

/** A bar whose length is `share` (0 to 1) of the room it has. */
export function bar(share, colour) {
  const width = `${(Math.max(0, Math.min(1, share)) * 100).toFixed(1)}%`;
  const rect = svg("rect", { width, height: "100%", fill: colour ?? "var(--bar)" });
  return svg("svg", { class: "bar", "aria-hidden": "true" }, rect);
}
