/**
 * The search box: a combobox after the ARIA 1.2 pattern. Finds units, indicators and places,
 * typed with or without diacritics; old units say where they are today.
 */

import { ApiError, fetchJson } from "../core/api.js";
import { announce, byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const DELAY = 120;
const LIMIT = 8;

/** What stands under the name of what was found. */
export function describeItem(item) {
  if (item.type === "indicator") {
    const { coverage } = item;
    return [t("find.indicator"), coverage && `${coverage.units}/${coverage.total}`].filter(Boolean).join(" · ");
  }
  if (item.type === "place") return [item.category_label, item.parent].join(" · ");
  const parts = [item.kind_label, item.parent, item.code, item.valid_to ? item.validity_label : ""];
  if (item.now?.length) parts.push(t("find.now_in", { now: item.now.map((unit) => unit.full_name).join(", ") }));
  if (item.matched && ![item.name, item.full_name, item.code].includes(item.matched)) {
    parts.push(t("find.old_name", { name: item.matched }));
  }
  return parts.filter(Boolean).join(" · ");
}

export class Search {
  /** @param {(item: object) => boolean} openResult whether the page itself goes there */
  constructor(openResult = () => false) {
    this.openResult = openResult;
    this.input = byId("search");
    this.items = [];
    this.active = -1;
    this.list = el("ul", {
      id: "search-list",
      class: "search-list",
      role: "listbox",
      "aria-label": this.input.getAttribute("aria-label"),
      hidden: true,
    });
    this.input.after(this.list);
    this.prepare();
  }

  prepare() {
    const attributes = {
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "search-list",
      "aria-autocomplete": "list",
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.scheduleFetch());
    this.input.addEventListener("focus", () => this.items.length && this.open());
    this.input.addEventListener("keydown", (event) => this.onKeydown(event));
    this.input.addEventListener("blur", () => this.close());
    this.input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      /** @type {HTMLElement|null} */
      const row = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
      if (row?.dataset.index) this.choose(this.items[Number(row.dataset.index)]);
    });
  }

  /** Takes what is chosen or found first; who types fast is not answered from earlier letters. */
  async submit() {
    if (this.input.value.trim() !== this.answeredQuery) {
      clearTimeout(this.timer);
      await this.fetchResults();
    }
    if (this.input.value.trim() === this.answeredQuery) this.choose(this.items[Math.max(0, this.active)]);
  }

  scheduleFetch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetchResults(), DELAY);
  }

  async fetchResults() {
    const query = this.input.value.trim();
    this.request?.abort();
    this.answeredQuery = null;
    if (!query) {
      this.items = [];
      this.close();
      return;
    }
    this.request = new AbortController();
    const lang = document.documentElement.lang;
    const url = `/api/v1/search?${new URLSearchParams({ q: query, lang, limit: String(LIMIT) })}`;
    try {
      this.show((await fetchJson(url, { signal: this.request.signal })).items, query);
    } catch (error) {
      if (error instanceof ApiError) this.showMessage(error.message);
    }
  }

  show(items, query) {
    this.answeredQuery = query;
    this.items = items;
    this.active = -1;
    if (!items.length) {
      this.showMessage(t("find.none", { query }));
      return;
    }
    this.list.replaceChildren(...items.map(option));
    this.open();
    announce(t("find.found", { n: items.length }));
  }

  showMessage(text) {
    this.items = [];
    this.list.replaceChildren(
      el("li", { class: "search-none", role: "option", "aria-disabled": "true", "aria-selected": "false", text }),
    );
    this.open();
    announce(text);
  }

  onKeydown(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && this.items.length) {
      event.preventDefault();
      this.open();
      this.move(moves[event.key]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  move(by) {
    const count = this.items.length;
    this.active = (this.active + by + count) % count;
    [...this.list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === this.active)));
    const node = this.list.children[this.active];
    this.input.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  choose(item) {
    if (!item) return;
    this.close();
    this.input.value = "";
    this.items = [];
    if (!this.openResult(item)) location.assign(item.url);
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function option(item, index) {
  const attributes = { role: "option", id: `found-${index}`, "data-index": index, "aria-selected": "false" };
  return el("li", attributes, el("b", { text: item.full_name ?? item.name }), el("span", { text: describeItem(item) }));
}
