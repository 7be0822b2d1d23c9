/** Beside the legend of a nearly empty map: at which level or period more units have figures. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/texts.js";
import { elsewhere } from "./elsewhere.js";
import { linkList } from "./message.js";

/** A map with figures for less than this share of its units is nearly empty. */
const LITTLE = 0.25;

/** @param {object} legend of a values document */
export function isNearlyEmpty({ with_value: some, total }) {
  return some > 0 && some / total < LITTLE;
}

/**
 * @param {object|null} catalogue null takes the note away
 * @param {Record<string, string>} state
 * @param {object} legend
 * @param {(query: string) => void} follow
 */
export function showFew(catalogue, state, legend, follow) {
  byId("few")?.remove();
  const links = catalogue ? elsewhere(catalogue, state, legend.with_value / legend.total) : [];
  if (!links.length) return;
  const lead = el("p", { id: "few-lead", text: t("map.few_elsewhere") });
  const note = el("div", { id: "few", class: "legend-few", role: "group", "aria-labelledby": "few-lead" });
  note.append(lead, linkList(links, follow));
  byId("legend-body").after(note);
}
