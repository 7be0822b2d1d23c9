/**
 * The figures of a map as they paste well: a plain HTML table for Word and Excel, and text with
 * tabs. Every name enters as text, and none begins in a way that a spreadsheet would run.
 */

import { decimalMark, formatBareValue, formatNumber } from "../core/format.js";
import { t } from "../core/i18n.js";
import { isEstimate } from "../map/symbology.js";

const FORMULA = /^[=+\-@\t\r]/;
const OFFICE = "urn:schemas-microsoft-com:office:excel";
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

/** Text of one cell: on one line, with an apostrophe before what would be run as a formula. */
export function escapeFormula(text) {
  const line = String(text ?? "").replace(/[\t\r\n]+/g, " ");
  return FORMULA.test(String(text ?? "")) ? `'${line}` : line;
}

/**
 * A number with the decimal sign of the language and no sign between thousands, which spreadsheets
 * of another country read as a decimal sign; minus is the hyphen that they know.
 */
export function plainNumber(value, decimals, lang) {
  return exactNumber(value, decimals).replace(".", decimalMark(lang));
}

/** The same with a point, for markup that programs read. */
function exactNumber(value, decimals) {
  const text = value.toFixed(decimals);
  const sound = Number(text) === 0 ? text.replace("-", "") : text;
  return sound;
}

/** A number as a report writes it. */
const formatForReport = (value, decimals, lang) => formatNumber(value, decimals, lang).replace("\u2212", "-");

/**
 * @param {object} table
 * @param {string} table.title above the table in the HTML
 * @param {string} table.source below it
 * @param {string[]} table.head
 * @param {(string|number|null)[][]} table.rows numbers are figures or ranks
 * @param {number[]} table.decimals of each column's numbers
 * @param {string} lang
 * @returns {{html: string, plain: string}}
 */
export function clipboardFormats({ title, source, head, rows, decimals }, lang) {
  const cells = [head, ...rows];
  const plain = cells.map((row) =>
    row
      .map((cell, i) => (typeof cell === "number" ? plainNumber(cell, decimals[i], lang) : escapeFormula(cell)))
      .join("\t"),
  );
  const body = rows.map((row) => `<tr>${row.map((cell, i) => htmlCell(cell, decimals[i], lang)).join("")}</tr>`);
  const top = head.map((cell) => `<th>${escape(escapeFormula(cell))}</th>`).join("");
  const html = [
    `<html xmlns:x="${OFFICE}"><head><meta charset="utf-8"></head><body>`,
    `<p>${escape(escapeFormula(title))}</p>`,
    `<table border="1" cellspacing="0" cellpadding="3"><thead><tr>${top}</tr></thead><tbody>${body.join("")}</tbody></table>`,
    source ? `<p>${escape(escapeFormula(source))}</p>` : "",
    "</body></html>",
  ];
  return { html: html.join(""), plain: `${plain.join("\r\n")}\r\n` };
}

/** `x:num` and `sdval` tell Excel and LibreOffice the number, whatever their country's signs are. */
function htmlCell(cell, decimals, lang) {
  if (typeof cell !== "number") return `<td>${escape(escapeFormula(cell))}</td>`;
  const exact = exactNumber(cell, decimals);
  return `<td align="right" x:num="${exact}" sdval="${exact}">${escape(formatForReport(cell, decimals, lang))}</td>`;
}

/**
 * Puts both forms on the clipboard. The event comes first: it works on a plain http address of the
 * local network too, and keeps the attributes that the clipboard interface takes out.
 *
 * @returns {Promise<boolean>}
 */
export async function copyTable({ html, plain }) {
  let done = false;
  const fill = (event) => {
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", plain);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", fill, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  if (done) return true;
  try {
    const types = { "text/html": html, "text/plain": plain };
    const parts = Object.entries(types).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    return true;
  } catch {
    return false;
  }
}

/** A number as it is, a class by its name. */
const cellOf = (value, indicator) => (typeof value === "number" ? value : formatBareValue(value, indicator, ""));

/**
 * What the table beside a map lists, as rows to paste.
 *
 * @param {import("../api_types").Values} document the values document the table shows
 * @param {object[]} rows those of the table, in its order
 */
export function clipboardTable(document, rows) {
  const { indicator, legend, sources = [], together = [] } = document;
  const symbol = indicator.measure_unit.symbol;
  const words = new Map(legend.missing.map(({ kind, label }) => [kind, label]));
  const note = (row) => {
    if (row.missing) return words.get(row.missing) ?? "";
    return [isEstimate(row.status) && t("table.estimate"), row.doubtful && t("legend.doubtful")]
      .filter(Boolean)
      .join("; ");
  };
  const titles = [...new Set(sources.map(({ title }) => title))];
  return {
    title: t("table.caption", document),
    source: titles.length ? `${t("map.source")}: ${titles.join("; ")}.` : "",
    head: [
      t("table.rank"),
      t("table.unit"),
      symbol ? `${t("table.value")} (${symbol})` : t("table.value"),
      t("table.note"),
    ],
    rows: [
      ...rows.map((row) => [row.rank, row.name, row.missing ? null : cellOf(row.value, indicator), note(row)]),
      ...together.map(({ name, value, status_label }) => [null, t("table.together", { name }), value, status_label]),
    ],
    decimals: [0, 0, indicator.decimals, 0],
  };
}
