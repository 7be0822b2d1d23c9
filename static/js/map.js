/** What the map page's own script, written by folium, calls. */

export { addLayer, createMap } from "./map/map_view.js";
export { start } from "./map_page.js";
