// Steps that the stories share: filling a form as a person does, choosing by what is read on the screen.
import { open } from "./lib.mjs";

export const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());

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
async function leave(page, act) {
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
