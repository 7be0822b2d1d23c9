/** What MapLibre draws: elevations, and over them the units in the colours of their classes. */

const SOURCE = "elevations";

/**
 * @param {object} shown the document of the page
 * @param {import("../map/boundaries.js").Boundaries} boundaries
 * @returns {any} a style by the MapLibre Style Specification
 */
export function terrainStyle({ tiles, deepest, bounds, fills }, boundaries) {
  // Each use has tiles of its own: shades are finer than the ground they lie on.
  const elevations = () => ({
    type: "raster-dem",
    tiles: [new URL(tiles, location.origin).href.replaceAll("%7B", "{").replaceAll("%7D", "}")],
    tileSize: 256,
    maxzoom: deepest,
    bounds: [...bounds],
    encoding: "terrarium",
  });
  return {
    version: 8,
    sources: {
      [SOURCE]: elevations(),
      shades: elevations(),
      units: { type: "geojson", data: unitFeatures(fills, boundaries), tolerance: 0.1 },
    },
    terrain: { source: SOURCE, exaggeration: 1.5 },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#e8eaec" } },
      { id: "units", type: "fill", source: "units", paint: { "fill-color": ["get", "fill"], "fill-antialias": false } },
      {
        id: "shades",
        type: "hillshade",
        source: "shades",
        paint: { "hillshade-illumination-anchor": "map", "hillshade-exaggeration": 0.35 },
      },
      { id: "lines", type: "line", source: "units", paint: { "line-color": "#39424a", "line-width": 1.2 } },
    ],
  };
}

/** @returns {object} GeoJSON of the units, each with its id and its fill */
export function unitFeatures(fills, boundaries) {
  return {
    type: "FeatureCollection",
    features: [...boundaries.shapes.values()].map((shape) => ({
      type: "Feature",
      properties: { id: shape.id, fill: fills[shape.id] ?? "#f8f8f8" },
      geometry: { type: "MultiPolygon", coordinates: shape.polygons },
    })),
  };
}
