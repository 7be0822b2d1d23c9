/** Beside the legend of a nearly empty map: at which level or period more units have figures. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { otherCoverage } from "./other_coverage.js";
import { linkList } from "./map_message.js";

/** A map with figures for less than this share of its units is nearly empty. */
const NEARLY_EMPTY_SHARE = 0.25;

/** @param {object} legend of a values document */
export function isNearlyEmpty({ with_value: some, total }) {
  return some > 0 && some / total < NEARLY_EMPTY_SHARE;
}

/**
 * @param {object|null} catalogue null takes the note away
 * @param {Record<string, string>} state
 * @param {object} legend
 * @param {(query: string) => void} follow
 */
export function showCoverageNotice(catalogue, state, legend, follow) {
  byId("coverage-notice")?.remove();
  const links = catalogue ? otherCoverage(catalogue, state, legend.with_value / legend.total) : [];
  if (!links.length) return;
  const lead = el("p", { id: "coverage-notice-lead", text: t("map.few_elsewhere") });
  const note = el("div", { id: "coverage-notice", class: "coverage-notice", role: "group", "aria-labelledby": "coverage-notice-lead" });
  note.append(lead, linkList(links, follow));
  byId("legend-body").after(note);
}
