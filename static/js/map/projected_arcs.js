/**
 * Arcs as they lie on the screen. Each is projected once for all zooms and, at a zoom, scaled and
 * thinned once for all the units and lines that are made of it, so that neighbours stay exact.
 *
 * The projection is the web's spherical Mercator (EPSG:3857), as Leaflet's own.
 */

import { crossesRay } from "./point_in_polygon.js";
import { arcOf } from "./topology.js";

const TILE = 256;
/** Points nearer than this to the one before are left out, pixels. */
const SIMPLIFY_TOLERANCE = 0.6;
/** Beyond this size of the whole, in pixels, arcs off the screen are drawn without their bends. */
const CLIP_ABOVE = 6000;

/** @param {ArrayLike<number>} points lon, lat, …  @returns {Float64Array} pixels at zoom 0 */
export function project(points) {
  const projected = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const sine = Math.sin((points[i + 1] * Math.PI) / 180);
    projected[i] = TILE * (points[i] / 360 + 0.5);
    projected[i + 1] = TILE * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
  }
  return projected;
}

export class ProjectedArcs {
  /** @param {import("./topology.js").Topology} topology */
  constructor(topology) {
    this.starts = topology.starts;
    this.count = topology.count;
    this.world = project(topology.points);
    const [west, south, east, north] = topology.bbox(Array(topology.count).keys());
    const [left, bottom, right, top] = project([west, south, east, north]);
    /** The longer side of everything, pixels at zoom 0. */
    this.side = Math.max(right - left, bottom - top);
    this.key = "";
    /** Thinned points of all arcs, layer pixels; arc `i` lies from `from[i]` to `from[i + 1]`. */
    this.points = new Float32Array(this.world.length);
    this.from = new Uint32Array(this.count + 1);
  }

  /**
   * Makes ready for a view; does nothing where it is ready already.
   *
   * @param {{zoom: number, origin: {x: number, y: number}}} view the map's pixel origin
   * @param {{min: {x: number, y: number}, max: {x: number, y: number}}} clip the part that is drawn, layer pixels
   * @returns {string} changes whenever the paths do
   */
  prepareView({ zoom, origin }, clip) {
    const scale = 2 ** zoom;
    const large = this.side * scale > CLIP_ABOVE;
    const part = large ? `${clip.min.x},${clip.min.y},${clip.max.x},${clip.max.y}` : "";
    const key = `${zoom}/${origin.x},${origin.y}/${part}`;
    if (key !== this.key) {
      this.key = key;
      this.scaleAndSimplify(scale, origin, large ? clip : null);
    }
    return key;
  }

  /** Scales and thins all arcs into `points`. */
  scaleAndSimplify(scale, { x: left, y: top }, clip) {
    const { world, starts, count, points } = this;
    /** SVG path data of each arc, forwards and backwards. */
    this.texts = [new Array(count), new Array(count)];
    let at = 0;
    for (let arc = 0; arc < count; arc += 1) {
      const first = at;
      const end = starts[arc + 1];
      let [px, py] = [Infinity, Infinity];
      for (let i = starts[arc]; i < end; i += 2) {
        const x = world[i] * scale - left;
        const y = world[i + 1] * scale - top;
        if (Math.abs(x - px) + Math.abs(y - py) < SIMPLIFY_TOLERANCE && i < end - 2) continue;
        points[at] = px = x;
        points[at + 1] = py = y;
        at += 2;
      }
      if (clip && isOffScreen(points, first, at, clip)) {
        points[first + 2] = points[at - 2];
        points[first + 3] = points[at - 1];
        at = first + 4;
      }
      this.from[arc + 1] = at;
    }
  }

  /** Calls `act(x, y, isFirst)` for the points of a ring or line; where arcs meet, once. */
  forEachPoint(refs, act) {
    const { points, from } = this;
    let isFirst = true;
    for (const ref of refs) {
      const arc = arcOf(ref);
      const step = ref < 0 ? -2 : 2;
      let at = ref < 0 ? from[arc + 1] - 2 : from[arc];
      let left = (from[arc + 1] - from[arc]) / 2;
      if (!isFirst) [at, left] = [at + step, left - 1];
      for (; left > 0; left -= 1, at += step) {
        act(points[at], points[at + 1], isFirst);
        isFirst = false;
      }
    }
  }

  /** @returns {string} SVG path data of closed rings */
  closedPathData(rings) {
    let data = "";
    for (const refs of rings) {
      data += "M";
      refs.forEach((ref, index) => (data += this.arcText(ref, index > 0)));
      data += "z";
    }
    return data;
  }

  /** @returns {string} SVG path data of arcs, each for itself */
  linePathData(arcs) {
    return arcs.map((arc) => `M${this.arcText(arc, false)}`).join("");
  }

  /** The points of a reference as text, for a ring that goes on without the first. */
  arcText(ref, continues) {
    const cached = this.texts[Number(ref < 0)];
    const text = (cached[arcOf(ref)] ??= this.arcToText(ref));
    return continues ? text.slice(text.indexOf(" ")) : text;
  }

  arcToText(ref) {
    const parts = [];
    this.forEachPoint([ref], (x, y) => parts.push(`${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`));
    return parts.join(" ");
  }

  /** Draws closed rings, or with `isOpen` lines, into a canvas path. */
  trace(path, rings, isOpen = false) {
    const act = (x, y, isFirst) => (isFirst ? path.moveTo(x, y) : path.lineTo(x, y));
    for (const refs of rings) {
      this.forEachPoint(refs, act);
      if (!isOpen) path.closePath();
    }
    return path;
  }

  /** The box of some references on the screen as [west, north, east, south], layer pixels. */
  bbox(refs) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    this.forEachPoint(refs, (x, y) => {
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    });
    return [west, north, east, south];
  }

  /** @returns {boolean} whether a point lies within a ring of references, layer pixels */
  isInside(x, y, refs) {
    let inside = false;
    let ax = 0;
    let ay = 0;
    this.forEachPoint(refs, (bx, by, isFirst) => {
      if (!isFirst && crossesRay(x, y, ax, ay, bx, by)) inside = !inside;
      ax = bx;
      ay = by;
    });
    return inside;
  }
}

/** Whether an arc lies wholly on one side of the clip: there its bends cannot be seen. */
function isOffScreen(points, first, end, { min, max }) {
  if (end - first < 6) return false;
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = first; i < end; i += 2) {
    west = Math.min(west, points[i]);
    east = Math.max(east, points[i]);
    north = Math.min(north, points[i + 1]);
    south = Math.max(south, points[i + 1]);
  }
  return east < min.x || west > max.x || south < min.y || north > max.y;
}
