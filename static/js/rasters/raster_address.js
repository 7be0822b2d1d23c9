/**
 * The rasters of an address: ids with commas between, each with its opacity in per cent where that
 * is not the usual one; the same as `layers/rasters/raster_choice.py` reads.
 *
 * @typedef {{id: string, opacity: number|null}} RasterChoice
 */

/**
 * @param {string} text
 * @returns {RasterChoice[]}
 */
export function readRasters(text) {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [id, opacity] = part.split(":");
      return { id, opacity: opacity ? Number(opacity) : null };
    });
}

/** @param {RasterChoice[]} chosen */
export function formatRasters(chosen) {
  return chosen.map(({ id, opacity }) => (opacity === null ? id : `${id}:${opacity}`)).join();
}
