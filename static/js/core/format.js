/** Numbers as the server writes them: decimal comma in Vietnamese, unit of measure behind. */

const LOCALES = { vi: "vi-VN", en: "en-GB" };
const NO_BREAK = "\u00a0";

const numberFormats = new Map();

/** To make a writer of numbers takes longer than to write a hundred: each is kept. */
function numberFormatOf(lang, decimals) {
  const key = `${lang} ${decimals}`;
  if (!numberFormats.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numberFormats.set(key, new Intl.NumberFormat(LOCALES[lang] ?? LOCALES.vi, digits));
  }
  return numberFormats.get(key);
}

/**
 * @param {number} value
 * @param {number} decimals
 * @param {"vi"|"en"} lang
 */
export function formatNumber(value, decimals, lang) {
  return numberFormatOf(lang, decimals).format(value);
}

/**
 * @param {number} value
 * @param {{decimals: number, measure_unit: {symbol: string, space: boolean}}} indicator
 * @param {"vi"|"en"} lang
 */
export function formatValue(value, indicator, lang) {
  const { symbol, space } = indicator.measure_unit;
  const number = formatNumber(value, indicator.decimals, lang);
  return symbol ? number + (space ? NO_BREAK : "") + symbol : number;
}

/** Sorts names as Vietnamese dictionaries do (a ă â … d đ). */
export const collator = new Intl.Collator("vi");
