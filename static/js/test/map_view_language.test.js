import assert from "node:assert/strict";
import { test } from "node:test";
import { server, setPage, setSize } from "./browser.js";
import { topology, valuesOf } from "./fixtures.js";

setPage('<div id="map"></div>', { lang: "en" });
const meta = document.createElement("meta");
meta.name = "locale";
meta.content = JSON.stringify({
  code: "en",
  tag: "en-GB",
  collation: "en",
  dataset: "en",
  percent: "{number}%",
  default: "vi",
});
document.head.append(meta);
const { createMap } = await import("../map/map_view.js");

test("units have their names in the language of the page, the usual one where there is none", async () => {
  server.answers.set("/shapes", () => topology());
  setSize(document.getElementById("map"), 800, 600);
  const mapView = createMap("map", {
    bounds: [
      [22, 103],
      [22.1, 103.3],
    ],
  });
  await mapView.show(valuesOf(), "/shapes");
  const names = [...mapView.boundaries.shapes.values()].map(({ properties }) => properties.shown);
  assert.deepEqual(names, ["An Binh", "Bản Lang Sơn", "Coc"]);
});
