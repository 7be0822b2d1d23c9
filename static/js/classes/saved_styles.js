/** Ways to draw an indicator that a person gave a name, kept in the browser with the indicator. */

import { el } from "../core/dom.js";

const KEY = "drawings";
const MOST_CHARACTERS = 60;

/** @returns {Record<string, Record<string, Record<string, string>>>} by indicator and name */
function readAll() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return all && typeof all === "object" && !Array.isArray(all) ? all : {};
  } catch {
    return {};
  }
}

/** Whether it could be kept: a browser may forbid it. */
function writeAll(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

export class SavedStyles {
  /**
   * @param {(key: string, values?: object) => string} t
   * @param {(symbology: Record<string, string>) => void} apply
   */
  constructor(t, apply) {
    this.t = t;
    this.apply = apply;
    this.list = el("ul", { class: "saved-styles" });
    this.name = el("input", {
      type: "text",
      maxlength: MOST_CHARACTERS,
      autocomplete: "off",
      "aria-label": t("classes.name"),
    });
    const save = el("button", { type: "button", text: t("classes.save"), on: { click: () => this.save() } });
    this.name.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.save()));
    this.said = el("p", { class: "muted", role: "status" });
    const title = el("h3", { text: t("classes.saved") });
    this.node = el(
      "section",
      { class: "saved" },
      title,
      this.list,
      el("div", { class: "saved-name" }, this.name, save),
      this.said,
    );
  }

  /**
   * @param {string} indicator
   * @param {Record<string, string>} symbology how the map is drawn now, as parameters of the address
   */
  show(indicator, symbology) {
    this.indicator = indicator;
    this.symbology = symbology;
    const own = readAll()[indicator] ?? {};
    this.list.replaceChildren(...Object.entries(own).map(([name, each]) => this.row(name, each)));
  }

  row(name, symbology) {
    const label = this.t("classes.forget", { name });
    const open = el("button", { type: "button", text: name, on: { click: () => this.apply(symbology) } });
    const forget = el("button", {
      type: "button",
      class: "quiet",
      text: "×",
      "aria-label": label,
      title: label,
      on: { click: () => this.forget(name) },
    });
    return el("li", {}, open, forget);
  }

  save() {
    const name = this.name.value.trim().slice(0, MOST_CHARACTERS);
    if (!name) return this.name.focus();
    const all = readAll();
    const kept = writeAll({ ...all, [this.indicator]: { ...all[this.indicator], [name]: this.symbology } });
    this.said.textContent = this.t(kept ? "classes.kept" : "classes.not_kept", { name });
    if (kept) this.name.value = "";
    this.show(this.indicator, this.symbology);
  }

  forget(name) {
    const all = readAll();
    const others = Object.fromEntries(Object.entries(all[this.indicator] ?? {}).filter(([each]) => each !== name));
    writeAll({ ...all, [this.indicator]: others });
    this.show(this.indicator, this.symbology);
    this.name.focus();
  }
}
