/** Places, fetched when the first category is ticked or the address names one. */

import { fetchJson } from "./core/api.js";
import { PlaceMap } from "./places/place_map.js";

/**
 * @param {typeof import("leaflet")} L
 * @param {import("leaflet").Map[]} maps
 */
export function createPlaces(L, maps) {
  const lang = () => document.documentElement.lang;
  return new PlaceMap(L, maps, (id) => fetchJson(`/api/v1/places/${encodeURIComponent(id)}?lang=${lang()}`));
}

/**
 * @param {string} ids of categories, commas between
 * @param {string} version of the dataset
 * @returns {Promise<import("./api_documents").PlacePoints>}
 */
export function fetchPoints(ids, version) {
  const query = new URLSearchParams({ category: ids, lang: document.documentElement.lang, v: version });
  return fetchJson(`/api/v1/place-points?${query.toString().replaceAll("%2C", ",")}`);
}
