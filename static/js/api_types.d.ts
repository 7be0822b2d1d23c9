/**
 * The documents that the API answers with, as far as the browser reads them. Types only: nothing of
 * this file reaches a page.
 */

/** Value, class index, status, 1 when doubtful; or null and the kind of missing. */
export type Cell = [number, number | null, string, number] | [null, string];

/** The state of a page and the parameters of the API: names to texts. */
export type State = Record<string, string>;

export type MeasureUnit = { symbol: string; space: boolean };

export type Named = { id: string; name: string };

export type UnitLink = { id: string; name: string; full_name: string; url: string };

export type SourceLink = { id: string; title: string; title_line: string; url: string };

/* Catalogue */

/** One level, date, status and period with figures. */
export interface AvailableLayer {
  level: string;
  date: string;
  status: string;
  period: string;
  label: string;
  with_value: number;
  total: number;
}

export interface CatalogueIndicator extends Named {
  group: string;
  definition: string;
  kind: string;
  decimals: number;
  direction: string;
  url: string;
  symbol: string;
  style: string;
  palette: string;
  scheme: string;
  classes: number;
  thresholds: number[];
  coverage: { units: number; total: number; periods: number };
  layers: AvailableLayer[];
}

export interface Theme extends Named {
  lead: string;
  indicators: CatalogueIndicator[];
}

export type TimelineStep = { date: string; name: string };

export interface Catalogue {
  dataset: string;
  title: string;
  reference_date: string;
  themes: Theme[];
  timeline: TimelineStep[];
  levels: (Named & { dates: string[] })[];
  schemes: Named[];
  palettes: (Named & { type: string; colours: string[] })[];
  styles: Named[];
  statuses: Named[];
}

/* Values */

export interface LayerParameters {
  indicator: string;
  period: string;
  level: string;
  date: string;
  on: string;
  status: string;
  scheme: string;
  classes: string;
  thresholds: string;
  palette: string;
  style: string;
  title: string;
}

export interface Indicator extends Named {
  definition: string;
  theme: string;
  kind: string;
  direction: string;
  decimals: number;
  measure_unit: MeasureUnit;
  /** Set by the browser on differences, whose figures carry their sign. */
  signed?: boolean;
}

export interface LegendClass {
  lower: number;
  upper: number;
  label: string;
  colour: string;
  count: number;
}

export type LegendMissing = { kind: string; label: string; count: number };

export interface LegendSymbol {
  value: number;
  label: string;
  /** Pixels at the scale 1. */
  radius: number;
}

/** What a style makes use of: fills of units, a classification, rows of classes in the legend. */
export type StyleScreen = { fills: boolean; classification: boolean; class_rows: boolean };

export interface Legend {
  style: string;
  screen: StyleScreen;
  classes: LegendClass[];
  missing: LegendMissing[];
  missing_fill: string;
  missing_hatch: string;
  symbols: LegendSymbol[];
  max_radius: number;
  doubtful: number;
  estimated: number;
  with_value: number;
  total: number;
  notes: string[];
  /** Set by the browser: how much smaller symbols are on a small map. */
  scale?: number;
}

export interface RecastFigure {
  status: string;
  status_label: string;
  coverage: number | null;
  coverage_text: string;
  weight: string;
  weight_label: string;
  low: number | null;
  high: number | null;
  range_text: string;
  reason: string;
  text?: string;
}

export interface Recast {
  from: { date: string; label: string };
  to: { date: string; label: string };
  least_coverage: number;
  counts: { status: string; label: string; count: number }[];
  units: Record<string, RecastFigure>;
}

export type Period = { period: string; label: string; with_value: number; total: number };

/** A figure known only for several units together. */
export interface JointValue {
  name: string;
  value: number;
  text: string;
  status: string;
  status_label: string;
  doubtful: boolean;
}

export interface Values {
  dataset: string;
  layer: LayerParameters;
  boundaries: { level: string; date: string };
  query: string;
  title: string;
  subtitle: string;
  summary: string;
  indicator: Indicator;
  legend: Legend;
  units: Record<string, Cell>;
  recast: Recast | null;
  together: JointValue[];
  periods: Period[];
  sources: SourceLink[];
  /** Of differences: the figures with their signs, by unit. */
  texts?: Record<string, string>;
  part?: string;
}

/* Comparison */

export type Side = "left" | "right";

export interface Era {
  date: string;
  label: string;
  units: number;
  quality: string[];
  quality_label: string;
}

