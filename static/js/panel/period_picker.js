/** The periods that have figures, as dots on a line or, when there are many, as a list. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const MOST_DOTS = 14;

/**
 * @param {{period: string, label: string, with_value: number, total: number}[]} periods oldest first
 * @param {string} current
 * @param {(period: string) => void} choose
 */
export function showPeriods(periods, current, choose) {
  const known = periods.some(({ period }) => period === current);
  const all = known ? periods : withEmpty(periods, current);
  const index = all.findIndex(({ period }) => period === current);
  const root = byId("period-list");
  const active = /** @type {HTMLElement|null} */ (document.activeElement);
  const focused = root.contains(active) ? (active.dataset?.role ?? "dot") : null;
  const choice = all.length > MOST_DOTS ? list(all, current) : all.length > 1 ? dots(all, current) : null;
  const head = el(
    "div",
    { class: "period-now" },
    stepButton(all, index, -1, choose),
    currentPeriod(all[index]),
    stepButton(all, index, 1, choose),
  );
  root.replaceChildren(...[head, choice].filter(Boolean));
  if (focused) restore(root, focused);
}

/** A period without figures, in its place among those that have some. */
function withEmpty(periods, period) {
  const later = periods.findIndex((each) => each.period > period);
  const at = later < 0 ? periods.length : later;
  return [...periods.slice(0, at), { period, label: period }, ...periods.slice(at)];
}

function restore(root, role) {
  const wanted = root.querySelector(`[data-role="${role}"]:not(:disabled)`);
  (wanted ?? root.querySelector("input:checked, select"))?.focus();
}

function currentPeriod({ label, with_value: n, total }) {
  const share = total && n < total ? el("small", { text: ` ${n}/${total}` }) : null;
  return el("span", { class: "period-label" }, label, share);
}

function stepButton(all, index, by, choose) {
  const target = all[index + by];
  const name = by < 0 ? "previous" : "next";
  return el("button", {
    type: "button",
    class: "period-step",
    "data-role": name,
    disabled: !target,
    "aria-label": target ? `${t(`choose.${name}`)}: ${target.label}` : t(`choose.${name}`),
    text: by < 0 ? "‹" : "›",
    on: { click: () => choose(target.period) },
  });
}

function dots(all, current) {
  return el(
    "div",
    { class: "dots" },
    ...all.map(({ period, label, with_value: n, total }) => {
      const radio = el("input", { type: "radio", name: "period", value: period, "aria-label": label });
      radio.checked = period === current;
      const title = total ? `${label} (${n}/${total})` : label;
      return el("label", { class: n === total && total ? "dot" : "dot is-partial", title }, radio);
    }),
  );
}

function list(all, current) {
  const options = [...all].reverse().map(({ period, label }) => {
    const option = el("option", { value: period, text: label });
    option.selected = period === current;
    return option;
  });
  return el("select", { name: "period", "aria-label": t("choose.period") }, ...options);
}
