/** The words of the panel's scripts, which come with the panel and not with the first page. */

import { announce, byId } from "../core/dom.js";
import { fillIn } from "../core/i18n.js";

let words = {};

export function loadPanelTexts(dialog) {
  words = JSON.parse(dialog.dataset.words);
}

/**
 * @param {string} key
 * @param {Record<string, string|number>} [values] what replaces `{name}` in the text
 */
export function panelText(key, values = {}) {
  return fillIn(words[key] ?? key, values);
}

/** Says a sentence to screen readers, which hear nothing outside of an open dialog. */
export function announceInPanel(sentence) {
  const region = byId("export-live");
  if (region) region.textContent = sentence;
  else announce(sentence);
}