export interface Difference {
  part: string;
  boundaries: { level: string; date: string };
  title: string;
  subtitle: string;
  summary: string;
  decimals: number;
  measure_unit: MeasureUnit;
  units: Record<string, Cell>;
  texts: Record<string, string>;
  legend: Legend;
}

export interface Spread {
  units: number;
  with_value: number;
  mean_text: string;
  median_text: string;
  lowest_text: string;
  highest_text: string;
}

export interface UnitChange {
  before_text: string;
  after_text: string;
  difference: number | null;
  difference_text: string;
  rank_before: number | null;
  of_before: number;
  rank_after: number | null;
  of_after: number;
}

export interface ComparisonPart {
  to: string;
  total: number | null;
  redrawing: number | null;
  real: number | null;
  known: "none" | "both" | "redrawing" | "real";
}

export interface PartSummary {
  known: boolean;
  reason: string;
  sentence: string;
  units: Record<string, UnitChange>;
}

export interface Comparison {
  dataset: string;
  query: string;
  measure: string;
  measures: Named[];
  title: string;
  summary: string;
  periods2: Period[];
  left: Values;
  right: Values;
  legend: Legend;
  eras: { left: Era; right: Era };
  difference: Difference;
  redrawing: PartSummary & { before: Spread; after: Spread };
  real: PartSummary & { period: { period: string; label: string }; period2: { period: string; label: string } | null };
  parts: Record<string, ComparisonPart>;
  known: { redrawing: boolean; real: boolean; sentence: string };
}

/* Succession */

export interface SuccessionUnit extends UnitLink {
  code: string;
  kind_label: string;
  parent: UnitLink | null;
}

export type Shares = Partial<Record<"area" | "households" | "population", number>>;

export interface SuccessionPair {
  from: SuccessionUnit | null;
  to: SuccessionUnit | null;
  whole: boolean;
  /** Of `from`, what lies in `to`. */
  share: Shares;
  /** Of `to`, what comes from `from`. */
  part: Shares;
  events: { date: string; label: string; legal_basis: string; note: string }[];
}

export type SuccessionDocument = { items: SuccessionPair[] };

/* Card */

export interface CardUnit extends UnitLink {
  code: string;
  kind_label: string;
  parent: UnitLink | null;
  validity_label: string;
  boundary_quality_label: string;
  boundary_note: string;
}

export interface CardValue {
  period_label: string;
  text: string;
  status: string;
  status_label: string;
  source: SourceLink;
  quote: string;
  method: string;
  coverage: number | null;
  doubt: string;
  note: string;
}

export interface CardRecast extends RecastFigure {
  contributions: {
    unit: UnitLink;
    role_label: string;
    text: string;
    share: number | null;
    share_text: string;
    source: SourceLink;
  }[];
  missing: UnitLink[];
}

export type CardPlan = { text: string; period_label: string; percent_text: string; stated_percent_text: string };

export interface SeriesPoint {
  period: string;
  label: string;
  value: number;
  text: string;
  status: string;
  status_label: string;
  doubtful: boolean;
}

export interface CardVillages {
  lists: { unit: UnitLink; sentence: string; doubt: string; items: { id: string; full_name: string; url: string }[] }[];
  changes: { sentence: string; doubt: string; note: string }[];
}

export interface Card {
  unit: CardUnit;
  formed_from: UnitLink[];
  became: UnitLink[];
  villages: CardVillages | null;
  value: CardValue | null;
  recast: CardRecast | null;
  together: { sentence: string } | null;
  missing: { kind: string; label: string; elsewhere: { period: string; label: string; query: string }[] } | null;
  plan: CardPlan | null;
  rank: { rank: number; of: number; text: string } | null;
  series: SeriesPoint[];
  alternatives: { text: string; source: SourceLink }[];
}

/* Search */

export interface SearchResult extends Named {
  type: string;
  url: string;
  code?: string;
  full_name?: string;
  kind_label?: string;
  level?: string;
  valid_from?: string;
  valid_to?: string | null;
  validity_label?: string;
  matched?: string;
  parent?: string;
  now?: UnitLink[];
  coverage?: { units: number; total: number };
}

/* Boundaries, TopoJSON */

export interface UnitGeometry {
  type: "Polygon" | "MultiPolygon" | null;
  id: string;
  properties: Record<string, string>;
  /** Rings of arc references; of a MultiPolygon, polygons of such rings. */
  arcs?: any[];
}

export interface BoundariesDocument {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: Record<string, { geometries: UnitGeometry[] }>;
}
