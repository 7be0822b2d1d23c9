/** Official figures and the estimate of them side by side: how far they agree, and their column. */

import { byId, el } from "../core/dom.js";
import { formatBareValue, formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { doubtMark } from "./swatches.js";

/** @typedef {import("../api_documents").Counterpart} Counterpart */

export class AgreementPanel {
  /** @param {(shown: boolean) => void} toggle shows the other figure in the table, or hides it */
  constructor(toggle) {
    this.root = byId("agreement");
    this.box = /** @type {HTMLInputElement} */ (byId("beside"));
    this.box.addEventListener("change", () => toggle(this.box.checked));
  }

  /**
   * @param {Counterpart|null} counterpart
   * @param {boolean} shown whether the table has the column
   */
  show(counterpart, shown) {
    const found = counterpart?.agreement;
    this.root.hidden = !found;
    if (!found) return;
    this.box.checked = shown;
    this.box.closest("label").hidden = !Object.keys(counterpart.units).length;
    byId("agreement-sentence").textContent = found.sentence;
    byId("agreement-rows").replaceChildren(...found.farthest.map(agreementRow));
  }
}

function agreementRow({ name, doubtful, difference_text: difference, sentence }) {
  return el(
    "li",
    {},
    el("b", { text: name }),
    " ",
    doubtful ? doubtMark() : null,
    el("b", { class: "num", text: difference }),
    " ",
    el("small", { text: sentence }),
  );
}

/** The heading of the other figure's column. */
export function besideHeading({ is_estimate: estimate, name }) {
  const label = t(estimate ? "table.estimate_column" : "table.official");
  return el("th", { scope: "col", class: "num beside", title: name, text: label });
}

/**
 * The other figure of a unit, its period, and how far the estimate lies from the official one.
 *
 * @param {Counterpart} counterpart
 * @param {string} id of the unit
 * @param {{decimals: number}} indicator of the map
 */
export function besideCell({ units, periods, decimals }, id, indicator) {
  const cell = units[id];
  if (!cell) return el("td", { class: "num beside missing", text: "–" });
  const [value, period, , doubtful, difference] = cell;
  const lang = window.document.documentElement.lang;
  const shown = formatBareValue(value, { decimals }, lang);
  const least = Math.min(decimals, indicator.decimals);
  const signed = difference === null ? "" : `${difference > 0 ? "+" : ""}${formatNumber(difference, least, lang)}`;
  return el(
    "td",
    { class: "num beside" },
    doubtful ? doubtMark() : null,
    shown,
    el("small", {
      text: [periods[period], signed && t("table.differs_by", { difference: signed })].filter(Boolean).join("; "),
    }),
  );
}
