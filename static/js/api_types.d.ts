/**
 * The documents that the API answers with, as the browser reads them: those of `api_documents`, and
 * what it adds to them. Types only: nothing of this file reaches a page.
 */

import type * as documents from "./api_documents";

export type {
  AvailableLayer,
  Card,
  Catalogue,
  CatalogueIndicator,
  CatalogueSeries,
  LayerParameters,
} from "./api_documents";
export type { SuccessionPair, Theme } from "./api_documents";

/** The state of a page and the parameters of the API: names to texts. */
export type State = Record<string, string>;

/** Value, class index, status, 1 when doubtful; or null and the kind of missing. */
export type Cell = documents.Values["units"][string];

export interface Indicator extends documents.LayerIndicator {
  /** Set by the browser on differences, whose figures carry their sign. */
  signed?: boolean;
}

export interface Legend extends documents.Legend {
  /** Set by the browser: how much smaller symbols are on a small map. */
  scale?: number;
}

export interface Values extends documents.Values {
  indicator: Indicator;
  legend: Legend;
  /** Of differences: the figures with their signs, by unit. */
  texts?: Record<string, string>;
  part?: string;
}

/* Comparison */

export type Side = "left" | "right";

export interface Comparison extends documents.Comparison {
  left: Values;
  right: Values;
  legend: Legend;
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
