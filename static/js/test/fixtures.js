/** Three units in a row, each a square of a tenth of a degree, with their figures and their comparison. */

import { Boundaries } from "../map/boundaries.js";

const PROPERTIES = {
  a: { parent: "p", name: "An Bình", name_en: "An Binh", full_name: "Xã An Bình" },
  b: { parent: "p", name: "Bản Lang Sơn", name_en: "", full_name: "Xã Bản Lang Sơn", quality: "indicative" },
  c: { parent: "q", name: "Cốc", name_en: "Coc", full_name: "Xã Cốc" },
};

/** TopoJSON of the units; `left` is where the first begins, hundredths of a degree. */
export function topology({ left = 0, properties = PROPERTIES } = {}) {
  const arcs = [
    [
      [10, 0],
      [0, 10],
    ],
    [
      [10, 10],
      [-10, 0],
      [0, -10],
      [10, 0],
    ],
    [
      [20, 0],
      [0, 10],
    ],
    [
      [10, 0],
      [10, 0],
    ],
    [
      [20, 10],
      [-10, 0],
    ],
    [
      [20, 0],
      [10, 0],
      [0, 10],
      [-10, 0],
    ],
  ];
  const polygon = (id, refs) => ({ type: "Polygon", id, properties: { ...properties[id] }, arcs: [refs] });
  const geometries = [polygon("a", [0, 1]), polygon("b", [3, 2, 4, -1]), polygon("c", [5, -3])];
  return {
    transform: { scale: [0.01, 0.01], translate: [103 + left / 100, 22] },
    arcs,
    objects: { units: { geometries } },
  };
}

const square = (i) => [
  [(i % 25) * 10, Math.floor(i / 25) * 10],
  [10, 0],
  [0, 10],
  [-10, 0],
  [0, -10],
];

/** As many units as are drawn on a canvas: squares in rows of 25, of which the first two share an arc. */
export function manySquares(count = 401) {
  const ids = Array.from({ length: count }, (_, i) => i);
  return {
    transform: { scale: [0.001, 0.001], translate: [103, 22] },
    arcs: [
      ...ids.map(square),
      [
        [10, 0],
        [0, 10],
        [0, -10],
      ],
    ],
    objects: {
      units: {
        geometries: ids.map((i) => ({
          type: "Polygon",
          id: `u${i}`,
          properties: { parent: "p", name: `U${i}` },
          arcs: i < 2 ? [[i], [count]] : [[i]],
        })),
      },
    },
  };
}

export const boundariesOf = (document = topology()) => {
  const boundaries = new Boundaries(document);
  for (const { properties } of boundaries.shapes.values()) properties.shown = properties.name;
  return boundaries;
};

export const layerOf = (changes = {}) => ({
  indicator: "people",
  period: "2025",
  level: "commune",
  date: "2025-07-01",
  on: "",
  status: "actual",
  scheme: "pretty",
  classes: "2",
  thresholds: "",
  palette: "greens",
  style: "choropleth",
  title: "",
  ...changes,
});

export const legendOf = (changes = {}) => ({
  style: "choropleth",
  screen: { fills: true, classification: true, class_rows: true },
  classes: [
    { lower: 0, upper: 10, label: "0–10", colour: "#eeeeee", count: 1 },
    { lower: 10, upper: 20, label: "10–20", colour: "#112233", count: 1 },
  ],
  missing: [{ kind: "no_data", label: "No figure", count: 1 }],
  symbols: [],
  doubtful: 0,
  estimated: 0,
  with_value: 2,
  total: 3,
  notes: [],
  ...changes,
});

export const indicatorOf = (changes = {}) => ({
  id: "people",
  name: "Population",
  theme: "population",
  kind: "count",
  decimals: 0,
  measure_unit: { symbol: "người", space: true },
  ...changes,
});

/** A values document; `changes` replace its parts. */
export function valuesOf(changes = {}) {
  const layer = layerOf(changes.layer);
  return {
    dataset: "v1",
    boundaries: { level: layer.level, date: layer.date },
    query: `indicator=${layer.indicator}&period=${layer.period}&level=${layer.level}&date=${layer.date}`,
    title: "Population, 2025",
    subtitle: "Communes",
    summary: "Most live in C.",
    units: { a: [5, 0, "actual", 0], b: [15, 1, "estimate", 1], c: [null, "no_data"] },
    recast: null,
    together: [],
    periods: [
      { period: "2024", label: "2024", with_value: 2, total: 3 },
      { period: "2025", label: "2025", with_value: 3, total: 3 },
    ],
    sources: [{ id: "s1", title: "Source one", url: "/sources#s1" }],
    ...changes,
    layer,
    legend: legendOf(changes.legend),
    indicator: indicatorOf(changes.indicator),
  };
}
