/**
 * The documents of the API, made from their schemas by `make format`. Types only: nothing of this
 * file reaches a page.
 */

/** How far the estimates and the official figures of a map agree. */
export interface Agreement {
  /** Units that have both figures */
  with_both: number;
  /** How many have both, and the mean and the range of the differences */
  sentence: string;
  /** Mean of estimate minus official figure, without doubtful figures */
  mean_difference: number | null;
  /** Where they lie farthest apart, the farthest first */
  farthest: AgreementRow[];
}

/** The official figure of a unit and the estimate of it. */
export interface AgreementRow {
  /** Id of the unit */
  unit: string;
  /** Name of the unit */
  name: string;
  /** The official figure as it is shown */
  official: string;
  /** Its period in words */
  official_period: string;
  /** The estimate as it is shown */
  estimate: string;
  /** Its period in words */
  estimate_period: string;
  /** Estimate minus official figure; null where their units of measure differ */
  difference: number | null;
  /** The difference as it is shown; empty without one */
  difference_text: string;
  /** Both figures with their periods */
  sentence: string;
  /** Whether one of both is doubtful */
  doubtful: boolean;
}

/** What another source says of the same. */
export interface Alternative {
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** The source */
  source: Source;
  /** The words of the source */
  quote: string;
  /** Why the figure should not be trusted as it stands */
  doubt: string;
  /** sound, doubtful, read_as or impossible */
  quality: "sound" | "doubtful" | "read_as" | "impossible";
}

/** One level, date, status and period with figures. */
export interface AvailableLayer {
  /** Level of the units */
  level: string;
  /** Step of the timeline, ISO 8601 */
  date: string;
  /** actual, plan or target */
  status: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  label: string;
  /** Units with a figure */
  with_value: number;
  /** All units */
  total: number;
  /** Whether so few units have a figure that its map only locates them */
  sparse: boolean;
}

/** Totals of a count before and after recasting. */
export interface Balance {
  /** The indicator */
  indicator: Named;
  /** Code of the period */
  period: string;
  /** Query of the balance's own address */
  query: string;
  /** Address of the balance as CSV */
  csv: string;
  /** What the columns of the CSV mean, by name */
  columns: Record<string, string>;
  /** The whole */
  total: BalanceRow;
  /** By the unit above */
  rows: BalanceRow[];
  /** Total of what the map shows, in the unit of measure */
  shown: number;
  /** The total of the map as it is shown */
  shown_text: string;
  /** Units that got no value */
  unreached: UnreachedUnit[];
  /** Units before that went to more than one group */
  crossing: UnitLink[];
  /** Overlaps of shapes too small to count */
  slivers: number;
  /** Their area, km² */
  sliver_area_km2: number;
  /** Their area as it is shown */
  sliver_area_text: string;
}

/** A total before and after recasting; in the unit of measure. */
export interface BalanceRow {
  /** Id of the unit above; empty for the whole and for units without one */
  group: string;
  /** Its name */
  name: string;
  /** Total on the units before */
  before: number;
  /** The total before as it is shown */
  before_text: string;
  /** Total on the units afterwards */
  after: number;
  /** The total afterwards as it is shown */
  after_text: string;
  /** What is known of several units only together */
  undivided: number;
  /** What is not divided as it is shown */
  undivided_text: string;
  /** After plus undivided, minus before */
  residual: number;
  /** The residual as it is shown */
  residual_text: string;
  /** Units before */
  units: number;
  /** Units before without a figure */
  missing: UnitLink[];
}

/** Which shapes a map is drawn with. */
export interface Boundaries {
  /** Level of the units */
  level: string;
  /** Day on which the units are valid, ISO 8601 */
  date: string;
}

/** What is known of a unit under a layer. */
export interface Card {
  /** The unit */
  unit: CardUnit;
  /** Page on which an error in the figure or the border is reported */
  report_url: string;
  /** Units it was formed from */
  formed_from: UnitLink[];
  /** Units it became */
  became: UnitLink[];
  /** Its villages, where any is known */
  villages: CardVillages | null;
  /** The published figure */
  value: CardValue | null;
  /** The figure recast on the unit */
  recast: RecastDetail | null;
  /** What is known of it and others only together */
  together: JointValueDetail | null;
  /** Why there is no figure */
  missing: CardMissing | null;
  /** The plan beside an actual figure */
  plan: Plan | null;
  /** Its place among the units of its level */
  rank: Rank | null;
  /** All figures of the indicator, by period */
  series: SeriesPoint[];
  /** What other sources say of the same */
  alternatives: Alternative[];
  /** The estimate beside an official figure, or the official figure beside an estimate */
  counterpart: CardCounterpart | null;
  /** Total and parts of an indicator that is broken down */
  parts: CardParts | null;
  /** What the card shows, in this order, as the dataset sets it */
  blocks: string[];
}

/** What stands beside the figure of a unit: the estimate of it, or the official one. */
export interface CardCounterpart {
  /** Id of the other indicator */
  indicator: string;
  /** Name of the other indicator */
  name: string;
  /** Whether the other one is the estimate */
  is_estimate: boolean;
  /** Which of both it is, in words */
  label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** Code of its period, the nearest to that of the card */
  period: string;
  /** The period in words */
  period_label: string;
  /** actual or estimate */
  status: string;
  /** The status in words */
  status_label: string;
  /** Whether it is doubtful */
  doubtful: boolean;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** Estimate minus official figure; null where the unit does not have both */
  difference: number | null;
  /** The difference in words; empty without one */
  difference_text: string;
  /** Query of its map */
  query: string;
  /** Its source */
  source: SourceLink;
}

/** Why there is no figure. */
export interface CardMissing {
  /** Id of the reason */
  kind: string;
  /** The reason in words */
  label: string;
  /** Periods that have one */
  elsewhere: OtherPeriod[];
}

/** The total of an indicator, or a part of it by the codes of its dimensions. */
export interface CardPart {
  /** Values of its dimensions, as sex:female; empty for the total */
  breakdown: string;
  /** What it is called among its like */
  label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** Whether it is doubtful */
  doubtful: boolean;
  /** Whether it cannot be right and is not drawn */
  impossible: boolean;
  /** Query of its map */
  query: string;
  /** Whether it is what the layer shows */
  shown: boolean;
}

/** The parts of an indicator by the same dimensions. */
export interface CardPartGroup {
  /** The dimensions in words */
  name: string;
  /** In the order of the code lists */
  items: CardPart[];
}

/** The figures of an indicator that is broken down, for one unit and period. */
export interface CardParts {
  /** Number of parts that have a figure */
  count: number;
  /** The total; null where none is published */
  total: CardPart | null;
  /** The parts by their dimensions */
  groups: CardPartGroup[];
}

/** The unit of a card. */
export interface CardUnit {
  /** Code and first day of the unit */
  id: string;
  /** Administrative code, as text */
  code: string;
  /** province, district, commune or village */
  level: string;
  /** The level in words */
  level_label: string;
  /** Rank of the unit */
  kind: string;
  /** The rank in words */
  kind_label: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Name by language */
  names: Record<string, string>;
  /** The unit above */
  parent: UnitLink | null;
  /** First day, ISO 8601 */
  valid_from: string;
  /** First day on which it is no longer valid; null if it still is */
  valid_to: string | null;
  /** The validity in words */
  validity_label: string;
  /** Area by the register or decree, km² */
  official_area_km2: number | null;
  /** Geodesic area of the shipped shape, km² */
  shape_area_km2: number | null;
  /** Address of the people's committee */
  seat: string;
  /** Longitude, latitude of the seat (WGS 84) */
  seat_position: (number | null)[] | null;
  /** How the shape came about */
  boundary_quality: string;
  /** The quality in words */
  boundary_quality_label: string;
  /** Id of the source of the boundary */
  source: string;
  /** Other spellings met in the sources */
  aliases: string[];
  /** Page of the unit */
  url: string;
  /** How far its shape can be trusted; empty where unknown */
  boundary_note: string;
}

/** One figure with its quote and its whole source. */
export interface CardValue {
  /** The unit it is about */
  unit_id: string;
  /** Administrative code of the unit */
  unit_code: string;
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  dimensions: string;
  /** Id of the series: the indicator with the values of its dimensions */
  series: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  period_label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** Id of the unit of measure */
  measure_unit: string;
  /** The words of the source; empty for collected and derived figures */
  quote: string;
  /** The number in the quote times this is the value */
  scale: number;
  /** The share of plan the document states, per cent */
  stated_percent: number | null;
  /** The change the document states, as +240.29 2023-H1 */
  stated_change: string;
  /** more_than, at_least, nearly or about; empty for a plain figure */
  qualifier: string;
  /** restated where a successor reports a period before its own validity */
  basis: string;
  /** How a derived value was computed */
  method: string;
  /** Share of the unit a derived value covers, 0 to 1 */
  coverage: number | null;
  /** Why the figure should not be trusted as it stands */
  doubt: string;
  /** Ids of the rules by which it is doubtful; see /doubts */
  doubt_rules: string[];
  /** Where its first doubt stands on the page of doubts; empty without */
  doubt_url: string;
  /** sound, doubtful, read_as (what a printed slip must mean), impossible (not drawn) */
  quality: "sound" | "doubtful" | "read_as" | "impossible";
  /** The quality in words; empty where nothing speaks against it */
  quality_label: string;
  /** With read_as: the figure as the source prints it */
  printed: number | null;
  /** With read_as: what is printed and what it must mean, in words */
  printed_text: string;
  /** Qualifier, stated change and note, in words */
  note: string;
  /** Id of the concept by which it is counted; empty where none is stated */
  concept: string;
  /** Name of the concept */
  concept_label: string;
  /** The source */
  source: Source;
}

