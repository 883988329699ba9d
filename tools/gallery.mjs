// Shows every part of the component kit and has it checked:
//   node tools/gallery.mjs TEST_PROGRAM OUTPUT_FOLDER
// TEST_PROGRAM is the built kasane_html_test, which writes the pages. Takes pictures at 1280 and 375 pixels, at 320,
// at a 200 % zoom and as printed paper, and runs axe. Ends with 1 when axe or the layout finds fault.
import { execFileSync } from "node:child_process";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [test_program, out] = process.argv.slice(2);
if (!test_program || !out) throw new Error("usage: node tools/gallery.mjs TEST_PROGRAM OUTPUT_FOLDER");
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const axe_source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; img-src 'self'";
const views = [
  { name: "1280", width: 1280, height: 900, zoom: 1 },
  { name: "375", width: 375, height: 740, zoom: 1 },
  { name: "320", width: 320, height: 640, zoom: 1 },
  { name: "zoom200", width: 640, height: 450, zoom: 2 },
];

mkdirSync(out, { recursive: true });
execFileSync(path.resolve(test_program), ["--gtest_filter=*Gallery*", "--gtest_brief=1"], {
  env: { ...process.env, KASANE_GALLERY_DIR: out },
});

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };

function answer(route) {
  const name = path.basename(new URL(route.request().url()).pathname);
  const folder = name.endsWith(".html") ? out : path.join(root, "ui/dist");
  const type = types[path.extname(name)];
  if (!type) return route.fulfill({ status: 404 });
  return route.fulfill({
    body: readFileSync(path.join(folder, name)),
    headers: { "content-type": type, "content-security-policy": policy },
  });
}

async function axe_faults(page) {
  // Through the debugger, not as a script element, which the policy would refuse.
  await page.evaluate(axe_source);
  const result = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary.replace(/\s+/g, " ")}`));
}

/** A page must never scroll sideways as a whole. */
const too_wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});
let faults = 0;
const complain = (text) => {
  faults += 1;
  console.log(text);
};
for (const name of ["show", "form", "paper"]) {
  for (const view of views) {
    const context = await browser.newContext({
      viewport: { width: view.width, height: view.height }, deviceScaleFactor: view.zoom, locale: "ja-JP", timezoneId: "Asia/Tokyo",
    });
    const page = await context.newPage();
    page.on("console", (message) => { if (message.type() === "error") complain(`${name} ${view.name} console: ${message.text()}`); });
    page.on("pageerror", (error) => complain(`${name} ${view.name} script: ${error.message}`));
    await page.route("**/*", answer);
    await page.goto(`http://gallery.test/${name}.html`);
    await page.screenshot({ path: path.join(out, `${name}-${view.name}.png`), fullPage: true });
    if (await too_wide(page)) complain(`${name} ${view.name}: wider than the window`);
    if (view.name === "1280" || view.name === "375") {
      for (const fault of await axe_faults(page)) complain(`${name} ${view.name} ${fault}`);
    }
    if (view.name === "1280") await page.pdf({ path: path.join(out, `${name}.pdf`), preferCSSPageSize: true });
    await context.close();
  }
}
await browser.close();
console.log(faults === 0 ? "no faults" : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
