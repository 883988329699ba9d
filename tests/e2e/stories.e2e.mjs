// The five stories in the browser. 鶴岡 is lived through from the hint to the 支援決定; its first part by keyboard alone,
// the visits without scripts. The other four are looked at where the demo data has brought them.
import { links, login, open, password, run } from "./lib.mjs";
import { chooseByArrows, counts, inDays, leave, lineLink, pressKey, send, text, today, typeInto } from "./story.mjs";

const id = "[0-9a-z]{13}";
const path = (session) => new URL(session.page.url()).pathname.replace(/^\/[a-z]+/, "");
const found = (kind) => new RegExp(`/${kind}/${id}$`);

async function hintByKeyboard(server, browser, report) {
  const context = await browser.newContext({ locale: "ja-JP", baseURL: server.origin });
  const page = await context.newPage();
  await page.goto("/tsuruoka/signin");
  await typeInto(page, "login", "tsuruoka-commissioner");
  await typeInto(page, "password", password);
  await leave(page, () => page.keyboard.press("Enter"));
  await page.goto("/tsuruoka/notices/new");
  await typeInto(page, "text", "昼もカーテンが閉まったまま。");
  await typeInto(page, "about", "橋のたもとの平屋");
  await chooseByArrows(page, "area", "藤島地域");
  await pressKey(page, "知らせる");
  await page.goto("/tsuruoka/notices");
  const shown = await page.locator("main").innerText();
  report.check("鶴岡 1: who gave the hint sees 受け止めました", shown.includes("受け止めました"), shown);
  report.check("鶴岡 1: and no more than that", !shown.includes("カーテン") && !shown.includes("平屋"), shown);
  await context.close();
}

async function judgedAtTheSource(window_, report) {
  const notice = await lineLink(window_, "/notices", "notices", "橋のたもと");
  report.check("鶴岡 2: the notice waits at 包括ふじしま", Boolean(notice));
  await open(window_, notice);
  await send(window_, "[action$='/look']", { looked_on: today, result: "support", note: "母と話せた。息子が奥にいる。" });
  await open(window_, `${notice}/household`);
  await send(window_, ":has([name=family])", { family: "試川", given: "トミ", sex: "female" }, "登録して結びつける");
  const household = (await links(window_.page, found("households")))[0] ?? (await window_.page.evaluate(() => location.pathname));
  await open(window_, `${household}/persons/new`);
  await send(window_, "[action$='/persons/new']", { family: "試川", given: "和也", birth: "1971-06-22", relation: "child" });
  await open(window_, `/referrals/new?kind=collaboration&household=${household.split("/").pop()}`);
  await send(window_, "[action$='/referrals']",
             { person: { label: "試川 和也" }, passing: "statutory", consent_tried: "手紙を2回。", ground_code: "no_consent", reason: "包括だけでは近づけない。", judgement: "needed",
               text: "母83歳、息子55歳。同意はまだない。" });
  report.check("鶴岡 2: sent as a request for the 支援会議", found("referrals").test(path(window_)), `${window_.page.url()} ${await text(window_)}`);
  return { household, referral: path(window_) };
}

async function answeredOnce(city, swc, story, report) {
  await open(city, story.referral);
  await send(city, "[action$='/take']", {});
  await open(city, `${story.referral}/answer`);
  await send(city, "[action$='/answer']", { outcome: "accept", answered_on: today, text: "市が受けました。", subjects: { label: "試川 和也" }, category: "gap" });
  await open(city, story.household);
  const opened = (await links(city.page, found("cases")))[0];
  report.check("鶴岡 2: the answer opens the case", Boolean(opened), await text(city));
  await open(swc, story.referral);
  report.check("鶴岡 2: nobody takes it twice", (await swc.page.getByRole("button", { name: "わたしが受ける" }).count()) === 0, await text(swc));
  return opened;
}

/** A sitting of today with everything that this body has about the household; the address of the session. */
async function callSitting(session, body) {
  await open(session, "/meetings/new");
  await send(session, "[action$='/meetings']", { bodies: body, held_on: today, at_time: "09:00" });
  return path(session);
}
async function putOnAgenda(session, sitting, matter, number) {
  await open(session, sitting);
  await send(session, `:has([name=matter][value=${matter}]):has(button:has-text("${number}"))`, {});
  await open(session, sitting);
}
async function hold(session, sitting, agencies) {
  await open(session, sitting);
  await send(session, "[action$='/held']", { manner: "sitting", present: agencies.map((label) => ({ label })) });
}
async function writeOutcome(session, sitting, values) {
  await open(session, sitting);
  await open(session, (await links(session.page, found("items")))[0]);
  await send(session, "[action$='/outcome']", { outcome: "treated", ...values });
}

async function caseNumber(session, address) {
  await open(session, address);
  return /R\d\d-\d{4}/.exec(await text(session))[0];
}

