/** Copies the address of what is on the screen, also where the page is not served securely. */

import { announce, byId, el } from "../core/dom.js";
import { t } from "../core/texts.js";

const SHOWN_FOR = 1600;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** On a plain http address of the local network browsers have no clipboard interface. */
function copyOldWay(text) {
  const field = el("textarea", { class: "visually-hidden", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

export function offerCopy() {
  const button = byId("copy-link");
  if (!button) return;
  const label = button.querySelector("span");
  const usual = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = t((await copy(location.href)) ? "map.copied" : "map.copy_failed");
    button.focus();
    label.textContent = said;
    announce(said);
    setTimeout(() => (label.textContent = usual), SHOWN_FOR);
  });
}
