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
  await shoot("counts", "tsuruoka", "coordinator", wide, "/counts");
  await shoot("record", "tsuruoka", "worker", phone, through("/cases", "阿曽", "households", "/records/new"));
} finally {
  await browser.close();
  await server.stop();
}
