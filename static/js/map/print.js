/**
 * Before printing the map takes the size it has on paper and shows the whole, names included, and
 * the page says its full address; after, the map has its own size again.
 */

import { byId } from "../core/dom.js";
import { t } from "../core/texts.js";

export function printReady(stage) {
  let before = null;
  const enter = () => {
    if (before) return;
    before = { center: stage.map.getCenter(), zoom: stage.map.getZoom() };
    stage.printing = true;
    document.documentElement.classList.add("printing");
    stage.map.invalidateSize({ animate: false, pan: false });
    stage.whole();
    stage.drawNow();
    const printed = byId("printed");
    printed.textContent = t("map.printed", { address: location.href, version: printed.dataset.version });
  };
  const leave = () => {
    if (!before) return;
    const { center, zoom } = before;
    before = null;
    document.documentElement.classList.remove("printing");
    stage.map.invalidateSize({ animate: false, pan: false });
    stage.map.setView(center, zoom, { animate: false });
    stage.printing = false;
  };
  addEventListener("beforeprint", enter);
  addEventListener("afterprint", leave);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? enter() : leave()));
}
