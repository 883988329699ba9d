// A sitting with three people at once, each in a browser of his own: a host, an attendee, and the screen in the room. What one
// writes the others see without doing anything; two who decide the same lose nothing; a host whose browser dies is followed
// by another; a dropped connection comes back without doubling what was sent.
import { readFileSync } from "node:fs";

import { answer, axeSource, login, open, place, press, put, run, words } from "./lib.mjs";

const family = `下海印${String(Date.now()).slice(-4)}`;
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
const main = (session) => session.page.locator("main");

/** Milliseconds until the page shows these words by itself. */
async function until(session, text, within = "main") {
  const begin = Date.now();
  await session.page.locator(within).getByText(text).first().waitFor({ timeout: 60000 });
  return Date.now() - begin;
}

/** What axe finds on the page as it stands. */
async function axe(session) {
  await session.page.evaluate(readFileSync(axeSource, "utf8"));
  return session.page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations.map((v) => `${v.id}: ${v.nodes[0].html}`));
}

async function add_point(session, text) {
  await session.page.locator("#live-write [name=point_text]").fill(text);
  await session.page.locator("#live-write").getByRole("button", { name: "要点を足す" }).click();
}

const times = (session, text) => session.page.locator("#live-notes li", { hasText: text }).count();

await run(async (server, browser, report) => {
  const host = await login(browser, server.origin, "nagaokakyo", "coordinator");
  const second = await login(browser, server.origin, "nagaokakyo", "coordinator2");
  const member = await login(browser, server.origin, "nagaokakyo", "member");
  const outsider = await login(browser, server.origin, "nagaokakyo", "window");
  const must = (name, good, detail) => {
    if (!good) throw new Error(`it ends at: ${name}\n${detail ?? ""}`);
    report.check(name, true);
  };

  // --- a sitting with two items of one household, and an agency that is asked along ---
  await open(host, "/households/new");
  await put(host, { p1_family: family, p1_given: "一葉", p1_kana: "しもかいいん かずは" });
  must("a household is registered", (await answer(host, () => main(host).locator("form button[type=submit]").last().click())) === 200, await words(host));
  const number = (await words(host)).match(/世R\d+-\d+/)?.[0];
  must("it has a number", Boolean(number), await words(host));
  await open(host, "/meetings/new");
  await put(host, { bodies: ["shien_kaigi"], held_on: today, at_time: "13:30", place: "市役所 第2会議室" });
  must("the sitting is called", (await press(host, "予定に入れる")) === 200, await words(host));
  const sitting = place(host);
  for (const question of ["見守りの分担を決めたい", "食べることをどう支えるか"]) {
    await open(host, `${sitting}/items/new`);
    const form = "main form:has([name=household_number])";
    const ground = await host.page.locator(`${form} [name=ground_code] option`).nth(1).getAttribute("value").catch(() => null);
    await put(host, { body: "shien_kaigi", household_number: number, question, reason: "本人の同意はまだない", minutes: "15", ...(ground ? { ground_code: ground } : {}) }, form);
    must(`on the agenda: ${question}`, (await press(host, "議題に足す")) === 200 && place(host).startsWith("/items/"), await words(host));
    await put(host, { add_1: "障がい福祉課", add_scope_1: "item" }, "main form:has([name=add_1])").catch(async () => {
      const code = await host.page.locator("main [name=add_1] option", { hasText: "障" }).first().getAttribute("value");
      await put(host, { add_1: code, add_scope_1: "item" }, "main form:has([name=add_1])");
    });
    must("an agency is invited", (await press(host, "保存する")) === 200, await words(host));
  }
  const item = place(host);

  // --- begun; the attendee follows it before and sees it begin ---
  must("who is not invited finds nothing", (await open(outsider, `${sitting}/live`)) === 404 && (await open(outsider, `${sitting}/live/events`)) === 404);
  await open(member, item);
  if ((await words(member)).includes("守秘")) await press(member, "確認して資料を開く").catch(() => {});
  must("the attendee follows", (await open(member, `${sitting}/live`)) === 200 && (await words(member)).includes("まだ始まっていません"), await words(member));
  await open(host, `${sitting}/live`);
  await host.page.locator("#live-start-part").getByRole("checkbox", { name: "障" }).first().check();
  must("the sitting begins", (await press(host, "会議を始める")) === 200, await words(host));
  report.check("the attendee sees it begin", (await until(member, "いま扱っている議題はありません")) < 15000);
  const screen = { ...second, page: await second.context.newPage() };
  must("the screen opens in the second host's window", (await open(screen, `${sitting}/screen`)) === 200 && !(await words(screen)).includes(family));
  await open(second, `${sitting}/live`);

  // --- an item: everybody sees it at once ---
  await answer(host, () => host.page.locator("#live-now").getByRole("button", { name: /はじめの議題へ/ }).click());
  await Promise.all([until(member, `${family}家`), until(screen, `${family}家`), until(second, `${family}家`)]);
  report.check("the screen has no control and no way out", (await main(screen).locator("form, button").count()) === 0 && (await main(screen).locator("a:visible").count()) === 0);
  for (const [name, session] of [["host", host], ["attendee", member], ["screen", screen]]) {
    const found = await axe(session);
    report.check(`axe finds nothing on the page of the ${name}`, found.length === 0, found.join("\n"));
  }
  const delays = [];
  for (const n of [1, 2, 3]) {
    // From when it is saved: how long saving takes is another matter, and another test's.
    const saved = member.page.waitForResponse((r) => r.request().method() === "POST" && r.url().includes("/live/notes/")).then(() => Date.now());
    await add_point(member, `要点その${n}`);
    await Promise.all([until(host, `要点その${n}`, "#live-notes"), until(screen, `要点その${n}`)]);
    delays.push(Date.now() - (await saved));
    await member.page.locator("#live-write [name=point_text]").waitFor();
    await member.page.waitForFunction(() => document.querySelector("#live-write [name=point_text]").value === "");
  }
  console.log(`a line reaches the others after ${delays.join(", ")} ms from when it is saved`);
  report.check("a change is seen by the others, who reload nothing", delays.length === 3, delays.join(", "));

  // --- what one types is not touched by what another adds ---
  const policy = host.page.locator("#live-outcome [name=policy]");
  await policy.fill("家計を一緒に見な");
  await add_point(member, "別の人の書き込み");
  await until(host, "別の人の書き込み", "#live-notes");
  report.check("a half typed field stays", (await policy.inputValue()) === "家計を一緒に見な");
  report.check("and the list says that somebody has added something", (await host.page.locator("[data-live-state]").innerText()).includes("書き足しました"));

  // --- two decide the same item ---
  await second.page.locator("#live-outcome [name=policy]").fill("二人目が先に保存した方針");
  must("the second host saves first", (await answer(second, () => second.page.locator("#live-outcome").getByRole("button", { name: "結果を保存する" }).click())) === 200, await words(second));
  await until(host, "二人目が先に保存した方針");
  const late = await answer(host, () => host.page.locator("#live-outcome").getByRole("button", { name: "結果を保存する" }).click());
  const both = await words(host);
  report.check("who comes second sees both", late === 409 && both.includes("二人目が先に保存した方針") && both.includes("家計を一緒に見な"), both);

  // --- the host's browser dies; another goes on ---
  await host.context.close();
  await open(second, `${sitting}/live`);
  await answer(second, () => second.page.locator("#live-now").getByRole("button", { name: /次の議題へ/ }).click());
  await until(member, "議題2");
  report.check("another host goes on", (await second.page.locator("#live-now h2").innerText()).includes("議題2"));

  // --- the attendee's connection is lost and comes back ---
  await until(member, "食べることをどう支えるか");
  await member.context.setOffline(true);
  await add_point(member, "電波のないところで書いた");
  await until(member, "送れませんでした");
  report.check("what was typed is still there", (await member.page.locator("#live-write [name=point_text]").inputValue()) === "電波のないところで書いた");
  await add_point(second, "その間に書かれたこと");
  await member.context.setOffline(false);
  await until(member, "その間に書かれたこと", "#live-notes");
  const button = member.page.locator("#live-write").getByRole("button", { name: "要点を足す" });
  await button.click();
  await until(member, "電波のないところで書いた", "#live-notes");
  await until(second, "電波のないところで書いた", "#live-notes");
  report.check("nothing is doubled", (await times(second, "電波のないところで書いた")) === 1 && (await times(member, "その間に書かれたこと")) === 1);

  // --- without scripts the same page works ---
  const plain = await login(browser, server.origin, "nagaokakyo", "coordinator2", { javaScriptEnabled: false });
  await open(plain, `${sitting}/live`);
  await put(plain, { point_text: "スクリプトなしの書き込み" }, "#live-write form:has([name=point_text])");
  must("a line is added without scripts", (await press(plain, "要点を足す", "#live-write")) === 200 && (await times(plain, "スクリプトなしの書き込み")) === 1, await words(plain));
  report.check("and a way to look again", (await plain.page.getByRole("link", { name: "最新にする" }).count()) === 1);

  // --- the end: minutes, and the screen goes blank ---
  await open(second, `${sitting}/live`);
  await second.page.locator("#live-outcome [name=policy]").fill("週に一度、食事を届ける");
  must("the second item has its result", (await answer(second, () => second.page.locator("#live-outcome").getByRole("button", { name: "結果を保存する" }).click())) === 200, await words(second));
  must("the sitting ends", (await press(second, "会議を終える")) === 200 && (await words(second)).includes("会議録"), await words(second));
  const minutes = await words(second);
  report.check("the minutes are written already", minutes.includes("二人目が先に保存した方針") && minutes.includes("週に一度、食事を届ける") && minutes.includes("その間に書かれたこと"), minutes);
  report.check("axe finds nothing in the minutes", (await axe(second)).length === 0, (await axe(second)).join("\n"));
  await until(screen, "会議は終わりました");
  report.check("the screen is blank", !(await words(screen)).includes(family));
  must("the minutes are confirmed", (await press(second, "会議の記録を確定する")) === 200, await words(second));

  // --- who read the screen ---
  for (const session of [second, member, screen]) report.check("nothing leaves the origin, the console stays empty", session.faults.filter((f) => !/ERR_INTERNET_DISCONNECTED|Failed to load|net::/.test(f)).length === 0, session.faults.join("\n  "));
});