/** The villages of a commune and of those it was formed from. */
export interface CardVillages {
  /** Of the commune and of each unit it was formed from */
  lists: VillageNames[];
  /** Rearrangements that documents tell of */
  changes: VillageChangeLine[];
}

/** What the controls of the map offer. */
export interface Catalogue {
  /** Version of the dataset */
  dataset: string;
  /** Title of the dataset */
  title: string;
  /** Day of its newest facts, ISO 8601 */
  reference_date: string;
  /** Themes with their indicators */
  themes: Theme[];
  /** Steps of the timeline, oldest first */
  timeline: TimelineStep[];
  /** Levels, the highest first */
  levels: DrawnLevel[];
  /** Schemes of classification */
  schemes: Scheme[];
  /** Palettes */
  palettes: Palette[];
  /** Styles of drawing */
  styles: Style[];
  /** Statuses of figures */
  statuses: Named[];
}

/** How much of an indicator is known. */
export interface CatalogueCoverage {
  /** Units with a figure */
  units: number;
  /** All units */
  total: number;
  /** Periods with figures */
  periods: number;
}

/** An indicator as the map opens with it: its total, or, without figures of that, a part. */
export interface CatalogueIndicator {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  breakdown: string;
  /** Heading under which it stands in its theme */
  group: string;
  /** What is counted or measured */
  definition: string;
  /** count, ratio, extreme or category, which decides how it is recast */
  kind: string;
  /** Decimals shown */
  decimals: number;
  /** Whether more of it is better, worse or neither */
  direction: string;
  /** Page of the indicator */
  url: string;
  /** Symbol of the unit of measure */
  symbol: string;
  /** Id of the style */
  style: string;
  /** Id of the palette */
  palette: string;
  /** Scheme of classification */
  scheme: string;
  /** Number of classes */
  classes: number;
  /** Breaks, in the unit of measure; empty where computed */
  thresholds: number[];
  /** How much of it is known */
  coverage: CatalogueCoverage;
  /** Where it has figures */
  layers: AvailableLayer[];
  /** What the figure of all codes together is called */
  total_label: string;
  /** Its parts that have figures */
  parts: CataloguePart[];
}

/** A part of an indicator that has figures. */
export interface CataloguePart {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  breakdown: string;
  /** Heading under which it stands in its theme */
  group: string;
  /** What is counted or measured */
  definition: string;
  /** count, ratio, extreme or category, which decides how it is recast */
  kind: string;
  /** Decimals shown */
  decimals: number;
  /** Whether more of it is better, worse or neither */
  direction: string;
  /** Page of the indicator */
  url: string;
  /** Symbol of the unit of measure */
  symbol: string;
  /** Id of the style */
  style: string;
  /** Id of the palette */
  palette: string;
  /** Scheme of classification */
  scheme: string;
  /** Number of classes */
  classes: number;
  /** Breaks, in the unit of measure; empty where computed */
  thresholds: number[];
  /** How much of it is known */
  coverage: CatalogueCoverage;
  /** Where it has figures */
  layers: AvailableLayer[];
  /** Names of the dimensions by which it is a part */
  dimensions: string;
  /** Names of its codes */
  label: string;
}

/** One of the named classes that are the values of an indicator of kind category. */
export interface Category {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
}

/** What of a unit was of one class. */
export interface CategoryShare {
  /** Code of the class; empty for what has none */
  category: string;
  /** Name of the class */
  label: string;
  /** Former units of the class, those divided among several included */
  units: number;
  /** Share of the unit's area, 0 to 1; null where unknown */
  area: number | null;
  /** The share of the area in words; empty where unknown */
  area_text: string;
  /** Share of the unit's people, 0 to 1; null where unknown */
  people: number | null;
  /** The share of the people in words; empty where unknown */
  people_text: string;
}

/** Both ends of a change and what lies between; in the unit of measure. */
export interface Change {
  /** Figure before */
  before: number | null;
  /** The figure before as it is shown */
  before_text: string;
  /** Figure after */
  after: number | null;
  /** The figure after as it is shown */
  after_text: string;
  /** After minus before */
  difference: number | null;
  /** The difference with its sign */
  difference_text: string;
  /** The difference as a share of the figure before, per cent */
  percent: number | null;
  /** The share with its sign */
  percent_text: string;
  /** The less exact status of both figures; empty where one is missing */
  status: string;
  /** Whether one of the figures is doubtful */
  doubtful: boolean;
}

/** A cell that holds something else by now. */
export interface ChangedCell {
  /** Id of the unit */
  unit_id: string;
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions */
  dimensions: string;
  /** Period */
  period: string;
  /** Status */
  status: string;
  /** What it held: a number, a class, or why there is none; empty for nothing */
  before: string;
  /** What it holds */
  after: string;
}

/** A place or village that came, went or changed. */
export interface ChangedEntry {
  /** What it is; complete: the whole list of a category */
  kind: "place" | "village" | "complete" | "indicator";
  /** What became of it */
  change: "added" | "changed" | "removed";
  /** Id of the place or category; empty for a village */
  id: string;
  /** Its name */
  name: string;
  /** Id of its commune; empty for a category */
  unit_id: string;
  /** What differs of one that changed */
  fields: ChangedField[];
}

/** A field of a place or village that holds something else by now. */
export interface ChangedField {
  /** Name of the field */
  name: string;
  /** What it held */
  before: string;
  /** What it holds */
  after: string;
}

/** What one publication changed of the cells or entries that were to be written. */
export interface ChangedMeanwhile {
  /** The last that changed them */
  publication: Publication;
  /** Figures */
  cells: ChangedCell[];
  /** Places and villages */
  entries: ChangedEntry[];
}

/** How much of a side is of one class, or has none. */
export interface ClassAmount {
  /** Share of the area, 0 to 1; null where unknown */
  area: number | null;
  /** The share of the area in words; empty where unknown */
  area_text: string;
  /** Share of the people, 0 to 1; null where unknown */
  people: number | null;
  /** The share of the people in words; empty where unknown */
  people_text: string;
  /** Code of the class, or the reason why there is none */
  id: string;
  /** Number of units */
  units: number;
  /** The number with its share of all units */
  units_text: string;
}

/** Two maps of named classes compared: counted and never subtracted. */
export interface Classes {
  /** The classes in their order, then the reasons for none */
  list: Named[];
  /** Shares of the left side, in the same order */
  before: ClassAmount[];
  /** Shares of the right side, in the same order */
  after: ClassAmount[];
  /** What became of each class */
  transitions: Transition[];
  /** What is not in the shares */
  notes: string[];
}

/** A code of a dimension. */
export interface Code {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** Id of the code that it is a part of; empty at the top */
  parent: string;
}

/** Two maps in one set of classes, and what changed between them. */
export interface Comparison {
  /** Version of the dataset */
  dataset: string;
  /** Query of the comparison's own address */
  query: string;
  /** How differences are shown */
  measure: "absolute" | "relative";
  /** How differences can be shown */
  measures: Named[];
  /** Title */
  title: string;
  /** The comparison in a sentence or two */
  summary: string;
  /** Periods with figures on the units of the right map */
  periods2: Period[];
  /** The left map */
  left: Values;
  /** The right map */
  right: Values;
  /** The legend of both maps */
  legend: Legend;
  /** The units of both maps */
  eras: Eras;
  /** The map of differences */
  difference: Difference;
  /** What moving the boundaries did */
  redrawing: Redrawing;
  /** What happened on the same units */
  real: RealChange;
  /** What each place sees, by unit before */
  parts: Record<string, ComparisonPart>;
  /** Of named classes: their shares on both sides */
  classes: Classes | null;
  /** Which parts of the change are known */
  known: KnownSummary;
}

/** What a place sees, taken apart; in the unit of measure. */
export interface ComparisonPart {
  /** Id of the unit that holds most of it afterwards */
  to: string | null;
  /** Figure afterwards minus figure before */
  total: number | null;
  /** What moving the boundaries did */
  redrawing: number | null;
  /** What happened on the same units */
  real: number | null;
  /** Which parts are known */
  known: "none" | "both" | "redrawing" | "real";
}

/** One figure from which a recast value came. */
export interface Contribution {
  /** The unit it is about */
  unit: UnitLink;
  /** What it is in the computation: value, numerator, denominator … */
  role: string;
  /** The role in words; empty for plain values */
  role_label: string;
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  dimensions: string;
  /** Name of the indicator */
  indicator_name: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  period_label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** Share of its unit that went in, 0 to 1; null where unknown */
  share: number | null;
  /** The share in words */
  share_text: string;
  /** Of counts: what went in, in the unit of measure */
  amount: number | null;
  /** actual, estimate, plan or target */
  status: string;
  /** How a derived value was computed */
  method: string;
  /** Why the figure should not be trusted as it stands */
  doubt: string;
  /** The source */
  source: Source;
}

