// Pictures of the main pages for docs/screenshots, made from the demo data; the number in a name is the width:
//   node tests/e2e/screenshots.mjs PROGRAM [FOLDER]
import { mkdirSync } from "node:fs";
import path from "node:path";
import { launch, links, login, open, root, serve } from "./lib.mjs";

const folder = process.argv[3] ?? path.join(root, "docs/screenshots");
const id = "[0-9a-z]{13}";
const wide = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 375, height: 740 } };
const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 1 };  // 1280 at 200 %

mkdirSync(folder, { recursive: true });
const server = await serve();
const browser = await launch();

async function shoot(name, city, role, view, find) {
  const session = await login(browser, server.origin, city, role, view);
  const place = typeof find === "string" ? find : await find(session);
  const status = place ? await open(session, place) : 0;
  await session.page.mouse.move(0, 0);
  await session.page.screenshot({ path: path.join(folder, `${name}-${view.viewport.width}.png`), fullPage: false });
  console.log(`${name}-${view.viewport.width}: ${status}`);
  await session.context.close();
}

/** The first link on `list` that matches, in the line that holds `text`. */
const first = (list, kind, text = "") => async (session) => {
  await open(session, list);
  const all = await session.page.$$eval("main a[href]", (found) => found.map((a) => [a.getAttribute("href"), a.closest("tr, li, article, section")?.textContent ?? a.textContent]));
  const pattern = new RegExp(`/${kind}/${id}$`);
  return (all.find(([href, line]) => pattern.test(href) && line.includes(text)) ?? [])[0];
};
/** The planned sitting at place `n` of the list, and one of its pages. */
const sitting = (tail = "", n = 0) => async (session) => {
  await open(session, "/meetings");
  const all = await links(session.page, new RegExp(`/meetings/${id}$`));
  return all[n] ? all[n] + tail : undefined;
};
/** Where the footer's link with this name leads on the page that `find` gives. */
const footer = (name, find) => async (session) => {
  await open(session, await find(session));
  return session.page.getByRole("link", { name }).getAttribute("href");
};
/** From a case to its household or plan. */
const through = (list, text, kind, tail = "") => async (session) => {
  await open(session, await first(list, "cases", text)(session));
  const next = (await links(session.page, new RegExp(`/${kind}/${id}$`)))[0];
  return next ? next + tail : undefined;
};

try {
  await shoot("today", "tsuruoka", "coordinator", wide, "/today");
  await shoot("today", "tsuruoka", "window", phone, "/today");
  await shoot("household", "tsuruoka", "coordinator", wide, through("/cases", "阿曽", "households"));
  await shoot("household", "tsuruoka", "worker", phone, through("/cases", "阿曽", "households"));
  await shoot("case", "tsuruoka", "coordinator", wide, first("/cases", "cases", "阿曽"));
  await shoot("cases", "aizuwakamatsu", "coordinator", wide, "/cases");
  await shoot("cases", "aizuwakamatsu", "coordinator", zoomed, "/cases");
  await shoot("plan", "tsuruoka", "coordinator", wide, through("/cases", "阿曽", "plans"));
  await shoot("intake-new", "tsuruoka", "window", wide, "/intakes/new");
  await shoot("intake-new", "tsuruoka", "window", zoomed, "/intakes/new");
  await shoot("inbox", "kawachinagano", "coordinator", wide, "/referrals");
  await shoot("meeting", "kawachinagano", "coordinator", wide, first("/meetings", "meetings"));
  await shoot("item", "tsuruoka", "coordinator", wide, async (s) => first(await first("/meetings", "meetings")(s), "items")(s));
  await shoot("sheet", "kawachinagano", "coordinator2", wide, through("/cases", "楠本", "households", "/sheet"));
  await shoot("counts", "tsuruoka", "officer", wide, "/counts");
  await shoot("record", "tsuruoka", "worker", phone, through("/cases", "阿曽", "households", "/records/new"));
  await shoot("household", "tsuruoka", "coordinator", zoomed, through("/cases", "阿曽", "households"));
  await shoot("case", "tsuruoka", "worker", phone, first("/cases", "cases", "阿曽"));
  await shoot("today", "tsuruoka", "coordinator", zoomed, "/today");
  await shoot("meetings", "kitakami", "coordinator", wide, "/meetings");
  await shoot("prepare", "kawachinagano", "coordinator", wide, sitting("/prepare"));
  await shoot("prepare", "kawachinagano", "coordinator", phone, sitting("/prepare"));
  await shoot("invitation", "kawachinagano", "coordinator", wide, sitting("/invitation"));
  await shoot("registers", "kawachinagano", "coordinator", wide, "/meetings/registers");
  await shoot("common-issues", "kawachinagano", "coordinator", wide, "/common-issues");
  await shoot("gatherings", "kitakami", "coordinator", wide, "/gatherings");
  await shoot("why", "aizuwakamatsu", "window", wide, footer("この画面を見られる理由", first("/cases", "cases")));
  await shoot("ledger", "nagaokakyo", "officer", wide, "/provisions");
  await shoot("audit", "aizuwakamatsu", "auditor", wide, "/audit");
  await shoot("guards", "aizuwakamatsu", "coordinator", wide, through("/cases", "佐瀬", "households", "/protection"));
  // A sitting that runs: the host begins it, and the page of the running sitting and the screen for all are taken.
  const host = await login(browser, server.origin, "tsuruoka", "coordinator", wide);
  const where = await sitting()(host);
  await open(host, where);
  // Only a sitting of today can begin.
  await host.page.getByText("日時、場所、取りやめ").click();
  await host.page.locator("details", { hasText: "日時、場所、取りやめ" }).getByLabel(/^開く日/).fill(new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 10));
  await Promise.all([host.page.waitForEvent("load"), host.page.getByRole("button", { name: "日時と場所を直す" }).click()]);
  await open(host, where + "/live");
  for (const name of [/^会議を始める/, /はじめの議題へ/]) {
    const button = host.page.getByRole("button", { name });
    if (await button.count()) await Promise.all([host.page.waitForEvent("load"), button.first().click()]);
  }
  for (const view of [wide, phone]) {
    await host.page.setViewportSize(view.viewport);
    await host.page.screenshot({ path: path.join(folder, `live-${view.viewport.width}.png`) });
  }
  await host.context.close();
} finally {
  await browser.close();
  await server.stop();
}
