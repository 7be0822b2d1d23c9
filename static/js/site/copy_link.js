/** Copies the address of what is on the screen, also where the page is not served securely. */

import { announce, byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** How long a button says what it did, milliseconds. */
const SHOWN_FOR = 1600;

/** @param {Element} [holder] an open dialog, outside of which nothing can be selected */
export async function copyText(text, holder = document.body) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyWithExecCommand(text, holder);
  }
}

/** On a plain http address of the local network browsers have no clipboard interface. */
function copyWithExecCommand(text, holder) {
  const field = el("textarea", { class: "visually-hidden", readonly: true });
  field.value = text;
  holder.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/**
 * Lets a button say what it did, and then its usual text again.
 *
 * @param {Element} node
 * @param {string} text
 * @param {string} usual
 */
export function showBriefly(node, text, usual) {
  node.textContent = text;
  setTimeout(() => (node.textContent = usual), SHOWN_FOR);
}

export function enableCopyLink() {
  const button = byId("copy-link");
  if (!button) return;
  const label = button.querySelector("span");
  const usual = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = t((await copyText(location.href)) ? "map.copied" : "map.copy_failed");
    button.focus();
    showBriefly(label, said, usual);
    announce(said);
  });
}
