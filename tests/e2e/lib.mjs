// What the browser tests share: the program on a fresh data folder with its demo data, a browser, signing in, counting.
//   node tests/e2e/NAME.e2e.mjs PROGRAM
// PROGRAM is the built kasane. The last line says "N passed, N failed"; the exit code is 1 when anything failed.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
export const password = "kasane-demo-2026";
export const cities = ["tsuruoka", "kawachinagano", "aizuwakamatsu", "kitakami", "nagaokakyo"];
export const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A folder of municipalities that holds these cities alone: the demo of one city is made in a fifth of the time. */
function onlyCities(data, wanted) {
  const folder = path.join(data, "municipalities");
  mkdirSync(folder);
  for (const name of ["national", ...wanted]) symlinkSync(path.join(root, "municipalities", name), path.join(folder, name));
  return folder;
}

/**
 * Starts the program with the demo data of `wanted`, all cities when nothing is named; `stop()` ends it and removes its data.
 * `later(days)` ends it and starts it again on the same data so many days ahead of today (a debug build can be told to);
 * `command(...words)` runs another command of the program beside it: its exit code and what it printed.
 * With KASANE_ORIGIN set, a program that runs already (with demo data) is used and left running.
 */
export async function serve(wanted = cities, program = process.argv[2]) {
  const tokyo = (days) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date(Date.now() + days * 24 * 3600 * 1000));
  if (process.env.KASANE_ORIGIN) {
    const later = () => { throw new Error("a program that runs already stays on its own day"); };
    return { origin: process.env.KASANE_ORIGIN, day: (n = 0) => tokyo(n), later, async stop() {} };
  }
  if (!program) throw new Error("usage: node SCRIPT PROGRAM");
  const binary = path.resolve(program);
  const data = mkdtempSync(path.join(tmpdir(), "kasane-e2e-"));
  const municipalities = wanted.length === cities.length ? path.join(root, "municipalities") : onlyCities(data, wanted);
  const common = ["--municipalities", municipalities, "--data", path.join(data, "var")];
  execFileSync(binary, [...common, "demo"], { stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const start = async (ahead) => {
    const shift = ahead > 0 ? ["--days-ahead", String(ahead)] : [];
    const child = spawn(binary, [...common, ...shift, "serve", "--address", "127.0.0.1", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the program ended at once (${code})`)));
      child.stdout.on("data", (text) => { if (String(text).includes("://")) resolve(); });
    });
    return async () => {
      child.kill("SIGTERM");
      await ended;
    };
  };
  let end = await start(0);
  let daysAhead = 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    async later(days) {
      await end();
      daysAhead += days;
      end = await start(daysAhead);
    },
    /** The program's own day, n days from now. */
    day: (n = 0) => tokyo(daysAhead + n),
    command(...words) {
      const done = spawnSync(binary, [...common, ...words], { encoding: "utf8" });
      return { code: done.status, text: done.stdout + done.stderr };
    },
    async stop() {
      await end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A window of its own for one person, signed in. Whatever leaves the origin or complains is noted in `faults`. */
export async function login(browser, origin, city, role, options = {}) {
  const context = await browser.newContext({ locale: "ja-JP", baseURL: origin, viewport: { width: 1280, height: 900 }, javaScriptEnabled: !process.env.KASANE_NO_SCRIPT, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const faults = watch(page, origin);
  await page.goto(`/${city}/signin`);
  await write(page.getByLabel("利用者ID"), `${city}-${role}`);
  await write(page.getByLabel("パスワード"), password);
  await Promise.all([page.waitForURL(`**/${city}/today`), hit(page.getByRole("button", { name: "サインイン", exact: true }))]);
  return { context, page, faults, city, origin };
}

/** Requests that leave the origin and errors on the console, as lines. */
export function watch(page, origin) {
  const faults = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) faults.push(`request to ${request.url()}`);
  });
  page.on("console", (message) => {
    // The browser itself notes a 422 or 404 that a test asks for; that is no fault of the page.
    if (message.type() === "error" && !/the server responded with a status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  return faults;
}

/** Counts checks; a failed one is told and the rest goes on. */
export class Report {
  passed = 0;
  failed = 0;
  check(name, good, detail = "") {
    if (good) this.passed += 1;
    else {
      this.failed += 1;
      console.log(`FAILED: ${name}${detail ? `\n  ${String(detail).slice(0, 1500)}` : ""}`);
    }
    return good;
  }
  /** Runs one part; a throw is one failure. */
  async part(name, work) {
    try {
      await work();
      this.check(name, true);
    } catch (error) {
      this.check(name, false, error.stack ?? error);
    }
  }
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

/** Runs `work(server, browser, report)` on the demo of these cities and cleans up whatever happens. */
export async function run(work, wanted = cities) {
  const report = new Report();
  const server = await serve(wanted);
  const browser = await launch();
  try {
    await work(server, browser, report);
  } catch (error) {
    report.check("the whole script", false, error.stack ?? error);
  } finally {
    await browser.close();
    await server.stop();
  }
  report.end();
}

/** Addresses within the city that this page links to and that match. */
export async function links(page, pattern) {
  const all = await page.$$eval("main a[href]", (found) => found.map((a) => a.getAttribute("href")));
  return all.filter((href) => pattern.test(href));
}

/** Opens a page and gives its status. */
export async function open(session, place) {
  const reply = await session.page.goto(place.startsWith("/" + session.city) ? place : `/${session.city}${place}`);
  return reply.status();
}

/** Where the session is, within the city: "/tsuruoka/cases/ID" gives "/cases/ID". */
export const place = (session) => new URL(session.page.url()).pathname.replace(`/${session.city}`, "");

// With KASANE_KEYS a story is played by keyboard alone: every control is reached by Tab, as whoever works without a mouse must.
const keys = Boolean(process.env.KASANE_KEYS);

/** Tab until the control, or one of its group of radio buttons, has the focus. */
async function reach(control) {
  const page = control.page();
  const one = await control.elementHandle();
  for (let n = 0; n < 500; ++n) {
    if (await one.evaluate((e) => document.activeElement === e ||
        (e.type === "radio" && document.activeElement?.type === "radio" && document.activeElement.name === e.name && document.activeElement.form === e.form))) return one;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${await one.evaluate((e) => e.outerHTML.slice(0, 200))}`);
}

/** Presses a button, a link, or what unfolds. */
export async function hit(control, options = {}) {
  if (!keys) return control.click(options);
  await reach(control);
  return control.page().keyboard.press("Enter");
}

async function write(control, value) {
  if (!keys) return control.fill(value);
  const one = await reach(control), { keyboard } = control.page();
  if (await one.evaluate((e) => e.type === "time")) {
    const [hour, minute] = value.split(":").map(Number);
    return keyboard.type(`${String(hour % 12 || 12).padStart(2, "0")}${String(minute).padStart(2, "0")}${hour < 12 ? "AM" : "PM"}`);
  }
  await keyboard.press("Control+A");
  return value === "" ? keyboard.press("Delete") : keyboard.insertText(value);
}

async function choose(control, option) {
  if (!keys) return control.selectOption(option, { timeout: 4000 });
  const one = await reach(control), { keyboard } = control.page();
  const nth = await one.evaluate((e, o) => [...e.options].findIndex((x) => (o.label === undefined ? x.value === o : x.label.trim() === o.label)), option);
  if (nth < 0) throw new Error(`no choice ${JSON.stringify(option)}`);
  await keyboard.press("Home");
  for (let n = 0; n < 300 && (await one.evaluate((e) => e.selectedIndex)) !== nth; ++n) await keyboard.press("ArrowDown");
}

async function tick(control) {
  if (!keys) return control.check();
  const one = await reach(control), { keyboard } = control.page();
  const done = () => one.evaluate((e) => e.checked);
  if (await done()) return;
  await keyboard.press("Space");
  for (let n = 0; n < 100 && !(await done()); ++n) await keyboard.press("ArrowDown");
  if (!(await done())) throw new Error("no key ticks it");
}

/** Opens the folding part that holds this control, as a reader would, by its summary. */
async function unfold(control) {
  for (let n = 0; n < 4; ++n) {
    const folded = control.locator("xpath=ancestor::details[not(@open)]").first();
    if ((await folded.count()) === 0) return;
    await hit(folded.locator("> summary"));
  }
}

/**
 * Answers questions of a form: {name: text, or code or words of a choice, or a list of them for ticks}.
 * `form` tells which form of the page, where there are several.
 */
export async function put(session, answers, form = "main form") {
  for (const [name, value] of Object.entries(answers)) {
    const controls = session.page.locator(form).locator(`[name="${name}"]`);
    const kind = await controls.first().evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type === "radio" || e.type === "checkbox" ? "ticks" : "text"), undefined, { timeout: 30000 });
    await unfold(controls.first());
    if (kind === "text") await write(controls.first(), value);
    else if (kind === "select") await choose(controls.first(), (await controls.first().locator(`option[value="${value}"]`).count()) > 0 ? value : { label: value });
    else for (const one of [value].flat()) {
      const named = await controls.evaluateAll((all, words) => all.findIndex((e) => e.value === words || e.labels[0]?.textContent.trim() === words), one);
      if (named < 0) throw new Error(`no choice "${one}" for ${name}`);
      await tick(controls.nth(named));
    }
  }
}

/** Presses a button (or follows a link) and waits for the page that answers; gives its status. */
export async function press(session, name, within = "main") {
  const target = session.page.locator(within);
  const button = target.getByRole("button", { name, exact: true }).or(target.getByRole("link", { name, exact: true })).first();
  await unfold(button);
  return answer(session, () => hit(button, { timeout: 5000 }));
}

/** Does something that leads to another page; gives the status of that page. */
export async function answer(session, act) {
  // The load of the page that answers is awaited from before the act: asked for afterwards, the page that is left counts as
  // loaded already.
  const [reply] = await Promise.all([
    session.page.waitForResponse((r) => r.request().isNavigationRequest() && r.frame() === session.page.mainFrame() && (r.status() < 300 || r.status() >= 400), { timeout: 60000 }),
    session.page.waitForEvent("load", { timeout: 60000 }),
    act(),
  ]);
  return reply.status();
}

/** Words of the page's main part. */
export const words = (session) => session.page.locator("main").innerText();

/** Counts of the city for the running year: {code: number}. */
export async function counts(session) {
  await open(session, "/counts");
  const all = await session.page.$$eval('main a[href*="/counts/"]', (found) => found.map((a) => [a.getAttribute("href").match(/\/counts\/([^?]+)/)[1], Number(a.textContent)]));
  return Object.fromEntries(all.filter(([, n]) => Number.isInteger(n)));
}