/** The official figures beside an estimate of them, or the estimate beside the official ones. */
export interface Counterpart {
  /** Which of the two the map shows, and what the other one covers */
  sentence: string;
  /** Id of the other indicator */
  indicator: string;
  /** Name of the other indicator */
  name: string;
  /** Whether the other one is the estimate */
  is_estimate: boolean;
  /** Digits after the decimal mark of the other one */
  decimals: number;
  /** Query of its map */
  query: string;
  /** By unit the other figure of the nearest period: value, code of the period, status, 1 if doubtful, and estimate minus official figure or null where the unit does not have both */
  units: Record<string, [number | string, string, string, number, number | null]>;
  /** The periods of those figures in words, by code */
  periods: Record<string, string>;
  /** How far both agree; null of plans and targets */
  agreement: Agreement | null;
}

/** How many units an indicator is known of, where it is known best. */
export interface Coverage {
  /** Units with a figure */
  units: number;
  /** All units */
  total: number;
}

/** The map of differences. */
export interface Difference {
  /** Which part of the change it shows */
  part: "redrawing" | "real" | "whole";
  /** The shapes it is drawn with */
  boundaries: Boundaries;
  /** Title of the map */
  title: string;
  /** Subtitle of the map */
  subtitle: string;
  /** The map in a sentence, for those who do not see it */
  summary: string;
  /** Decimals shown */
  decimals: number;
  /** How the differences are written */
  measure_unit: MeasureUnit;
  /** By unit: difference, index of the class, status, 1 if doubtful; or null and why missing */
  units: Record<
    string,
    [number | string, number | null, string, number] | [null, string] | [null, string, number | string]
  >;
  /** The differences with their signs, by unit */
  texts: Record<string, string>;
  /** The legend */
  legend: Legend;
}

/** A code list by which indicators are broken down. */
export interface Dimension {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** What the figure of all codes together is called */
  total: string;
  /** Whether a thing may be counted under several codes */
  overlapping: boolean;
  /** Its codes in the order of the menu */
  codes: Code[];
}

/** The code lists. */
export interface Dimensions {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Code lists */
  items: Dimension[];
}

/** How many units rose, fell and stayed. */
export interface Directions {
  /** Units that rose */
  up: number;
  /** Units that fell */
  down: number;
  /** Units that stayed */
  same: number;
  /** Units of which one figure is missing */
  unknown: number;
  /** Units of which one figure is doubtful */
  doubtful: number;
}

/** A doubt with its figures. */
export interface Doubt {
  /** Of the rule and the figures; the same as long as these are */
  id: string;
  /** Id of the rule */
  rule: string;
  /** What is wrong, in a few words */
  rule_name: string;
  /** Why, with figures, values and units of measure */
  sentence: string;
  /** What was noted when the document was read */
  remarks: string[];
  /** Ids of the documents that are to answer it */
  sources: string[];
  /** The figures */
  figures: DoubtFigure[];
  /** Where it stands on the page of doubts */
  url: string;
}

/** A figure of a doubt. */
export interface DoubtFigure {
  /** The unit it is about */
  unit: UnitLink;
  /** Id of the series: the indicator with the values of its dimensions */
  indicator: string;
  /** Name of the indicator */
  indicator_name: string;
  /** Page of the indicator */
  indicator_url: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  period_label: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** The figure in its unit of measure */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** Id of the source */
  source: string;
  /** Page of the source */
  source_url: string;
  /** Number of the source, else its title */
  source_name: string;
  /** The words of the source */
  quote: string;
  /** Whether it is doubtful, or what the doubtful are held against */
  doubted: boolean;
}

/** A stretch of the list of doubts. */
export interface Doubts {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Doubts */
  items: Doubt[];
}

/** A level that has units to draw. */
export interface DrawnLevel {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** Steps of the timeline with units of the level, ISO 8601 */
  dates: string[];
}

/** The units of one side of a comparison. */
export interface Era {
  /** First day, ISO 8601 */
  date: string;
  /** Its name */
  label: string;
  /** Units of the level */
  units: number;
  /** How their shapes came about */
  quality: string[];
  /** The qualities in words */
  quality_label: string;
}

/** The units of both sides. */
export interface Eras {
  /** The units of the left map */
  left: Era;
  /** The units of the right map */
  right: Era;
}

/** A refusal. */
export interface Error {
  /** The refusal */
  error: ErrorDetails;
}

/** What was refused and what to do. */
export interface ErrorDetails {
  /** HTTP status */
  status: number;
  /** Kind of the refusal, for programs */
  code: string;
  /** What was wrong */
  message: string;
  /** What was given */
  found: string;
  /** What may be given, in words or as a list */
  allowed: string | string[];
  /** What to do */
  remedy: string;
  /** The parameter it is about; empty for none */
  parameter: string;
}

/** A unit that has figures of an indicator: the newest one asked for, and the others. */
export interface FigureCard {
  /** The unit */
  unit: UnitLink;
  /** Its figure of the map's period, else its latest one */
  figure: SeriesPoint;
  /** Whether that figure is the one the map shows */
  on_map: boolean;
  /** Query of the map that shows that figure */
  query: string;
  /** Why the figure should not be trusted as it stands */
  doubt: string;
  /** The plan beside an actual figure */
  plan: Plan | null;
  /** All its figures of the indicator, by period */
  series: SeriesPoint[];
  /** Where the figure stands */
  source: SourceLink;
}

/** What is known of an indicator that few units have figures for. */
export interface FigureCards {
  /** How many units have a figure, and how many one of another period */
  sentence: string;
  /** The units with figures, those on the map first */
  cards: FigureCard[];
  /** The units above them, the next one first */
  reference: FigureCard[];
  /** Units of the map that have no figure of any period */
  without: number;
}

/** One thing a check found. */
export interface Finding {
  /** The check; a code never changes its meaning */
  code: string;
  /** What follows from it */
  severity: "error" | "question" | "confirm" | "note";
  /** What was found */
  what: string;
  /** What would be accepted */
  expected: string;
  /** What to do */
  remedy: string;
  /** What the first cell holds */
  value: string;
  /** In how many cells */
  count: number;
  /** Up to 20 cells */
  places: FindingPlace[];
  /** Why a person let it pass; empty while nobody has */
  reason: string;
}

/** A cell that a finding is about. */
export interface FindingPlace {
  /** Sheet */
  sheet: string;
  /** Cell, row or column, as spreadsheets name it */
  cell: string;
  /** Row from 1 */
  row: number | null;
  /** Column from 1 */
  column: number | null;
}

/** An indicator that was searched for. */
export interface FoundIndicator {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** That it is an indicator */
  type: "indicator";
  /** Id of its theme */
  theme: string;
  /** How many units it is known of */
  coverage: Coverage;
  /** Its map */
  url: string;
  /** Page of the indicator */
  page: string;
}

/** A place that was searched for. */
export interface FoundPlace {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** That it is a place */
  type: "place";
  /** Id of its category */
  category: string;
  /** Name of its category */
  category_label: string;
  /** Full name of its commune */
  parent: string;
  /** Longitude, degrees (WGS 84); null without a position */
  lon: number | null;
  /** Latitude, degrees (WGS 84); null without a position */
  lat: number | null;
  /** The map at the place, or the list of its commune */
  url: string;
}

/** A unit that was searched for. */
export interface FoundUnit {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** That it is a unit */
  type: "unit";
  /** Administrative code, as text */
  code: string;
  /** Name with its rank */
  full_name: string;
  /** Its rank in words */
  kind_label: string;
  /** province, district, commune or village */
  level: string;
  /** First day, ISO 8601 */
  valid_from: string;
  /** First day on which it is no longer valid; null if it still is */
  valid_to: string | null;
  /** The validity in words */
  validity_label: string;
  /** Which of its names was found */
  matched: string;
  /** Name of the unit above; empty where there is none */
  parent: string;
  /** Units of today that came of it */
  now: UnitLink[];
  /** Page of the unit */
  url: string;
}

/** A unit of measure. */
export interface FullMeasureUnit {
  /** Its symbol; empty for plain numbers */
  symbol: string;
  /** Whether a space stands between number and symbol */
  space: boolean;
  /** Id of the unit of measure */
  id: string;
  /** Its name in words */
  name: string;
}

/** All that is known of an indicator itself. */
export interface Indicator {
  /** Id of the indicator; of a part of one, of its series */
  id: string;
  /** Of a part, the id of the indicator that is broken down; else empty */
  whole: string;
  /** Of a part, the values of its dimensions, as sex:female; else empty */
  dimensions: string;
  /** Ids of the dimensions it is broken down by, those crossed together */
  breakdowns: string[][];
  /** Ids that it had; their addresses lead to it */
  former_ids: string[];
  /** Id of its theme */
  theme: string;
  /** Heading under which it stands in its theme */
  group: string;
  /** Its name */
  name: string;
  /** What is counted or measured */
  definition: string;
  /** In what it is measured */
  measure_unit: FullMeasureUnit;
  /** count, ratio, extreme or category, which decides how it is recast */
  kind: string;
  /** Id of the indicator above the line of a ratio */
  numerator: string | null;
  /** Id of the indicator below the line of a ratio */
  denominator: string | null;
  /** The quotient times this is the ratio */
  ratio_factor: number | null;
  /** Whether more of it is better, worse or neither */
  direction: string;
  /** Decimals shown */
  decimals: number;
  /** Smallest value possible, in the unit of measure */
  minimum: number | null;
  /** Largest value possible, in the unit of measure */
  maximum: number | null;
  /** Smallest and largest value that is usual; empty where nobody states them */
  usual_range: number[];
  /** Levels it is published for */
  levels: string[];
  /** Ranks of units it says nothing about */
  not_applicable_kinds: string[];
  /** Scheme of classification the dataset chose */
  scheme: string;
  /** Number of classes the dataset chose */
  classes: number;
  /** Breaks the dataset chose, in the unit of measure */
  thresholds: number[];
  /** Palette a map of it opens with */
  palette: string;
  /** Style a map of it opens with */
  style: string;
  /** Of kind category: its classes in their order */
  categories: Category[];
  /** Whether the order of the classes means more or less */
  ordered: boolean;
  /** Page of the indicator */
  url: string;
}

