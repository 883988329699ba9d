// 鶴岡: a hint without a name becomes a household, a 支援会議 without consent, visits, a signature, one plan and the city's
// decision — each step by the person whose step it is, in a browser, with a household that the test makes itself.
import { answer, counts, hit, login, open, place, press, put, run, words } from "./lib.mjs";
import { linkWith, row, today } from "./story.mjs";

const family = `由良${String(Date.now()).slice(-4)}`;  // a name of its own, so that the story can be told twice on one program
const home = `${family}家`;
const hint = `${family}の角の平屋`;
const isoDay = (when) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(when);
const inMonths = (n) => isoDay(new Date(Date.now() + n * 30 * 24 * 3600 * 1000));

const plus = (before, after, code) => (after[code] ?? NaN) - (before[code] ?? NaN);

await run(async (server, browser, report) => {
  const people = {};
  for (const role of ["commissioner", "window", "coordinator", "coordinator2", "worker", "head"]) people[role] = await login(browser, server.origin, "tsuruoka", role);
  const { commissioner, window: centre, coordinator: council, coordinator2: city, worker, head } = people;
  const must = (name, good, detail) => {
    if (!good) throw new Error(`the story ends at: ${name}\n${detail ?? ""}`);
    report.check(name, true);
  };
  const before = await counts(head);

  // --- a hint, and who looks ---
  await open(commissioner, "/notices/new");
  await put(commissioner, { text: "昼もカーテンが閉まったまま。名前は分からない。", about: hint, area: "area_fujishima" });
  await press(commissioner, "知らせる");
  must("the commissioner reads 受け止めました", (await words(commissioner)).includes("受け止めました"), await words(commissioner));

  await open(centre, "/notices");
  const notice = await linkWith(centre, hint);
  must("the area's own centre has the notice", Boolean(notice));
  await open(centre, notice);
  await put(centre, { result: "support", note: "母とは玄関で話せた。息子が奥にいるという。" });
  must("what was found out is kept", (await press(centre, "結果を保存する")) === 200);
  await press(centre, "世帯に結びつける");
  await put(centre, { family, given: "トミ", kana: "ゆら とみ", birth: "1943", sex: "female" }, "main form:has([name=family])");
  must("a household is made from the notice", (await press(centre, "登録して結びつける")) === 200);
  await press(centre, "世帯を見る");
  const household = place(centre);
  must("its page opens", /^\/households\/[0-9a-z]{13}$/.test(household), household);
  await open(centre, `${household}/persons/new`);
  await put(centre, { family, given: "和也", kana: "ゆら かずや", birth: "1971", sex: "male", relation: "child" });
  must("the son is added", (await answer(centre, () => hit(centre.page.locator("main form button[type=submit]").first()))) === 200, await words(centre));
  const son = `${family} 和也`;

  for (const hidden of [household, notice]) must(`the commissioner cannot open ${hidden === household ? "the household" : "the notice"}`, (await open(commissioner, hidden)) === 404 || (await commissioner.page.title()).includes("見られ"), await commissioner.page.title());

  // --- judged at the source, sent without consent to the joint inbox ---
  await open(centre, `/referrals/new?kind=collaboration&household=${household.split("/").pop()}`);
  await put(centre, { passing: "statutory", ground_code: "no_consent", judgement: "needed", reason: "包括だけでは息子に近づけない。", text: "母83歳と息子55歳。本人の同意はまだない。" });
  const person = await centre.page.locator("main form select[name=person] option", { hasText: "和也" }).getAttribute("value");
  await put(centre, { person });
  must("the referral is sent", (await press(centre, "保存してつなぐ")) === 200, await words(centre));
  const referral = place(centre);

  for (const side of [council, city]) {
    await open(side, "/referrals");
    must(`${side === council ? "社協" : "市"} sees it in the joint inbox`, (await row(side, home).count()) === 1, await words(side));
  }
  await open(council, referral);
  await press(council, "わたしが受ける");
  await press(council, "返事をする");
  await put(council, { outcome: "accept", subjects: person, category: "gap", text: "受けました。支援会議で方針を決めます。" });
  must("one side answers", (await press(council, "返事を送る")) === 200, await words(council));
  await open(city, "/referrals");
  must("the clock stops once: nothing waits for the other side", (await row(city, home).count()) === 0);
  await open(city, referral);
  must("the other side reads the answer and cannot give a second one", (await words(city)).includes("受けました。支援会議で方針を決めます。") && (await city.page.getByRole("link", { name: "返事をする" }).count()) === 0, await words(city));
  must("a second answer is refused", (await open(city, `${referral}/answer`)) !== 200 || (await (async () => {
    await put(city, { outcome: "advice_only", text: "もう一つの返事" });
    return press(city, "返事を送る");
  })()) !== 200);
  await open(council, household);
  const theCase = await linkWith(council, "", "/cases/").then((href) => href?.match(/\/cases\/[0-9a-z]{13}/)?.[0]);
  must("the household has a case", Boolean(theCase), await words(council));

  // --- 支援会議, hosted by the city ---
  /** Makes a session of today; the page is its own afterwards. */
  const sitting = async (who, body) => {
    await open(who, "/meetings/new");
    await put(who, { bodies: body, held_on: today, at_time: "10:00", place: "市役所" });
    must(`a session of ${body} is planned`, (await press(who, "予定に入れる")) === 200, await words(who));
    return place(who);
  };
  const bring = async (who, session, nth = 0) => {
    await open(who, session);
    const button = row(who, home).getByRole("button", { name: /^議題にする/ }).nth(nth);
    await answer(who, () => hit(button));
    return place(who);
  };
  const hold = async (who, session, agencies) => {
    await open(who, session);
    await put(who, { manner: "sitting", present: agencies }, "main form[action$='/held']");
    must("the session is held", (await press(who, "開催済みにする", "main form[action$='/held']")) === 200, await words(who));
  };
  const confirm = async (who, session) => {
    await open(who, session);
    must("its minutes are confirmed", (await press(who, "会議の記録を確定する")) === 200 && (await words(who)).includes("確定（"), await words(who));
  };

  const conference = await sitting(city, "shien_kaigi");
  const firstItem = await bring(city, conference);
  must("the request is an item of the 支援会議", firstItem.startsWith("/items/"), await words(city));
  await hold(city, conference, ["地域包括ケア推進課", "鶴岡市社会福祉協議会"]);
  await open(city, firstItem);
  await put(city, { outcome: "treated", policy: "地域福祉ワーカーが訪問を続け、まず顔を覚えてもらう。", note: "母の買い物を入り口にする。" }, "main form[action$='/outcome']");
  must("the 支援方針 is written", (await press(city, "結果を保存する")) === 200 && (await words(city)).includes("まず顔を覚えてもらう"), await words(city));
  await confirm(city, conference);

  // --- 決定前開始, and what the 重層的支援会議 may not hear yet ---
  await open(council, `${theCase}/early-start`);
  await put(council, { service: "outreach", agency: "鶴岡市社会福祉協議会", free_reason: "支援会議の方針による。会える時を逃さないため。" });
  must("outreach starts before the decision", (await press(council, "決定の前に始める")) === 200 && (await words(council)).includes("会える時を逃さないため"), await words(council));
  const deciding = await sitting(council, "juso_kaigi");
  const refused = await row(council, home).first().innerText();
  must("without consent it is refused on the 重層的支援会議, with the reason", refused.includes("議題にできません") && refused.includes("同意"), refused);

  // --- six visits: five attempts, one contact; the last is written with the keyboard alone ---
  for (let visit = 1; visit <= 5; ++visit) {
    await open(worker, `${household}/records/new`);
    await put(worker, { text: `【事実】戸は開かない。青い封筒の手紙を入れた。${visit}回目。`, method: "home_visit", outcome: "no_answer" });
    if ((await worker.page.locator("[name=services]").count()) > 0) await put(worker, { services: "outreach" });
    must(`attempt ${visit} is written`, (await press(worker, "保存する")) === 200, await words(worker));
  }
  await report.part("a record is written with the keyboard alone", async () => {
    await open(worker, household);
    const page = worker.page;
    const focused = (test) => page.evaluate(test);
    /** Tab until what has the focus fits; whoever works without a mouse must get there. */
    const tabTo = async (what, test) => {
      for (let n = 0; n < 150; ++n) {
        await page.keyboard.press("Tab");
        if (await focused(test)) return;
      }
      throw new Error(`Tab never reached ${what}`);
    };
    await tabTo("記録を書く", () => document.activeElement.matches("a[href$='/records/new']"));
    await answer(worker, () => page.keyboard.press("Enter"));
    await tabTo("the text box", () => document.activeElement.name === "text");
    await page.keyboard.type("【事実】戸が開き、玄関で20分。\n\n【本人】「封筒は全部とってある」");
    await tabTo("the method", () => document.activeElement.name === "method");
    if (await focused(() => document.activeElement.tagName === "SELECT")) {
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowDown");  // 訪問 is the first; nothing is chosen for one
    }
    else await page.keyboard.press("Space");
    await tabTo("the outcome", () => document.activeElement.name === "outcome");
    await page.keyboard.press("Home");
    if (await focused(() => document.activeElement.tagName === "SELECT")) await page.keyboard.press("ArrowDown");
    else await page.keyboard.press("Space");
    const services = await page.locator("[name=services]").count();
    if (services > 0 && !(await page.locator("[name=services][value=outreach]").isChecked())) {
      await tabTo("the service", () => document.activeElement.name === "services" && document.activeElement.value === "outreach");
      await page.keyboard.press("Space");
    }
    await tabTo("the button", () => document.activeElement.matches("main button[type=submit], main form button:not([type=button])") && document.activeElement.textContent.includes("保存"));
    const status = await answer(worker, () => page.keyboard.press("Enter"));
    if (status !== 200 || !(await words(worker)).includes("封筒は全部とってある")) throw new Error(`status ${status}: ${await words(worker)}`);
  });
  const visited = await counts(head);
  report.check("five unanswered visits are attempts, one answered visit a contact", plus(before, visited, "attempts") === 5 && plus(before, visited, "contacts") === 1,
               `attempts ${plus(before, visited, "attempts")}, contacts ${plus(before, visited, "contacts")}`);
  report.check("no plan is counted yet", plus(before, visited, "plan_plans") === 0 && plus(before, visited, "plan_outreach_plans") === 0);

  // --- he signs; one plan ---
  await open(worker, `${household}/consents`);
  await put(worker, { person: son, application: "agree", sharing: "agree", how: "paper" });
  must("application and consent are kept", (await press(worker, "保存する")) === 200, await words(worker));
  await open(council, `${theCase}/plans/new`);
  await put(council, {
    persons: son, names: ["outreach", "participation"], wishes: "夜に少し歩けるようになりたい。", direction: "訪問を続けながら、本人が選んだ場所に出てみる。", review_on: inMonths(3),
    goal_1_text: "月に2回、玄関で話す", goal_1_term: "short", role_1_agency: "鶴岡市社会福祉協議会", role_1_what: "訪問を続け、出かける日に同行する",
  });
  must("the plan is drawn up", (await press(council, "保存する")) === 200, await words(council));
  const plan = place(council);
  await press(council, "提出する");
  await put(council, { agreed: son });
  must("the plan is submitted", (await press(council, "提出する")) === 200 && place(council) === plan, await words(council));

  // --- the 重層的支援会議 finds it adequate, the city decides ---
  const planItem = await bring(council, deciding);
  const earlyItem = await bring(council, deciding);
  must("plan and early start are items now", planItem.startsWith("/items/") && earlyItem.startsWith("/items/") && planItem !== earlyItem, `${planItem} ${earlyItem}`);
  await hold(council, deciding, ["鶴岡市社会福祉協議会", "地域包括ケア推進課", "地域包括支援センターふじしま"]);
  for (const item of [planItem, earlyItem]) {
    await open(council, item);
    const form = "main form[action$='/outcome']";
    await put(council, { outcome: "treated" }, form);
    if ((await council.page.locator(`${form} [name=finding_1]`).count()) > 0) await put(council, { finding_1: "adequate" }, form);
    if ((await council.page.locator(`${form} [name=agree]`).count()) > 0) await put(council, { agree: "yes" }, form);
    must("what was found is written", (await press(council, "結果を保存する")) === 200, await words(council));
  }
  await confirm(council, deciding);
  await open(head, `${plan}/decide`);
  must("the head enters the city's decision", (await press(head, "決定する")) === 200 && (await words(head)).includes("決定"), await words(head));

  const after = await counts(head);
  for (const [id, code] of [["T-85", "plan_plans"], ["T-86", "plan_plan_meetings"], ["T-87", "plan_support_conferences"], ["T-88", "plan_outreach_found"],
                            ["T-89", "plan_outreach_plans"], ["T-90", "plan_participation_plans"]])
    report.check(`${id} is one more (${code})`, plus(before, after, code) === 1, `${before[code]} -> ${after[code]}`);

  // --- who is still there, and who still sees nothing ---
  await open(council, theCase + "/team");
  report.check("包括 is still on the team", (await words(council)).includes("地域包括支援センターふじしま"), await words(council));
  await open(commissioner, "/notices");
  const told = await words(commissioner);
  report.check("the commissioner still reads only 受け止めました", told.includes("受け止めました") && !told.includes(family), told);
  report.check("the commissioner cannot open the case", (await open(commissioner, theCase)) !== 200);
  for (const [role, session] of Object.entries(people)) report.check(`nothing leaves the origin, the console stays empty: ${role}`, session.faults.length === 0, session.faults.join("\n  "));
}, ["tsuruoka"]);
