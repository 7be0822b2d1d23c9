/** Elements that the templates give an id and whose kind matters to a script; all others are HTMLElement. */
export interface ElementsById {
  breakdown: HTMLSelectElement;
  card: HTMLElement;
  classes: HTMLSelectElement;
  controls: HTMLFormElement;
  "copy-table": HTMLButtonElement;
  "csv-succession": HTMLAnchorElement;
  "export-panel": HTMLDialogElement;
  figures: HTMLTableElement;
  indicator: HTMLSelectElement;
  "indicator-filter": HTMLInputElement;
  period: HTMLSelectElement;
  period2: HTMLSelectElement;
  "reset-symbology": HTMLButtonElement;
  scheme: HTMLSelectElement;
  search: HTMLInputElement;
  "to-balance": HTMLAnchorElement;
  "to-compare": HTMLAnchorElement;
}

declare global {
  interface Window {
    /** Leaflet, for the scripts that folium writes. */
    L: typeof import("leaflet");
    /** What the script of a standalone map calls. */
    portal: Record<string, (...parameters: any[]) => unknown>;
  }
}
