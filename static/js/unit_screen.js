/** The wall screen of a unit: a clock, and the figures of the server every minute. */

import { refreshPart } from "./site/live_page.js";

const EVERY_MS = 60_000;
const TICK_MS = 5_000;
const FIGURES = "screen-figures";

const state = document.getElementById("screen-state");
const clock = document.getElementById("screen-clock");
let reached = new Date();

/** @param {Date} date */
function timeOf(date) {
  return date.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

const part = {
  async load() {
    const response = await fetch(location.href, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.getElementById(FIGURES);
    if (!response.ok || !found) throw new Error(`no figures: ${response.status}`);
    return document.adoptNode(found);
  },
  shown: () => document.getElementById(FIGURES),
  /** @param {boolean} fresh */
  tell(fresh) {
    if (fresh) reached = new Date();
    const words = fresh ? state.dataset.updated : state.dataset.stale;
    state.classList.toggle("is-stale", !fresh);
    // Only a lost connection is read aloud, not every minute that all is well.
    state.setAttribute("aria-live", fresh ? "off" : "polite");
    state.textContent = words.replace("{time}", timeOf(reached));
  },
};

function tick() {
  clock.textContent = timeOf(new Date());
}

part.tell(true);
tick();
setInterval(tick, TICK_MS);
setInterval(() => refreshPart(part), EVERY_MS);
addEventListener("online", () => refreshPart(part));
addEventListener("offline", () => part.tell(false));
