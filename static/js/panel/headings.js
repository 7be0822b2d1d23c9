/** Title, subtitle, summary, sources: what the page says about the layer in words. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/**
 * The official figures beside an estimate of them, or the estimate beside the official ones.
 *
 * @param {import("../api_documents").Counterpart|null} counterpart
 * @param {(query: string) => void} follow
 */
export function showCounterpart(counterpart, follow) {
  const note = byId("counterpart");
  note.hidden = !counterpart;
  if (!counterpart) return note.replaceChildren();
  const { sentence, name, query } = counterpart;
  const click = (event) => {
    event.preventDefault();
    follow(query);
  };
  note.replaceChildren(`${sentence} `, el("a", { href: `/?${query}`, text: name, on: { click } }));
}

/** @param {import("../api_types").Values} document the values document */
export function showHeadings({ title, subtitle, summary, sources, boundaries }, indicative) {
  byId("map-title").textContent = title;
  byId("map-subtitle").textContent = subtitle;
  byId("map-summary").textContent = summary;
  const place = window.document.title.split(" · ").at(-1);
  window.document.title = `${title} · ${place}`;
  const links = sources.flatMap((source, i) => [i ? "; " : "", el("a", { href: source.url, text: source.title })]);
  byId("foot-sources").replaceChildren(...(sources.length ? [`${t("map.source")}: `, ...links, "."] : []));
  byId("foot-boundary").textContent = t(
    boundaries.level === "village" ? "map.villages" : indicative ? "map.indicative" : "map.generalised",
  );
}
