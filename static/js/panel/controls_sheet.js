/** On a small screen the choices are a sheet that opens over the page. */

import { byId } from "../core/dom.js";

/** As in css/small_screens.css. */
const SMALL_SCREEN = "(max-width: 860px)";

/**
 * Makes a form a sheet with a button that opens it. While it is open, what it covers takes no focus;
 * announcements are still heard.
 *
 * @param {HTMLFormElement} form
 */
export function enableControlsSheet(form) {
  const opener = byId("open-controls");
  const closer = byId("close-controls");
  const small = matchMedia(SMALL_SCREEN);
  const around = [...document.querySelectorAll("body > .skip, header.top"), ...form.parentElement.children];
  const covered = /** @type {HTMLElement[]} */ (around.filter((node) => node !== form && node.id !== "live"));
  const isOpen = () => document.body.classList.contains("choosing");
  const open = (yes) => {
    for (const node of covered) node.inert = yes;
    document.body.classList.toggle("choosing", yes);
    opener.setAttribute("aria-expanded", String(yes));
    (yes ? closer : opener).focus();
  };
  opener.hidden = false;
  opener.addEventListener("click", () => open(true));
  closer.addEventListener("click", () => open(false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) open(false);
  });
  // On a wide screen the form stands beside the map: nothing is covered any more.
  small.addEventListener("change", () => {
    if (!small.matches && isOpen()) open(false);
  });
}
