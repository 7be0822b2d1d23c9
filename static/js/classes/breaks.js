/**
 * Breaks of classes while they are being chosen. A class holds the values above the break before it
 * up to and including its own, each rounded as it is shown; what is chosen in the end, the server
 * classes by the same rule.
 */

/** @typedef {{lower: number|null, upper: number, colour: string, count: number, isolated: boolean}} LegendClass */

/** Half away from zero, as the server rounds what it shows. */
export function rounded(value, decimals) {
  const shown = Number(`${Math.round(Number(`${Math.abs(value)}e${decimals}`))}e-${decimals}`);
  return value < 0 ? -shown : shown;
}

/** The smallest difference that two breaks can have. */
export const stepOf = (decimals) => Number(`1e-${decimals}`);

/**
 * The breaks that a person may move: those between classes, without the pair around an isolated one.
 *
 * @param {LegendClass[]} classes of a legend
 * @returns {number[]} ascending
 */
export function innerBreaks(classes) {
  const place = classes.findIndex(({ isolated }) => isolated);
  return classes.slice(0, -1).flatMap(({ upper }, i) => (i === place || (place > 0 && i === place - 1) ? [] : [upper]));
}

/** The colours of the classes between such breaks; the two parts of a parted class have one. */
export function classColours(classes) {
  const place = classes.findIndex(({ isolated }) => isolated);
  const parted = place > 0 && classes[place - 1].colour === classes[place + 1]?.colour;
  return classes.filter((_, i) => i !== place && !(parted && i === place + 1)).map(({ colour }) => colour);
}

/**
 * @param {number} value
 * @param {number[]} breaks ascending, between the classes
 * @returns {number} the class of each value, counted from 0
 */
export function classOf(value, breaks, decimals) {
  const shown = rounded(value, decimals);
  const above = breaks.findIndex((upper) => shown <= upper);
  return above < 0 ? breaks.length : above;
}

/** How many values lie in each class. */
export function classCounts(values, breaks, decimals) {
  const counts = Array(breaks.length + 1).fill(0);
  for (const value of values) counts[classOf(value, breaks, decimals)] += 1;
  return counts;
}

/**
 * The breaks after one was moved: it stays a step away from its neighbours.
 *
 * @param {number[]} breaks
 * @param {number} index of the moved one
 */
export function moveBreak(breaks, index, to, decimals) {
  const step = stepOf(decimals);
  const low = index ? breaks[index - 1] + step : -Infinity;
  const high = index < breaks.length - 1 ? breaks[index + 1] - step : Infinity;
  const moved = [...breaks];
  moved[index] = rounded(Math.min(Math.max(to, low), high), decimals);
  return moved;
}

/** The breaks after one was typed: in their order, none twice. */
export function typeBreak(breaks, index, to, decimals) {
  const typed = breaks.map((each, i) => (i === index ? rounded(to, decimals) : each));
  return [...new Set(typed)].sort((a, b) => a - b);
}

/**
 * One break more, in the middle of the class with the most values that two breaks can part.
 *
 * @returns {number[]|null} null where no class can be parted
 */
export function addBreak(breaks, values, decimals) {
  const groups = Array.from({ length: breaks.length + 1 }, () => new Set());
  for (const value of values) groups[classOf(value, breaks, decimals)].add(rounded(value, decimals));
  const largest = groups.reduce((best, group) => (group.size > best.size ? group : best));
  if (largest.size < 2) return null;
  const sorted = [...largest].sort((a, b) => a - b);
  return [...breaks, sorted[Math.floor((sorted.length - 1) / 2)]].sort((a, b) => a - b);
}

export const removeBreak = (breaks, index) => breaks.filter((_, i) => i !== index);

/** Breaks as the address carries them. */
export const formatBreaks = (breaks) => breaks.join(",");

/**
 * Bars of one width from the lowest to the highest value, each with its values by class.
 *
 * @param {number[]} values
 * @param {[number, number]} ends the lowest and the highest value
 * @returns {number[][]} for each bar the number of values in each class
 */
export function histogramBars(values, breaks, decimals, ends, most = 24) {
  const [low, high] = ends;
  const count = Math.max(1, Math.min(most, Math.ceil(2 * Math.sqrt(values.length))));
  const bars = Array.from({ length: count }, () => Array(breaks.length + 1).fill(0));
  const span = high - low || 1;
  for (const value of values) {
    const bar = Math.min(count - 1, Math.floor(((value - low) / span) * count));
    bars[bar][classOf(value, breaks, decimals)] += 1;
  }
  return bars;
}
