/**
 * Leaflet, also under the global name `L` by which folium's own elements call it. As a module of
 * its own making: inside the function that the other form is wrapped in, browsers read it twice.
 */

import * as leaflet from "leaflet/dist/leaflet-src.esm.js";

const L = { ...leaflet };

window.L = L;
export default L;
