/**
 * The export panel: a dialog the server makes for what is on the screen, with a live picture of
 * the sheet. Everything chosen stands in the address of the file, the logo excepted.
 */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { copyText, showBriefly } from "../site/copy_link.js";
import { fileUrl, hasPreview, isPicture, BACKGROUND_KINDS, PICKING, previewUrl } from "./file_url.js";
import { ExportForm } from "./export_form.js";
import { request, clearFieldErrors, RequestError, showAtField } from "./request.js";
import { ShortLink } from "./short_link.js";
import { loadPanelTexts, announceInPanel, panelText } from "./panel_texts.js";
import { attachJobList, downloadFile, runJob } from "./job_client.js";

const PREVIEW_DELAY = 350;
const REMEMBERED_FIELDS = ["preset", "width", "height", "format", "dpi", "office", "bw"];
const remembered = {};

/**
 * Opens the panel.
 *
 * @param {object} context
 * @param {"map"|"compare"} context.page
 * @param {Record<string, string>} context.layer the page's parameters as files take them
 * @param {string} [context.unit] the unit chosen on the map
 * @param {string} [context.kind] the kind of file to begin with
 * @param {string} [context.bbox] west,south,east,north of what the map shows
 * @param {string} [context.measure] the way a difference is taken
 */
export async function openExport(context) {
  const picking = context.page === "map" ? pickedUnits() : {};
  const query = new URLSearchParams({
    ...context.layer,
    ...picking,
    page: context.page,
    ...(context.unit && { unit: context.unit }),
  });
  const response = await request(`/export/panel?${query}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const dialog = page.querySelector("dialog");
  byId("export-panel")?.close();
  await loadStylesheet(dialog.dataset.style);
  loadPanelTexts(dialog);
  document.body.append(document.adoptNode(dialog));
  new ExportDialog(dialog, { ...context, picking }).open();
}

/** What the page's address picks of the units of the map. */
function pickedUnits() {
  const asked = new URLSearchParams(location.search);
  return Object.fromEntries(PICKING.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
}

/** The panel's own style sheet, once. */
function loadStylesheet(href) {
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

class ExportDialog {
  constructor(dialog, context) {
    this.dialog = dialog;
    this.context = context;
    this.exportForm = new ExportForm(dialog);
    this.form = this.exportForm.form;
    this.picture = dialog.querySelector("#export-preview");
    this.failure = dialog.querySelector("#export-failure");
    this.generated = this.exportForm.controls.title.placeholder;
    this.refusal = dialog.querySelector("#export-refusal");
    /** @type {HTMLAnchorElement} */
    this.download = dialog.querySelector("#export-download");
    this.shortLink = new ShortLink(dialog);
    this.form.addEventListener("input", () => this.onInput());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.download.addEventListener("click", (event) => this.startDownload(event));
    dialog.addEventListener("click", (event) => this.onClick(event));
    dialog.addEventListener("close", () => this.onClose());
    this.addCopyButton("#export-copy-link", () => new URL(this.url(), location.href).href);
    this.addCopyButton("#export-copy-alt", () => dialog.querySelector("#export-alt").textContent.trim());
    this.addCopyButton("#export-copy-short", () => this.shortLink.text);
  }

  open() {
    if (this.context.kind) this.exportForm.set("kind", this.context.kind);
    for (const [name, value] of Object.entries(remembered)) this.exportForm.set(name, value);
    attachJobList(this.dialog.querySelector("#export-jobs-slot"));
    this.exportForm.updateVisibility();
    this.dialog.showModal();
    this.show();
  }

  onClose() {
    clearTimeout(this.timer);
    this.request?.abort();
    attachJobList(document.body);
    this.dialog.remove();
  }

  onClick(event) {
    const file = event.target.closest?.(".export-files a");
    if (event.target === this.dialog || event.target.id === "export-close") this.dialog.close();
    else if (file) this.downloadData(event, file);
  }

  /** @returns {Record<string, string>} */
  choices() {
    const { bbox, measure, picking } = this.context;
    return { ...this.exportForm.choices(), bbox, measure, ...picking };
  }

  /** @throws {RequestError} where something is to be ticked first */
  check() {
    const parameter = this.exportForm.unfilledList();
    if (parameter) throw new RequestError({ message: panelText("tick"), parameter });
  }

  url() {
    return fileUrl(this.context.layer, this.choices());
  }

  onInput() {
    const choices = this.choices();
    for (const name of REMEMBERED_FIELDS)
      if (this.exportForm.controls[name]) remembered[name] = choices[name] ?? remembered[name] ?? "";
    remembered.bw = choices.bw ?? "";
    this.exportForm.updateVisibility();
    this.link();
    if (!isPicture(this.exportForm.kind)) clearFieldErrors(this.form);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PREVIEW_DELAY);
  }

  /** The link follows every choice at once; the picture waits for a pause. */
  link() {
    this.download.href = this.url();
  }

  async show() {
    this.link();
    if (!hasPreview(this.exportForm.kind)) return this.hidePreview();
    const url = previewUrl(this.context.layer, this.choices());
    const logo = this.exportForm.logo();
    const previewKey = `${url} ${this.exportForm.controls.logo?.value ?? ""}`;
    if (previewKey === this.previewKey) return undefined;
    this.previewKey = previewKey;
    this.request?.abort();
    const { signal } = (this.request = new AbortController());
    this.dialog.setAttribute("aria-busy", "true");
    try {
      this.check();
      const options = { signal, ...(logo && { method: "POST", body: logo }) };
      const picture = await (await request(url, options)).blob();
      this.picture.src = await dataUrl(picture);
      await this.describe(url, signal);
      this.previewShown();
    } catch (error) {
      if (error.name !== "AbortError") this.previewFailed(error);
    }
    return undefined;
  }

  /** Title and alternative text of what is chosen, in the language of the sheet. */
  async describe(url, signal) {
    if (!isPicture(this.exportForm.kind)) {
      this.exportForm.controls.title.placeholder = "";
      this.picture.alt = panelText("first_page");
      return;
    }
    const { pathname, search } = new URL(url, location.href);
    const kind = pathname.slice("/export/".length).split(".")[0];
    const about = await (await request(`/export/about/${kind}${search}`, { signal })).json();
    this.generated = about.generated;
    this.exportForm.controls.title.placeholder = about.generated;
    this.dialog.querySelector("#export-alt").textContent = about.alt;
    this.picture.alt = about.alt;
  }

  /** No preview: a map that can be used is no picture. */
  hidePreview() {
    this.request?.abort();
    this.exportForm.controls.title.placeholder = this.exportForm.kind === "map" ? this.generated : "";
    this.previewKey = "";
    this.dialog.removeAttribute("aria-busy");
  }

  previewShown() {
    this.dialog.removeAttribute("aria-busy");
    clearFieldErrors(this.form);
    this.picture.hidden = false;
    this.failure.hidden = true;
  }

  /** A refusal is told at its field; where there is none, in the picture's place. */
  previewFailed(error) {
    this.previewKey = "";
    this.dialog.removeAttribute("aria-busy");
    clearFieldErrors(this.form);
    const placed = error.sentence && showAtField(this.form, error);
    this.picture.hidden = true;
    this.failure.textContent = placed ? panelText("no_preview") : (error.sentence ?? t("error.offline"));
    this.failure.hidden = false;
    announceInPanel(error.sentence ?? t("error.offline"));
  }

  async startDownload(event) {
    event.preventDefault();
    const { kind } = this.exportForm;
    const option = this.exportForm.controls.kind.selectedOptions?.[0];
    const name = [option?.text ?? panelText("sheet"), this.choices().title || this.generated].join(" · ");
    try {
      this.check();
      if (BACKGROUND_KINDS.includes(kind)) await runJob(name, this.url());
      else await downloadFile(name, this.url(), isPicture(kind) ? this.exportForm.logo() : null);
    } catch (error) {
      this.showRefusal(error);
    }
  }

  async downloadData(event, file) {
    event.preventDefault();
    await downloadFile(file.textContent, file.getAttribute("href")).catch((error) => this.showRefusal(error));
  }

  showRefusal(error) {
    clearFieldErrors(this.form);
    if (error.sentence && showAtField(this.form, error)) {
      /** @type {HTMLElement|null} */
      const field = this.form.querySelector("[aria-invalid]");
      field?.focus();
      return;
    }
    this.refusal.textContent = error.sentence ?? error.message;
    this.refusal.hidden = false;
  }

  addCopyButton(selector, text) {
    const button = this.dialog.querySelector(selector);
    const usual = button.textContent;
    button.addEventListener("click", async () => {
      const done = await copyText(text(), this.dialog);
      showBriefly(button, panelText(done ? "copied" : "copy_failed"), usual);
      announceInPanel(button.textContent);
      button.focus();
    });
  }
}
