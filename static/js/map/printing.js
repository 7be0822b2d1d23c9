/**
 * Before printing the maps take the size they have on paper and show the whole, names included, and
 * the page says its full address; after, they have their own size again.
 */

import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * @param {{map: L.Map, resize: () => void, fitAll: () => void, drawNow: () => void, printing: boolean}} views
 *   a map view or several as one: `map` is the one whose view is restored, the methods serve all
 */
export function enablePrinting(views) {
  let before = null;
  const enter = () => {
    if (before) return;
    before = { center: views.map.getCenter(), zoom: views.map.getZoom() };
    views.printing = true;
    document.documentElement.classList.add("printing");
    views.resize();
    views.fitAll();
    views.drawNow();
    const printed = byId("printed");
    printed.textContent = t("map.printed", { address: location.href, version: printed.dataset.version });
  };
  const leave = () => {
    if (!before) return;
    const { center, zoom } = before;
    before = null;
    document.documentElement.classList.remove("printing");
    views.resize();
    views.map.setView(center, zoom, { animate: false });
    views.printing = false;
  };
  addEventListener("beforeprint", enter);
  addEventListener("afterprint", leave);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? enter() : leave()));
}
