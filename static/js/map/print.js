/** Before printing the map takes the size it has on paper and shows the whole; after, its own. */

export function printReady(stage) {
  let before = null;
  const enter = () => {
    if (before) return;
    before = { center: stage.map.getCenter(), zoom: stage.map.getZoom() };
    stage.printing = true;
    document.documentElement.classList.add("printing");
    stage.map.invalidateSize({ animate: false, pan: false });
    stage.whole();
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
