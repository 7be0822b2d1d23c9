/**
 * The units' shapes of one level and date, decoded once: rings, neighbours, anchor points, and
 * the lines between them.
 *
 * @typedef {object} Shape
 * @property {string} id unit id
 * @property {object} properties as served: code, kind, name, full_name, parent, quality …
 * @property {[number, number][][][]} polygons lon/lat rings, outer first
 * @property {number} weight area in square degrees at the equator's scale
 * @property {string[]} neighbours ids of the units that share a border
 */

import { feature, mesh, neighbors } from "topojson-client";
import { fetchJson } from "../core/api.js";
import { anchorOf, ringArea } from "./anchor.js";

const OBJECT = "units";
const MANY = 400;
const decoded = new Map();

/** Address of the shapes: the finest lines, or the coarsest for thousands of units. */
export function boundariesUrl({ level, date }, total, version) {
  const detail = total > MANY ? 1 : 3;
  return `/api/v1/boundaries/${level}.topojson?date=${date}&detail=${detail}&v=${version}`;
}

/**
 * @returns {Promise<Boundaries>} kept per address, so that each is fetched and decoded once; a
 *   failure is not kept
 */
export function loadBoundaries(url) {
  if (!decoded.has(url)) {
    const loading = fetchJson(url, { keep: false }).then((topology) => new Boundaries(topology));
    loading.catch(() => decoded.delete(url));
    decoded.set(url, loading);
  }
  return decoded.get(url);
}

export class Boundaries {
  /** @param {object} topology TopoJSON with the object `units` */
  constructor(topology) {
    this.topology = topology;
    const object = topology.objects[OBJECT];
    const beside = neighbors(object.geometries);
    /** @type {Map<string, Shape>} */
    this.shapes = new Map();
    feature(topology, object).features.forEach((each, index) => {
      this.shapes.set(each.id, shapeOf(each, beside[index].map((i) => object.geometries[i].id)));
    });
    this.bounds = boundsOf(this.shapes.values());
    this.many = this.shapes.size > MANY;
  }

  /** Where the unit's label and symbol stand, lon/lat; worked out when first asked for. */
  anchor(id) {
    const shape = this.shapes.get(id);
    shape.anchor ??= anchorOfShape(shape);
    return shape.anchor;
  }

  /**
   * Lines of the map as lon/lat, each drawn once however many units it parts.
   *
   * @param {"frame"|"above"|"indicative"|"plain"} which
   */
  lines(which) {
    const tests = {
      frame: (a, b) => a === b,
      above: (a, b) => a.properties.parent !== b.properties.parent,
      indicative: (a, b) => a !== b && isIndicative(a, b),
      plain: (a, b) => a !== b && !isIndicative(a, b),
    };
    return mesh(this.topology, this.topology.objects[OBJECT], tests[which]).coordinates;
  }
}

function isIndicative(a, b) {
  return a.properties.quality === "indicative" || b.properties.quality === "indicative";
}

function shapeOf({ id, properties, geometry }, neighbours) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const sorted = [...polygons].sort((a, b) => ringArea(b[0]) - ringArea(a[0]));
  const weight = sorted.reduce((sum, rings) => sum + ringArea(rings[0]), 0);
  return { id, properties, polygons: sorted, weight, neighbours };
}

/** The anchor is sought where a degree east is as long as a degree north. */
function anchorOfShape({ polygons }) {
  const squeeze = Math.cos((polygons[0][0][0][1] * Math.PI) / 180);
  const rings = polygons[0].map((ring) => ring.map(([lon, lat]) => [lon * squeeze, lat]));
  const { x, y } = anchorOf(rings);
  return { lon: x / squeeze, lat: y };
}

/** @returns {[[number, number], [number, number]]} south-west and north-east, lat/lon */
function boundsOf(shapes) {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { polygons } of shapes) {
    for (const [ring] of polygons) {
      for (const [lon, lat] of ring) {
        if (lon < west) west = lon;
        if (lon > east) east = lon;
        if (lat < south) south = lat;
        if (lat > north) north = lat;
      }
    }
  }
  return [[south, west], [north, east]];
}
