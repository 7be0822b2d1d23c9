/** Which part of an indicator is shown; portal/webmap/breakdown_field.py writes the same first. */

import { byId, el } from "../core/dom.js";

/**
 * The parts by what they are parts by, each with how many units it covers at the layer's level and
 * date, and the total before them.
 *
 * @param {import("../api_types").CatalogueIndicator} entry
 * @param {{level: string, date: string}} layer
 * @returns {{name: string, options: {value: string, label: string}[]}[]} the total in a nameless group
 */
export function breakdownGroups(entry, layer) {
  const groups = new Map();
  const whole = entry.breakdown ? [] : [{ ...entry, dimensions: "", label: entry.total_label }];
  for (const part of [...whole, ...entry.parts]) {
    const option = { value: part.breakdown, label: `${part.label} ${covered(part, layer)}` };
    groups.set(part.dimensions, [...(groups.get(part.dimensions) ?? []), option]);
  }
  return [...groups].map(([name, options]) => ({ name, options }));
}

/** `12/38`: units with a figure of the best period there, and all units. */
function covered({ layers }, { level, date }) {
  const here = layers.filter((layer) => layer.level === level && layer.date === date);
  const best = here.reduce((most, layer) => (layer.with_value > (most?.with_value ?? 0) ? layer : most), here[0]);
  return best ? `(${best.with_value}/${best.total})` : "(–)";
}

/** Shows the field for an indicator that has parts with figures, else none. */
export function showBreakdown(entry, layer) {
  const field = byId("breakdown-field");
  field.hidden = !entry?.parts.length;
  if (field.hidden) return;
  const select = byId("breakdown");
  const items = (group) => group.options.map(({ value, label }) => el("option", { value, text: label }));
  select.replaceChildren(
    ...breakdownGroups(entry, layer).flatMap((group) =>
      group.name ? [el("optgroup", { label: group.name }, ...items(group))] : items(group),
    ),
  );
  select.value = layer.breakdown;
}
