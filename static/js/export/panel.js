/**
 * The export panel: a dialog the server makes for what is on the screen, with a live picture of
 * the sheet. Everything chosen stands in the address of the file, the logo excepted.
 */

import { byId, el } from "../core/dom.js";
import { t } from "../core/texts.js";
import { copyText } from "../site/copy.js";
import { fileUrl, isPicture, JOBS, previewUrl } from "./choices.js";
import { Fields } from "./fields.js";
import { ask, clearFaults, Refusal, showAt } from "./refusal.js";
import { Share } from "./share.js";
import { learn, say, w } from "./words.js";
import { placeWorks, takeFile, takeJob } from "./works.js";

const WAIT = 350;
const KEPT = ["preset", "width", "height", "format", "dpi", "office", "bw"];
const remembered = {};

/**
 * Opens the panel.
 *
 * @param {object} what
 * @param {"map"|"compare"} what.page
 * @param {Record<string, string>} what.layer the page's parameters as files take them
 * @param {string} [what.unit] the unit chosen on the map
 * @param {string} [what.kind] the kind of file to begin with
 * @param {string} [what.bbox] west,south,east,north of what the map shows
 * @param {string} [what.change] the way a difference is taken
 */
export async function openExport(what) {
  const query = new URLSearchParams({ ...what.layer, page: what.page, ...(what.unit && { unit: what.unit }) });
  const response = await ask(`/export/panel?${query}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const dialog = page.querySelector("dialog");
  byId("export-panel")?.close();
  await style(dialog.dataset.style);
  learn(dialog);
  document.body.append(document.adoptNode(dialog));
  new Panel(dialog, what).open();
}

/** The panel's own style sheet, once. */
function style(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((done) => {
    const link = el("link", { rel: "stylesheet", href, on: { load: done, error: done } });
    document.head.append(link);
  });
}

const dataUrl = (blob) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });

class Panel {
  constructor(dialog, what) {
    this.dialog = dialog;
    this.what = what;
    this.fields = new Fields(dialog);
    this.form = this.fields.form;
    this.picture = dialog.querySelector("#export-preview");
    this.failure = dialog.querySelector("#export-failure");
    this.generated = this.form.elements.title.placeholder;
    this.refusal = dialog.querySelector("#export-refusal");
    this.download = dialog.querySelector("#export-download");
    this.share = new Share(dialog);
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.download.addEventListener("click", (event) => this.take(event));
    dialog.addEventListener("click", (event) => this.clicked(event));
    dialog.addEventListener("close", () => this.closed());
    this.copying("#export-copy-link", () => new URL(this.url(), location.href).href);
    this.copying("#export-copy-alt", () => dialog.querySelector("#export-alt").textContent.trim());
    this.copying("#export-copy-short", () => this.share.text);
  }

  open() {
    if (this.what.kind) this.fields.set("kind", this.what.kind);
    for (const [name, value] of Object.entries(remembered)) this.fields.set(name, value);
    placeWorks(this.dialog.querySelector("#export-works-here"));
    this.fields.arrange();
    this.dialog.showModal();
    this.show();
  }

  closed() {
    clearTimeout(this.timer);
    this.request?.abort();
    placeWorks(document.body);
    this.dialog.remove();
  }

  clicked(event) {
    const file = event.target.closest?.(".export-files a");
    if (event.target === this.dialog || event.target.id === "export-close") this.dialog.close();
    else if (file) this.takeData(event, file);
  }

  choices() {
    const { bbox, change } = this.what;
    return { ...this.fields.choices(), bbox, change };
  }

  /** @throws {Refusal} where something is to be ticked first */
  check() {
    const parameter = this.fields.untouched();
    if (parameter) throw new Refusal({ message: w("tick"), parameter });
  }

  url() {
    return fileUrl(this.what.layer, this.choices());
  }

  changed() {
    const choices = this.choices();
    for (const name of KEPT) if (this.form.elements[name]) remembered[name] = choices[name] ?? remembered[name] ?? "";
    remembered.bw = choices.bw ?? "";
    this.fields.arrange();
    this.link();
    if (!isPicture(this.fields.kind)) clearFaults(this.form);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), WAIT);
  }

  /** The link follows every choice at once; the picture waits for a pause. */
  link() {
    this.download.href = this.url();
  }

  async show() {
    this.link();
    if (!isPicture(this.fields.kind)) return this.quiet();
    const url = previewUrl(this.what.layer, this.choices());
    const logo = this.fields.logo();
    const mark = `${url} ${this.form.elements.logo?.value ?? ""}`;
    if (mark === this.mark) return undefined;
    this.mark = mark;
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    this.dialog.setAttribute("aria-busy", "true");
    try {
      this.check();
      const options = { signal, ...(logo && { method: "POST", body: logo }) };
      const picture = await (await ask(url, options)).blob();
      this.picture.src = await dataUrl(picture);
      await this.describe(url, signal);
      this.shown();
    } catch (error) {
      if (error.name !== "AbortError") this.failed(error);
    }
    return undefined;
  }

  /** Title and alternative text of what is chosen, in the language of the sheet. */
  async describe(url, signal) {
    const { pathname, search } = new URL(url, location.href);
    const kind = pathname.slice("/export/".length).split(".")[0];
    const about = await (await ask(`/export/about/${kind}${search}`, { signal })).json();
    this.generated = about.generated;
    this.form.elements.title.placeholder = about.generated;
    this.dialog.querySelector("#export-alt").textContent = about.alt;
    this.picture.alt = about.alt;
  }

  /** No preview; an atlas and a report have titles of their own making. */
  quiet() {
    this.request?.abort();
    this.form.elements.title.placeholder = this.fields.kind === "map" ? this.generated : "";
    this.mark = "";
    this.dialog.removeAttribute("aria-busy");
  }

  shown() {
    this.dialog.removeAttribute("aria-busy");
    clearFaults(this.form);
    this.picture.hidden = false;
    this.failure.hidden = true;
  }

  /** A refusal is told at its field; where there is none, in the picture's place. */
  failed(error) {
    this.mark = "";
    this.dialog.removeAttribute("aria-busy");
    clearFaults(this.form);
    const placed = error.sentence && showAt(this.form, error);
    this.picture.hidden = true;
    this.failure.textContent = placed ? w("no_preview") : error.sentence ?? t("error.offline");
    this.failure.hidden = false;
    say(error.sentence ?? t("error.offline"));
  }

  async take(event) {
    event.preventDefault();
    const { kind } = this.fields;
    const option = this.form.elements.kind.selectedOptions?.[0];
    const name = [option?.text ?? w("sheet"), this.choices().title || this.generated].join(" · ");
    try {
      this.check();
      if (JOBS.includes(kind)) await takeJob(name, this.url());
      else await takeFile(name, this.url(), isPicture(kind) ? this.fields.logo() : null);
    } catch (error) {
      this.refused(error);
    }
  }

  async takeData(event, file) {
    event.preventDefault();
    await takeFile(file.textContent, file.getAttribute("href")).catch((error) => this.refused(error));
  }

  refused(error) {
    clearFaults(this.form);
    if (error.sentence && showAt(this.form, error)) {
      this.form.querySelector("[aria-invalid]")?.focus();
      return;
    }
    this.refusal.textContent = error.sentence ?? error.message;
    this.refusal.hidden = false;
  }

  copying(selector, text) {
    const button = this.dialog.querySelector(selector);
    const usual = button.textContent;
    button.addEventListener("click", async () => {
      const done = await copyText(text(), this.dialog);
      button.textContent = w(done ? "copied" : "copy_failed");
      say(button.textContent);
      button.focus();
      setTimeout(() => (button.textContent = usual), 1600);
    });
  }
}
