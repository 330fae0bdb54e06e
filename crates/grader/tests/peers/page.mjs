// Opens a page of a class in Chromium, and ends with an error if anybody could not use it:
//   node page.mjs READERS PAGE STUDENTS TESTS
// READERS is the folder with puppeteer-core, axe-core and html-validate. SCREENSHOTS names a folder for pictures, if wanted.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [readers, path, students, tests] = process.argv.slice(2);
const require = createRequire(resolve(readers, "package.json"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");

// For a crowded machine.
const timeout = 180_000;
// Chromium's own sandbox refuses to run as root.
const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const browser = await puppeteer.launch({ executablePath, args, timeout });
try {
  const page = await browser.newPage();
  const asked = [], said = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(pathToFileURL(path).href, { timeout });

  await looks(page);
  await isValid();
  await isWhole(page);
  await worksByKeyboard(page);
  await fitsAPhone(page);
  await isAccessible(page);
  await prints(page);

  assert.deepEqual(asked, [pathToFileURL(path).href], "the page needs nothing from elsewhere");
  assert.deepEqual(said, [], "the browser has no complaint: its policy allows the page's style");
  console.log("the page is good");
} finally {
  await browser.close();
}

// A checker is content with no page at all: what is there is counted first.
async function isWhole(page) {
  const count = (selector) => page.$$eval(selector, (all) => all.length);
  assert.equal(await count(".grid tbody tr"), Number(students));
  assert.equal(await count(".grid tbody td:is(.p, :has(button))"), Number(tests));
  assert.notEqual(await page.$eval("body", (body) => getComputedStyle(body).fontVariantNumeric), "normal", "the style is in force");
  assert.equal(await page.title(), "The class at a glance");
}

async function isValid() {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    // A page without a script has no other button, and large classes long pages.
    rules: { "no-implicit-button-type": "off", "no-trailing-whitespace": "off", "attribute-boolean-style": "off" },
  });
  const report = await validator.validateString(readFileSync(path, "utf8"));
  assert.deepEqual(report.results.flatMap((one) => one.messages.map((message) => `${message.line}:${message.column} ${message.message}`)).slice(0, 10), []);
}

// A cell opens its report by Enter, Escape closes it, and the focus is where it was.
async function worksByKeyboard(page) {
  const cell = await page.$(".grid tbody td button");
  if (!cell) return;
  await cell.focus();
  await page.keyboard.press("Enter");
  const opened = await page.$eval(":popover-open", (report) => report.innerText);
  assert.match(opened, /of .* points/s);
  await picture(page, "report");
  await page.keyboard.press("Escape");
  assert.equal(await page.$(":popover-open"), null);
  assert.ok(await cell.evaluate((button) => button === document.activeElement), "the focus is back");
  // A student's own card leads on to the reports, and stays behind them.
  await (await page.$(".grid tbody th button")).focus();
  await page.keyboard.press("Enter");
  await picture(page, "student");
  const report = await page.$(":popover-open .tests button");
  if (report) {
    await report.focus();
    await page.keyboard.press("Enter");
    assert.equal((await page.$$(":popover-open")).length, 2);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("Escape");
}

async function fitsAPhone(page) {
  await page.setViewport({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `the page is ${width} pixels wide: only the grid scrolls`);
  await page.setViewport({ width: 1280, height: 720 });
}

// What a screen reader says: axe's rules, and the names of the cells. Both colour schemes have their own contrasts.
async function isAccessible(page) {
  if (Number(tests) > 2000) return;
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const { violations, passes } = await page.evaluate("axe.run()");
    assert.ok(passes.length > 10, "axe has looked at the page");
    assert.deepEqual(violations.map((one) => `${scheme}: ${one.id}: ${one.nodes[0].html}`), []);
  }
  const tree = await page.accessibility.snapshot({ interestingOnly: false });
  const roles = new Map();
  const walk = (node) => {
    const key = `${node.role} ${node.name ?? ""}`;
    roles.set(key, (roles.get(key) ?? 0) + 1);
    (node.children ?? []).forEach(walk);
  };
  walk(tree);
  const shown = await page.$$eval(".grid tbody td.p", (cells) => cells.length);
  if (shown > 0) assert.ok(roles.get("gridcell pass") ?? roles.get("cell pass"), "a pass is read aloud as one");
}

// On paper each report stands in full, or it says that there are too many.
async function prints(page) {
  await page.emulateMediaType("print");
  const shown = (selector) => page.$$eval(selector, (all) => all.filter((one) => one.offsetHeight > 0).length);
  const [all, many] = await page.$eval(".reports", (section) => [section.querySelectorAll("article").length, section.matches(".many")]);
  assert.equal(await shown("article"), many ? 0 : all);
  assert.equal(await shown(".reports > p.paper"), many ? 1 : 0);
  await page.emulateMediaType();
}

async function looks(page) {
  if (!process.env.SCREENSHOTS) return;
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const [width, height] of [[1280, 720], [390, 844]]) {
      await page.setViewport({ width, height });
      await picture(page, `${width}-${scheme}`);
    }
  }
  await page.setViewport({ width: 1280, height: 720 });
  await page.pdf({ path: join(process.env.SCREENSHOTS, `${basename(path, ".html")}.pdf`), preferCSSPageSize: true, timeout });
  await page.evaluate(() => document.querySelector(".grid").scrollIntoView());
  await picture(page, "grid");
  await page.setViewport({ width: 390, height: 844 });
  await page.evaluate(() => document.querySelector(".grid").scrollIntoView());
  await picture(page, "grid-phone");
}

async function picture(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${basename(path, ".html")}-${name}.png`) });
}
