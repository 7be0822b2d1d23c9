/**
 * The files being made: each with how far it is and a way to end it. They go on when the panel is
 * closed; the map can be used meanwhile.
 */

import { byId, el } from "../core/dom.js";
import { request, RequestError } from "./request.js";
import { announceInPanel, loadPanelTexts, panelText } from "./panel_texts.js";

const POLL = 600;
const HIDE_AFTER = 8000;
const wait = (time) => new Promise((done) => setTimeout(done, time));

let list = null;

/** Where the works stand: in the panel while it is open, on the page otherwise. */
export function attachJobList(holder) {
  list ??= el("section", { id: "export-jobs", class: "export-jobs", "aria-label": panelText("works") });
  list.hidden = !list.children.length;
  holder.append(list);
}

class JobRow {
  constructor(name) {
    this.cancel = new AbortController();
    this.bar = el("progress", { "aria-label": name });
    this.text = el("span", { class: "export-job-text", text: panelText("making") });
    this.button = el("button", {
      type: "button",
      class: "quiet",
      text: panelText("cancel"),
      "aria-label": `${panelText("cancel")}: ${name}`,
      on: { click: () => this.cancel.abort() },
    });
    this.node = el(
      "div",
      { class: "export-job-row" },
      el("b", { text: name, title: name }),
      this.bar,
      this.text,
      this.button,
    );
    list.append(this.node);
    list.hidden = false;
    this.node.scrollIntoView?.({ block: "nearest" });
  }

  get signal() {
    return this.cancel.signal;
  }

  progress(done, of, text) {
    if (of) {
      this.bar.max = of;
      this.bar.value = done;
    }
    this.text.textContent = text;
  }

  end(text, { link = null, stays = false } = {}) {
    const focused = this.node.contains(document.activeElement);
    this.bar.remove();
    this.text.textContent = text;
    this.button.replaceWith(...[link, this.dismiss()].filter(Boolean));
    if (focused) (byId("export-download") ?? byId("export"))?.focus();
    announceInPanel(text);
    if (!stays) setTimeout(() => this.remove(), HIDE_AFTER);
  }

  dismiss() {
    return el("button", {
      type: "button",
      class: "close",
      "aria-label": panelText("dismiss"),
      text: "×",
      on: { click: () => this.remove() },
    });
  }

  remove() {
    const focused = this.node.contains(document.activeElement);
    this.node.remove();
    list.hidden = !list.children.length;
    if (focused) (byId("export-download") ?? byId("export"))?.focus();
  }
}

const fileNameOf = (response) =>
  /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";

function save(href, name) {
  const link = el("a", { href, download: name, hidden: true });
  (document.querySelector("dialog[open]") ?? document.body).append(link);
  link.click();
  link.remove();
}

/** Runs a work in a row of its own; what is refused is told there and thrown on. */
async function trackJob(name, run) {
  const row = new JobRow(name);
  try {
    await run(row);
  } catch (error) {
    if (error.name === "AbortError") row.end(panelText("cancelled"));
    else {
      row.end(error.sentence ?? error.message, { stays: true });
      throw error;
    }
  }
}

/**
 * Fetches a file and saves it.
 *
 * @param {string} name of the work, for people
 * @param {FormData|null} body the logo
 */
export function downloadFile(name, url, body = null) {
  return trackJob(name, async (row) => {
    const response = await request(url, { signal: row.signal, ...(body && { method: "POST", body }) });
    const content = await readBody(response, row);
    const href = URL.createObjectURL(content);
    save(href, fileNameOf(response));
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    row.end(panelText("saved", { name: fileNameOf(response) }));
  });
}

/** The body, counted as it comes in where its length is known. */
async function readBody(response, row) {
  const total = Number(response.headers.get("Content-Length"));
  const type = response.headers.get("Content-Type") ?? "";
  if (!total || response.headers.get("Content-Encoding")) return response.blob();
  const reader = response.body.getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    row.progress(size, total, panelText("receiving"));
  }
  return new Blob(parts, { type });
}

const json = async (response) => response.json();

const endJob = (job) => fetch(job.url, { method: "DELETE", keepalive: true }).catch(() => null);

/**
 * Starts a job. The request itself is never given up, for the server would start the job all the
 * same: one that is cancelled meanwhile is ended as soon as its address is known.
 *
 * @param {AbortSignal} signal
 * @throws {DOMException} AbortError, at once when the signal is given
 */
async function startJob(address, lang, signal) {
  const started = request(`/export/jobs${lang}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ address }),
    keepalive: true,
  }).then(json);
  const given = new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([started, given]);
  } catch (error) {
    if (signal.aborted) started.then(endJob, () => null);
    throw error;
  }
}

/** Starts a long work on the server, follows it, and saves its file when it is done. */
export function runJob(name, address) {
  return trackJob(name, async (row) => {
    const lang = `?lang=${document.documentElement.lang}`;
    let job = await startJob(address, lang, row.signal);
    const end = () => endJob(job);
    row.signal.addEventListener("abort", end);
    // Whoever leaves the page cannot get the file any more: nobody is to work on it.
    addEventListener("pagehide", end);
    while (["queued", "running"].includes(job.state)) {
      row.progress(job.done, job.of, progressText(job));
      await wait(POLL);
      job = await json(await request(job.url + lang, { signal: row.signal }));
    }
    row.signal.removeEventListener("abort", end);
    removeEventListener("pagehide", end);
    if (job.state !== "done") throw new RequestError(job.error ?? { message: job.state_label });
    save(job.result, job.name);
    const link = el("a", { href: job.result, download: job.name, text: panelText("again") });
    row.end(panelText("saved", { name: job.name }), { link, stays: true });
  });
}

function progressText({ state, state_label: label, done, of, message, ahead }) {
  if (state === "queued") return ahead ? panelText("ahead", { n: ahead }) : label;
  return [`${done}/${of}`, message].filter(Boolean).join(" · ");
}

/** The page of a file that takes long: its button starts the job and shows its progress. */
export function startJobPage() {
  const button = byId("export-download");
  const { address, name } = button.dataset;
  loadPanelTexts(button);
  attachJobList(byId("job-page-slot"));
  let running = false;
  const make = async () => {
    if (running) return;
    running = true;
    button.setAttribute("aria-disabled", "true");
    // What was refused stands in the row of the work.
    await runJob(name, address).catch(() => null);
    running = false;
    button.removeAttribute("aria-disabled");
  };
  button.addEventListener("click", make);
  button.hidden = false;
}
