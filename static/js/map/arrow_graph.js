/**
 * Where the arrow keys lead on a map of units: to the neighbour that lies best in the direction, and,
 * taken together, from every unit to every other.
 *
 * @typedef {{id: string, x: number, y: number}} Place pixels of any zoom, y downwards
 */

export const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const KEYS = Object.keys(ARROWS);
/** A direction holds what lies at most 60 degrees off it; to reach every unit, up to 85. */
const [WITHIN, AT_MOST] = [0.5, 0.087];
/** Those that share a border count as nearer than those that do not. */
const BORDER = 2.5;
/** On a map of many units only so many near ones are looked at for each. */
const [MANY, NEAR] = [300, 40];

/**
 * How far a place seems in a direction: farther the more it lies aside.
 *
 * @param {Place} from
 * @param {string} key name of the arrow key
 * @param {Place} to
 * @param {boolean} touches
 * @param {number} [least] cosine of the widest angle
 * @returns {number} Infinity for what does not lie there
 */
export function distanceTowards(from, key, to, touches, least = WITHIN) {
  const [ux, uy] = ARROWS[key];
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = dx * ux + dy * uy;
  if (along <= 0) return Infinity;
  const length = Math.hypot(dx, dy);
  const cosine = along / length;
  return cosine < least ? Infinity : (length * (2 - cosine)) / (touches ? BORDER : 1);
}

export class ArrowGraph {
  /**
   * @param {Place[]} places
   * @param {(one: string, other: string) => boolean} touches whether two share a border
   */
  constructor(places, touches) {
    this.places = apart(places);
    this.touches = touches;
    this.numbers = new Map(places.map(({ id }, number) => [id, number]));
    this.near = places.length > MANY ? nearPlaces(this.places) : null;
    /** For each place the numbers of those to which the keys lead, -1 for none. */
    this.targets = places.map((_, number) => KEYS.map((key) => this.best(number, key)));
    this.connect();
  }

  /** @returns {string|null} the unit to which a key leads */
  next(id, key) {
    const target = this.targets[this.numbers.get(id)]?.[KEYS.indexOf(key)] ?? -1;
    return target < 0 ? null : this.places[target].id;
  }

  /** The numbers of the places that are looked at from one. */
  others(number) {
    return this.near?.[number] ?? this.places.keys();
  }

  cost(number, key, target, least) {
    const [from, to] = [this.places[number], this.places[target]];
    return distanceTowards(from, key, to, this.touches(from.id, to.id), least);
  }

  best(number, key) {
    let [found, least] = [-1, Infinity];
    for (const other of this.others(number)) {
      const cost = other === number ? Infinity : this.cost(number, key, other);
      if (cost < least) [found, least] = [other, cost];
    }
    return found;
  }

  /** Turns keys where a part of the map could not be reached, or not be left, by any way. */
  connect() {
    for (let turn = 0; turn < 2 * this.places.length; turn += 1) {
      const there = this.reached(this.targets);
      const back = this.reached(this.reversed());
      const inward = there.size < this.places.length;
      if (!inward && back.size === this.places.length) return;
      if (!(inward ? this.join(there) : this.join(back, true))) return;
    }
  }

  /** The numbers of the places that can be reached from the first one. */
  reached(targets) {
    const seen = new Set(this.places.length ? [0] : []);
    for (const number of seen) {
      for (const target of targets[number]) if (target >= 0) seen.add(target);
    }
    return seen;
  }

  reversed() {
    const sources = this.places.map(() => []);
    this.targets.forEach((targets, number) => targets.forEach((each) => each >= 0 && sources[each].push(number)));
    return sources;
  }

  /**
   * Turns one key from a connected part to the rest of the map, or from the rest to it: the one whose
   * new target seems nearest, and whose old one is still reached without it.
   *
   * @returns {boolean} whether there was one
   */
  join(part, outward = false) {
    const inside = (number) => part.has(number) !== outward;
    const before = this.extent();
    return this.ways(inside).some(([, number, k, target]) => {
      const old = this.targets[number][k];
      this.targets[number][k] = target;
      const better = this.extent() > before;
      if (!better) this.targets[number][k] = old;
      return better;
    });
  }

  /** How many places can be reached from the first one and from how many it can be reached, added up. */
  extent() {
    return this.reached(this.targets).size + this.reached(this.reversed()).size;
  }

  /** The ways out of a part, the nearest first: cost, number, place of the key, number of the target. */
  ways(inside) {
    const ways = [];
    this.places.forEach((_, number) => {
      if (!inside(number)) return;
      for (const target of this.others(number)) {
        if (inside(target)) continue;
        KEYS.forEach((key, k) => {
          const cost = this.cost(number, key, target, AT_MOST);
          if (cost < Infinity) ways.push([cost, number, k, target]);
        });
      }
    });
    return ways.sort(([one], [other]) => one - other);
  }
}

/**
 * Places at one point side by side, by less than can be seen: each lies in a direction of the other.
 *
 * @param {Place[]} places
 * @returns {Place[]}
 */
function apart(places) {
  const at = new Map();
  return places.map((place) => {
    const point = `${place.x},${place.y}`;
    const before = at.get(point) ?? 0;
    at.set(point, before + 1);
    return before ? { ...place, x: place.x + before / 1000 } : place;
  });
}

/**
 * For each place the numbers of the nearest others, found in the cells of a grid around it.
 *
 * @param {Place[]} places
 * @returns {number[][]}
 */
function nearPlaces(places) {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const size = Math.sqrt(((Math.max(...xs) - left || 1) * (Math.max(...ys) - top || 1) * 8) / places.length);
  const cells = new Map();
  const cellOf = ({ x, y }) => [Math.floor((x - left) / size), Math.floor((y - top) / size)];
  places.forEach((place, number) => {
    const name = String(cellOf(place));
    cells.set(name, [...(cells.get(name) ?? []), number]);
  });
  return places.map((place, number) => {
    const [column, row] = cellOf(place);
    let found = [];
    for (let ring = 1; found.length < NEAR && ring < 60; ring += 1) {
      found = [];
      for (let i = column - ring; i <= column + ring; i += 1) {
        for (let j = row - ring; j <= row + ring; j += 1) found.push(...(cells.get(`${i},${j}`) ?? []));
      }
      found = found.filter((each) => each !== number);
    }
    const far = (each) => Math.hypot(places[each].x - place.x, places[each].y - place.y);
    return found.sort((one, other) => far(one) - far(other)).slice(0, NEAR);
  });
}
