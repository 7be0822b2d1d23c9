/**
 * Leaflet paths made of shared arcs: what Leaflet's polygons and lines do point by point for each
 * of them, `ProjectedArcs` has done once for all. They work with Leaflet's SVG and canvas renderers.
 */

import L from "./leaflet.js";

/** @typedef {import("./projected_arcs.js").ProjectedArcs} ProjectedArcs */
/** @typedef {L.PathOptions & {renderer: L.Renderer}} ArcPathOptions */

/**
 * What units and lines have in common. A kind of path adds `data()` (SVG path data), `refs()` (its
 * outer lines), and for a canvas `trace(path)` and `paint(pen, path)`.
 */
class ArcPath extends L.Path {
  /**
   * @param {ProjectedArcs} paths
   * @param {ArcPathOptions} options
   */
  constructor(paths, options) {
    super();
    L.setOptions(this, options);
    this.paths = paths;
    this.key = "";
    /** @type {Path2D|null} */
    this.drawn = null;
  }

  _project() {}

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
  }

  /** Called by the canvas renderer when the path's turn has come, and by `redraw`. */
  _updatePath() {
    const { _renderer: renderer } = this;
    if (!renderer._drawing) return;
    this.drawn ??= this.trace(new Path2D());
    this.paint(renderer._ctx, this.drawn);
  }

  bounds() {
    const bounds = L.bounds([]);
    for (const refs of this.refs()) {
      const [west, north, east, south] = this.paths.bbox(refs);
      bounds.extend([west, north]).extend([east, south]);
    }
    return bounds;
  }
}

/** One unit, filled. */
export class UnitPath extends ArcPath {
  /**
   * @param {import("./boundaries.js").Shape} shape
   * @param {ProjectedArcs} paths
   * @param {ArcPathOptions} options
   */
  constructor(shape, paths, options) {
    super(paths, options);
    this.shape = shape;
    this.rings = shape.parts.flat();
  }

  data() {
    return this.paths.closedPathData(this.rings);
  }

  refs() {
    return this.shape.parts.map(([outer]) => outer);
  }

  paint(pen, path) {
    pen.globalAlpha = this.options.fillOpacity;
    pen.fillStyle = this.options.fillColor;
    pen.fill(path, "evenodd");
  }

  trace(path) {
    return this.paths.trace(path, this.rings);
  }

  /** Leaflet's canvas renderer asks which path lies under the pointer. */
  _containsPoint(point) {
    if (!this._pxBounds.contains(point)) return false;
    const around = this.rings.filter((refs) => this.paths.isInside(point.x, point.y, refs));
    return around.length % 2 === 1;
  }
}

/** Some arcs, drawn as lines. */
export class ArcLines extends ArcPath {
  /**
   * @param {number[]} arcs indices
   * @param {ProjectedArcs} paths
   * @param {ArcPathOptions} options
   */
  constructor(arcs, paths, options) {
    super(paths, { interactive: false, fill: false, ...options });
    this.arcs = arcs;
  }

  data() {
    return this.paths.linePathData(this.arcs);
  }

  refs() {
    return this.arcs.map((arc) => [arc]);
  }

  trace(path) {
    return this.paths.trace(path, this.refs(), true);
  }

  paint(pen, path) {
    pen.globalAlpha = 1;
    pen.lineWidth = this.options.weight;
    pen.strokeStyle = this.options.color;
    pen.stroke(path);
  }
}
