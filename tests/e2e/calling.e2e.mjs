// Calling a sitting: dates are asked of agencies and of an office that has no account, answered with one click each, the time
// that keeps the city is taken, and the invitation and the calendar follow. Nothing of a household is on the way.
import { login, open, place, press, put, run, watch, words } from "./lib.mjs";

const wareki = (days) => {
  const [y, m, d] = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date(Date.now() + days * 24 * 3600 * 1000)).split("-").map(Number);
  return `R${y - 2018}.${m}.${d}`;
};

await run(async (server, browser, report) => {
  const host = await login(browser, server.origin, "kitakami", "coordinator");
  const city = await login(browser, server.origin, "kitakami", "officer");
  const centre = await login(browser, server.origin, "kitakami", "window2", { viewport: { width: 390, height: 800 } });

  // --- the host asks ---
  await open(host, "/meetings/polls/new");
  await put(host, { bodies: "重層的支援会議（個別支援会議）", place: "市役所 302会議室", day_1: wareki(3), time_1: "13:30", day_2: wareki(4), time_2: "10:00", day_3: wareki(5), time_3: "15:00", minutes: "90", offices: "みなと小学校", answer_by: wareki(2) });
  const office = await host.page.locator('main form [name="agencies"]').evaluateAll((all) => all.filter((e) => ["地域包括支援センター本通り", "地域福祉課"].some((n) => e.labels[0]?.textContent.includes(n))).map((e) => e.value));
  await put(host, { agencies: office });
  report.check("the dates are asked about", (await press(host, "日程をたずねる")) === 200, await words(host));
  const poll = place(host);
  report.check("it is on its own page", /^\/meetings\/[0-9a-z]{13}\/poll$/.test(poll), poll);
  report.check("nothing can be taken before the city answers", (await words(host)).includes("まだ決められる候補がありません"), await words(host));

  // --- an office without an account, in a browser of its own ---
  await press(host, /^リンクを作る/);
  const address = (await words(host)).match(/https?:\/\/\S+\/poll\/[\w-]+/)?.[0];
  report.check("the address is shown once", Boolean(address), await words(host));
  const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const guest = { page: await context.newPage(), city: "kitakami" };
  const faults = watch(guest.page, server.origin);
  await guest.page.goto(address);
  report.check("the office sees the times and nothing else", (await words(guest)).includes("みなと小学校") && !(await words(guest)).includes("議題"), await words(guest));
  await press(guest, /^すべて出席できます/);
  report.check("one button answers all, without scripts", (await words(guest)).includes("お答えを受け取りました"), await words(guest));
  report.check("nothing complains there", faults.length === 0, faults.join("\n"));

  // --- the agencies ---
  for (const side of [centre, city]) {
    await open(side, "/today");
    report.check("Today asks for the answer", (await words(side)).includes("会議の日程に答える"), await words(side));
    await open(side, poll);
  }
  await press(centre, /^すべて出席できます/);
  const click = async (side, n, sign) => {
    const button = side.page.locator(`section:has([id^="answer-"]) tbody tr:nth-child(${n})`).getByRole("button", { name: sign });
    await Promise.all([side.page.waitForNavigation(), button.click()]);
  };
  await open(city, poll);
  if ((await city.page.locator('section:has([id^="answer-"])').count()) === 0) {
    const own = await city.page.$$eval("main tr", (rows) => rows.find((r) => r.textContent.includes("地域福祉課"))?.querySelector('a[href*="who="]')?.getAttribute("href"));
    await city.page.goto(own);
  }
  await click(city, 1, "×");
  await click(city, 2, "△");
  await click(city, 3, "○");

  // --- the time with the city is proposed and taken ---
  await open(host, poll);
  report.check("the time at which the city can come is proposed", (await host.page.locator("section:has(#proposal)").innerText()).includes("15:00"), await words(host));
  report.check("taken with one click", (await press(host, /^この日時に決める/, "section:has(#proposal)")) === 200, await words(host));
  report.check("the day stands", (await words(host)).includes("日程は決まっています") && (await words(host)).includes("15:00"), await words(host));
  await guest.page.goto(address);
  report.check("the office reads the day", (await words(guest)).includes("日時が決まりました"), await words(guest));

  // --- the invitation and the calendar ---
  const session = poll.replace("/poll", "");
  await open(host, `${session}/invitation`);
  report.check("the invitation names place and time", (await words(host)).includes("市役所 302会議室") && (await words(host)).includes("15:00"), await words(host));
  const file = await host.page.request.get(`/kitakami${session}/invitation.ics`);
  const ics = await file.text();
  report.check("the calendar file has the taken time", file.status() === 200 && /DTSTART;TZID=Asia\/Tokyo:\d{8}T150000/.test(ics) && ics.includes("METHOD:REQUEST"), ics);
  await open(centre, "/me/calendar");
  await press(centre, /^アドレスを作る/);
  const feed = (await words(centre)).match(/https?:\/\/\S+\.ics/)?.[0];
  const fetched = await context.request.get(feed);
  report.check("the feed of an invited agency shows it without signing in", fetched.status() === 200 && (await fetched.text()).includes("T150000"), await fetched.text());
  await open(centre, "/me/calendar");
  await press(centre, /^アドレスを取り消す/);
  report.check("a revoked feed is gone", (await context.request.get(feed)).status() === 404);

  for (const side of [host, city, centre]) report.check("no page complained", side.faults.length === 0, side.faults.join("\n"));
});
