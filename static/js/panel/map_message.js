/** What the map says over itself: loading, nothing here, something went wrong. */

import { announce, byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** The thin bar that moves while something loads. */
export function showProgress(moves) {
  byId("progress").hidden = !moves;
  setBusy(moves);
}

/** Says that the map is being drawn, without the bar, which would only flash most of the time. */
export function setBusy(yes) {
  byId("map-area").setAttribute("aria-busy", String(yes));
}

export function hideMessage() {
  byId("message").hidden = true;
}

function show(...nodes) {
  const box = byId("message");
  box.replaceChildren(...nodes.filter(Boolean));
  box.hidden = false;
}

/** @param {Error & {remedy?: string}} error */
export function showError(error, retry, mapStays) {
  const again = el("button", { type: "button", class: "apply", text: t("map.retry"), on: { click: retry } });
  const stays = mapStays ? el("p", { class: "muted", text: t("map.failed") }) : null;
  show(
    el("p", {}, el("b", { text: error.message })),
    error.remedy ? el("p", { text: error.remedy }) : null,
    stays,
    again,
  );
  announce(error.message);
}

/**
 * Nothing to show: says so, and where there are figures, one click away.
 *
 * @param {Node[]} links lists with what each is of; see `emptyLinks` in coverage_notice.js
 */
export function showEmpty(links) {
  show(el("p", {}, el("b", { text: t("map.empty") })), ...links);
}
