/** Fetches JSON from the portal's own API, remembers it, and turns every failure into words. */

import { t } from "./i18n.js";

const responseCache = new Map();
const CACHE_SIZE = 80;

/** What went wrong, in the reader's language: `message` says what, `remedy` what to do. */
export class ApiError extends Error {
  constructor(message, remedy = "", offline = false) {
    super(message);
    this.remedy = remedy;
    this.offline = offline;
  }
}

/** Puts an answer the page already carries where a later request finds it. */
export function cacheResponse(url, answer) {
  responseCache.delete(url);
  responseCache.set(url, answer);
  if (responseCache.size > CACHE_SIZE) responseCache.delete(responseCache.keys().next().value);
}

/** What the controls offer; the address names the dataset version, so browsers keep it for good. */
export function fetchCatalogue(version) {
  const query = new URLSearchParams({ lang: document.documentElement.lang, v: version });
  return fetchJson(`/api/v1/catalogue?${query}`);
}

/**
 * @param {string} url path on this host
 * @param {{signal?: AbortSignal, cache?: boolean}} [options] `cache` remembers the answer
 * @returns {Promise<any>}
 * @throws {ApiError} unless the request was given up on purpose (AbortError)
 */
export async function fetchJson(url, { signal, cache = true } = {}) {
  if (cache && responseCache.has(url)) return responseCache.get(url);
  const response = await send(url, signal);
  const body = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (!response.ok || body === null) throw errorOf(response, body);
  if (cache) cacheResponse(url, body);
  return body;
}

async function send(url, signal) {
  try {
    return await fetch(url, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw offlineError();
  }
}

const offlineError = () => new ApiError(t("error.offline"), t("error.offline_remedy"), true);

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
    throw offlineError();
  }
}

function errorOf(response, body) {
  const error = body?.error;
  if (!error) return new ApiError(t("error.server", { status: response.status }), t("error.retry_later"));
  const remedy = typeof error.remedy === "string" ? error.remedy : "";
  return new ApiError(error.message, remedy);
}
