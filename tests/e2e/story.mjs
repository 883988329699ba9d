// Steps that the stories share: filling a form as a person does, choosing by what is read on the screen, reading counts.
import { open } from "./lib.mjs";

export const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
export function inDays(days) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date(Date.now() + days * 86_400_000));
}

async function unfold(form) {
  const closed = form.locator("details:not([open]) > summary");
  while (await closed.count()) await closed.first().click();
}

async function put(form, name, value) {
  const fields = form.locator(`[name="${name}"]`);
  const kind = await fields.first().evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type));
  for (const one of Array.isArray(value) ? value : [value]) {
    if (kind === "select") await fields.first().selectOption(one);
    else if (kind === "radio" || kind === "checkbox")
      await (typeof one === "object" ? form.getByLabel(one.label).first() : form.locator(`[name="${name}"][value="${one}"]`)).check();
    else await fields.first().fill(one);
  }
}

/** Fills the first form of the page that `selector` names and presses its button. Values: text, code, { label } or a list. */
export async function send(session, selector, values, button) {
  const { page } = session;
  const form = page.locator(`main form${selector}`).first();
  await unfold(form);
  for (const [name, value] of Object.entries(values)) await put(form, name, value);
  const press = button ? form.getByRole("button", { name: button }) : form.locator("button[type=submit], button:not([type])").last();
  await leave(page, () => press.first().click());
}

/** Does something that loads another page, and waits for that page. */
export async function leave(page, act) {
  const loaded = page.waitForEvent("load");
  await act();
  await loaded;
}

export async function text(session) {
  return session.page.locator("main").innerText();
}

/** The link of a list whose line holds this text. */
export async function lineLink(session, list, kind, holds) {
  await open(session, list);
  const all = await session.page.$$eval("main a[href]", (found) =>
    found.map((a) => [a.getAttribute("href"), a.closest("tr, li, article")?.textContent ?? a.textContent]));
  const pattern = new RegExp(`/${kind}/[0-9a-z]{13}$`);
  return (all.find(([href, line]) => pattern.test(href) && line.includes(holds)) ?? [])[0];
}

/** Numbers of the page of counts by the name of the indicator. */
export async function counts(session) {
  await open(session, "/counts");
  const rows = await session.page.$$eval("main table tr", (found) => found.map((r) => [...r.children].slice(0, 2).map((c) => c.textContent.trim())));
  return Object.fromEntries(rows.map(([name, number]) => [name, Number.parseInt(number, 10)]).filter(([, n]) => !Number.isNaN(n)));
}

// --- by keyboard alone ---

/** Presses Tab until what has the focus matches; the keyboard must get there within a page's worth of stops. */
export async function tabTo(page, matches, argument) {
  for (let stop = 0; stop < 150; stop += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(([code, arg]) => new Function("e", "arg", `return ${code}`)(document.activeElement, arg), [matches, argument])) return;
  }
  throw new Error(`the keyboard does not reach: ${argument}`);
}
export const field = "e.name === arg";
export const named = "(e.tagName === 'A' || e.tagName === 'BUTTON') && e.textContent.trim().includes(arg)";

export async function typeInto(page, name, words) {
  await tabTo(page, field, name);
  await page.keyboard.type(words);
}
export async function chooseByArrows(page, name, label) {
  await tabTo(page, field, name);
  for (let step = 0; step < 200; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement.selectedOptions[0].text.includes(wanted), label)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`not in the list: ${label}`);
}
export async function pressKey(page, label) {
  await tabTo(page, named, label);
  await leave(page, () => page.keyboard.press("Enter"));
}
