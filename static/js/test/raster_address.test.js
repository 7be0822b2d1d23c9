import assert from "node:assert/strict";
import { test } from "node:test";
import { formatRasters, readRasters } from "../rasters/raster_address.js";

test("rasters survive their own address", () => {
  const text = "land_cover:60,relief";
  assert.deepEqual(readRasters(text), [
    { id: "land_cover", opacity: 60 },
    { id: "relief", opacity: null },
  ]);
  assert.equal(formatRasters(readRasters(text)), text);
  assert.equal(formatRasters(readRasters("relief:0")), "relief:0");
  assert.deepEqual(readRasters(""), []);
});
