// Which conditions of core/, map/ and compare/ no test holds. Each condition is negated and each
// logical operator exchanged in turn, in a copy of the code, and the tests that import the file are
// run on it. A mutant that passes them all is printed, and the exit status is 1, unless
// equivalent_mutants.json says why it makes no difference.
//
//   node js/test/mutate.mjs                     everything
//   node js/test/mutate.mjs map/labels.js       one file or more
//   node js/test/mutate.mjs --list              the mutants without running them

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const TESTS = dirname(fileURLToPath(import.meta.url));
const CODE = dirname(TESTS);
const FOLDERS = ["core", "map", "compare"];
const ROOT = join(CODE, "../..");
// On a busy machine a test is slow; only one that a mutant never lets end takes as long.
const TIMEOUT_MS = 60_000;
const OTHER_OPERATOR = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
]);

/**
 * @typedef {object} Mutant
 * @property {string} file within js/
 * @property {number} line
 * @property {string} found the condition as it is written
 * @property {string} change what becomes of it
 * @property {number} start
 * @property {number} end
 * @property {string} text in place of what stands between
 */

const parse = (name, text) => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

/** The condition that a node decides by, if it is such a node. */
function conditionOf(node) {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  return ts.isForStatement(node) ? node.condition : undefined;
}

/** @returns {Mutant[]} */
function mutantsOf(file, text) {
  const source = parse(file, text);
  const mutants = [];
  const add = (node, start, end, change, replacement) => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const found = node.getText(source).replace(/\s+/g, " ");
    mutants.push({ file, line, found, change, start, end, text: replacement });
  };
  const visit = (node) => {
    const condition = conditionOf(node);
    if (condition) {
      const [start, end] = [condition.getStart(source), condition.getEnd()];
      add(condition, start, end, "negated", `!(${text.slice(start, end)})`);
    }
    const other = ts.isBinaryExpression(node) && OTHER_OPERATOR.get(node.operatorToken.kind);
    if (other) {
      const [left, right] = [node.left, node.right].map((each) => `(${each.getText(source)})`);
      add(node, node.getStart(source), node.getEnd(), `with ${other}`, `${left} ${other} ${right}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** The files that a file imports, at once or later, within js/. */
function importsOf(file, text) {
  const found = parse(file, text).statements.filter((each) => each.moduleSpecifier);
  const later = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map((match) => match[1]);
  const names = [...found.map((each) => each.moduleSpecifier.text), ...later].filter((name) => name.startsWith("."));
  return names.map((name) => relative(CODE, resolve(CODE, dirname(file), name)));
}

async function readCode() {
  const names = await readdir(CODE, { recursive: true });
  const files = names.filter((name) => name.endsWith(".js"));
  return new Map(await Promise.all(files.map(async (name) => [name, await readFile(join(CODE, name), "utf8")])));
}

/** The tests by how far their imports lead to a file: those that import it themselves come first. */
function testsByDistance(code) {
  const imports = new Map([...code].map(([file, text]) => [file, importsOf(file, text)]));
  const tests = [...code.keys()].filter((file) => file.endsWith(".test.js"));
  const distances = tests.map((test) => {
    const distance = new Map([[test, 0]]);
    const queue = [test];
    for (const file of queue) {
      for (const next of imports.get(file) ?? []) {
        if (distance.has(next)) continue;
        distance.set(next, distance.get(file) + 1);
        queue.push(next);
      }
    }
    return { test, distance };
  });
  return (file) =>
    distances
      .filter(({ distance }) => distance.has(file))
      .sort((a, b) => a.distance.get(file) - b.distance.get(file))
      .map(({ test }) => test);
}

/** @returns {Promise<boolean>} whether a test passes in a folder */
function passes(folder, test) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(codeOf(folder), test)], { cwd: folder, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
    child.on("close", (status) => {
      clearTimeout(timer);
      done(status === 0);
    });
  });
}

const codeOf = (folder) => join(folder, "static/js");

/**
 * A copy of the code of its own, where a worker writes one mutant after the other. It stands as in
 * the checkout, since some cases are shared with the tests of the Python code.
 */
async function makeCopy() {
  const folder = await mkdtemp(join(tmpdir(), "mutants-"));
  await cp(CODE, codeOf(folder), { recursive: true });
  await symlink(join(ROOT, "tests"), join(folder, "tests"));
  await symlink(join(ROOT, "static/node_modules"), join(folder, "static/node_modules"));
  await writeFile(join(folder, "static/package.json"), '{"type": "module"}');
  return folder;
}

async function survives(folder, mutant, text, tests) {
  const path = join(codeOf(folder), mutant.file);
  await writeFile(path, text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end));
  try {
    for (const test of tests) if (!(await passes(folder, test))) return false;
    return true;
  } finally {
    await writeFile(path, text);
  }
}

/** @throws {Error} when a test fails as the code is, since it would catch every mutant */
async function checkTests(tests) {
  const folder = await makeCopy();
  const failing = [];
  for (const test of tests) if (!(await passes(folder, test))) failing.push(test);
  await rm(folder, { recursive: true });
  if (failing.length) throw new Error(`These tests fail without a mutant: ${failing.join(", ")}`);
}

/** @returns {Promise<Mutant[]>} those that no test catches */
async function run(mutants, code, testsOf) {
  const waiting = [...mutants];
  const survivors = [];
  const work = async () => {
    const folder = await makeCopy();
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const tests = testsOf(mutant.file);
      if (!(await survives(folder, mutant, code.get(mutant.file), tests))) continue;
      survivors.push(mutant);
      print(mutant);
    }
    await rm(folder, { recursive: true });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return survivors;
}

const keyOf = ({ file, found, change }) => `${file}: ${found} ${change}`;
const print = ({ file, line, found, change }) => console.log(`js/${file}:${line}: ${found} ${change}`);

async function main(asked) {
  const code = await readCode();
  const wanted = asked.filter((name) => !name.startsWith("--"));
  const files = [...code.keys()].filter((file) =>
    wanted.length ? wanted.includes(file) : FOLDERS.includes(dirname(file)),
  );
  const mutants = files.sort().flatMap((file) => mutantsOf(file, code.get(file)));
  if (asked.includes("--list")) return mutants.forEach(print);
  const equivalent = JSON.parse(await readFile(join(TESTS, "equivalent_mutants.json"), "utf8"));
  const testsOf = testsByDistance(code);
  const known = new Set(equivalent.flatMap(({ mutants: keys }) => keys));
  const tried = mutants.filter((mutant) => !known.has(keyOf(mutant)));
  await checkTests(new Set(tried.flatMap((mutant) => testsOf(mutant.file))));
  const survivors = await run(tried, code, testsOf);
  console.log(
    `${tried.length - survivors.length} of ${tried.length} mutants caught, ${mutants.length - tried.length} equivalent.`,
  );
  process.exitCode = survivors.length ? 1 : 0;
}

await main(process.argv.slice(2));