async function conference(city, swc, story, report) {
  const number = await caseNumber(city, story.case);
  const sitting = await callSitting(city, "shien_kaigi");
  await putOnAgenda(city, sitting, "request", number);
  await hold(city, sitting, ["地域包括ケア推進課", "鶴岡市社会福祉協議会"]);
  await writeOutcome(city, sitting, { policy: "地域福祉ワーカーが訪問を続ける。" });
  report.check("鶴岡 3: the 支援会議 settles a 支援方針", (await text(city)).includes("訪問を続ける"), await text(city));
  await open(swc, `${story.case}/early-start`);
  await send(swc, "[action$='/early-start']", { service: "outreach", agency: "swc", started_on: today, free_reason: "会える時を逃さないため。" });
  await open(swc, story.case);
  report.check("鶴岡 3: visits may begin before the decision", (await text(swc)).includes("決定前"), await text(swc));
  const plans = await callSitting(swc, "juso_kaigi");
  await open(swc, story.household);
  const household = /世R\d\d-\d{5}/.exec(await text(swc))[0];
  await open(swc, plans);
  await send(swc, ":has([name=household_number])", { body: "juso_kaigi", household_number: household, question: "進めてよいか。" });
  report.check("鶴岡 3: without consent the 重層的支援会議 refuses, with the reason", (await text(swc)).includes("同意"), await text(swc));
  return { plans, number };
}

async function visitsWithoutScripts(server, browser, story, report) {
  const worker = await login(browser, server.origin, "tsuruoka", "worker", { javaScriptEnabled: false });
  for (let visit = 1; visit <= 6; visit += 1) {
    await open(worker, `${story.household}/records/new`);
    const met = visit === 6;
    await send(worker, "[action$='/records']", { text: met ? "【本人】「封筒はとってある」" : "戸は開かない。", method: "home_visit", outcome: met ? "met" : "no_answer",
                                                 on_day: today, services: "outreach" }, "保存する");
  }
  await open(worker, `${story.household}/records`);
  const shown = await text(worker);
  report.check("鶴岡 4: five visits without an answer are kept as actions", shown.split("不在・応答なし").length - 1 >= 5 || shown.split("戸は開かない").length - 1 === 5, shown);
  report.check("鶴岡 4: the sixth is a contact, all without scripts", shown.includes("封筒はとってある"), shown);
  await worker.context.close();
}

async function signedPlannedDecided(swc, head, story, meeting, report) {
  await open(swc, `${story.household}/consents`);
  await send(swc, "[action$='/consents']", { person: { label: "試川 和也" }, given_on: today, application: "agree", sharing: "agree", how: "paper" });
  await open(swc, `${story.case}/plans/new`);
  await send(swc, "[action$='/plans/new']",
             { persons: { label: "試川 和也" }, names: ["outreach", "participation"], wishes: "夜に少し歩きたい。", direction: "訪問を続ける。", review_on: inDays(90),
               goal_1_text: "家の外に行ける場所が一つある", goal_1_term: "long", role_1_agency: "swc", role_1_what: "訪問を続ける" }, "保存");
  const plan = path(swc).replace(/\/edit$/, "");
  await open(swc, `${plan}/submit`);
  await send(swc, "[action$='/submit']", { agreed: { label: "試川 和也" } });
  await putOnAgenda(swc, meeting.plans, "plan", meeting.number);
  await hold(swc, meeting.plans, ["鶴岡市社会福祉協議会", "地域包括ケア推進課"]);
  await writeOutcome(swc, meeting.plans, { finding_1: "adequate" });
  const before = await counts(swc);
  report.check("鶴岡 5: the finding alone counts no plan", before["支援プランの策定件数"] === story.before["支援プランの策定件数"], JSON.stringify(before));
  await open(head, `${plan}/decide`);
  await send(head, "[action$='/decide']", { on: today }, "決定する");
  return plan;
}

async function tsuruoka(server, browser, report) {
  await hintByKeyboard(server, browser, report);
  const as = (role) => login(browser, server.origin, "tsuruoka", role);
  const [window_, city, swc, head] = [await as("window"), await as("coordinator2"), await as("coordinator"), await as("head")];
  const story = { before: await counts(swc), ...(await judgedAtTheSource(window_, report)) };
  story.case = await answeredOnce(city, swc, story, report);
  const meeting = await conference(city, swc, story, report);
  const between = await counts(swc);
  const outreach = Object.keys(between).find((name) => name.includes("アウトリーチプラン"));
  report.check("鶴岡 3: the count of アウトリーチプラン has not moved", between[outreach] === story.before[outreach]);
  await visitsWithoutScripts(server, browser, story, report);
  await signedPlannedDecided(swc, head, story, meeting, report);
  const after = await counts(swc);
  for (const name of ["支援プランの策定件数", "重層的支援会議の開催回数", "支援会議の開催回数", ...Object.keys(after).filter((n) => n.includes("プラン)"))])
    report.check(`鶴岡 5: ${name} is one more`, after[name] === story.before[name] + 1, `${story.before[name]} → ${after[name]}`);
  await open(window_, story.case);
  report.check("鶴岡 5: 包括ふじしま is still on the team", (await text(window_)).includes("地域包括支援センターふじしま"), await text(window_));
  for (const s of [window_, city, swc, head]) {
    report.check("鶴岡: nothing leaves the origin, the console stays empty", s.faults.length === 0, s.faults.join("\n"));
    await s.context.close();
  }
}

