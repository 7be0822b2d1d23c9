/**
 * The files being made: each with how far it is and a way to end it. They go on when the panel is
 * closed; the map can be used meanwhile.
 */

import { byId, el } from "../core/dom.js";
import { ask, Refusal } from "./refusal.js";
import { say, w } from "./words.js";

const POLL = 600;
const GONE_AFTER = 8000;
const wait = (time) => new Promise((done) => setTimeout(done, time));

let list = null;

/** Where the works stand: in the panel while it is open, on the page otherwise. */
export function placeWorks(holder) {
  list ??= el("section", { id: "export-works", class: "export-works", "aria-label": w("works") });
  list.hidden = !list.children.length;
  holder.append(list);
}

class Row {
  constructor(name) {
    this.cancel = new AbortController();
    this.bar = el("progress", { "aria-label": name });
    this.text = el("span", { class: "export-work-text", text: w("making") });
    this.button = el("button", { type: "button", class: "quiet", text: w("cancel"), "aria-label": `${w("cancel")}: ${name}`, on: { click: () => this.cancel.abort() } });
    this.node = el("div", { class: "export-work" }, el("b", { text: name, title: name }), this.bar, this.text, this.button);
    list.append(this.node);
    list.hidden = false;
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
    say(text);
    if (!stays) setTimeout(() => this.remove(), GONE_AFTER);
  }

  dismiss() {
    return el("button", { type: "button", class: "close", "aria-label": w("dismiss"), text: "×", on: { click: () => this.remove() } });
  }

  remove() {
    const focused = this.node.contains(document.activeElement);
    this.node.remove();
    list.hidden = !list.children.length;
    if (focused) (byId("export-download") ?? byId("export"))?.focus();
  }
}

const nameOf = (response) => /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";

function save(href, name) {
  const link = el("a", { href, download: name, hidden: true });
  (document.querySelector("dialog[open]") ?? document.body).append(link);
  link.click();
  link.remove();
}

/** Runs a work in a row of its own; what is refused is told there and thrown on. */
async function work(name, run) {
  const row = new Row(name);
  try {
    await run(row);
  } catch (error) {
    if (error.name === "AbortError") row.end(w("cancelled"));
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
export function takeFile(name, url, body = null) {
  return work(name, async (row) => {
    const response = await ask(url, { signal: row.signal, ...(body && { method: "POST", body }) });
    const content = await received(response, row);
    const href = URL.createObjectURL(content);
    save(href, nameOf(response));
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    row.end(w("saved", { name: nameOf(response) }));
  });
}

/** The body, counted as it comes in where its length is known. */
async function received(response, row) {
  const total = Number(response.headers.get("Content-Length"));
  const type = response.headers.get("Content-Type") ?? "";
  if (!total || response.headers.get("Content-Encoding")) return response.blob();
  const reader = response.body.getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    row.progress(size, total, w("receiving"));
  }
  return new Blob(parts, { type });
}

const json = async (response) => response.json();

/** Starts a long work on the server, follows it, and saves its file when it is done. */
export function takeJob(name, address) {
  return work(name, async (row) => {
    const lang = `?lang=${document.documentElement.lang}`;
    const start = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ address }), signal: row.signal };
    let job = await json(await ask(`/export/jobs${lang}`, start));
    const end = () => fetch(job.url, { method: "DELETE", keepalive: true }).catch(() => null);
    row.signal.addEventListener("abort", end);
    // Whoever leaves the page cannot get the file any more: nobody is to work on it.
    addEventListener("pagehide", end);
    while (["queued", "running"].includes(job.state)) {
      row.progress(job.done, job.of, told(job));
      await wait(POLL);
      job = await json(await ask(job.url + lang, { signal: row.signal }));
    }
    row.signal.removeEventListener("abort", end);
    removeEventListener("pagehide", end);
    if (job.state !== "done") throw new Refusal(job.error ?? { message: job.state_label });
    save(job.result, job.name);
    const link = el("a", { href: job.result, download: job.name, text: w("again") });
    row.end(w("saved", { name: job.name }), { link, stays: true });
  });
}

function told({ state, state_label: label, done, of, message, ahead }) {
  if (state === "queued") return ahead ? w("ahead", { n: ahead }) : label;
  return [`${done}/${of}`, message].filter(Boolean).join(" · ");
}
