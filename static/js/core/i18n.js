/** The words of the page, which the server puts into it in the reader's language. */

import { readJson } from "./dom.js";

let words = null;

/**
 * @param {string} key `section.name`
 * @param {Record<string, string|number>} [values] what replaces `{name}` in the text
 */
export function t(key, values = {}) {
  words ??= readJson("texts", {});
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