/** An indicator that a column may be. */
export interface IndicatorProposal {
  /** Id of the indicator */
  indicator: string;
  /** How sure it is, 0 to 100 */
  score: number;
  /** Why it is proposed */
  reason: string;
}

/** A stretch of the list of indicators. */
export interface Indicators {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Indicators */
  items: Indicator[];
}

/** A file in the making. */
export interface Job {
  /** Id of the job */
  id: string;
  /** How far it is */
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** The state in words */
  state_label: string;
  /** Pages made so far */
  done: number;
  /** Pages in all */
  of: number;
  /** What is being made now */
  message: string;
  /** Jobs that come first */
  ahead: number;
  /** Path and query of the file */
  address: string;
  /** Name of the file */
  name: string;
  /** Bytes of the finished file */
  size: number | null;
  /** Address of the job */
  url: string;
  /** Address of the finished file */
  result: string | null;
  /** Why it failed */
  error: ErrorDetails | null;
}

/** A figure that a source gives for several units together and for none of them alone. */
export interface JointFigure {
  /** Id of the indicator */
  indicator: string;
  /** Its name */
  name: string;
  /** Its page */
  url: string;
  /** The units */
  units: UnitLink[];
  /** Names of the units */
  units_name: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  period_label: string;
  /** The figure of all of them together, in the unit of measure */
  value: number;
  /** The figure as it is shown */
  text: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** The words of the source */
  quote: string;
  /** What else a reader needs to know */
  note: string;
  /** The source */
  source: SourceLink;
}

/** A value known of several units only together. */
export interface JointValue {
  /** Ids of the units */
  units: string[];
  /** Names of the units */
  name: string;
  /** The value, in the unit of measure */
  value: number | null;
  /** The value as it is shown */
  text: string;
  /** summed, exact_extreme or estimated */
  status: string;
  /** The status in words */
  status_label: string;
  /** What divided units were divided by, in words */
  weight_label: string;
  /** Whether a figure it came from is doubtful */
  doubtful: boolean;
  /** All of this in a sentence */
  sentence: string;
  /** Ids of the sources */
  sources: string[];
}

/** A value known of several units only together, with the figures it came from. */
export interface JointValueDetail {
  /** How exact it is */
  status: string;
  /** The status in words */
  status_label: string;
  /** Share of the unit its inputs cover, 0 to 1 */
  coverage: number | null;
  /** The coverage in words; empty where unknown */
  coverage_text: string;
  /** What divided units were divided by */
  weight: string;
  /** The weight in words */
  weight_label: string;
  /** Lowest value possible, in the unit of measure */
  low: number | null;
  /** Highest value possible, in the unit of measure */
  high: number | null;
  /** Both ends in words */
  range_text: string;
  /** Why there is no value, or none more exact */
  reason: string;
  /** Of named classes: what share of the unit each makes up */
  composition: CategoryShare[];
  /** The value in its unit of measure, or the code of its class; null where there is none */
  value: number | string | null;
  /** The value as it is shown */
  text: string;
  /** Whether a figure it came from is doubtful */
  doubtful: boolean;
  /** The figures it came from */
  contributions: Contribution[];
  /** Units of which no figure was there */
  missing: UnitLink[];
  /** The units */
  units: UnitLink[];
  /** Names of the units */
  name: string;
  /** All of this in a sentence */
  sentence: string;
}

/** Which parts of the change are known. */
export interface KnownSummary {
  /** Whether it is known what moving the boundaries did */
  redrawing: boolean;
  /** Whether it is known what happened on the same units */
  real: boolean;
  /** Both in a sentence */
  sentence: string;
}

/** What a map says of its indicator. */
export interface LayerIndicator {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** What is counted or measured */
  definition: string;
  /** Id of its theme */
  theme: string;
  /** count, ratio, extreme or category, which decides how it is recast */
  kind: string;
  /** Whether more of it is better, worse or neither */
  direction: string;
  /** Decimals shown */
  decimals: number;
  /** How its figures are written */
  measure_unit: MeasureUnit;
  /** Of kind category: its classes in their order */
  categories: Category[];
  /** Types of palette that a map of it can have */
  palette_types: string[];
}

/** Every parameter of a layer as text, defaults included. */
export interface LayerParameters {
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  breakdown: string;
  /** Code of the period */
  period: string;
  /** province, district, commune or village */
  level: string;
  /** Day whose units the figures were published for, ISO 8601 */
  date: string;
  /** Day on whose units they are shown; empty for their own */
  on: string;
  /** actual, plan or target */
  status: string;
  /** Scheme of classification */
  scheme: string;
  /** Number of classes */
  classes: string;
  /** Breaks of the reader's own */
  thresholds: string;
  /** A value or a range that is a class of its own; empty for none */
  isolate: string;
  /** Whether the classes are of this period or of all_periods */
  class_basis: string;
  /** Id of the palette */
  palette: string;
  /** Id of the style */
  style: string;
  /** Ids of the categories of places over it, commas between */
  places: string;
  /** Registered rasters under its lines, as the parameter takes them */
  rasters: string;
  /** Title of the reader's own; empty where there is none */
  title: string;
}

/** The legend of a map. */
export interface Legend {
  /** Id of the style */
  style: string;
  /** What the style makes use of */
  screen: StyleScreen;
  /** Classes from the lowest */
  classes: LegendClass[];
  /** Reasons for which units have no figure */
  missing: LegendMissing[];
  /** Fill of units without a figure, #rrggbb */
  missing_fill: string;
  /** Hatching of units without a figure, #rrggbb */
  missing_hatch: string;
  /** Symbols; none for styles without */
  symbols: LegendSymbol[];
  /** Radius of the largest value, CSS pixels */
  max_radius: number;
  /** Units with a doubtful figure */
  doubtful: number;
  /** Units with an estimated figure */
  estimated: number;
  /** Units with a figure */
  with_value: number;
  /** All units */
  total: number;
  /** Whether so few units have a value that the map only locates them */
  sparse: boolean;
  /** What else a reader of the map needs to know */
  notes: string[];
}

/** One class of a legend; its upper end belongs to it. */
export interface LegendClass {
  /** Lower end; null where no value shows where to begin */
  lower: number | null;
  /** Upper end, in the unit of measure */
  upper: number;
  /** Both ends in words */
  label: string;
  /** Fill, #rrggbb */
  colour: string;
  /** Units in the class */
  count: number;
  /** Whether its values were taken out of the other classes */
  isolated: boolean;
}

/** One reason for which units have no figure. */
export interface LegendMissing {
  /** Id of the reason */
  kind: string;
  /** The reason in words */
  label: string;
  /** Units without a figure for this reason */
  count: number;
}

/** One symbol of a legend of proportional symbols. */
export interface LegendSymbol {
  /** Value it stands for, in the unit of measure */
  value: number;
  /** The value in words */
  label: string;
  /** Radius, CSS pixels at the scale 1 */
  radius: number;
}

/** An answer that is proposed. */
export interface ListCandidate {
  /** Its id */
  id: string;
  /** What it is called */
  name: string;
}

/** A category of places that the list has. */
export interface ListCategory {
  /** Its id */
  id: string;
  /** Its name */
  name: ListName;
  /** Id of its symbol; empty where it is chosen by the name */
  symbol: string;
  /** Id of the indicator that counts its places; empty for none */
  indicator: string;
  /** How many places of the list have it */
  places: number;
}

/** A column of a list. */
export interface ListColumn {
  /** Its heading */
  header: string;
  /** What it holds, as name or x; null for a column of its own */
  field: string | null;
  /** How many rows have something in it */
  values: number;
}

/** Open findings by severity. */
export interface ListCounts {
  /** Errors */
  error: number;
  /** Questions */
  question: number;
  /** Doubts to confirm */
  confirm: number;
  /** Notes */
  note: number;
}

/** A name in both languages. */
export interface ListName {
  /** Vietnamese */
  vi: string;
  /** English */
  en: string;
}

/** What must be said, or was said, of a text of the list. */
export interface ListQuestion {
  /** category, commune or village */
  kind: string;
  /** Under which the answers have it */
  key: string;
  /** The text */
  written: string;
  /** The commune of a village; empty for others */
  parent: string;
  /** How many rows write it */
  rows: number;
  /** The first of them */
  first_row: number | null;
  /** What is nearly the same */
  candidates: ListCandidate[];
  /** An id; empty for new or left out; null while open */
  answer: string | null;
}

