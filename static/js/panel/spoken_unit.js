/** A unit of the map in words for those who hear it: name, former names, value, class, rank, status. */

import { fetchCatalogue, fetchJson } from "../core/api.js";
import { t } from "../core/i18n.js";
import { readCell } from "../map/symbology.js";

const MOST_NAMES = 3;

/** What a unit was formed from, asked for once a unit is spoken. */
export class FormerNames {
  constructor() {
    this.names = new Map();
    this.key = "";
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @returns {Promise<void>} done once the names are known, or nothing can be known
   */
  load({ dataset, boundaries, layer }) {
    const { level, date } = boundaries ?? layer;
    const key = `${dataset} ${level} ${date}`;
    if (this.key !== key) {
      this.key = key;
      this.names = new Map();
      this.loaded = this.fetch(dataset, level, date).catch(() => {});
    }
    return this.loaded;
  }

  async fetch(dataset, level, date) {
    const { timeline } = await fetchCatalogue(dataset);
    const before = timeline.filter((step) => step.date < date).at(-1);
    if (!before) return;
    const query = `from=${before.date}&to=${date}&level=${level}&lang=${document.documentElement.lang}`;
    const { items } = await fetchJson(`/api/v1/succession?${query}`);
    for (const { from, to } of items) {
      if (!from || !to || from.full_name === to.full_name) continue;
      this.names.set(to.id, [...(this.names.get(to.id) ?? []), from.full_name ?? from.name]);
    }
  }

  /** @returns {string} empty where the unit has always been what it is */
  of(id) {
    const names = this.names.get(id) ?? [];
    if (!names.length) return "";
    const rest = names.length > MOST_NAMES ? ` ${t("popup.more", { n: names.length - MOST_NAMES })}` : "";
    return `${t("popup.formed_from")}: ${names.slice(0, MOST_NAMES).join(", ")}${rest}`;
  }
}

/**
 * Class, rank and status of a unit's figure.
 *
 * @param {string} id
 * @param {import("../api_types").Values} values the values document
 * @returns {string[]} none where there is no figure
 */
export function standing(id, { units, legend, layer }) {
  const cell = readCell(units[id]);
  if (cell.missing) return [];
  const row = legend.screen.class_rows && cell.classIndex !== null ? legend.classes[cell.classIndex] : null;
  const ranked = Object.values(units).map(readCell).filter(isRanked);
  const higher = ranked.filter(({ value }) => value > cell.value).length;
  return [
    row && t("map.in_class", { label: row.label }),
    isRanked(cell) && t("map.rank", { rank: higher + 1, n: ranked.length }),
    // That a figure is an estimate is said with what else is to be known of it.
    cell.status !== "estimate" && t(`map.status_${layer.status}`),
  ].filter(Boolean);
}

const isRanked = ({ value, doubtful }) => typeof value === "number" && !doubtful;
