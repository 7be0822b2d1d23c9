// The notices of the packages whose code or fonts are in the built files: their licences ask that
// they go with every copy, and the minifier leaves comments out.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = "node_modules/";
const RULE = "-".repeat(100);

/** The package that a file below node_modules belongs to; null for the project's own files. */
function packageOf(path) {
  const at = path.lastIndexOf(FOLDER);
  if (at < 0) return null;
  const [scope, name] = path.slice(at + FOLDER.length).split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** The packages that a file was itself bundled of before it was published, by its source map. */
async function bundledBefore(file) {
  const text = await readFile(`${file}.map`, "utf8").catch(() => null);
  return text === null ? [] : JSON.parse(text).sources.map(packageOf).filter(Boolean);
}

/** Name, version and licence of a package, with the text of the licence where it comes with one. */
async function noticeOf(name, root) {
  const folder = join(root, FOLDER, name);
  const described = await readFile(join(folder, "package.json"), "utf8").catch(() => null);
  // A package that was bundled into another one before, and is not installed by itself.
  if (described === null) return null;
  const { version, license, author, homepage } = JSON.parse(described);
  const file = (await readdir(folder)).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each));
  const by = typeof author === "object" ? author.name : author;
  const text = file ? await readFile(join(folder, file), "utf8") : [by, homepage].filter(Boolean).join("\n");
  return `${name} ${version}\nLicence: ${license}\n\n${text.replace(/\r\n/g, "\n").trim()}\n`;
}

/**
 * @param {string[]} inputs of the build, as its metafile names them
 * @param {string} root folder that they and node_modules lie in
 * @returns {Promise<string>} the notices of all packages among them, by name
 */
export async function noticesOf(inputs, root) {
  const names = new Set();
  for (const input of inputs) {
    if (!packageOf(input)) continue;
    names.add(packageOf(input));
    for (const name of await bundledBefore(join(root, input))) names.add(name);
  }
  const notices = await Promise.all([...names].sort().map((name) => noticeOf(name, root)));
  return notices.filter(Boolean).join(`\n${RULE}\n\n`);
}
