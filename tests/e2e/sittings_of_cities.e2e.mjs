// Three sittings from the call to the confirmed minutes, each with three people at once in browsers of their own: 長岡京's
// monthly joint sitting of two bodies, 北上's core members with another body's time after theirs, 河内長野's quarterly
// review with the common issue that it draws.
import { answer, counts, login, open, place, press, put, run, words } from "./lib.mjs";
import { call, invite, steps, swear, today } from "./story.mjs";

const stamp = String(Date.now()).slice(-4);
const main = (session) => session.page.locator("main");
const appears = (session, text, within = "main") => session.page.locator(within).getByText(text).first().waitFor({ timeout: 60000 });
const plus = (before, after, code) => (after[code] ?? NaN) - (before[code] ?? NaN);

/** Registers a household of one person; its number. */
async function household(session, family) {
  await open(session, "/households/new");
  await put(session, { p1_family: family, p1_given: "一葉", p1_kana: "ためし かずは" });
  await answer(session, () => main(session).locator("form button[type=submit]").last().click());
  return (await words(session)).match(/世R\d+-\d+/)?.[0];
}

/** An item by hand; gives its address. */
async function bring(session, sitting, answers) {
  await open(session, `${sitting}/items/new`);
  const form = "main form:has([name=household_number])";
  const ground = session.page.locator(`${form} [name=ground_code] option`).nth(1);
  const grounds = answers.household_number && answers.reason && (await ground.count()) > 0 ? { ground_code: await ground.getAttribute("value") } : {};
  await put(session, { minutes: "15", ...grounds, ...answers }, form);
  await press(session, "議題に足す");
  return place(session);
}

/** Takes every tick away. */
async function untick(ticked) {
  while ((await ticked.count()) > 0) await ticked.first().uncheck();
}

/** Ticks who is there in each part and begins; the status. */
async function begin(session, sitting, present) {
  await open(session, `${sitting}/live`);
  await untick(session.page.locator("#live-start-part input[type=checkbox]:checked"));
  const form = "#live-start-part form";
  for (const [body, agencies] of Object.entries(present)) {
    let others = 0;
    for (const agency of agencies) {
      const listed = await session.page.locator(`${form} [name=present_${body}]`).evaluateAll((all, name) => all.some((e) => e.labels[0]?.textContent.trim() === name), agency);
      await put(session, listed ? { [`present_${body}`]: agency } : { [`also_${body}_${(others += 1)}`]: agency }, form);
    }
  }
  return press(session, "会議を始める");
}

const turn = (session, words_) => answer(session, () => session.page.locator("#live-now").getByRole("button", { name: words_ }).first().click());
const save = (session) => answer(session, () => session.page.locator("#live-outcome").getByRole("button", { name: "結果を保存する" }).click());

async function confirm(session, sitting, must) {
  await open(session, `${sitting}/minutes`);
  must("the minutes are confirmed", (await press(session, "会議の記録を確定する")) === 200, await words(session));
}

