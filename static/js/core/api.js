/** Fetches JSON from the portal's own API, remembers it, and turns every failure into words. */

import { fillIn, t } from "./i18n.js";

/**
 * @typedef {object} ErrorDetails what the API says of a refusal
 * @property {string} message
 * @property {string} [remedy] what to do
 * @property {string|string[]} [allowed]
 * @property {string} [parameter] the one at fault
 */

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
  const response = await send(url, { signal, headers: { Accept: "application/json" } });
  const body = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (!response.ok || body === null) {
    const { message, remedy } = errorDetails(response, body);
    throw new ApiError(message, remedy);
  }
  if (cache) cacheResponse(url, body);
  return body;
}

/**
 * @param {string} url path on this host
 * @param {RequestInit} options
 * @returns {Promise<Response>} whatever its status
 * @throws {ApiError} when the server cannot be reached; AbortError when the request was given up
 */
export async function send(url, options) {
  try {
    return await fetch(url, options);
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

/** Adds a style sheet to the page; what it lacks is no reason to stop. */
export const loadStylesheet = (href) =>
  new Promise((done) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  });

/**
 * What a panel is made of, fetched when it is first opened: its code, its words, its style sheet.
 *
 * @param {DOMStringMap} addresses `module`, `texts` and `style`
 * @returns {Promise<{code: any, t: import("./i18n.js").Translate}>}
 * @throws {ApiError} when code or words did not come
 */
export async function fetchPanel({ module, texts, style }) {
  const [code, words] = await Promise.all([fetchModule(module), fetchJson(texts), loadStylesheet(style)]);
  return { code, t: (key, values = {}) => fillIn(words[key] ?? key, values) };
}

/**
 * @param {Response} response a refusal
 * @param {any} body its JSON, if it had any
 * @returns {ErrorDetails} the API's own words, or that the server failed
 */
export function errorDetails(response, body) {
  const failed = { message: t("error.server", { status: response.status }), remedy: t("error.retry_later") };
  return body?.error ?? failed;
}
