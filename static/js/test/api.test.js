import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { server, setPage } from "./browser.js";
import { ApiError, cacheResponse, fetchCatalogue, fetchJson, fetchModule } from "../core/api.js";

beforeEach(() => {
  setPage("", { texts: {} });
  server.answers.clear();
  server.asked.length = 0;
});
const refused = (body, status = 400) => new Response(JSON.stringify(body), { status });
const abort = () => Object.assign(new Error("given up"), { name: "AbortError" });

test("an answer is remembered, unless it is not to be", async () => {
  server.answers.set("/kept", { n: 1 });
  await fetchJson("/kept");
  assert.deepEqual(await fetchJson("/kept"), { n: 1 });
  assert.equal(server.asked.length, 1);
  await fetchJson("/kept", { cache: false });
  await fetchJson("/kept?more", { cache: false });
  await fetchJson("/kept?more");
  assert.equal(server.asked.length, 4);
});

test("of many answers the oldest is forgotten, one put in again is the newest", async () => {
  for (let i = 0; i < 80; i += 1) cacheResponse(`/many/${i}`, i);
  cacheResponse("/many/0", "again");
  cacheResponse("/many/80", 80);
  assert.equal(await fetchJson("/many/0"), "again");
  assert.equal(await fetchJson("/many/2"), 2);
  await assert.rejects(fetchJson("/many/1"), ApiError);
});

test("a refusal has the server's own words", async () => {
  server.answers.set("/bad", () => refused({ error: { message: "No such unit", remedy: "Search" } }, 404));
  await assert.rejects(fetchJson("/bad"), { message: "No such unit", remedy: "Search", offline: false });
});

test("an answer that cannot be read is the server's failure, also when it says that all is well", async () => {
  server.answers.set("/broken", () => new Response("<html>", { status: 200 }));
  await assert.rejects(fetchJson("/broken"), { message: "error.server", remedy: "error.retry_later" });
  server.answers.set("/refused", () => refused({}, 500));
  await assert.rejects(fetchJson("/refused"), { message: "error.server" });
});

test("a server out of reach is told apart from a request that was given up", async () => {
  await assert.rejects(fetchJson("/away"), { message: "error.offline", offline: true });
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(fetchJson("/away", { signal: controller.signal }), { name: "AbortError" });
  server.answers.set("/slow", () => Object.assign(new Response("{}"), { json: () => Promise.reject(abort()) }));
  await assert.rejects(fetchJson("/slow"), { name: "AbortError" });
});

test("the catalogue is asked for by version and language", async () => {
  server.answers.set("/api/v1/catalogue", { themes: [] });
  assert.deepEqual(await fetchCatalogue("v1"), { themes: [] });
  assert.equal(server.asked[0].url, "/api/v1/catalogue?lang=vi&v=v1");
});

test("a module that does not come is told in the reader's words", async () => {
  assert.equal((await fetchModule("data:text/javascript,export const n = 4")).n, 4);
  await assert.rejects(fetchModule("/nowhere.js"), { message: "error.offline", offline: true });
});
