/** The address bar, and the links to the same view in the other language. */

import { langQuery } from "./locale.js";

/** Writes the address; a new place in the history only when `push` and it differs. */
export function updateAddressBar(address, push = false) {
  if (!push) history.replaceState(null, "", address);
  else if (address !== location.pathname + location.search) history.pushState(null, "", address);
  updateLanguageLinks();
}

/** Lets the language links lead to what is on the screen now. */
export function updateLanguageLinks() {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-lang]"));
  for (const link of links) {
    const url = new URL(location.href);
    if (!langQuery(link.dataset.lang)) url.searchParams.delete("lang");
    else url.searchParams.set("lang", link.dataset.lang);
    link.href = url.pathname + url.search;
  }
}
