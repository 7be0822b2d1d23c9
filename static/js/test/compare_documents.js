/** A comparison of three units before with two after a merger: a and b became d, c stayed and is e. */

import { layerOf, legendOf, topology, valuesOf } from "./fixtures.js";

export const [OLD, NEW] = ["2020-02-01", "2025-07-01"];

const NEW_UNITS = {
  d: { parent: "p", name: "Dao San", name_en: "Dao San", full_name: "Xã Dào San" },
  e: { parent: "q", name: "Eo", name_en: "Eo", full_name: "Xã Eo" },
};

/** TopoJSON of the units after: d where a and b were, e where c was. */
export function newTopology() {
  const arcs = [
    [
      [20, 0],
      [0, 10],
    ],
    [
      [20, 10],
      [-20, 0],
      [0, -10],
      [20, 0],
    ],
    [
      [20, 0],
      [10, 0],
      [0, 10],
      [-10, 0],
    ],
  ];
  const polygon = (id, refs) => ({ type: "Polygon", id, properties: { ...NEW_UNITS[id] }, arcs: [refs] });
  return { ...topology(), arcs, objects: { units: { geometries: [polygon("d", [0, 1]), polygon("e", [2, -1])] } } };
}

const era = (date, label, units) => ({ date, label, units, quality: ["official"], quality_label: "official" });
const spread = (mean) => ({
  units: 3,
  with_value: 2,
  mean_text: mean,
  median_text: "m",
  lowest_text: "l",
  highest_text: "h",
});
export const changeOf = (difference, changes = {}) => ({
  before_text: "5",
  after_text: "20",
  difference,
  difference_text: `+${difference}`,
  rank_before: 2,
  of_before: 3,
  rank_after: 1,
  of_after: 2,
  ...changes,
});

export function comparisonOf(changes = {}) {
  const left = valuesOf({ layer: { date: OLD, period: "2024" }, title: "Before", ...changes.left });
  const right = valuesOf({
    layer: { date: NEW },
    title: "After",
    units: { d: [20, 1, "actual", 0], e: [null, "no_data"] },
    sources: [{ id: "s2", title: "Source two", url: "/sources#s2" }],
    ...changes.right,
  });
  const difference = {
    part: "",
    boundaries: { level: "commune", date: NEW },
    title: "Difference",
    subtitle: "d − a",
    summary: "Up by 15.",
    decimals: 0,
    measure_unit: { symbol: "người", space: true },
    units: { d: [15, 1, "actual", 0], e: [null, "no_data"] },
    texts: { d: "+15 người" },
    legend: legendOf(),
    ...changes.difference,
  };
  const layer = layerOf({ date: OLD, period: "2024" });
  return {
    dataset: "v1",
    query: `indicator=${layer.indicator}&period=2024&level=commune&date=${OLD}&on=${NEW}`,
    measure: "absolute",
    measures: [],
    title: "Before and after",
    summary: "",
    periods2: [{ period: "2025", label: "2025", with_value: 1, total: 2 }],
    parts: {},
    ...changes,
    left,
    right,
    legend: legendOf(changes.legend),
    eras: { left: era(OLD, "Before", 3), right: era(NEW, "After", 2), ...changes.eras },
    difference,
    redrawing: {
      known: true,
      reason: "",
      sentence: "Redrawn.",
      units: {},
      before: spread("b"),
      after: spread("a"),
      ...changes.redrawing,
    },
    real: {
      known: false,
      reason: "One period.",
      sentence: "",
      units: {},
      period: { period: "2024", label: "year 2024" },
      period2: null,
      ...changes.real,
    },
    known: { redrawing: true, real: false, sentence: "Only the lines.", ...changes.known },
  };
}

const unit = (id, name) => ({
  id,
  name,
  full_name: `Xã ${name}`,
  code: id,
  kind_label: "commune",
  parent: null,
  url: `/units/${id}`,
});
const event = (note) => ({ date: NEW, label: "1 July 2025", legal_basis: "Resolution", note });

