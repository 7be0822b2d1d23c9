/** Rasters under the lines of the units, fetched when their list is opened or the address names one. */

import { send, errorDetails, loadStylesheet, ApiError } from "./core/api.js";
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
  await loadStylesheet(choices.dataset.style);
  root.querySelector(".rasters")?.remove();
  root.append(choices);
  return new RasterPanel(L, maps, choices, changed);
}
