// Bundles js/ and css/ into build/ under names that carry a hash of their content, and writes
// build/manifest.json: {"map.js": "map.3F2A….js", "app.css": …, "<font>.woff2": …}. Minified text is
// compressed beside each file (.br, .gz), so that no visitor waits for it. notices.txt holds the
// licences of the packages in these files, standalone_notices.txt of those in a map as one HTML file.
//
//   node build.mjs            once, minified
//   node build.mjs --watch    again on every change, readable
//
// The folder is built aside and swapped in, so that a running server never sees half of it.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { context } from "esbuild";
import { noticesOf } from "./notices.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes("--watch");
const target = join(here, "build");
const staging = join(here, watch ? "build" : "build.new");

/** Names without their hash, as the templates ask for them, to the names of the files. */
function manifestOf(metafile) {
  const manifest = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const file = basename(path);
    if (file.endsWith(".map")) continue;
    const font = Object.keys(output.inputs)[0];
    const plain = output.entryPoint ?? (file.endsWith(".woff2") ? font : null);
    if (plain) manifest[basename(plain)] = file;
  }
  return Object.fromEntries(Object.entries(manifest).sort());
}

/** Writes the notices of what is in outputs whose names the pattern finds; their plain and hashed names. */
async function writeNotices(metafile, name, pattern) {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => pattern.test(basename(path)));
  const inputs = new Set(outputs.flatMap(([, output]) => Object.keys(output.inputs)));
  const text = await noticesOf([...inputs], here);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const file = `${name}.${hash}.txt`;
  await writeFile(join(staging, file), text);
  return [`${name}.txt`, file];
}

/** Writes notices and manifest beside every finished build. */
const writeManifest = {
  name: "manifest",
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length) return;
      const notices = await Promise.all([
        writeNotices(result.metafile, "notices", /./),
        writeNotices(result.metafile, "standalone_notices", /^standalone\.|\.woff2$/),
      ]);
      const manifest = { ...manifestOf(result.metafile), ...Object.fromEntries(notices) };
      const text = `${JSON.stringify(manifest, null, 2)}\n`;
      await writeFile(join(staging, "manifest.json"), text);
    });
  },
};

/** What Leaflet 1.9 draws with in Internet Explorer 8, and what the bundler needs to leave it out. */
const WITHOUT_VML = [
  ["Browser.vml ? vmlCreate : svgCreate", "svgCreate"],
  ["if (Browser.vml) {\n\tSVG.include(vmlMixin);\n}", ""],
  ["var vmlCreate = (function", "var vmlCreate = /* @__PURE__ */ (function"],
];
const leafletWithoutVml = {
  name: "leaflet-without-vml",
  setup(build) {
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [found, replacement] of WITHOUT_VML) {
        if (!contents.includes(found)) throw new Error(`Leaflet has changed: no "${found}" in ${path}`);
        contents = contents.replace(found, replacement);
      }
      return { contents };
    });
  },
};

/** MapLibre's worker is a script and no module: it is taken as it comes. */
const plainWorker = {
  name: "plain-worker",
  setup(build) {
    build.onLoad({ filter: /maplibre-gl-csp-worker\.js$/ }, async ({ path }) => {
      const contents = (await readFile(path, "utf8")).replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
      return { contents, loader: "copy" };
    });
  },
};

/** Writes what is text once more in each encoding that browsers ask for, as small as it gets. */
async function compress() {
  const names = (await readdir(staging)).filter((name) => /\.(js|css|svg|txt)$/.test(name));
  // Brotli's quality is 11 unless told otherwise.
  const forms = { br: promisify(brotliCompress), gz: (text) => promisify(gzip)(text, { level: 9 }) };
  const write = async (name, ending) => {
    const text = await readFile(join(staging, name));
    await writeFile(join(staging, `${name}.${ending}`), await forms[ending](text));
  };
  await Promise.all(names.flatMap((name) => Object.keys(forms).map((ending) => write(name, ending))));
}

/** Puts the finished folder in the old one's place. */
async function swap() {
  const old = join(here, "build.old");
  await rm(old, { recursive: true, force: true });
  await rename(target, old).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(staging, target);
  await rm(old, { recursive: true, force: true });
}

await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
const build = await context({
  absWorkingDir: here,
  entryPoints: [
    "js/map.js",
    "js/compare.js",
    "js/site.js",
    "js/upload.js",
    "js/export.js",
    "js/class_panel.js",
    "js/coverage.js",
    "js/figure_cards.js",
    "js/filter.js",
    "js/places.js",
    "js/rasters.js",
    "js/scatter.js",
    "js/terrain.js",
    "js/unit_screen.js",
    "node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js",
    "js/standalone.js",
    "css/app.css",
    "css/bold.css",
    "css/standalone.css",
    "css/compare.css",
    "css/export.css",
    "css/office.css",
    "css/publishing.css",
    "css/class_panel.css",
    "css/filter.css",
    "css/rasters.css",
    "css/scatter.css",
    "css/unit_screen.css",
    "css/terrain.css",
    "css/guide.css",
    "css/icon.svg",
    "pictures/*.webp",
  ],
  outdir: staging,
  entryNames: "[name].[hash]",
  assetNames: "[name].[hash]",
  // From the root, since a style sheet may also stand in a page.
  publicPath: "/static",
  bundle: true,
  format: "esm",
  target: ["es2021", "chrome96", "firefox95", "safari15"],
  charset: "utf8",
  legalComments: "none",
  minify: !watch,
  sourcemap: watch,
  metafile: true,
  loader: { ".woff2": "file", ".png": "dataurl", ".svg": "copy", ".webp": "copy" },
  plugins: [writeManifest, leafletWithoutVml, plainWorker],
  logLevel: "warning",
});

if (watch) {
  await build.watch();
} else {
  await build.rebuild();
  await build.dispose();
  await compress();
  await swap();
}