// 長岡京 N-36, N-43: one sitting, two bodies, each with its items, its people and its papers.
async function nagaokakyo(server, browser, report) {
  const { check, must } = steps(report, "長岡京");
  const as = (role, options) => login(browser, server.origin, "nagaokakyo", role, options);
  const [host, second, member] = [await as("coordinator"), await as("coordinator2"), await as("member")];
  const before = await counts(host);
  const family = `天神${stamp}`;
  const number = await household(host, family);
  must("a household is known", Boolean(number));
  const sitting = await call(host, ["shien_kaigi", "juso_kaigi"], today, "13:30");
  must("two bodies are called into one sitting", sitting.startsWith("/meetings/"), await words(host));
  const item = await bring(host, sitting, { body: "shien_kaigi", household_number: number, question: "見守りの分担を決めたい", reason: "本人の同意はまだない" });
  must("the 支援会議 has an item on its ground", item.startsWith("/items/"), await words(host));
  must("障がい福祉課 is asked along to it", (await invite(host, item, { 障がい福祉課: "item" })) === 200, await words(host));
  must("the other body has an item of its own", (await bring(host, sitting, { body: "juso_kaigi", question: "夜に開いている居場所が足りない" })).startsWith("/items/"), await words(host));
  // The parts of the afternoon, on the screen on which it is made ready.
  await open(host, `${sitting}/prepare`);
  await put(host, { order_1: "2", minutes_1: "30", order_2: "1", minutes_2: "45" }, "#slices-form form");
  must("the time is divided", (await press(host, "時間の切り分けを保存する")) === 200 && /14:15/.test(await words(host)), await words(host));
  await swear(member, item);

  must("it begins, each part with who is there", (await begin(host, sitting, { shien_kaigi: ["地域福祉連携室", "障がい福祉課"], juso_kaigi: ["地域福祉連携室"] })) === 200, await words(host));
  await open(member, `${sitting}/live`);
  const screen = { ...second, page: await second.context.newPage() };
  await open(screen, `${sitting}/screen`);
  await turn(host, /はじめの議題へ/);
  await Promise.all([appears(member, `${family}家`), appears(screen, `${family}家`)]);
  check("three see the item as soon as it is opened", true);
  await put(member, { point_text: "受診の付き添いは障がい福祉課で考える" }, "#live-write form:has([name=point_text])");
  await member.page.locator("#live-write").getByRole("button", { name: "要点を足す" }).click();
  await Promise.all([appears(host, "受診の付き添い", "#live-notes"), appears(screen, "受診の付き添い")]);
  await host.page.locator("#live-outcome [name=policy]").fill("月に二度、声をかける");
  must("the 支援方針 is kept", (await save(host)) === 200, await words(host));
  must("the item is open to 障がい福祉課 until the part is over", (await open(member, item)) === 200);
  await open(member, `${sitting}/live`);
  await open(host, `${sitting}/live`);
  await turn(host, /次の議題へ/);
  await appears(screen, "夜に開いている居場所");
  check("the next part's screen tells nothing of the first", !(await words(screen)).includes(family), await words(screen));
  check("the paper is closed with its part", (await open(member, item)) === 404);
  await open(host, `${sitting}/live`);
  await put(host, { note: "次の全体の場に出す" }, "#live-outcome form").catch(() => {});
  must("the second item is treated", (await save(host)) === 200, await words(host));
  must("the sitting ends", (await press(host, "会議を終える")) === 200, await words(host));
  check("what was said stands in the minutes already", (await words(host)).includes("月に二度、声をかける") && (await words(host)).includes("受診の付き添い"), await words(host));
  await confirm(host, sitting, must);
  const after = await counts(host);
  const more = Object.keys(after).filter((code) => plus(before, after, code) > 0);
  check("one sitting is counted once for each body", plus(before, after, "held_plan_decision") === 1 && plus(before, after, "held_support_conference_106_6") === 1, more.join(", "));
  for (const s of [host, second, member]) check("nothing leaves the origin", s.faults.length === 0, s.faults.join("\n"));
  for (const s of [host, second, member]) await s.context.close();
}

// 北上 K-57, K-61 to K-64, K-77: the core members, never without the city; the 地域ケア会議 after them sees nothing of theirs.
async function kitakami(server, browser, report) {
  const { check, must } = steps(report, "北上");
  const as = (role) => login(browser, server.origin, "kitakami", role);
  const [host, core, member] = [await as("officer"), await as("core"), await as("member")];
  const family = `展勝${stamp}`;
  const number = await household(host, family);
  must("a household is known", Boolean(number));
  const sitting = await call(host, ["shien_kaigi", "chiiki_care"], today, "13:30");
  must("the core members' sitting and the 地域ケア会議 are called together", sitting.startsWith("/meetings/"), await words(host));
  const item = await bring(host, sitting, { body: "shien_kaigi", household_number: number, question: "気になるケース。つなぐ必要があるか", reason: "本人の同意はまだない" });
  must("a case that gives concern is on the agenda", item.startsWith("/items/"), await words(host));
  must("長寿介護課 of the core members is asked along", (await invite(host, item, { 福祉部長寿介護課: "item" })) === 200, await words(host));
  await swear(core, item);
  must("without 多機関協働 and the city it does not begin", (await begin(host, sitting, { shien_kaigi: ["福祉部長寿介護課"], chiiki_care: ["福祉部障がい福祉課"] })) === 422 && (await words(host)).includes("参加"), await words(host));
  must("with them it begins", (await begin(host, sitting, { shien_kaigi: ["福祉部地域福祉課", "福祉部長寿介護課", "北上市社会福祉協議会"], chiiki_care: ["福祉部地域福祉課", "福祉部障がい福祉課"] })) === 200, await words(host));
  await open(core, `${sitting}/live`);
  await turn(host, /はじめの議題へ/);
  await appears(core, `${family}家`);
  check("who sits in the next part does not know the item", (await open(member, item)) === 404);
  await put(core, { point_text: "包括でも名前を聞いている" }, "#live-write form:has([name=point_text])");
  await core.page.locator("#live-write").getByRole("button", { name: "要点を足す" }).click();
  await appears(host, "包括でも名前を聞いている", "#live-notes");
  await put(host, { connect: "not_needed", below_threshold: "concern", policy: "いまの関わりを続ける" }, "#live-outcome form");
  must("below the threshold: discussed, not connected", (await save(host)) === 200, await words(host));
  must("the sitting ends", (await press(host, "会議を終える")) === 200, await words(host));
  check("the minutes say so", /つながない/.test(await words(host)) && (await words(host)).includes("気になるケース"), await words(host));
  await confirm(host, sitting, must);
  check("nobody opened a case for it", (await (async () => { await open(host, "/cases"); return !(await words(host)).includes(family); })()));
  for (const s of [host, core, member]) check("nothing leaves the origin", s.faults.length === 0, s.faults.join("\n"));
  for (const s of [host, core, member]) await s.context.close();
}

