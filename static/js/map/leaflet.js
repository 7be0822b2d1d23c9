/** Leaflet, also under the global name `L` by which folium's own elements call it. */

import L from "leaflet";

window.L = L;
export default L;
