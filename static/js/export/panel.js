/**
 * The export panel: a dialog the server makes for the layer on the screen, with a live picture of
 * the sheet. Everything chosen stands in the address of the file.
 */

import { byId, el } from "../core/dom.js";
import { LAYER_KEYS } from "../core/state.js";
import { t } from "../core/texts.js";
import { copyText } from "../site/copy.js";
import { previewUrl, sheetUrl } from "./choices.js";

const WAIT = 350;
const KEPT = ["preset", "format", "dpi", "office", "bw"];
const remembered = {};

/** Opens the panel for a state of the page. */
export async function openExport(state) {
  const layer = Object.fromEntries(LAYER_KEYS.filter((key) => state[key]).map((key) => [key, state[key]]));
  const query = new URLSearchParams(state.unit ? { ...layer, unit: state.unit } : layer);
  const response = await fetch(`/export/panel?${query}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const dialog = page.querySelector("dialog");
  if (!response.ok || !dialog) throw new Error(t("error.server", { status: response.status }));
  byId("export-panel")?.remove();
  await style(dialog.dataset.style);
  document.body.append(document.adoptNode(dialog));
  new Panel(dialog, layer).open();
}

/** The panel's own style sheet, once. */
function style(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((done) => {
    const link = el("link", { rel: "stylesheet", href, on: { load: done, error: done } });
    document.head.append(link);
  });
}

class Panel {
  constructor(dialog, layer) {
    this.dialog = dialog;
    this.layer = layer;
    this.form = dialog.querySelector("form");
    this.picture = dialog.querySelector("#export-preview");
    this.failure = dialog.querySelector("#export-failure");
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    dialog.querySelector("#export-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      clearTimeout(this.timer);
      dialog.remove();
    });
    this.picture.addEventListener("load", () => this.shown());
    this.picture.addEventListener("error", () => this.failed());
    this.copying("#export-copy-link", () => new URL(this.url(), location.href).href);
    this.copying("#export-copy-alt", () => dialog.querySelector("#export-alt").textContent.trim());
  }

  open() {
    for (const [name, value] of Object.entries(remembered)) this.set(name, value);
    this.dialog.showModal();
    this.show();
  }

  set(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList || field?.type !== "checkbox") field.value = value;
    else field.checked = Boolean(value);
  }

  choices() {
    return Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, value.trim()]));
  }

  url() {
    const choices = this.choices();
    return sheetUrl(this.layer, choices, choices.format);
  }

  changed() {
    const choices = this.choices();
    for (const name of KEPT) remembered[name] = choices[name] ?? "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), WAIT);
    this.link();
  }

  /** The link follows every choice at once; the picture waits for a pause. */
  link() {
    const { format } = this.choices();
    const link = this.dialog.querySelector("#export-download");
    link.href = this.url();
    link.download = "";
    this.form.elements.dpi.disabled = format !== "png";
  }

  show() {
    this.link();
    const url = previewUrl(this.layer, this.choices());
    if (this.picture.getAttribute("src") === url) return;
    this.dialog.setAttribute("aria-busy", "true");
    this.picture.src = url;
  }

  shown() {
    this.dialog.removeAttribute("aria-busy");
    this.picture.hidden = false;
    this.failure.hidden = true;
  }

  /** A picture says nothing of why it failed; the same address asked again does. */
  async failed() {
    this.dialog.removeAttribute("aria-busy");
    const body = await fetch(this.picture.src).then((r) => r.json()).catch(() => null);
    const { message = t("error.offline"), remedy = "" } = body?.error ?? {};
    this.picture.hidden = true;
    this.failure.textContent = [message, remedy].filter(Boolean).join(". ");
    this.failure.hidden = false;
  }

  copying(selector, text) {
    const button = this.dialog.querySelector(selector);
    const usual = button.textContent;
    button.addEventListener("click", async () => {
      button.textContent = t((await copyText(text(), this.dialog)) ? "map.copied" : "map.copy_failed");
      button.focus();
      setTimeout(() => (button.textContent = usual), 1600);
    });
  }
}
