// Preparing a sitting of five items from what is proposed, counted: every click and every key that commands something
// (not the signs of a text). Under ten per item are allowed. Then the same by keyboard alone, and
// without scripts, on a phone's screen.
import { login, run } from "./lib.mjs";

const kItems = 5;
const kProposed = 3;  // as many as the invented households bring up; the others are added by hand, and counted too
const kMostPerItem = 10;

const isoDay = (when) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(when);
const today = isoDay(new Date());

/** Counts what a person does with hand or key. Typing a text counts as one; each click and each key press counts. */
function counting(page) {
  let commands = 0;
  const answered = async (act) => {
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
  };
  return {
    get commands() { return commands; },
    async click(locator) { commands += 1; await locator.click(); },
    async go(locator) { commands += 1; await answered(() => locator.click()); },
    async type(locator, text) { commands += 1; await locator.fill(text); },
    async key(name) { commands += 1; await page.keyboard.press(name); },
    async keyGo(name) { commands += 1; await answered(() => page.keyboard.press(name)); },
  };
}

const ticks = (page) => page.locator("section:has(#choose) input[type=checkbox][name^=pick_]");
const agenda = (page) => page.locator("section:has(#order) tbody tr");

/** A new sitting of the city's deciding body; gives the address of its preparation. Not counted: it stands in the plan. */
async function sitting(session, bodies) {
  const { page, city } = session;
  await page.goto(`/${city}/meetings/new`);
  for (const body of bodies) await page.locator(`main input[name=bodies][value=${body}]`).check();
  await page.locator("main input[name=held_on]").fill(today);
  await page.locator("main input[name=at_time]").fill("13:30");
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "予定に入れる" }).click()]);
  return new URL(page.url()).pathname;
}

await run(async (server, browser, report) => {
  const session = await login(browser, server.origin, "kawachinagano", "coordinator");
  const { page } = session;

  await report.part("five items, from the proposal and by hand", async () => {
    const place = await sitting(session, ["review_kaigi"]);
    await page.goto(place);
    const hand = counting(page);
    await hand.go(page.getByRole("link", { name: "会議の準備をする" }));
    const all = await ticks(page).count();
    report.check(`at least ${kProposed} cases are proposed`, all >= kProposed, `${all} proposed`);
    let ticked = await page.locator("section:has(#choose) input[name^=pick_]:checked").count();
    for (let i = all - 1; i >= 0 && ticked > kProposed; --i)
      if (await ticks(page).nth(i).isChecked()) { await hand.click(ticks(page).nth(i)); ticked -= 1; }
    for (let i = 0; i < all && ticked < kProposed; ++i)
      if (!(await ticks(page).nth(i).isChecked())) { await hand.click(ticks(page).nth(i)); ticked += 1; }
    await hand.go(page.getByRole("button", { name: "選んだものを議題にする" }));
    for (const question of ["夜の電話をどこが受けるか", "次の勉強会で何を取り上げるか"]) {
      await hand.go(page.getByRole("link", { name: "ここにないことを、手で議題に足す" }));
      const form = page.locator("main form:has([name=household_number])");
      const body = form.locator("[name=body]").first();
      if ((await body.evaluate((e) => e.tagName)) === "SELECT") await body.selectOption("review_kaigi");
      else await hand.click(form.locator("[name=body][value=review_kaigi]"));
      await hand.type(form.locator("[name=question]"), question);
      await hand.type(form.locator("[name=minutes]"), "10");
      await hand.go(form.getByRole("button", { name: "議題に足す" }));
      await page.goto(`${place}/prepare`);
    }
    report.check("five items stand on the agenda", (await agenda(page).count()) === kItems, `${await agenda(page).count()}: ${await page.locator("main").innerText()}`);
    report.check("each with its minutes", (await page.locator("section:has(#order) input[name^=minutes_]").evaluateAll((all) => all.every((e) => Number(e.value) > 0))));
    report.check("each with who is asked", (await page.locator("section:has(#attendees) details.folding").count()) === kItems);
    // The last one a place up, one with more time.
    const name = (await agenda(page).last().locator("th, td").first().innerText()).split("　").pop();
    await hand.go(agenda(page).last().getByRole("button", { name: /上へ/ }));
    report.check("the last one stands a place higher", (await agenda(page).nth(kItems - 2).innerText()).includes(name), await page.locator("section:has(#order)").innerText());
    await hand.type(page.locator("section:has(#order) input[name^=minutes_]").first(), "20");
    await hand.go(page.getByRole("button", { name: "時間を保存する" }));
    report.check("the minutes are kept", (await page.locator("section:has(#order) input[name^=minutes_]").first().inputValue()) === "20");
    // One agency more on one item.
    const folding = page.locator("section:has(#attendees) details.folding").first();
    await hand.click(folding.locator("summary"));
    const offered = folding.locator("input[type=checkbox]:not(:checked)");
    if ((await offered.count()) > 0) await hand.click(offered.first());
    await hand.go(folding.getByRole("button", { name: /呼ぶ機関を保存する/ }));
    // One sheet, prefilled, with its question.
    await hand.go(page.locator("section:has(#papers)").getByRole("link", { name: "準備シートを開く" }).first());
    const field = page.locator("main textarea[name=ask]");
    if ((await field.count()) > 0) {
      await hand.type(field, "次の訪問をだれがするか。");
      await hand.go(page.getByRole("button", { name: "準備シートを保存する" }));
    }
    await page.goto(`${place}/prepare`);
    await hand.go(page.getByRole("button", { name: "準備ができた" }));
    const each = hand.commands / kItems;
    console.log(`commands: ${hand.commands} for ${kItems} items, ${each.toFixed(1)} each`);
    report.check(`under ${kMostPerItem} commands for each item`, each < kMostPerItem, String(each));
  });

  await report.part("by keyboard alone", async () => {
    const place = await sitting(session, ["shien_chosei"]);
    await page.goto(`${place}/prepare`);
    const hand = counting(page);
    await page.getByRole("button", { name: "選んだものを議題にする" }).or(page.getByText("いま提案できるものはありません")).first().waitFor();
    if ((await ticks(page).count()) === 0) return;
    await ticks(page).first().focus();
    if (!(await ticks(page).first().isChecked())) await hand.key("Space");
    await page.getByRole("button", { name: "選んだものを議題にする" }).focus();
    await hand.keyGo("Enter");
    report.check("a tick and Enter put it on the agenda", (await agenda(page).count()) >= 1, await page.locator("main").innerText());
  });

  await report.part("without scripts on a phone", async () => {
    const phone = await login(browser, server.origin, "nagaokakyo", "coordinator", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const place = await sitting(phone, ["juso_kaigi", "shien_kaigi"]);
    await phone.page.goto(`${place}/prepare`);
    report.check("the parts of a joint sitting are set on one screen", (await phone.page.locator("#slices-form").count()) === 1);
    await phone.page.locator("#slices-form summary").first().click();
    await phone.page.locator("input[name=minutes_1]").last().fill("60");
    await phone.page.locator("input[name=minutes_2]").last().fill("30");
    await Promise.all([phone.page.waitForNavigation(), phone.page.getByRole("button", { name: "時間の切り分けを保存する" }).click()]);
    const text = await phone.page.locator("main").innerText();
    report.check("the second part begins where the first ends", text.includes("14:30〜15:00"), text);
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth).catch(() => 0);
    report.check("nothing stands beyond the phone's edge", wide <= 390 || wide === 0, String(wide));
    await phone.context.close();
  });

  report.check("no faults in the browser", session.faults.length === 0, session.faults.join("\n"));
});
