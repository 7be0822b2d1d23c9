/** The words of the page, which the server puts into it in the reader's language. */

import { readJson } from "./dom.js";

/** @typedef {(key: string, values?: Record<string, any>) => string} Translate words of a panel by their keys */

let words = null;

/**
 * @param {string} key `section.name`
 * @param {Record<string, any>} [values] what replaces `{name}` in the text
 */
export function t(key, values = {}) {
  words ??= readJson("texts", {});
  return fillIn(words[key] ?? key, values);
}

/**
 * @param {string} text with `{name}` where values stand
 * @param {Record<string, any>} values those without one stay as they are
 * @returns {string}
 */
export function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