export const succession = () => ({
  items: [
    {
      from: unit("a", "An Bình"),
      to: unit("d", "Dào San"),
      whole: true,
      share: { population: 1, area: 1 },
      part: { population: 0.25, area: 0.5 },
      events: [event("")],
    },
    {
      from: unit("b", "Bản Lang"),
      to: unit("d", "Dào San"),
      whole: true,
      share: { population: 1 },
      part: { population: 0.75 },
      events: [event("seat moved")],
    },
    { from: unit("c", "Cốc"), to: unit("e", "Eo"), whole: true, share: { area: 1 }, part: { area: 1 }, events: [] },
  ],
});

const layers = (date, period, with_value, total) => ({
  level: "commune",
  date,
  status: "actual",
  period,
  label: period,
  with_value,
  total,
});

export const catalogue = () => ({
  timeline: [
    { date: OLD, name: "Before" },
    { date: NEW, name: "After" },
  ],
  levels: [{ id: "commune", name: "Communes", dates: [OLD, NEW] }],
  statuses: [{ id: "actual", name: "Actual" }],
  themes: [
    {
      id: "population",
      indicators: [
        {
          id: "people",
          name: "Population",
          layers: [layers(OLD, "2024", 2, 3), layers(OLD, "2023", 2, 3), layers(NEW, "2025", 1, 2)],
        },
        { id: "houses", name: "Houses", layers: [layers(OLD, "2024", 3, 3)] },
        { id: "fires", name: "Fires", layers: [layers(NEW, "2025", 1, 2)] },
        { id: "rain", name: "Rain", layers: [layers(NEW, "2025", 1, 2)] },
      ],
    },
  ],
});

const radio = (name, value) =>
  `<label><input type="radio" name="${name}" value="${value}" form="controls"><span>${value}</span></label>`;

/** The page as the server writes it, as far as scripts touch it. */
export const PAGE = `
<a class="skip" href="#main">Skip</a><header class="top"><form><input id="search" aria-label="Search"></form></header>
<main id="main" tabindex="-1">
  <div id="progress" hidden></div>
  <header><h1 id="map-title"></h1><p id="map-summary"></p><p id="map-more"></p>
    ${["side", "swipe", "difference", "outline"].map((mode) => radio("mode", mode)).join("")}
    <fieldset id="measure-field">${["absolute", "relative"].map((each) => radio("measure", each)).join("")}</fieldset>
    <button id="open-controls" hidden></button></header>
  <form id="controls"><button type="button" id="close-controls"></button>
    <select name="indicator" id="indicator"><option value="people"></option><option value="houses"></option><option value="fires"></option></select>
    ${radio("level", "commune")}<h2 id="name-left"></h2><div id="date-list"></div>
    <select name="period" id="period"></select><h2 id="name-right"></h2><div id="on-list"></div>
    <select name="period2" id="period2"></select><a id="csv-succession"></a><a id="to-balance"></a></form>
  <section><div id="card" hidden></div><div id="table-slot"><div id="changes"></div>
    <fieldset id="table-side">${radio("table", "left")}${radio("table", "right")}</fieldset>
    <table id="figures"><caption id="figures-caption"></caption>
      <thead><tr><th></th><th><button data-sort="name"></button></th><th><button data-sort="value"><span id="figures-unit"></span></button></th></tr></thead>
      <tbody></tbody><tfoot></tfoot></table></div></section>
  <section id="map-area"><p id="head-left"></p><div id="side-left"><div id="left" tabindex="0"></div></div>
    <p id="head-right"></p><div id="side-right"><div id="right" tabindex="0"></div></div>
    <div id="swipe" role="slider" tabindex="0" hidden></div><div id="message" hidden></div><div id="state-change" hidden></div>
    <section class="legend"><h2><small id="legend-of"></small></h2><div id="legend-body"></div></section></section>
  <p id="foot-sources"></p><p id="foot-boundary"></p><p id="printed" data-version="v1"></p>
  <p id="live" aria-live="polite"></p>
</main>`;
