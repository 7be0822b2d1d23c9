/**
 * The units' shapes of one level and date, decoded once: what bounds them, their neighbours, anchor
 * points, and the lines between them. What takes time is worked out when first asked for.
 */

import { fetchJson } from "../core/api.js";
import { labelAnchor } from "./label_anchor.js";
import { ProjectedArcs } from "./projected_arcs.js";
import { Topology, polygonsOf } from "./topology.js";

/**
 * Kinds of lines: around all units, between units of different parents, between all units, beside
 * areas drawn around points (`derived`, and the `band` below its hatch), of indicative quality, others.
 *
 * @typedef {"outer"|"parent"|"between"|"derived"|"band"|"indicative"|"plain"} LineKind
 */

const OBJECT = "units";
const MANY_UNITS = 400;
const decoded = new Map();

/** Address of the shapes: the finest lines, or the coarsest for thousands of units. */
export function boundariesUrl({ level, date }, total, version) {
  const detail = total > MANY_UNITS ? 1 : 3;
  return `/api/v1/boundaries/${level}.topojson?date=${date}&detail=${detail}&v=${version.split(".")[0]}`;
}

/**
 * @returns {Promise<Boundaries>} kept per address, so that each is fetched and decoded once; a
 *   failure is not kept
 */
export function loadBoundaries(url) {
  if (!decoded.has(url)) {
    const loading = fetchJson(url, { cache: false }).then((document) => new Boundaries(document));
    loading.catch(() => decoded.delete(url));
    decoded.set(url, loading);
  }
  return decoded.get(url);
}

/** Shapes that are at hand already; `loadBoundaries(url)` then fetches nothing. */
export function provideBoundaries(url, document) {
  decoded.set(url, Promise.resolve(new Boundaries(document)));
}

/**
 * @param {[number, number][][]} lines [lon, lat]
 * @returns {[number, number][][]} [lat, lon], the order in which Leaflet takes them
 */
export function toLatLngs(lines) {
  return lines.map((line) => line.map(([lon, lat]) => [lat, lon]));
}

/** One unit: its properties as served (code, kind, name …) and the arcs around it. */
export class Shape {
  /**
   * @param {Boundaries} boundaries
   * @param {import("../api_types").UnitGeometry} geometry
   */
  constructor(boundaries, geometry) {
    const { id, properties } = geometry;
    const { topology } = boundaries;
    this.boundaries = boundaries;
    this.id = id;
    this.properties = properties;
    /** @type {{lon: number, lat: number}|null} */
    this.labelAnchor = null;
    /** @type {[number, number[][]][]} */
    const sized = polygonsOf(geometry).map((rings) => [topology.area(rings[0]), rings]);
    if (sized.length > 1) sized.sort((a, b) => b[0] - a[0]);
    /** Rings of arc references, the largest polygon first. */
    this.parts = sized.map(([, rings]) => rings);
    /** Area in square degrees at the equator's scale. */
    this.area = sized.reduce((sum, [area]) => sum + area, 0);
  }

  /** West, south, east and north of all its parts, degrees. */
  get bbox() {
    return this.boundaries.topology.bbox(this.parts.flat(2));
  }

  /** West, south, east and north of its largest part, degrees. */
  get mainBbox() {
    return this.boundaries.topology.bbox(this.parts[0][0]);
  }

  /** @returns {[number, number][][][]} rings of [lon, lat], outer first, the largest polygon first */
  get polygons() {
    const { topology } = this.boundaries;
    return this.parts.map((rings) => rings.map((refs) => topology.ring(refs)));
  }

  /** Ids of the units that share a border. */
  get neighbours() {
    return this.boundaries.adjacency().get(this.id) ?? [];
  }
}

