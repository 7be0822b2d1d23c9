/** Rasters under the lines of the units, fetched when their list is opened or the address names one. */

import { send, errorDetails, ApiError } from "./core/api.js";
import { el } from "./core/dom.js";
import { RasterPanel } from "./rasters/raster_panel.js";

/**
 * @param {typeof import("leaflet")} L
 * @param {import("leaflet").Map[]} maps
 * @param {HTMLElement} root where the choices stand
 * @param {(rasters: string) => void} changed
 */
export async function createRasters(L, maps, root, changed) {
  const response = await send(`/rasters/panel?lang=${document.documentElement.lang}`, {});
  if (!response.ok) {
    const { message, remedy } = errorDetails(response, await response.json().catch(() => null));
    throw new ApiError(message, remedy);
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  /** @type {HTMLElement} */
  const choices = document.adoptNode(page.querySelector(".rasters"));
  await stylesheet(choices.dataset.style);
  root.querySelector(".rasters")?.remove();
  root.append(choices);
  return new RasterPanel(L, maps, choices, changed);
}

const stylesheet = (href) =>
  new Promise((done) => {
    const link = el("link", { rel: "stylesheet", href, on: { load: done, error: done } });
    document.head.append(link);
  });
