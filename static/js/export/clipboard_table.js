/** What the table beside a map lists, as rows to paste. */

import { t } from "../core/i18n.js";
import { isEstimate } from "../map/symbology.js";

/**
 * @param {object} document the values document the table shows
 * @param {object[]} rows those of the table, in its order
 */
export function clipboardTable(document, rows) {
  const { indicator, legend, sources = [], together = [] } = document;
  const symbol = indicator.measure_unit.symbol;
  const words = new Map(legend.missing.map(({ kind, label }) => [kind, label]));
  const note = (row) => {
    if (row.missing) return words.get(row.missing) ?? "";
    return [isEstimate(row.status) && t("table.estimate"), row.doubtful && t("legend.doubtful")].filter(Boolean).join("; ");
  };
  const titles = [...new Set(sources.map(({ title }) => title))];
  return {
    title: t("table.caption", document),
    source: titles.length ? `${t("map.source")}: ${titles.join("; ")}.` : "",
    head: [t("table.rank"), t("table.unit"), symbol ? `${t("table.value")} (${symbol})` : t("table.value"), t("table.note")],
    rows: [
      ...rows.map((row) => [row.rank, row.name, row.missing ? null : row.value, note(row)]),
      ...together.map(({ name, value, status_label }) => [null, t("table.together", { name }), value, status_label]),
    ],
    decimals: [0, 0, indicator.decimals, 0],
  };
}