/** What a list of places or villages would give. */
export interface ListReport {
  /** Version of the document */
  format: number;
  /** places or villages */
  kind: string;
  /** evidence or answer */
  chosen_by: string;
  /** What speaks for the kind */
  evidence: string[];
  /** Name of the file */
  file: string;
  /** Hash of its bytes */
  sha256: string;
  /** Sheet or layer; null for the only one */
  sheet: string | null;
  /** commune for places, village for villages */
  level: string;
  /** Null: lists are of today's communes */
  vintage: string | null;
  /** Recipe it was read by; empty for none */
  recipe: string;
  /** Rows of the list */
  rows: number;
  /** Communes or villages, and names */
  units: TableUnits;
  /** In the order of the file */
  columns: ListColumn[];
  /** How positions were read; empty without any */
  positions: string;
  /** Of places */
  categories: ListCategory[];
  /** Totals held against their rows */
  totals: TableTotal[];
  /** The answered ones too */
  questions: ListQuestion[];
  /** The worst first */
  findings: Finding[];
  /** What was set apart or converted */
  notes: string[];
  /** Open findings by severity */
  counts: ListCounts;
  /** How many places or villages */
  values: number;
  /** Whether nothing stands in the way */
  publishable: boolean;
}

/** Where the shapes of villages come from. */
export interface LoadedVillages {
  /** How many villages have a shape */
  sentence: string;
  /** The documents of the office */
  sources: Source[];
}

/** How a unit of measure is written after a number. */
export interface MeasureUnit {
  /** Its symbol; empty for plain numbers */
  symbol: string;
  /** Whether a space stands between number and symbol */
  space: boolean;
}

/** Something to choose from. */
export interface Named {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
}

/** One figure with its source and quote. */
export interface Observation {
  /** The unit it is about */
  unit_id: string;
  /** Administrative code of the unit */
  unit_code: string;
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions, as sex:female; empty for the total */
  dimensions: string;
  /** Id of the series: the indicator with the values of its dimensions */
  series: string;
  /** Code of the period */
  period: string;
  /** The period in words */
  period_label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** Id of the unit of measure */
  measure_unit: string;
  /** The words of the source; empty for collected and derived figures */
  quote: string;
  /** The number in the quote times this is the value */
  scale: number;
  /** The share of plan the document states, per cent */
  stated_percent: number | null;
  /** The change the document states, as +240.29 2023-H1 */
  stated_change: string;
  /** more_than, at_least, nearly or about; empty for a plain figure */
  qualifier: string;
  /** restated where a successor reports a period before its own validity */
  basis: string;
  /** How a derived value was computed */
  method: string;
  /** Share of the unit a derived value covers, 0 to 1 */
  coverage: number | null;
  /** Why the figure should not be trusted as it stands */
  doubt: string;
  /** Ids of the rules by which it is doubtful; see /doubts */
  doubt_rules: string[];
  /** Where its first doubt stands on the page of doubts; empty without */
  doubt_url: string;
  /** sound, doubtful, read_as (what a printed slip must mean), impossible (not drawn) */
  quality: "sound" | "doubtful" | "read_as" | "impossible";
  /** The quality in words; empty where nothing speaks against it */
  quality_label: string;
  /** With read_as: the figure as the source prints it */
  printed: number | null;
  /** With read_as: what is printed and what it must mean, in words */
  printed_text: string;
  /** Qualifier, stated change and note, in words */
  note: string;
  /** Id of the concept by which it is counted; empty where none is stated */
  concept: string;
  /** Name of the concept */
  concept_label: string;
  /** Id of the source */
  source: string;
}

/** A stretch of the list of figures. */
export interface Observations {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Figures */
  items: Observation[];
}

/** A period that has the figure which another lacks. */
export interface OtherPeriod {
  /** Code of the period */
  period: string;
  /** The period in words */
  label: string;
  /** Query of the map of that period */
  query: string;
}

/** A column of the list that nothing else is made of. */
export interface OwnColumn {
  /** Its heading */
  name: string;
  /** Its cell */
  value: string;
}

/** A palette. */
export interface Palette {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** sequential, diverging or qualitative */
  type: string;
  /** Five of its colours, #rrggbb */
  colours: string[];
}

/** A period with figures. */
export interface Period {
  /** Code of the period */
  period: string;
  /** The period in words */
  label: string;
  /** Units with a figure */
  with_value: number;
  /** All units */
  total: number;
}

/** A period. */
export interface PeriodLabel {
  /** Code of the period */
  period: string;
  /** The period in words */
  label: string;
}

/** A category of places. */
export interface PlaceCategory {
  /** Id of the category */
  id: string;
  /** Its name in the legend */
  name: string;
  /** Id of its theme; empty without one */
  theme: string;
  /** Id of the indicator that counts its places; empty without one */
  indicator: string;
  /** Whether every place of the category is listed */
  complete: boolean;
  /** How many places it has */
  places: number;
  /** How they are drawn */
  symbol: PlaceSymbol;
}

/** One place as a feature of GeoJSON. */
export interface PlaceFeature {
  /** Kind of the object */
  type: "Feature";
  /** Id of the place */
  id: string;
  /** Its position; null where it is not known */
  geometry: PointGeometry | null;
  /** What is known of it */
  properties: PlaceProperties;
}

/** The places of a map: only what is needed to draw them. */
export interface PlacePoints {
  /** The categories asked for */
  categories: PlaceCategory[];
  /** Number of the category in the list, longitude, latitude, id and name */
  points: [number, number, number, string, string][];
}

/** What is known of a place beside its position. */
export interface PlaceProperties {
  /** As the list writes it */
  name: string;
  /** Id of the category */
  category: string;
  /** The category in words */
  category_label: string;
  /** The commune it is counted for */
  unit: UnitLink;
  /** agrees, differs, unwritten, unknown or by_name */
  commune_check: string;
  /** What is to be said about the commune; empty where all agrees */
  commune_note: string;
  /** The other columns of the list */
  columns: OwnColumn[];
  /** Id of the source */
  source: string;
  /** Title, number, issuer and date of the source */
  source_label: string;
  /** Page of the source */
  source_url: string;
  /** The row of the file */
  quote: string;
}

/** How the places of a category are drawn: paths of SVG in a square of 24 by 24. */
export interface PlaceSymbol {
  /** Path of the outline, filled with the colour */
  outline: string;
  /** Path of the sign, white, around the origin */
  sign: string;
  /** Where the sign stands in the square */
  centre: [number, number];
  /** By what the sign is multiplied */
  scale: number;
  /** Fill of the outline, #rrggbb */
  colour: string;
}

/** A stretch of the list of places as a feature collection of GeoJSON. */
export interface Places {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Kind of the object */
  type: "FeatureCollection";
  /** All categories that have places */
  categories: PlaceCategory[];
  /** Places */
  features: PlaceFeature[];
}

/** The plan beside a figure and how much of it was reached. */
export interface Plan {
  /** The plan in its unit of measure, or the code of its class */
  value: number | string | null;
  /** The plan as it is shown */
  text: string;
  /** Its period in words */
  period_label: string;
  /** Of counts: the share reached, per cent */
  percent: number | null;
  /** The share as it is shown */
  percent_text: string;
  /** The share the document states, per cent */
  stated_percent: number | null;
  /** The stated share as it is shown */
  stated_percent_text: string;
}

/** A point by RFC 7946. */
export interface PointGeometry {
  /** Kind of the geometry */
  type: "Point";
  /** Longitude and latitude, degrees (WGS 84) */
  coordinates: [number, number];
}

/** One entry of the ledger, as anybody may read it: nothing in it of an account. */
export interface Publication {
  /** From 1, without gaps */
  number: number;
  /** What was done */
  kind: "import" | "correction" | "undo" | "base_change";
  /** When, in UTC */
  at: string;
  /** Title of the publication */
  title: string;
  /** The document the figures come from */
  source: string;
  /** Number of the publication that it takes back */
  undoes: number | null;
  /** Why; a remark of a publication */
  reason: string;
  /** SHA-256 of the file; empty without one */
  file_sha256: string;
  /** Cells added, changed, removed, unchanged, blank, doubtful */
  counts: Record<string, number>;
  /** SHA-256 over the entry and the one before */
  hash: string;
}

/** Somebody else changed what was to be written after the report was made. */
export interface PublicationConflict {
  /** The refusal */
  error: ErrorDetails;
  /** What was changed since `based_on`; empty where the conflict is another */
  changed: ChangedMeanwhile[];
}

/** What sending a table did. */
export interface PublicationReceipt {
  /** Whether it was published */
  written: boolean;
  /** Number of the last publication that the report knows of; sent back as `based_on`, it lets the table be published only if nobody changed its cells since */
  based_on: number;
  /** What was read of figures, and what speaks against it */
  report: TableReport | null;
  /** What was read of a list of places or villages */
  list_report: ListReport | null;
  /** The entry; null where nothing was written */
  publication: Publication | null;
  /** Address of the receipt's page */
  url: string | null;
  /** Earlier publications of the very same file */
  same_file: number[];
  /** Whether readers see it only after the next start or publication */
  delayed: boolean;
}

/** A stretch of the ledger, the last entry first. */
export interface Publications {
  /** Entries */
  items: Publication[];
  /** Number of all entries */
  total: number;
  /** Address of the entries that follow; null after the last */
  next: string | null;
}

/** The place of a unit among those of its level. */
export interface Rank {
  /** The place, 1 the highest; equal values share one */
  rank: number;
  /** Units with a figure that is not doubtful */
  of: number;
  /** Both in words */
  text: string;
}