// 河内長野 KN-30, KN-31: cases proposed by the body's rule, looked at live, a common issue drawn without a name.
async function kawachinagano(server, browser, report) {
  const { check, must } = steps(report, "河内長野");
  const as = (role) => login(browser, server.origin, "kawachinagano", role);
  const [host, swc, stranger] = [await as("coordinator2"), await as("coordinator"), await as("member")];
  const sitting = await call(host, ["review_kaigi"], today, "13:30");
  must("the quarterly review is called", sitting.startsWith("/meetings/"), await words(host));
  await open(host, `${sitting}/prepare`);
  const ticks = host.page.locator("section:has(#choose) input[type=checkbox][name^=pick_]");
  must("cases are proposed by the rule of the body", (await ticks.count()) > 0, await words(host));
  await untick(host.page.locator("section:has(#choose) input[name^=pick_]:checked"));
  const line = host.page.locator("section:has(#choose)").getByRole("checkbox", { name: /楠本/ }).first();
  must("楠本家 is among them", (await line.count()) === 1, await words(host));
  await line.check();
  must("one click puts it on the agenda", (await press(host, "選んだものを議題にする")) === 200, await words(host));
  await open(host, sitting);
  const item = await host.page.$eval("section:has(#agenda) a[href*='/items/']", (a) => new URL(a.href).pathname.replace(/^\/[^/]+/, ""));
  await swear(swc, item);
  must("it begins", (await begin(host, sitting, { review_kaigi: ["地域福祉高齢課", "社会福祉協議会"] })) === 200, await words(host));
  must("the other 推進員 follows", (await open(swc, `${sitting}/live`)) === 200, await words(swc));
  check("who has no part in it finds nothing", (await open(stranger, `${sitting}/live`)) === 404);
  await turn(host, /はじめの議題へ/);
  await appears(swc, "楠本");
  await put(host, { note: "夜に話を聞く人がいない。" }, "#live-outcome form");
  must("what was said is kept", (await save(host)) === 200, await words(host));
  const title = `夜に話を聞く場がない${stamp}`;
  await open(host, item);
  await put(host, { title_1: title, field_1: "child", kind_1: "resource" }, "main form[action$='/common-issues']");
  must("a common issue is drawn", (await press(host, "共通の課題に加える", "main form[action$='/common-issues']")) === 200, await words(host));
  const issue = await host.page.$eval("a[href*='/common-issues/']", (a) => new URL(a.href).pathname.replace(/^\/[^/]+/, ""));
  await open(stranger, issue);
  check("it stands there for all, without a name and without the way back", (await words(stranger)).includes(title) && !(await words(stranger)).includes("楠本"), await words(stranger));
  await open(host, issue);
  check("the way back is open to who may go it", (await words(host)).includes("楠本"), await words(host));
  await open(host, `${sitting}/live`);
  must("the sitting ends", (await press(host, "会議を終える")) === 200, await words(host));
  await confirm(host, sitting, must);
  for (const s of [host, swc, stranger]) check("nothing leaves the origin", s.faults.length === 0, s.faults.join("\n"));
  for (const s of [host, swc, stranger]) await s.context.close();
}

await run(async (server, browser, report) => {
  for (const city of [nagaokakyo, kitakami, kawachinagano]) await report.part(`the sitting of ${city.name}`, () => city(server, browser, report));
});
