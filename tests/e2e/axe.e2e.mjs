// Every kind of page, opened by somebody whose page it is: axe finds nothing (WCAG 2.2 AA), nothing leaves the origin,
// the console stays empty, and nothing scrolls sideways on a narrow screen.
import { readFileSync } from "node:fs";
import { axeSource, links, login, open, run, watch } from "./lib.mjs";

const axe = readFileSync(axeSource, "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const id = "[0-9a-z]{13}";
const found = (tail) => new RegExp(`/${tail.replaceAll("ID", id)}$`);

async function check(session, report, name) {
  await session.page.evaluate(axe);
  const violations = await session.page.evaluate(async (only) => {
    const result = await window.axe.run(document, { runOnly: only });
    return result.violations.map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(" | ")}`);
  }, tags);
  report.check(`axe: ${name}`, violations.length === 0, violations.join("\n  "));
  for (const [width, height] of [[375, 740], [640, 450]]) {  // a phone; 1280 at 200 %
    await session.page.setViewportSize({ width, height });
    const wide = await session.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    report.check(`no sideways scrolling at ${width}: ${name}`, wide <= 1, `${wide} px too wide`);
  }
  await session.page.setViewportSize({ width: 1280, height: 900 });
}

async function visit(session, report, place) {
  const status = await open(session, place);
  const name = `${session.city} ${session.role} ${place.replace(new RegExp(id, "g"), "ID").replace(`/${session.city}`, "")}`;
  if (report.check(`opens: ${name}`, status === 200, `status ${status}`)) await check(session, report, name);
}

/** The first link of the page that matches, from a list page. */
async function first(session, list, pattern) {
  await open(session, list);
  return (await links(session.page, pattern))[0];
}

// Pages that need no record, by role.
const plain = {
  coordinator: ["/today", "/households", "/households/new", "/notices", "/notices/new", "/intakes", "/intakes/new", "/referrals", "/advice", "/cases", "/tasks", "/meetings",
                "/meetings/new", "/counts", "/me", "/help", "/accessibility", "/why", "/lessons", "/lessons/new", "/disaster", "/disaster/sheet", "/cooperations", "/provisions/mine", "/provisions/new", "/meetings/polls/new", "/meetings/registers", "/meetings/registers/attendance", "/meetings/registers/secrecy",
                "/meeting-bodies/shien_kaigi", "/common-issues", "/common-issues/new", "/common-issues/paper", "/gatherings", "/gatherings/new", "/me/calendar"],
  commissioner: ["/today", "/notices", "/notices/new"],
  admin: ["/accounts", "/accounts/new", "/me/password", "/settings", "/settings/access"],
  auditor: ["/audit", "/audit/unusual"],
  officer: ["/provisions", "/provisions/sheet", "/cooperations/sheet", "/disclosures", "/disclosures/new", "/retention", "/disposals", "/holds"],
  secretary: ["/meetings"],
  head: ["/today"],
};
// Pages about one household and one case, below their addresses.
const ofHousehold = ["", "/edit", "/sheet", "/persons/new", "/safety", "/records", "/records/new", "/issues/new", "/consents", "/conference-requests/new", "/tasks/new", "/protection", "/cooperations/new"];
const ofCase = ["", "/edit", "/team", "/progress", "/assessment", "/plans/new", "/early-start", "/closure"];
const ofPlan = ["", "/home-copy"];

/** Bytes on the wire for a first visit, everything the page needs included, as the browser's own protocol counts them. */
async function coldBytes(session, place) {
  const page = await session.context.newPage();
  const wire = await session.context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  wire.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
  await page.goto(`/${session.city}${place}`, { waitUntil: "networkidle" });
  await page.close();
  return bytes;
}

async function enter(browser, server, city, role) {
  const session = await login(browser, server.origin, city, role);
  session.role = role;
  return session;
}

async function leave(session, report) {
  report.check(`nothing leaves the origin, the console stays empty: ${session.city} ${session.role}`, session.faults.length === 0, session.faults.join("\n  "));
  await session.context.close();
}

await run(async (server, browser, report) => {
  const outside = await browser.newContext({ locale: "ja-JP", baseURL: server.origin });
  const front = { page: await outside.newPage(), city: "", role: "nobody" };
  front.faults = watch(front.page, server.origin);
  for (const place of ["/", "/tsuruoka/signin"]) {
    await front.page.goto(place);
    await check(front, report, `signed out ${place}`);
  }
  await leave({ ...front, context: outside }, report);

  for (const [role, places] of Object.entries(plain)) {
    const session = await enter(browser, server, "tsuruoka", role);
    for (const place of places) await visit(session, report, place);
    await leave(session, report);
  }

  const session = await enter(browser, server, "tsuruoka", "coordinator");
  for (const place of ["/today", "/households", "/intakes/new", "/cases", "/counts"]) {
    const bytes = await coldBytes(session, place);
    report.check(`a first visit of ${place} takes at most 40 KB`, bytes > 0 && bytes <= 40 * 1024, `${bytes} bytes`);
  }
  const oneCase = await first(session, "/cases?state=active", found("cases/ID")) ?? await first(session, "/cases", found("cases/ID"));
  if (report.check("a case is in the list", Boolean(oneCase))) {
    await open(session, oneCase);
    const household = (await links(session.page, found("households/ID")))[0];
    const plan = (await links(session.page, found("plans/ID")))[0];
    for (const tail of ofCase) await visit(session, report, oneCase + tail);
    if (report.check("the case names its household", Boolean(household)))
      for (const tail of ofHousehold) await visit(session, report, household + tail);
    if (report.check("the case names its plan", Boolean(plan)))
      for (const tail of ofPlan) await visit(session, report, plan + tail);
    await open(session, household);
    const why = await session.page.evaluate(() => document.querySelector("footer a[href*='/why/']")?.getAttribute("href"));
    if (report.check("the household's page leads to why it may be seen", Boolean(why))) await visit(session, report, why);
    await open(session, household + "/records");
    const record = (await links(session.page, found("records/ID")))[0];
    if (record) await visit(session, report, record);
  }
  const meeting = await first(session, "/meetings", found("meetings/ID"));
  if (report.check("a meeting is in the list", Boolean(meeting))) {
    await visit(session, report, meeting);
    const item = await first(session, meeting, found("items/ID"));
    if (report.check("the meeting has an item", Boolean(item)))
      for (const tail of ["", "/preparation", "/sheet"]) await visit(session, report, item + tail);
    for (const tail of ["/prepare", "/live", "/poll", "/invitation", "/invitation/letter"]) await visit(session, report, meeting + tail);
  }
  await leave(session, report);

  const window_ = await enter(browser, server, "tsuruoka", "window");
  for (const [list, pattern] of [["/notices", "notices/ID"], ["/intakes", "intakes/ID"], ["/referrals?tab=sent", "referrals/ID"]]) {
    const one = await first(window_, list, found(pattern));
    if (report.check(`an entry in ${list}`, Boolean(one))) await visit(window_, report, one);
  }
  await leave(window_, report);

  for (const city of ["kawachinagano", "aizuwakamatsu", "kitakami", "nagaokakyo"]) {
    const other = await enter(browser, server, city, "coordinator");
    for (const place of ["/today", "/cases", "/counts", "/meetings"]) await visit(other, report, place);
    const aCase = await first(other, "/cases", found("cases/ID"));
    if (aCase) await visit(other, report, aCase);
    await leave(other, report);
  }
});
