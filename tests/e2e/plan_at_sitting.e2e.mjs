// A plan at a sitting: two people add goals and roles at once, each in a browser of his own, one without scripts; one goal is
// dropped; what was submitted stays readable on the plan.
import { answer, links, login, open, place, press, put, run, words } from "./lib.mjs";

const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
const main = (session) => session.page.locator("main");

/** Opens a folding part of the live page by its words, and gives its form. */
async function part(session, text) {
  const folding = main(session).locator("details", { hasText: text }).first();
  if (!(await folding.evaluate((d) => d.open))) await folding.locator("summary").first().click();
  return folding.locator("form").first();
}

await run(async (server, browser, report) => {
  const must = (name, good, detail) => {
    if (!good) throw new Error(`it ends at: ${name}\n${detail ?? ""}`);
    report.check(name, true);
  };
  const host = await login(browser, server.origin, "nagaokakyo", "coordinator");
  const second = await login(browser, server.origin, "nagaokakyo", "coordinator2", { javaScriptEnabled: false });
  // The demo has a plan on the agenda of a sitting to come; the sitting is brought forward to today.
  await open(host, "/meetings");
  let sitting = "";
  for (const link of await links(host.page, /\/meetings\/[0-9a-z]{13}$/)) {
    await open(host, link);
    if (!(await words(host)).includes("小泉家")) continue;
    sitting = place(host);
    break;
  }
  must("a sitting with a submitted plan is found", sitting !== "", await words(host));
  const move = `main form[action$="/move"]`;
  await put(host, { held_on: today }, move);
  must("it is brought forward", (await press(host, "日時と場所を直す")) === 200, await words(host));
  await open(host, `${sitting}/live`);
  must("the sitting begins", (await press(host, "会議を始める")) === 200, await words(host));
  const turn = (name) => answer(host, () => host.page.locator("#live-now").getByRole("button", { name }).first().click());
  await turn(/はじめの議題へ/);
  for (let n = 0; n < 6 && (await main(host).getByText("に目標を足す").count()) === 0; n++) await turn(/次の議題へ/);
  must("goals can be added to the plan of the item", (await main(host).getByText("に目標を足す").count()) > 0, await words(host));

  // Both look at the same state.
  await open(second, `${sitting}/live`);
  const goal = await part(host, "に目標を足す");
  await goal.locator("[name$=addgoal_text]").fill("週に一度、近所の集まりに出る");
  const theirs = await part(second, "に役割を足す");
  await theirs.locator("[name$=addrole_agency]").selectOption("sogo_seikatsu");
  await theirs.locator("[name$=addrole_what]").fill("集まりに同行する");
  await theirs.locator("[name$=addrole_often]").fill("月1回");
  await theirs.locator("[name$=addrole_by]").fill("R9.3.31");
  must("a role is added without scripts", (await answer(second, () => theirs.getByRole("button", { name: "役割を足す" }).click())) === 200, await words(second));
  await host.page.locator("#live-item").getByText("集まりに同行する").waitFor({ timeout: 15000 });
  must("what was half typed is still there", (await goal.locator("[name$=addgoal_text]").inputValue()) === "週に一度、近所の集まりに出る");
  await goal.getByRole("button", { name: "目標を足す" }).click();
  await host.page.locator("#live-item").getByText("週に一度、近所の集まりに出る").waitFor({ timeout: 15000 });
  must("both are there", (await main(host).locator("#live-item").innerText()).includes("集まりに同行する"));
  must("once each", (await host.page.locator("#live-item").getByText("週に一度、近所の集まりに出る").count()) === 1);

  // --- the first goal is dropped, without scripts ---
  await open(second, `${sitting}/live`);
  const edit = await part(second, "の目標・役割分担を直す、やめる");
  const dropped = await edit.locator("textarea[name*=_goal_]").first().inputValue();
  await edit.locator("[name*=_goal_][name$=_drop]").first().check();
  must("a goal is dropped", (await answer(second, () => edit.getByRole("button", { name: "目標・役割分担を保存する" }).click())) === 200, await words(second));
  must("it is gone from the plan", !(await second.page.locator("#live-item").innerText()).includes(dropped), dropped);
  await open(host, "/cases");
  await answer(host, () => main(host).getByRole("row", { name: /小泉/ }).getByRole("link").first().click());
  const plan = (await links(host.page, /\/plans\/[0-9a-z]{13}$/))[0];
  must("the case leads to the plan", Boolean(plan), await words(host));
  await open(host, plan);
  const text = await words(host);
  must("what was submitted stays readable", text.includes("会議で直したところ") && text.includes(dropped) && text.includes("なし（会議でやめた）"), text);
});
