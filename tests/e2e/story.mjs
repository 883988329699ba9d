// Steps that the stories share: filling a form as a person does, choosing by what is read on the screen.
import { answer, login, open, place, press, put as putAll } from "./lib.mjs";

export const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());

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

// --- what the five stories share: people, a home, a sitting ---

/** What one story checks; a step that the rest stands on ends it. */
export function steps(report, city) {
  const check = (name, good, detail) => report.check(`${city} ${name}`, good, detail);
  const must = (name, good, detail) => {
    if (!good) throw new Error(`${city} ends at: ${name}\n${detail ?? ""}`);
    report.check(`${city} ${name}`, true);
  };
  return { check, must };
}

/** A browser of its own for each of these accounts: {role: session}. */
export async function cast(server, browser, city, roles) {
  const people = {};
  for (const role of roles) people[role] = await login(browser, server.origin, city, role);
  return people;
}

/** A family name of its own, so that a story can be told twice on one program. */
export const family = (name) => `${name}${String(Date.now()).slice(-4)}`;

/** Registers a household; its address, number and the addresses of its people by given name. */
export async function home(session, faces, about = {}) {
  await open(session, "/households/new");
  const answers = { ...about };
  faces.forEach((face, i) => { for (const [key, value] of Object.entries(face)) answers[`p${i + 1}_${key}`] = value; });
  await putAll(session, answers);
  await press(session, "登録する");
  const number = (await text(session)).match(/世R\d+-\d+/)?.[0];
  return { at: place(session), id: place(session).split("/").pop(), number, label: `${faces[0].family}家` };
}

/** The address of the first link of the page whose row or words hold `words_`. */
export const linkWith = (session, words_, part = "") =>
  session.page.$$eval("main a[href]", (all, [t, p]) => all.find((a) => (a.closest("tr, li")?.textContent ?? a.textContent).includes(t) && a.getAttribute("href").includes(p))?.getAttribute("href"), [words_, part])
    .then((href) => href?.replace(`/${session.city}`, ""));
export const row = (session, words_, within = "main") => session.page.locator(`${within} tr`, { hasText: words_ });

/** Opens and reads: the words of the main part, or "" where there is nothing for this viewer. */
export async function read(session, where) {
  return (await open(session, where)) === 200 ? text(session) : "";
}

/** Nothing is there for this viewer, and nothing tells this place from one that never was. */
export async function unknown(session, where) {
  const never = where.replace(/[0-9a-z]{13}/, "0000000000000");
  const status = await open(session, where);
  const shown = await text(session);
  const nowhere = await open(session, never);
  return status === 404 && nowhere === 404 && (never === where || shown.replaceAll(/お問い合わせ番号.*/g, "") === (await text(session)).replaceAll(/お問い合わせ番号.*/g, ""));
}

/** Takes a referral that waits and answers it. */
export async function takeUp(session, referral, answers) {
  await open(session, referral);
  if (await session.page.getByRole("button", { name: "わたしが受ける" }).count()) await press(session, "わたしが受ける");
  await press(session, "返事をする");
  await putAll(session, { outcome: "accept", ...answers });
  return press(session, "返事を送る");
}

export async function caseOf(session, household) {
  await open(session, household);
  return linkWith(session, "", "/cases/").then((href) => href?.match(/\/cases\/[0-9a-z]{13}/)?.[0]);
}

/** Calls a sitting; gives its address. */
export async function call(session, bodies, on = today, at_time = "10:00") {
  await open(session, "/meetings/new");
  await putAll(session, { bodies, held_on: on, at_time, place: "市役所 会議室" });
  await press(session, "予定に入れる");
  return place(session);
}

/** Puts an item on the agenda by hand; gives its address. */
export async function byHand(session, sitting, answers) {
  await open(session, `${sitting}/items/new`);
  await putAll(session, answers, "main form:has([name=household_number])");
  await press(session, "議題に足す", "main form:has([name=household_number])");
  return place(session);
}

/** Puts on the agenda what waits for the sitting; gives the item's address. */
export async function fromWaiting(session, sitting, words_) {
  await open(session, sitting);
  const button = row(session, words_, "section:has(#waiting)").getByRole("button", { name: /^議題にする/ }).first();
  await answer(session, () => button.click());
  return place(session);
}

/** Asks agencies along to an item: {name: scope}; scope item, household, section or summary. */
export async function invite(session, item, agencies, more = {}) {
  await open(session, item);
  const answers = { ...more };
  Object.entries(agencies).forEach(([name, scope], i) => { answers[`add_${i + 1}`] = name; answers[`add_scope_${i + 1}`] = scope; });
  await putAll(session, answers, "main form:has([name=add_1])");
  return press(session, "保存する", "main form:has([name=add_1])");
}

/** Takes an agency that was proposed off the item again. */
export async function leaveOut(session, item, agency) {
  await open(session, item);
  const form = "main form:has([name=add_1])";
  const name = await session.page.locator(`${form} fieldset`, { has: session.page.locator("legend", { hasText: agency }) }).last().locator("input").first().getAttribute("name", { timeout: 5000 });
  await putAll(session, { [name]: "none" }, form);
  return press(session, "保存する", form);
}

/** Whoever is asked along acknowledges the duty of secrecy once; then the item opens. */
export async function swear(session, item) {
  const status = await open(session, item);
  if (status === 200 && (await session.page.getByRole("button", { name: "確認して資料を開く" }).count())) await press(session, "確認して資料を開く");
  return open(session, item);
}

export async function hold(session, sitting, present) {
  await open(session, sitting);
  const form = "main form[action$='/held']";
  const expected = await session.page.$$eval(`${form} [name=present]`, (boxes) => boxes.map((box) => box.labels[0]?.textContent.trim()));
  const there = { present: present.filter((agency) => expected.includes(agency)), present_more: present.filter((agency) => !expected.includes(agency)) };
  await putAll(session, { manner: "sitting", ...Object.fromEntries(Object.entries(there).filter(([, agencies]) => agencies.length > 0)) }, form);
  return press(session, "開催済みにする", form);
}

/** Writes what a sitting found about an item. */
export async function result(session, item, answers) {
  await open(session, item);
  await putAll(session, { outcome: "treated", ...answers }, "main form[action$='/outcome']");
  return press(session, "結果を保存する", "main form[action$='/outcome']");
}

export async function confirm(session, sitting) {
  await open(session, sitting);
  return press(session, "会議の記録を確定する");
}

/** What the paper holds and the screen does not, or the other way round. */
export async function onPaper(session, where) {
  await open(session, where);
  await session.page.emulateMedia({ media: "print" });
  const paper = await text(session);
  await session.page.emulateMedia({ media: null });
  return paper;
}
