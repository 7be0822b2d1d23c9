/** The build for strict content policies has the interface of the usual one. */
declare module "maplibre-gl/dist/maplibre-gl-csp.js" {
  import * as maplibregl from "maplibre-gl";
  export default maplibregl;
}
