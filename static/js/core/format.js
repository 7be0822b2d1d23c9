/** Numbers as the server writes them: decimal comma in Vietnamese, unit of measure behind. */

import { locale, tagOf } from "./locale.js";

const NO_BREAK = "\u00a0";

const numberFormats = new Map();

/** To make a writer of numbers takes longer than to write a hundred: each is kept. */
function numberFormatOf(lang, decimals) {
  const key = `${lang} ${decimals}`;
  if (!numberFormats.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numberFormats.set(key, new Intl.NumberFormat(tagOf(lang), digits));
  }
  return numberFormats.get(key);
}

/**
 * @param {number} value
 * @param {number} decimals
 * @param {string} lang
 */
export function formatNumber(value, decimals, lang) {
  return numberFormatOf(lang, decimals).format(value);
}

/**
 * A value without its unit of measure: a number, or the name of a class.
 *
 * @param {number|string} value the code of a class where the indicator has classes
 * @param {{decimals: number, categories?: {id: string, name: string}[]}} indicator
 * @param {string} lang
 */
export function formatBareValue(value, indicator, lang) {
  if (typeof value === "number") return formatNumber(value, indicator.decimals, lang);
  return indicator.categories?.find(({ id }) => id === value)?.name ?? value;
}

/**
 * @param {number|string} value
 * @param {{decimals: number, measure_unit: {symbol: string, space: boolean},
 *   categories?: {id: string, name: string}[]}} indicator
 * @param {string} lang
 */
export function formatValue(value, indicator, lang) {
  const { symbol, space } = indicator.measure_unit;
  const number = formatBareValue(value, indicator, lang);
  return symbol ? number + (space ? NO_BREAK : "") + symbol : number;
}

/** The mark before decimals: a comma in Vietnamese. */
export function decimalMark(lang) {
  const parts = new Intl.NumberFormat(tagOf(lang)).formatToParts(0.5);
  return parts.find((part) => part.type === "decimal").value;
}

/** A percentage as the language writes it: `57,7%`. */
export function formatPercent(value, decimals, lang) {
  return locale().percent.replace("{number}", formatNumber(value, decimals, lang));
}

/** Sorts names as Vietnamese dictionaries do (a ă â … d đ). */
export const collator = new Intl.Collator(locale().collation);
