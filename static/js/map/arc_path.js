/**
 * A Leaflet path made of shared arcs: what Leaflet's polygons and lines do point by point for each
 * of them, `ProjectedArcs` has done once for all. Works with Leaflet's SVG and canvas renderers alike.
 *
 * A kind of path gives `data()` (SVG path data), `refs()` (its outer lines), and for a canvas
 * `trace(path)` and `paint(pen, path)`.
 */

import L from "./leaflet.js";

export const ArcPath = L.Path.extend({
  /** @param {import("./projected_arcs.js").ProjectedArcs} paths  @param {object} options Leaflet's */
  initialize(paths, options) {
    L.setOptions(this, options);
    this.paths = paths;
    this.key = "";
  },

  _project() {},

  _update() {
    const { _map: map, _renderer: renderer } = this;
    if (!map || !renderer._bounds) return;
    const view = { zoom: map.getZoom(), origin: map.getPixelOrigin() };
    const key = this.paths.prepareView(view, renderer._bounds);
    if (key === this.key) return;
    this.key = key;
    this.drawn = null;
    if (renderer instanceof L.SVG) renderer._setPath(this, this.data());
    else this._pxBounds = this.bounds();
  },

  /** Called by the canvas renderer when the path's turn has come, and by `redraw`. */
  _updatePath() {
    const { _renderer: renderer } = this;
    if (!renderer._drawing) return;
    this.drawn ??= this.trace(new Path2D());
    this.paint(renderer._ctx, this.drawn);
  },

  bounds() {
    const bounds = L.bounds([]);
    for (const refs of this.refs()) {
      const [west, north, east, south] = this.paths.bbox(refs);
      bounds.extend([west, north]).extend([east, south]);
    }
    return bounds;
  },
});
