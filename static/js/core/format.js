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

/** A number without decimals that are zero, as limits of classes are written. */
export function formatShort(value, decimals, lang) {
  const digits = Array.from({ length: decimals + 1 }, (_, i) => i);
  const fewest = digits.find((each) => Number(value.toFixed(each)) === Number(value.toFixed(decimals)));
  return formatNumber(value, fewest ?? decimals, lang);
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

/**
 * A number as a person types it: as the page writes numbers, or plainly. Where one mark could part
 * thousands as well as decimals ("1.041"), it means what it means in the page's language.
 *
 * @param {string} text
 * @param {string} lang
 * @returns {number|null} null for what is no number
 */
export function readNumber(text, lang) {
  const typed = text.replace(/[\s\u00a0\u202f]/g, "").replace(/^[\u2212\u2013]/, "-");
  const mark = decimalMark(lang);
  const group = mark === "," ? "." : ",";
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${mark}\\d*)?$`);
  const plain = grouped.test(typed) ? typed.replaceAll(group, "") : typed;
  const number = plain.replace(",", ".");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(number) ? Number(number) : null;
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
