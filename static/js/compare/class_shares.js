/** Named classes on both sides: the share of each, and what became of it. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** The measures of a share, each with the field that says it in words. */
const MEASURES = [
  ["by_units", "units_text"],
  ["by_area", "area_text"],
  ["by_people", "people_text"],
];

const heading = (scope, text, className = null) => el("th", { scope, class: className, text });
const number = (text) => el("td", { class: "num", text: text || "–" });

/** @param {import("../api_types").Comparison} document */
function shares({ classes: { list, before, after }, eras }) {
  const groups = MEASURES.map(([name, field]) =>
    el(
      "tbody",
      {},
      el("tr", {}, el("th", { scope: "rowgroup", colspan: 3, class: "shares-group", text: t(`comparison.${name}`) })),
      ...list.map(({ name: label }, index) =>
        el("tr", {}, heading("row", label), number(before[index][field]), number(after[index][field])),
      ),
    ),
  );
  return el(
    "table",
    { class: "redrawing class-shares" },
    el("caption", { text: t("comparison.class_shares") }),
    el(
      "thead",
      {},
      el("tr", {}, el("td"), heading("col", eras.left.label, "num"), heading("col", eras.right.label, "num")),
    ),
    ...groups,
  );
}

/** @param {import("../api_types").Comparison} document */
function transitions({ classes: { list, transitions: found } }) {
  const [from, to] = ["before", "after"].map((side) =>
    list.filter(({ id }) => found.some((each) => each[side] === id)),
  );
  const cell = (row, column) => {
    const each = found.find(({ before, after }) => before === row.id && after === column.id);
    if (!each) return el("td", { class: "num" });
    const parts = [each.area_text, each.people_text].filter(Boolean).join(" · ");
    return el(
      "td",
      { class: row.id === column.id ? "num is-same" : "num" },
      el("b", { text: String(each.units) }),
      parts ? el("small", { text: parts }) : null,
    );
  };
  const rows = from.map((row) => el("tr", {}, heading("row", row.name), ...to.map((column) => cell(row, column))));
  const table = el(
    "table",
    { class: "redrawing transitions" },
    el("caption", { text: t("comparison.transitions") }),
    el("thead", {}, el("tr", {}, el("td"), ...to.map(({ name }) => heading("col", name, "num")))),
    el("tbody", {}, ...rows),
  );
  const label = t("comparison.transitions");
  return el("div", { class: "wide-table", tabindex: 0, role: "region", "aria-label": label }, table);
}

/**
 * @param {import("../api_types").Comparison} document one of named classes
 * @returns {HTMLElement[]} what stands below the heading of the changes
 */
export function classParts(document) {
  return [
    shares(document),
    transitions(document),
    el("p", { class: "muted", text: t("comparison.transitions_hint") }),
    ...document.classes.notes.map((text) => el("p", { class: "muted", text })),
  ];
}
