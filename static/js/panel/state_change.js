/** Tells, when one choice moved others along, what moved and why, and leads back. */

import { findSeries } from "../core/state_transitions.js";
import { announce, byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const FIELDS = ["level", "date", "status", "period"];

/**
 * What a choice moved besides what was chosen.
 *
 * @param {Record<string, string>} before the state the choice was made in
 * @param {Record<string, string>} after
 * @param {string} field what was chosen
 * @returns {string} a sentence with what moved and why; empty when nothing did
 */
export function describeStateChange(before, after, field, catalogue) {
  const moved = FIELDS.filter((each) => each !== field && before[each] && before[each] !== after[each]);
  const nameOf = (state) => findSeries(catalogue, state)?.name ?? state.indicator;
  const other = FIELDS.includes(field) && before.indicator !== after.indicator;
  if (!moved.length && !other) return "";
  // Had there been figures for what was wanted, nothing would have moved.
  const wanted = { ...before, [field]: after[field] };
  const mentioned = FIELDS.filter((each) => moved.includes(each) || each === field);
  return t("choose.moved", {
    to: [...(other ? [nameOf(after)] : []), ...moved.map((each) => words(catalogue, each, after))].join(", "),
    name: nameOf(other ? before : after),
    wanted: mentioned.map((each) => words(catalogue, each, wanted)).join(", "),
  });
}

function words(catalogue, field, state) {
  const lists = { level: ["levels", "id"], date: ["timeline", "date"], status: ["statuses", "id"] };
  const [list, key] = lists[field] ?? [];
  const found = list && catalogue[list].find((each) => each[key] === state[field])?.name;
  const name = found ?? state[field];
  const shown =
    field === "period" ? periodLabel(catalogue, state.period) : name.charAt(0).toLowerCase() + name.slice(1);
  return t(`choose.moved_${field}`, { name: shown });
}

function periodLabel(catalogue, period) {
  for (const theme of catalogue.themes) {
    for (const entry of theme.indicators) {
      const layers = [entry, ...(entry.parts ?? [])].flatMap((series) => series.layers);
      const found = layers.find((layer) => layer.period === period);
      if (found) return found.label;
    }
  }
  return period;
}

/**
 * Shows the sentence over the map until the next choice; null takes the one before away, and what
 * the server said of the first address.
 *
 * @param {{text: string, back: () => void}|null|undefined} stateChange undefined when nothing was chosen
 */
export function showStateChange(stateChange) {
  if (stateChange !== undefined) byId("notices")?.remove();
  const box = byId("state-change");
  const leave = (act) => () => {
    box.hidden = true;
    byId("main").focus({ preventScroll: true });
    act();
  };
  box.hidden = !stateChange;
  if (!stateChange) return;
  box.replaceChildren(
    el("p", { text: stateChange.text }),
    el("button", {
      type: "button",
      class: "quiet",
      text: t("choose.moved_back"),
      on: { click: leave(stateChange.back) },
    }),
    el("button", {
      type: "button",
      class: "close",
      "aria-label": t("map.close"),
      text: "×",
      on: { click: leave(() => {}) },
    }),
  );
  announce(stateChange.text);
}
