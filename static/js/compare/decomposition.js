/** What made the change, in sentences and a small table: lines that moved, and what is real. */

import { byId, el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { classParts } from "./class_shares.js";

const ROWS = ["sum", "mean", "median", "lowest", "highest"];

function term(name, { known, sentence, reason }) {
  const text = known ? sentence : reason;
  return text ? [el("dt", { text: t(`comparison.${name}`) }), el("dd", { class: known ? null : "muted", text })] : [];
}

/** The same figures on the old lines and on the new ones. */
function spread({ redrawing: { before, after }, eras }) {
  const lang = window.document.documentElement.lang;
  const number = (n) => formatNumber(n, 0, lang);
  const head = [eras.left.label, eras.right.label].map((text) => el("th", { scope: "col", class: "num", text }));
  const row = (label, one, other) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", text: label }),
      el("td", { class: "num", text: one }),
      el("td", { class: "num", text: other }),
    );
  const known = ROWS.filter((name) => before[`${name}_text`] || after[`${name}_text`]);
  const rows = known.map((name) => row(t(`comparison.${name}`), before[`${name}_text`], after[`${name}_text`]));
  return el(
    "table",
    { class: "redrawing" },
    el("caption", { text: t("comparison.spread") }),
    el("thead", {}, el("tr", {}, el("td"), ...head)),
    el("tbody", {}, row(t("comparison.count"), number(before.with_value), number(after.with_value)), ...rows),
  );
}

/** @param {import("../api_types").Comparison} document */
export function showDecomposition(document) {
  const { known } = document;
  byId("changes").replaceChildren(
    el("h2", { text: document.classes ? t("comparison.classes") : t("comparison.changed") }),
    el("p", { class: "known", text: known.sentence }),
    ...(document.classes ? classParts(document) : parts(document)),
    el("p", { class: "muted", text: t("comparison.hint") }),
  );
}

function parts(document) {
  const { redrawing, real } = document;
  return [
    el("dl", {}, ...term("redrawing", redrawing), ...term("real", real)),
    ...(redrawing.known ? [spread(document)] : []),
  ];
}