/** A registered raster. */
export interface Raster {
  /** Its id, as the parameter rasters of a map names it */
  id: string;
  /** What it shows */
  name: string;
  /** How it is drawn */
  style: "hillshade" | "classes" | "ramp";
  /** Symbol of the unit of its values; empty for classes */
  unit: string;
  /** Which time it shows; empty where nobody said */
  period: string;
  /** Opacity unless the map says another, per cent */
  opacity: number;
  /** West, south, east, north, degrees */
  bounds: [number, number, number, number];
  /** Side of a cell on the ground, metres */
  cell_size: number;
  /** Address of its tiles, 256 pixels, Web Mercator, XYZ */
  tiles: string;
  /** The zoom beyond which there are no tiles */
  deepest_zoom: number;
  /** Its colours; none for a hillshade */
  legend: RasterLegendRow[];
  /** Whom to name */
  credit: string;
  /** Terms under which it may be shown */
  licence: string;
  /** Where it is from */
  url: string;
}

/** A colour of a raster and what it means. */
export interface RasterLegendRow {
  /** The class, or the value with its unit */
  label: string;
  /** #rrggbb */
  colour: string;
}

/** What a raster says at a place. */
export interface RasterValue {
  /** Id of the raster */
  id: string;
  /** What the raster shows */
  name: string;
  /** Value of the cell, or the code of its class; null for none */
  value: number | null;
  /** Symbol of the unit of the value; empty for classes */
  unit: string;
  /** The value with its unit, the class, or that nothing is known here */
  text: string;
}

/** What rasters say at a place. */
export interface RasterValues {
  /** Longitude, degrees */
  lon: number;
  /** Latitude, degrees */
  lat: number;
  /** In the order of the request */
  items: RasterValue[];
}

/** The registered rasters of the portal. */
export interface Rasters {
  /** By id */
  items: Raster[];
}

/** What happened between two periods on the same units. */
export interface RealChange {
  /** Whether the part is known of any unit */
  known: boolean;
  /** Why it is not known; empty where it is */
  reason: string;
  /** What it did, in a sentence; empty where it is not known */
  sentence: string;
  /** The period before */
  period: PeriodLabel;
  /** The period after; null where none is chosen */
  period2: PeriodLabel | null;
  /** How many units rose, fell and stayed */
  changed: Directions;
  /** What is said where the periods are counted by different concepts */
  concept_note: string;
  /** By unit afterwards */
  units: Record<string, Change>;
}

/** How the figures of a map came to stand on the units of another day. */
export interface Recast {
  /** The step before, whose units the figures were published for */
  from: Step;
  /** The step afterwards, on whose units they are shown */
  to: Step;
  /** Whether shares come from law, or from the shapes where no law links the units */
  method: "succession" | "overlay";
  /** Coverage below which no value is given, 0 to 1 */
  least_coverage: number;
  /** Figures by status */
  counts: StatusCount[];
  /** How each figure came about, by unit */
  units: Record<string, RecastFigure>;
}

/** A recast value with the figures it came from. */
export interface RecastDetail {
  /** How exact it is */
  status: string;
  /** The status in words */
  status_label: string;
  /** Share of the unit its inputs cover, 0 to 1 */
  coverage: number | null;
  /** The coverage in words; empty where unknown */
  coverage_text: string;
  /** What divided units were divided by */
  weight: string;
  /** The weight in words */
  weight_label: string;
  /** Lowest value possible, in the unit of measure */
  low: number | null;
  /** Highest value possible, in the unit of measure */
  high: number | null;
  /** Both ends in words */
  range_text: string;
  /** Why there is no value, or none more exact */
  reason: string;
  /** Of named classes: what share of the unit each makes up */
  composition: CategoryShare[];
  /** The value in its unit of measure, or the code of its class; null where there is none */
  value: number | string | null;
  /** The value as it is shown */
  text: string;
  /** Whether a figure it came from is doubtful */
  doubtful: boolean;
  /** The figures it came from */
  contributions: Contribution[];
  /** Units of which no figure was there */
  missing: UnitLink[];
}

/** How one figure came to stand on its unit. */
export interface RecastFigure {
  /** How exact it is */
  status: string;
  /** The status in words */
  status_label: string;
  /** Share of the unit its inputs cover, 0 to 1 */
  coverage: number | null;
  /** The coverage in words; empty where unknown */
  coverage_text: string;
  /** What divided units were divided by */
  weight: string;
  /** The weight in words */
  weight_label: string;
  /** Lowest value possible, in the unit of measure */
  low: number | null;
  /** Highest value possible, in the unit of measure */
  high: number | null;
  /** Both ends in words */
  range_text: string;
  /** Why there is no value, or none more exact */
  reason: string;
  /** Of named classes: what share of the unit each makes up */
  composition: CategoryShare[];
}

/** What the same figures give before and after the boundaries moved. */
export interface Redrawing {
  /** Whether the part is known of any unit */
  known: boolean;
  /** Why it is not known; empty where it is */
  reason: string;
  /** What it did, in a sentence; empty where it is not known */
  sentence: string;
  /** The figures on the units before */
  before: Spread;
  /** The same figures on the units afterwards */
  after: Spread;
  /** By unit before */
  units: Record<string, UnitChange>;
}

/** What an editor answered to a reader who reported an error in a figure or a border. */
export interface ReportAnswer {
  /** Indicator of the figure; empty for the border of the unit */
  indicator: string;
  /** Period of the figure; empty for the border */
  period: string;
  /** Status of the figure; empty for the border */
  status: string;
  /** The answer */
  text: string;
  /** When it was given, ISO 8601 in UTC */
  at: string;
  /** The day in words */
  date_label: string;
  /** The person or office that answered */
  by: string;
}

/** A scheme of classification. */
export interface Scheme {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** For what data it is made */
  description: string;
  /** Whether the number of classes is chosen */
  counted: boolean;
}

/** What was found, the best matches first. */
export interface Search {
  /** Units, indicators and places */
  items: (FoundUnit | FoundIndicator | FoundPlace)[];
  /** Number of items */
  total: number;
  /** Address of what follows; always null */
  next: string | null;
}

/** One figure of a series. */
export interface SeriesPoint {
  /** Code of the period */
  period: string;
  /** The period in words */
  label: string;
  /** The figure in its unit of measure, or the code of its class */
  value: number | string;
  /** The figure as it is shown */
  text: string;
  /** actual, estimate, plan or target */
  status: string;
  /** The status in words */
  status_label: string;
  /** Whether it is doubtful */
  doubtful: boolean;
  /** Whether it cannot be right and is not drawn */
  impossible: boolean;
}

/** Shares by what they are shares of, 0 to 1; those not known are left out. */
export interface Shares {
  /** Share of the area */
  area?: number;
  /** Share of the households */
  households?: number;
  /** Share of the population */
  population?: number;
}

/** The short address of a page. */
export interface ShortAddress {
  /** The short address; empty where it would not be remembered */
  short: string;
  /** The whole address */
  long: string;
  /** QR code of the whole address as a data URI of an SVG; may be empty */
  qr: string;
}

/** A check that could not be made. */
export interface SkippedCheck {
  /** The check */
  code: string;
  /** What it lacked */
  what: string;
}

/** All that is known of a source. */
export interface Source {
  /** Id of the source */
  id: string;
  /** What it is: report, register, law, census … */
  kind: string;
  /** Its title */
  title: string;
  /** Number and sign; empty where it has none */
  number: string;
  /** The number as it is shown */
  number_label: string;
  /** Who issued or published it */
  issuer: string;
  /** Day of issue, of which the day or the month may be left out */
  date: string;
  /** The date in words */
  date_label: string;
  /** Place of issue */
  place: string;
  /** Terms under which a data file may be used */
  licence: string;
  /** Precedence: 1 is a register, 2 an official report, 3 anything else */
  rank: number;
  /** Address of the original; empty where there is none */
  document_url: string;
  /** Title, number, issuer and date in one line */
  title_line: string;
  /** Page of the source */
  url: string;
}

/** The shortest mention of a source. */
export interface SourceLink {
  /** Id of the source */
  id: string;
  /** Its title */
  title: string;
  /** Title, number, issuer and date in one line */
  title_line: string;
  /** Page of the source */
  url: string;
}

/** A stretch of the list of sources. */
export interface Sources {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Sources */
  items: Source[];
}

/** How the figures of a side lie, each unit counting once; in the unit of measure. */
export interface Spread {
  /** Units of the side */
  units: number;
  /** Units with a figure */
  with_value: number;
  /** Sum of what is counted; null of ratios */
  sum: number | null;
  /** The sum as it is shown */
  sum_text: string;
  /** Mean of what is counted; null of ratios */
  mean: number | null;
  /** The mean as it is shown */
  mean_text: string;
  /** Median */
  median: number | null;
  /** The median as it is shown */
  median_text: string;
  /** Lowest figure */
  lowest: number | null;
  /** The lowest figure as it is shown */
  lowest_text: string;
  /** Highest figure */
  highest: number | null;
  /** The highest figure as it is shown */
  highest_text: string;
}

/** The number of villages that a document states. */
export interface StatedCount {
  /** The number */
  value: number;
  /** The number as it is shown */
  text: string;
  /** Its period in words */
  period_label: string;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** What else a reader needs to know */
  note: string;
  /** The source */
  source: Source;
}

/** How many figures are of one status. */
export interface StatusCount {
  /** Id of the status */
  status: string;
  /** The status in words */
  label: string;
  /** Figures of this status */
  count: number;
}

/** A step of the timeline. */
export interface Step {
  /** First day, ISO 8601 */
  date: string;
  /** Its name */
  label: string;
}

