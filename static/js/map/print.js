/**
 * Before printing the maps take the size they have on paper and show the whole, names included, and
 * the page says its full address; after, they have their own size again.
 */

import { byId } from "../core/dom.js";
import { t } from "../core/texts.js";

/**
 * @param {object} drawn a stage or several as one: its `map` tells the view and takes it back,
 *   `resize`, `whole` and `drawNow` serve all; it is told that it is `printing`
 */
export function printReady(drawn) {
  let before = null;
  const enter = () => {
    if (before) return;
    before = { center: drawn.map.getCenter(), zoom: drawn.map.getZoom() };
    drawn.printing = true;
    document.documentElement.classList.add("printing");
    drawn.resize();
    drawn.whole();
    drawn.drawNow();
    const printed = byId("printed");
    printed.textContent = t("map.printed", { address: location.href, version: printed.dataset.version });
  };
  const leave = () => {
    if (!before) return;
    const { center, zoom } = before;
    before = null;
    document.documentElement.classList.remove("printing");
    drawn.resize();
    drawn.map.setView(center, zoom, { animate: false });
    drawn.printing = false;
  };
  addEventListener("beforeprint", enter);
  addEventListener("afterprint", leave);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? enter() : leave()));
}
