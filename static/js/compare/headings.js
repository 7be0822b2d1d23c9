/** What the page says of a comparison in words: title, eras, the sentence that sums it up. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @returns {string} how the figures of a side came to stand on its units */
function recastSummary({ recast }) {
  if (!recast) return t("comparison.published");
  const counts = recast.counts.filter(({ count }) => count);
  return counts.map(({ label, count }) => `${label} (${count})`).join(", ") || t("comparison.recast");
}

/** The name of an era, its boundaries' quality, and what its map shows. */
function caption(id, { label, units, quality_label: quality }, figures) {
  byId(id).replaceChildren(
    el("b", { text: label }),
    " ",
    el("span", { text: `${t("comparison.units", { n: units })} · ${quality}` }),
    " ",
    el("span", { class: "side-figures", text: figures }),
  );
}

const figuresOf = (values, period) => `${values.indicator.name}, ${period} · ${recastSummary(values)}`;

function differenceCaption(document, side) {
  const { difference, eras } = document;
  caption("head-right", eras[side.era], side.document.part ? difference.subtitle : side.document.subtitle);
}

/**
 * @param {import("../api_types").Comparison} document
 * @param {import("./view.js").SideView[]} sides what the maps show
 * @param {string} mode
 */
export function showComparisonHeadings(document, sides, mode) {
  const { real, left, right, eras, difference, known } = document;
  const title = mode === "difference" ? difference.title : document.title;
  byId("map-title").textContent = title;
  byId("map-summary").textContent = summary(document, mode);
  byId("map-more").textContent =
    mode === "difference" ? difference.summary : sides.map((side) => side.document.summary).join(" ");
  const place = window.document.title.split(" · ").at(-1);
  window.document.title = `${title} · ${place}`;
  const second = real.period2 ?? real.period;
  caption("head-left", eras.left, figuresOf(left, real.period.label));
  if (mode === "difference") differenceCaption(document, sides[0]);
  else caption("head-right", eras.right, figuresOf(right, second.label));
  const all = new Map([...left.sources, ...right.sources].map((source) => [source.id, source]));
  const links = [...all.values()].flatMap((source, i) => [
    i ? "; " : "",
    el("a", { href: source.url, text: source.title }),
  ]);
  byId("foot-sources").replaceChildren(...(all.size ? [`${t("map.source")}: `, ...links] : []));
  byId("foot-boundary").textContent =
    `${eras.left.label}: ${eras.left.quality_label}; ${eras.right.label}: ${eras.right.quality_label}.`;
  return `${title}. ${known.sentence}`;
}

/** One sentence with figures for each part that is known, and which part that is. */
function summary({ redrawing, real, known, difference }, mode) {
  if (mode === "difference" && difference.part === "real") return `${real.sentence} ${known.sentence}`;
  const sentences = [redrawing.sentence || redrawing.reason, real.sentence || real.concept_note || known.sentence];
  return sentences.filter(Boolean).join(" ");
}
