/**
 * TopoJSON as the portal's boundaries use it: quantised arcs that neighbours share, and polygons
 * made of them. An arc is decoded, measured and (in `projected_arcs.js`) projected once, however many units
 * it bounds.
 *
 * The format is TopoJSON 1.0 (https://github.com/topojson/topojson-specification). A reference is
 * the index of an arc, or its complement where the arc runs backwards.
 */

export class Topology {
  /**
   * @param {import("../api_types").BoundariesDocument} document
   * @param {string} name of the object whose geometries are wanted
   */
  constructor({ transform, arcs, objects }, name) {
    this.geometries = objects[name].geometries.filter(({ arcs: refs }) => refs?.length);
    this.count = arcs.length;
    this.decode(arcs, transform);
    this.owners = this.findOwners();
  }

  /** Positions of all arcs in one array (lon, lat, lon, lat …); arc `i` begins at `starts[i]`. */
  decode(arcs, { scale: [kx, ky], translate: [dx, dy] }) {
    const total = arcs.reduce((sum, arc) => sum + arc.length, 0);
    const points = new Float64Array(2 * total);
    this.starts = new Uint32Array(arcs.length + 1);
    let at = 0;
    arcs.forEach((arc, index) => {
      let x = 0;
      let y = 0;
      for (const [stepX, stepY] of arc) {
        points[at] = (x += stepX) * kx + dx;
        points[at + 1] = (y += stepY) * ky + dy;
        at += 2;
      }
      this.starts[index + 1] = at;
    });
    this.points = points;
    this.computeBboxesAndAreas();
  }

  /** Of each arc its box (west, south, east, north) and its share of a ring's doubled area. */
  computeBboxesAndAreas() {
    const { points, starts, count } = this;
    this.bboxes = new Float64Array(4 * count);
    this.signedAreas = new Float64Array(count);
    for (let arc = 0; arc < count; arc += 1) {
      let [west, south, east, north, signedArea] = [Infinity, Infinity, -Infinity, -Infinity, 0];
      const [first, end] = [starts[arc], starts[arc + 1]];
      for (let i = first; i < end; i += 2) {
        const x = points[i];
        const y = points[i + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
        if (i > first) signedArea += points[i - 2] * y - x * points[i - 1];
      }
      this.bboxes.set([west, south, east, north], 4 * arc);
      this.signedAreas[arc] = signedArea;
    }
  }

  /** Of each arc the first and the last geometry it bounds, as indices; the same one on the rim. */
  findOwners() {
    const owners = new Int32Array(2 * this.count).fill(-1);
    this.geometries.forEach((geometry, index) => {
      for (const ref of polygonsOf(geometry).flat(2)) {
        const at = 2 * arcOf(ref);
        if (owners[at] < 0) owners[at] = index;
        owners[at + 1] = index;
      }
    });
    return owners;
  }

  /** Area within a ring of references, square degrees, positive whatever its direction. */
  area(refs) {
    let sum = 0;
    for (const ref of refs) sum += ref < 0 ? -this.signedAreas[~ref] : this.signedAreas[ref];
    return Math.abs(sum) / 2;
  }

  /** @returns {[number, number, number, number]} west, south, east, north of some references */
  bbox(refs) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ref of refs) {
      const at = 4 * arcOf(ref);
      west = Math.min(west, this.bboxes[at]);
      south = Math.min(south, this.bboxes[at + 1]);
      east = Math.max(east, this.bboxes[at + 2]);
      north = Math.max(north, this.bboxes[at + 3]);
    }
    return [west, south, east, north];
  }

  /**
   * The positions of a ring of references; where arcs meet the point stands once.
   *
   * @param {number[]} refs
   * @returns {[number, number][]} [lon, lat]
   */
  ring(refs) {
    /** @type {[number, number][]} */
    const ring = [];
    for (const ref of refs) {
      const line = this.line(arcOf(ref));
      if (ref < 0) line.reverse();
      if (ring.length) line.shift();
      ring.push(...line);
    }
    return ring;
  }

  /**
   * @param {number} arc
   * @returns {[number, number][]} the positions of the arc, [lon, lat]
   */
  line(arc) {
    /** @type {[number, number][]} */
    const line = [];
    for (let i = this.starts[arc]; i < this.starts[arc + 1]; i += 2) {
      line.push([this.points[i], this.points[i + 1]]);
    }
    return line;
  }
}

/** @returns {number} the index of the arc that is meant, whatever its direction */
export const arcOf = (ref) => (ref < 0 ? ~ref : ref);

/**
 * @param {{type?: string, arcs?: any[]}} geometry
 * @returns {number[][][]} polygons, each a list of rings of references, the outer one first
 */
export function polygonsOf({ type, arcs }) {
  return type === "Polygon" ? [arcs] : arcs;
}
