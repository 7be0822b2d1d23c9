/**
 * Which unit of one side lies in which of the other.
 *
 * @typedef {import("../api_types").SuccessionPair} Pair
 */

/** @returns {Map<string, any[]>} the items by what `key` says of each */
function grouped(items, key) {
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    if (groups.has(name)) groups.get(name).push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

export class Successions {
  /** @param {{items: Pair[]}|null} document what the API answers; null while it is unknown */
  constructor(document) {
    const pairs = (document?.items ?? []).filter(({ from, to }) => from && to);
    this.known = Boolean(document);
    this.byLeft = grouped(pairs, ({ from }) => from.id);
    this.byRight = grouped(pairs, ({ to }) => to.id);
  }

  /** The pairs of a unit of `side`, the largest part first. */
  of(id, side) {
    const pairs = (side === "left" ? this.byLeft : this.byRight).get(id) ?? [];
    const weight = ({ share, part }) => (side === "left" ? share : part);
    const size = (pair) => weight(pair).population ?? weight(pair).area ?? 0;
    return [...pairs].sort((a, b) => size(b) - size(a));
  }

  /** The units of both sides that belong together when one of `side` is chosen. */
  relatedUnits(id, side) {
    const pairs = this.of(id, side);
    return side === "left"
      ? { left: [id], right: pairs.map(({ to }) => to.id) }
      : { left: pairs.map(({ from }) => from.id), right: [id] };
  }
}

/** Units of one day stand for themselves. */
export class IdentitySuccessions extends Successions {
  constructor() {
    super({ items: [] });
  }

  /**
   * @param {string} id
   * @param {string} [_side] either
   */
  relatedUnits(id, _side) {
    return { left: [id], right: [id] };
  }
}