/** A style of drawing. */
export interface Style {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** What it is for */
  description: string;
  /** Kinds of indicator it can draw */
  kinds: string[];
}

/** What a style makes use of. */
export interface StyleScreen {
  /** Whether units are filled with the colour of their class */
  fills: boolean;
  /** Whether the legend lists the classes with their counts */
  class_rows: boolean;
  /** Whether scheme and number of classes change the map */
  classification: boolean;
}

/** An event on the way from one unit to another. */
export interface SuccessionEvent {
  /** Day from which it holds, ISO 8601 */
  date: string;
  /** The day in words */
  label: string;
  /** Law or decision */
  legal_basis: string;
  /** What else a reader needs to know */
  note: string;
}

/** Two units of which one came of the other, or one without a counterpart. */
export interface SuccessionPair {
  /** The unit before; null where there is none */
  from: SuccessionUnit | null;
  /** The unit afterwards; null where there is none */
  to: SuccessionUnit | null;
  /** Whether the unit before went whole into the one afterwards */
  whole: boolean;
  /** Of the unit before, what lies in the one afterwards */
  share: Shares;
  /** Of the unit afterwards, what comes from the one before */
  part: Shares;
  /** What happened on the way, oldest first */
  events: SuccessionEvent[];
}

/** A unit of the table. */
export interface SuccessionUnit {
  /** Code and first day of the unit */
  id: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the unit */
  url: string;
  /** Administrative code, as text */
  code: string;
  /** Its rank in words */
  kind_label: string;
  /** The unit above */
  parent: UnitLink | null;
}

/** The table of old and new units. */
export interface Successions {
  /** The step before, whose units the figures were published for */
  from: Step;
  /** The step afterwards, on whose units they are shown */
  to: Step;
  /** Level of the units */
  level: string;
  /** Whether shares come from law, or from the shapes where no law links the units */
  method: "succession" | "overlay";
  /** What the columns of the CSV mean, by name */
  columns: Record<string, string>;
  /** Address of the table as CSV */
  csv: string;
  /** Pairs, then units without a counterpart */
  items: SuccessionPair[];
  /** Number of items */
  total: number;
  /** Address of what follows; always null */
  next: string | null;
}

/** A series that a column gives. */
export interface TableColumn {
  /** The header from the top to the column */
  header: string;
  /** The cells of the header */
  path: string[];
  /** Its number in the sheet */
  column: number;
  /** What it is taken for; empty while that is asked */
  use: string;
  /** Unit of measure as written */
  measure_unit: string;
  /** Factor to the indicator's own unit of measure */
  scale: number;
  /** Why that factor */
  scale_reason: string;
  /** The column that a share or a change is of */
  of_column: string | null;
  /** What else it may be */
  proposals: IndicatorProposal[];
  /** The words of a column of classes */
  classes: WrittenClass[];
  /** Id of the indicator */
  indicator: string;
  /** Values of its dimensions */
  dimensions: string;
  /** Period */
  period: string;
  /** Status */
  status: string;
  /** Id of the concept by which its figures are counted; empty without one */
  concept: string;
  /** Number of its figures */
  values: number;
}

/** Where a table stands in its sheet. */
export interface TableRange {
  /** Rows of the header */
  header_rows: number[];
  /** First row of data */
  first_row: number | null;
  /** Last row of data */
  last_row: number | null;
  /** Rows of data */
  rows: number;
  /** Rows that name a group */
  groups: number;
  /** Rows of totals */
  totals: number;
  /** How sure it is, 0 to 100 */
  score: number;
  /** Whether the units stand in columns */
  turned: boolean;
  /** Sheets that are read as one table */
  sheets: string[];
  /** Encoding that texts were converted from; empty for none */
  encoding: string;
  /** Cells that were converted */
  converted_cells: number;
  /** What a note says of dashes; empty for nothing */
  dash: string;
}

/** What was read from a table, and what speaks against it. */
export interface TableReport {
  /** Version of this document */
  format: number;
  /** figures */
  kind: string;
  /** Name of the file */
  file: string;
  /** SHA-256 of its bytes */
  sha256: string;
  /** Recipe it was read by; empty for none */
  recipe: string;
  /** Sheet of the table */
  sheet: string | null;
  /** Where it stands; null where none was found */
  table: TableRange | null;
  /** Level of its units */
  level: string | null;
  /** Day whose units they are; null while that is asked */
  vintage: string | null;
  /** The evidence for each day */
  vintages: TableVintage[];
  /** What decided the day */
  chosen_by: string | null;
  /** How units and rows found each other */
  units: TableUnits;
  /** Rows without a unit of their own */
  rows: TableRow[];
  /** One for each series */
  columns: TableColumn[];
  /** Totals held against their rows */
  totals: TableTotal[];
  /** What the checks found */
  findings: Finding[];
  /** Checks that could not be made */
  skipped: SkippedCheck[];
  /** Open findings by severity */
  counts: Record<string, number>;
  /** Number of figures */
  values: number;
  /** Whether it may be published as it is */
  publishable: boolean;
}

/** A row without a unit of its own. */
export interface TableRow {
  /** Its number in the sheet */
  row: number;
  /** The name as written */
  written: string;
  /** The code as written */
  code: string;
  /** The unit above, as written */
  parent: string;
  /** unmatched, doubled, asked or ignored */
  state: string;
  /** Id of the unit that is doubled */
  unit: string | null;
  /** What it may be */
  candidates: UnitCandidate[];
}

/** A total of the table held against its rows. */
export interface TableTotal {
  /** What it is the total of */
  label: string;
  /** Header of its column */
  column: string;
  /** Its cell */
  cell: string;
  /** What the table says */
  stated: number;
  /** What its rows add up to; null where they do not add up */
  sum: number | null;
}

/** How many units and rows found each other. */
export interface TableUnits {
  /** Units that were met */
  matched: number;
  /** Rows of no known unit */
  unmatched: number;
  /** Rows of a unit that another row is about */
  doubled: number;
  /** Rows that may be several units */
  asked: number;
  /** Rows left out by an answer */
  ignored: number;
  /** Units without a row */
  absent: number;
}

/** How well the units of one day fit the rows. */
export interface TableVintage {
  /** First day on which these units are in force */
  date: string;
  /** Rows that are a unit of that day */
  explained: number;
  /** Rows that are a unit of no other day */
  only_here: number;
  /** Rows whose name alone is that of a unit of that day */
  named: number;
  /** Units of that day */
  units: number;
}

/** A theme with its indicators. */
export interface Theme {
  /** What addresses and parameters call it */
  id: string;
  /** Its name in the language of the answer */
  name: string;
  /** Id of the indicator that stands for it */
  lead: string;
  /** Ids of the categories of places it opens with, where its figures make no map */
  places: string[];
  /** Its indicators, well covered ones first */
  indicators: CatalogueIndicator[];
}

/** A day from which units are other than before. */
export interface TimelineStep {
  /** First day, ISO 8601 */
  date: string;
  /** Its name */
  name: string;
}

/** Boundaries that neighbours share, each written once. */
export interface Topology {
  /** That it is a topology */
  type: "Topology";
  /** From the grid to degrees */
  transform: TopologyTransform;
  /** The layers */
  objects: TopologyObjects;
  /** Lines of positions on the grid: the first as it is, each other one as the step to it */
  arcs: [number, number][][];
}

/** The layers of a topology. */
export interface TopologyObjects {
  /** The units of the level */
  units: UnitGeometries;
}

/** From the whole numbers of the arcs to degrees (WGS 84): times scale, plus translate. */
export interface TopologyTransform {
  /** Steps of the grid along x and y, degrees */
  scale: [number, number];
  /** Longitude and latitude of the grid's origin */
  translate: [number, number];
}

/** What was of one class and is of another; shares are those of the side before. */
export interface Transition {
  /** Share of the area, 0 to 1; null where unknown */
  area: number | null;
  /** The share of the area in words; empty where unknown */
  area_text: string;
  /** Share of the people, 0 to 1; null where unknown */
  people: number | null;
  /** The share of the people in words; empty where unknown */
  people_text: string;
  /** Code of the class before, or why there is none */
  before: string;
  /** Code of the class after, or why there is none */
  after: string;
  /** Units before; a divided one counts in every unit that it lies in */
  units: number;
}

/** All that is known of a unit itself. */
export interface Unit {
  /** Code and first day of the unit */
  id: string;
  /** Administrative code, as text */
  code: string;
  /** province, district, commune or village */
  level: string;
  /** The level in words */
  level_label: string;
  /** Rank of the unit */
  kind: string;
  /** The rank in words */
  kind_label: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Name by language */
  names: Record<string, string>;
  /** The unit above */
  parent: UnitLink | null;
  /** First day, ISO 8601 */
  valid_from: string;
  /** First day on which it is no longer valid; null if it still is */
  valid_to: string | null;
  /** The validity in words */
  validity_label: string;
  /** Area by the register or decree, km² */
  official_area_km2: number | null;
  /** Geodesic area of the shipped shape, km² */
  shape_area_km2: number | null;
  /** Address of the people's committee */
  seat: string;
  /** Longitude, latitude of the seat (WGS 84) */
  seat_position: (number | null)[] | null;
  /** How the shape came about */
  boundary_quality: string;
  /** The quality in words */
  boundary_quality_label: string;
  /** Id of the source of the boundary */
  source: string;
  /** Other spellings met in the sources */
  aliases: string[];
  /** Page of the unit */
  url: string;
}

