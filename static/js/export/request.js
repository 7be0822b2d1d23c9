/** What the server refuses, in the reader's words, beside the field it is about. */

import { ApiError, errorDetails, send } from "../core/api.js";
import { locale } from "../core/locale.js";
import { t } from "../core/i18n.js";

/** Parameters that are chosen in a field of another name. */
const FIELD_OF = { bbox: "extent", theme: "theme", measure: "kind", period2: "kind" };

export class RequestError extends Error {
  /** @param {{message: string, found?: string, allowed?: string|string[], remedy?: string, parameter?: string}} error */
  constructor({ message, allowed = "", remedy = "", parameter = "" }) {
    super(message);
    const few = !Array.isArray(allowed) || allowed.length <= MOST_LISTED;
    const listed = [few ? allowed : []].flat().join(", ");
    const limits = listed && `${t("error.allowed")}: ${listed}`;
    this.sentence = sentence(message, limits, remedy);
    /** At a field it goes without saying what to do with a value that is not allowed. */
    this.brief = sentence(message, limits || remedy);
    this.parameter = parameter;
  }
}

/** Of more than these the names are no help beside a field. */
const MOST_LISTED = 8;
const sentence = (...parts) => `${parts.filter(Boolean).join(". ").replace(/\.$/, "")}.`;

/** Says what went wrong with a request of the panel as a sentence. */
const asRequestError = (error) => (error instanceof ApiError ? new RequestError(error) : error);

/** The same address, answered in the reader's language, where the file is in another. */
function inReadersLanguage(url) {
  const own = new URL(url, location.href);
  const reader = document.documentElement.lang;
  if ((own.searchParams.get("lang") ?? locale().default) === reader) return url;
  own.searchParams.set("lang", reader);
  return own.pathname + own.search;
}

/**
 * @param {string} url path on this host
 * @param {RequestInit} options
 * @returns {Promise<Response>} an answer that is no refusal
 * @throws {RequestError} unless the request was given up on purpose (AbortError)
 */
export async function request(url, options = {}) {
  const ask = (address) =>
    send(address, options).catch((error) => {
      throw asRequestError(error);
    });
  const response = await ask(url);
  if (response.ok) return response;
  const again = inReadersLanguage(url);
  const spoken = again === url || response.status >= 500 ? response : await ask(again);
  const refusal = spoken.ok ? response : spoken;
  throw new RequestError(errorDetails(refusal, await refusal.json().catch(() => null)));
}

/**
 * Puts a refusal beside its field.
 *
 * @returns {boolean} whether there is such a field
 */
export function showAtField(form, refusal) {
  const name = FIELD_OF[refusal.parameter] ?? refusal.parameter;
  const field = name ? form.querySelector(`[data-field="${CSS.escape(name)}"]`) : null;
  const fault = field?.querySelector(".export-error");
  if (!fault || field.closest("[hidden]")) return false;
  fault.textContent = refusal.brief;
  fault.hidden = false;
  for (const control of field.querySelectorAll("input, select, textarea")) control.setAttribute("aria-invalid", "true");
  return true;
}

export function clearFieldErrors(form) {
  for (const fault of form.querySelectorAll(".export-error")) fault.hidden = true;
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}