async function kawachinagano(server, browser, report) {
  const as = (role) => login(browser, server.origin, "kawachinagano", role);
  const [swc, city, stranger] = [await as("coordinator"), await as("coordinator2"), await as("window3")];
  const waiting = await lineLink(swc, "/referrals", "referrals", "森屋");
  report.check("河内長野 1: both bodies see the same queue", Boolean(waiting) && waiting === await lineLink(city, "/referrals", "referrals", "森屋"));
  const aCase = await lineLink(city, "/cases", "cases", "楠本");
  await open(city, aCase);
  const household = (await links(city.page, found("households")))[0];
  const plan = (await links(city.page, found("plans")))[0];
  await open(city, `${plan}/home-copy`);
  const copy = await text(city);
  report.check("河内長野 2: the girl's own view is not on the mother's copy", copy.includes("楠本") && !copy.includes("ばあちゃん") && !copy.includes("娘の話を聞く"), copy);
  report.check("河内長野 2: 連携シート for those on the ground", (await open(city, `${household}/sheet`)) === 200);
  report.check("河内長野 2: and for nobody else", (await open(stranger, `${household}/sheet`)) === 404);
  await open(city, plan);
  report.check("河内長野 4: the meeting's word is 確認", (await text(city)).includes("確認"), await text(city));
  for (const s of [swc, city, stranger]) await s.context.close();
}

async function aizuwakamatsu(server, browser, report) {
  const as = (role) => login(browser, server.origin, "aizuwakamatsu", role);
  const [city, sons] = [await as("coordinator"), await as("window3")];
  const aCase = await lineLink(city, "/cases", "cases", "佐瀬");
  await open(city, aCase);
  const household = (await links(city.page, found("households")))[0];
  const plan = (await links(city.page, found("plans")))[0];
  report.check("会津若松 2: the son's window knows the household", (await open(sons, household)) === 200);
  const seen = await text(sons);
  report.check("会津若松 2: and nothing of the report, the debts or the safe way to call", !/虐待|督促|職場|借金|債務/.test(seen), seen);
  report.check("会津若松 2: nor the plan of the mother", (await open(sons, plan)) === 404);
  await open(city, `${plan}/home-copy`);
  const copy = await text(city);
  report.check("会津若松 4: the copy for the home leaves out 虐待対応 and 転居", copy.includes("佐瀬") && !/虐待|転居/.test(copy), copy);
  for (const s of [city, sons]) await s.context.close();
}

async function kitakami(server, browser, report) {
  const swc = await login(browser, server.origin, "kitakami", "coordinator");
  const aCase = await lineLink(swc, "/cases", "cases", "及川");
  report.check("北上 5: the case is open again", Boolean(aCase));
  await open(swc, aCase);
  const shown = await text(swc);
  report.check("北上 5: under the old number, before consent, its plan kept", /R0\d-\d{4}/.test(shown) && shown.includes("同意前") && (await links(swc.page, found("plans"))).length > 0, shown);
  const sitting = await callSitting(swc, "kobetsu_shien");
  await hold(swc, sitting, ["北上市社会福祉協議会"]);
  report.check("北上 4: without the city it cannot be held", (await text(swc)).includes("市の参加"), await text(swc));
  await swc.context.close();
}

async function nagaokakyo(server, browser, report) {
  const as = (role) => login(browser, server.origin, "nagaokakyo", role);
  const [city, excluded] = [await as("coordinator"), await as("window3")];
  const aCase = await lineLink(city, "/cases", "cases", "中小路");
  await open(city, aCase);
  const household = (await links(city.page, found("households")))[0];
  const plan = (await links(city.page, found("plans")))[0];
  report.check("長岡京 3: who is excluded sees nothing", (await open(excluded, household)) === 404);
  await open(city, plan);
  report.check("長岡京 5: after the withdrawal the plan stays, marked", /取り消|取消/.test(await text(city)), await text(city));
  for (const s of [city, excluded]) await s.context.close();
}

await run(async (server, browser, report) => {
  for (const story of [tsuruoka, kawachinagano, aizuwakamatsu, kitakami, nagaokakyo]) await report.part(`the story of ${story.name}`, () => story(server, browser, report));
});
