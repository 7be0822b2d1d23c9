/** Keeps the HTML of pasted cells beside their text: merged cells and the numbers as they were typed. */

import { byId } from "../core/dom.js";

/** Longer HTML is left out, and the text alone is sent. */
export const MOST_CHARACTERS = 8_000_000;

/**
 * Lets every field with `data-paste-html` fill the hidden field of that id. The HTML stands for what is in
 * the field only as long as nothing else was typed or pasted there: then the text counts again.
 *
 * @param {ParentNode} [root]
 */
export function keepPastedHtml(root = document) {
  /** @type {NodeListOf<HTMLTextAreaElement>} */
  const fields = root.querySelectorAll("textarea[data-paste-html]");
  for (const field of fields) keepFor(field, /** @type {HTMLInputElement} */ (byId(field.dataset.pasteHtml)));
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {HTMLInputElement} hidden
 */
function keepFor(field, hidden) {
  let coming = "";
  hidden.value = "";
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const isAll = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    coming = isAll && /<table[\s>]/i.test(html) && html.length <= MOST_CHARACTERS ? html : "";
  });
  field.addEventListener("input", () => {
    hidden.value = coming;
    coming = "";
  });
}
