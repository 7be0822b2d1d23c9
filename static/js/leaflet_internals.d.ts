/** What `arc_path.js` uses of the inside of Leaflet 1.9, which @types/leaflet leaves out. */

import "leaflet";

declare module "leaflet" {
  interface Path {
    _renderer: any;
    _pxBounds: Bounds;
  }
}