export class Boundaries {
  /** @param {import("../api_types").BoundariesDocument} document with the object `units` */
  constructor(document) {
    this.topology = new Topology(document, OBJECT);
    const { geometries, count } = this.topology;
    /** @type {Map<string, Shape>} */
    this.shapes = new Map(geometries.map((each) => [each.id, new Shape(this, each)]));
    const [west, south, east, north] = this.topology.bbox(Array(count).keys());
    /** South-west and north-east, lat/lon. */
    this.bounds = [
      [south, west],
      [north, east],
    ];
    this.hasManyUnits = this.shapes.size > MANY_UNITS;
    /** Language of the names that are shown. */
    this.lang = "";
    this.drawn = new WeakMap();
  }

  /** @returns {ProjectedArcs} the arcs as they lie on a map; two maps may show the same boundaries */
  projectedArcsOn(map) {
    if (!this.drawn.has(map)) this.drawn.set(map, new ProjectedArcs(this.topology));
    return this.drawn.get(map);
  }

  /** Where the unit's label and symbol stand, lon/lat. */
  anchor(id) {
    const shape = this.shapes.get(id);
    shape.labelAnchor ??= labelAnchorOfRings(shape.parts[0].map((refs) => this.topology.ring(refs)));
    return shape.labelAnchor;
  }

  /** The ids of the neighbours of every unit. */
  adjacency() {
    if (this.adjacencyIndex) return this.adjacencyIndex;
    const { geometries, owners } = this.topology;
    const adjacent = new Map(geometries.map(({ id }) => [id, new Set()]));
    for (let i = 0; i < owners.length; i += 2) {
      if (owners[i] === owners[i + 1]) continue;
      const [a, b] = [geometries[owners[i]].id, geometries[owners[i + 1]].id];
      adjacent.get(a).add(b);
      adjacent.get(b).add(a);
    }
    this.adjacencyIndex = new Map([...adjacent].map(([id, ids]) => [id, [...ids]]));
    return this.adjacencyIndex;
  }

  /**
   * The arcs of one kind of line, each once however many units it parts.
   *
   * @param {LineKind} which
   * @returns {number[]} indices of arcs
   */
  arcsOf(which) {
    const { geometries, owners, count } = this.topology;
    const test = LINE_FILTERS[which];
    const arcs = [];
    for (let arc = 0; arc < count; arc += 1) {
      if (owners[2 * arc] < 0) continue;
      const [a, b] = [geometries[owners[2 * arc]], geometries[owners[2 * arc + 1]]];
      if (test(a, b)) arcs.push(arc);
    }
    return arcs;
  }

  /** Which signs of doubtful lines the legend explains. */
  get boundaryQualities() {
    const { geometries } = this.topology;
    const derived = geometries.some(isDerived);
    return { derived, indicative: geometries.some((each) => isIndicative(each) && !isDerived(each)) };
  }

  /**
   * The same lines as [lon, lat].
   *
   * @param {LineKind} which
   * @returns {[number, number][][]}
   */
  lines(which) {
    return this.arcsOf(which).map((arc) => this.topology.line(arc));
  }
}

const LINE_FILTERS = {
  outer: (a, b) => a === b,
  parent: (a, b) => a.properties.parent !== b.properties.parent,
  between: (a, b) => a !== b,
  derived: (a, b) => a !== b && (isDerived(a) || isDerived(b)),
  band: (a, b) => LINE_FILTERS.derived(a, b),
  indicative: (a, b) => a !== b && !LINE_FILTERS.derived(a, b) && (isIndicative(a) || isIndicative(b)),
  plain: (a, b) => a !== b && !isIndicative(a) && !isIndicative(b),
};

const isIndicative = ({ properties }) => properties.quality === "indicative";

/** Areas drawn around points; their edges lie where a rule puts them, not where anybody saw them. */
const isDerived = ({ properties }) => properties.drawn_from === "points";

/** The anchor is sought where a degree east is as long as a degree north. */
function labelAnchorOfRings(rings) {
  const squeeze = Math.cos((rings[0][0][1] * Math.PI) / 180);
  const { x, y } = labelAnchor(rings.map((ring) => ring.map(([lon, lat]) => [lon * squeeze, lat])));
  return { lon: x / squeeze, lat: y };
}