/** A unit that a row may be about. */
export interface UnitCandidate {
  /** Id of the unit */
  unit: string;
  /** Its name */
  name: string;
  /** Why it is proposed */
  reason: string;
  /** How alike the names are, 0 to 100 */
  similarity: number;
}

/** What redrawing alone did where a unit lay. */
export interface UnitChange {
  /** Figure before */
  before: number | null;
  /** The figure before as it is shown */
  before_text: string;
  /** Figure after */
  after: number | null;
  /** The figure after as it is shown */
  after_text: string;
  /** After minus before */
  difference: number | null;
  /** The difference with its sign */
  difference_text: string;
  /** The difference as a share of the figure before, per cent */
  percent: number | null;
  /** The share with its sign */
  percent_text: string;
  /** The less exact status of both figures; empty where one is missing */
  status: string;
  /** Whether one of the figures is doubtful */
  doubtful: boolean;
  /** The unit that holds most of it afterwards */
  to: UnitLink | null;
  /** Whether it went to more than one unit */
  divided: boolean;
  /** Place among the units before, 1 the highest */
  rank_before: number | null;
  /** Units with a figure before */
  of_before: number;
  /** Place of the unit afterwards, 1 the highest */
  rank_after: number | null;
  /** Units with a figure afterwards */
  of_after: number;
  /** Index of the class before */
  class_before: number | null;
  /** Index of the class afterwards */
  class_after: number | null;
}

/** The shapes of all units. */
export interface UnitGeometries {
  /** That it is a collection */
  type: "GeometryCollection";
  /** One for each unit */
  geometries: UnitGeometry[];
}

/** The shape of a unit. */
export interface UnitGeometry {
  /** Null where the unit is smaller than the grid */
  type: "Polygon" | "MultiPolygon" | null;
  /** Code and first day of the unit */
  id: string;
  /** code, kind, names, parent, quality of the boundary; empty ones left out */
  properties: Record<string, string>;
  /** Arcs of each ring, of a MultiPolygon by polygon; ~i is arc i backwards */
  arcs: number[][] | number[][][];
}

/** A unit with what it was formed from, became and holds. */
export interface UnitInTime {
  /** Code and first day of the unit */
  id: string;
  /** Administrative code, as text */
  code: string;
  /** province, district, commune or village */
  level: string;
  /** The level in words */
  level_label: string;
  /** Rank of the unit */
  kind: string;
  /** The rank in words */
  kind_label: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Name by language */
  names: Record<string, string>;
  /** The unit above */
  parent: UnitLink | null;
  /** First day, ISO 8601 */
  valid_from: string;
  /** First day on which it is no longer valid; null if it still is */
  valid_to: string | null;
  /** The validity in words */
  validity_label: string;
  /** Area by the register or decree, km² */
  official_area_km2: number | null;
  /** Geodesic area of the shipped shape, km² */
  shape_area_km2: number | null;
  /** Address of the people's committee */
  seat: string;
  /** Longitude, latitude of the seat (WGS 84) */
  seat_position: (number | null)[] | null;
  /** How the shape came about */
  boundary_quality: string;
  /** The quality in words */
  boundary_quality_label: string;
  /** Id of the source of the boundary */
  source: string;
  /** Other spellings met in the sources */
  aliases: string[];
  /** Page of the unit */
  url: string;
  /** Units it was formed from */
  formed_from: UnitStep[];
  /** Units it became */
  became: UnitStep[];
  /** Units it holds */
  children: UnitLink[];
  /** Its villages; null where none is known */
  villages: Villages | null;
  /** Of a village: where documents name it */
  named_in: VillageMention[];
  /** Other units of the same code */
  versions: UnitVersion[];
  /** Figures that sources give for it and others only together */
  joint_figures: JointFigure[];
  /** Answers to reported errors, newest first */
  answers: ReportAnswer[];
}

/** The shortest mention of a unit. */
export interface UnitLink {
  /** Code and first day of the unit */
  id: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the unit */
  url: string;
}

/** A unit at the other end of a succession. */
export interface UnitStep {
  /** Code and first day of the unit */
  id: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the unit */
  url: string;
  /** Day from which the succession holds, ISO 8601 */
  date: string;
  /** Law or decision */
  legal_basis: string;
  /** Whether the earlier unit went whole into the later one */
  whole: boolean;
  /** Share of the earlier unit's area, 0 to 1 */
  share_area: number | null;
  /** Share of the earlier unit's population, 0 to 1 */
  share_population: number | null;
  /** Share of the earlier unit's households, 0 to 1 */
  share_households: number | null;
  /** What else a reader needs to know */
  note: string;
}

/** Another unit of the same code. */
export interface UnitVersion {
  /** Code and first day of the unit */
  id: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the unit */
  url: string;
  /** Its validity in words */
  validity_label: string;
}

/** A stretch of the list of units. */
export interface Units {
  /** Number of items of the whole list */
  total: number;
  /** Address of the items that follow; null after the last */
  next: string | null;
  /** Units */
  items: Unit[];
}

/** A unit that got no value. */
export interface UnreachedUnit {
  /** The unit */
  unit: UnitLink;
  /** Why it got none */
  reason: string;
}

/** Everything that a map, its legend and its table show, but the shapes. */
export interface Values {
  /** Version of the dataset */
  dataset: string;
  /** The layer that was drawn */
  layer: LayerParameters;
  /** The shapes it is drawn with */
  boundaries: Boundaries;
  /** Query of the layer's own address */
  query: string;
  /** Title of the map */
  title: string;
  /** Subtitle of the map */
  subtitle: string;
  /** The map in a sentence, for those who do not see it */
  summary: string;
  /** Where one indicator has official figures for few units and another estimates them */
  counterpart: Counterpart | null;
  /** The indicator */
  indicator: LayerIndicator;
  /** The legend */
  legend: Legend;
  /** By unit: value or, of a category, code of the class, index of the class, status, 1 if doubtful; or null and why it is missing; an impossible figure follows as printed */
  units: Record<
    string,
    [number | string, number | null, string, number] | [null, string] | [null, string, number | string]
  >;
  /** Of figures on the units of another day: how they came there */
  recast: Recast | null;
  /** Values known of several units only together */
  together: JointValue[];
  /** Periods with figures, oldest first */
  periods: Period[];
  /** Sources of the figures, the most official first */
  sources: SourceLink[];
}

/** A village of a commune. */
export interface Village {
  /** Code and first day of the unit */
  id: string;
  /** Name without its rank */
  name: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the unit */
  url: string;
  /** Its rank in words */
  kind_label: string;
  /** Periods of the documents that name it, in words */
  named_in: string;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** What else a reader needs to know */
  note: string;
  /** Whether a point or a boundary of it is known */
  has_shape: boolean;
  /** Day on which it ended, in words; empty while it is in force */
  until: string;
  /** Villages it became */
  became: UnitLink[];
  /** Villages it was formed from */
  formed_from: UnitLink[];
}

/** A rearrangement of villages with the words of its source. */
export interface VillageChange {
  /** What was rearranged */
  sentence: string;
  /** The words of the source */
  quote: string;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** What else a reader needs to know */
  note: string;
  /** The source */
  source: Source;
}

/** A rearrangement of villages that a document tells of. */
export interface VillageChangeLine {
  /** What was rearranged */
  sentence: string;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** What else a reader needs to know */
  note: string;
}

/** The shortest mention of a village. */
export interface VillageLink {
  /** Code and first day of the village */
  id: string;
  /** Name with its rank */
  full_name: string;
  /** Page of the village */
  url: string;
}

/** The villages of one commune. */
export interface VillageList {
  /** The commune */
  unit: UnitLink;
  /** Whether the commune is no longer in force */
  former: boolean;
  /** Villages known by name */
  named: number;
  /** Of these, how many have a shape */
  drawn: number;
  /** How many there are and how many are known by name */
  sentence: string;
  /** Where numbers disagree; empty where they do not */
  doubt: string;
  /** Where their shapes come from; null without any */
  loaded: LoadedVillages | null;
  /** Address of their map; empty where there is none */
  map_url: string;
  /** Numbers that documents state, newest first */
  stated: StatedCount[];
  /** Those in force as long as the commune */
  items: Village[];
  /** Those that ended before it */
  ended: Village[];
}

/** A place where a document names a village. */
export interface VillageMention {
  /** The name as the document writes it */
  name: string;
  /** The period of the document in words */
  period_label: string;
  /** The words of the source */
  quote: string;
  /** Why it should not be trusted as it stands */
  doubt: string;
  /** What else a reader needs to know */
  note: string;
  /** The source */
  source: Source;
}

/** The villages of one unit. */
export interface VillageNames {
  /** The unit */
  unit: UnitLink;
  /** How many there are and how many are known by name */
  sentence: string;
  /** Where numbers disagree; empty where they do not */
  doubt: string;
  /** Those known by name */
  items: VillageLink[];
}

/** All that is known of a commune's villages. */
export interface Villages {
  /** Of the commune and of each unit it was formed from */
  lists: VillageList[];
  /** Rearrangements that documents tell of */
  changes: VillageChange[];
}

/** One word of a column of classes. */
export interface WrittenClass {
  /** As the table writes it; empty for blank cells beside marks */
  written: string;
  /** How many cells have it */
  cells: number;
  /** Code of its class; empty where ignored, null while asked */
  category: string | null;
  /** Codes of classes that are spelt alike */
  alike: string[];
}
