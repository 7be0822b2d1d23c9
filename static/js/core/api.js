/** Fetches JSON from the portal's own API, remembers it, and turns every failure into words. */

import { t } from "./texts.js";

const remembered = new Map();
const LIMIT = 80;

/** What went wrong, in the reader's language: `message` says what, `remedy` what to do. */
export class ApiError extends Error {
  constructor(message, remedy = "", offline = false) {
    super(message);
    this.remedy = remedy;
    this.offline = offline;
  }
}

/** Puts an answer the page already carries where a later request finds it. */
export function remember(url, answer) {
  remembered.delete(url);
  remembered.set(url, answer);
  if (remembered.size > LIMIT) remembered.delete(remembered.keys().next().value);
}

/** What the controls offer; the address names the dataset version, so browsers keep it for good. */
export function fetchCatalogue(version) {
  const query = new URLSearchParams({ lang: document.documentElement.lang, v: version });
  return fetchJson(`/api/v1/catalogue?${query}`);
}

/**
 * @param {string} url path on this host
 * @param {{signal?: AbortSignal, keep?: boolean}} [options] `keep` remembers the answer
 * @returns {Promise<any>}
 * @throws {ApiError} unless the request was given up on purpose (AbortError)
 */
export async function fetchJson(url, { signal, keep = true } = {}) {
  if (keep && remembered.has(url)) return remembered.get(url);
  const response = await send(url, signal);
  const body = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (!response.ok || body === null) throw refusal(response, body);
  if (keep) remember(url, body);
  return body;
}

async function send(url, signal) {
  try {
    return await fetch(url, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw offline();
  }
}

const offline = () => new ApiError(t("error.offline"), t("error.offline_remedy"), true);

/**
 * Code that is fetched when it is first needed.
 *
 * @param {string} url path on this host
 * @returns {Promise<object>} the module
 * @throws {ApiError} when it did not come; the browser's own words are no help to a reader
 */
export async function fetchModule(url) {
  try {
    return await import(url);
  } catch {
    throw offline();
  }
}

function refusal(response, body) {
  const error = body?.error;
  if (!error) return new ApiError(t("error.server", { status: response.status }), t("error.retry_later"));
  const remedy = typeof error.remedy === "string" ? error.remedy : "";
  return new ApiError(error.message, remedy);
}
