/** The page's language: its row of the registry, which the server puts on the page. */

const PLAIN = { code: "vi", tag: "vi", collation: "vi", dataset: "vi", percent: "{number}%", default: "vi" };

let row = null;

/** @returns {{code: string, tag: string, collation: string, dataset: string, percent: string, default: string}} */
export function locale() {
  if (!row) {
    /** @type {HTMLMetaElement|null} */
    const given = typeof document === "undefined" ? null : document.querySelector('meta[name="locale"]');
    row = given ? JSON.parse(given.content) : PLAIN;
  }
  return row;
}

/** BCP 47 tag by which the browser knows a language. */
export function tagOf(lang) {
  return lang === locale().code ? locale().tag : lang;
}

/** What an address says of the language: nothing where it is the one spoken unasked. */
export function langQuery(lang) {
  return lang === locale().default ? "" : `lang=${lang}`;
}
