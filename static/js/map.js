/** What the map page's own script, written by folium, calls. */

export { addLayer, createMap } from "./map/stage.js";
export { start } from "./page.js";
