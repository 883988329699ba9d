// Four of the five stories, looked at in the browser where the demo data has brought them; 鶴岡 is lived through from
// the hint to the 支援決定 in story_tsuruoka.e2e.mjs.
import { links, login, open, run } from "./lib.mjs";
import { lineLink, send, text, today } from "./story.mjs";

const id = "[0-9a-z]{13}";
const path = (session) => new URL(session.page.url()).pathname.replace(/^\/[a-z]+/, "");
const found = (kind) => new RegExp(`/${kind}/${id}$`);

async function callSitting(session, body) {
  await open(session, "/meetings/new");
  await send(session, "[action$='/meetings']", { bodies: body, held_on: today, at_time: "09:00" });
  return path(session);
}

async function hold(session, sitting, agencies) {
  await open(session, sitting);
  await send(session, "[action$='/held']", { manner: "sitting", present: agencies.map((label) => ({ label })) });
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
  report.check("会津若松 4: whoever hands it over is warned on the screen", (await text(city)).includes("保護があります"));
  await city.page.emulateMedia({ media: "print" });  // what the home gets is the paper
  const copy = await text(city);
  await city.page.emulateMedia({ media: "screen" });
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
  for (const story of [kawachinagano, aizuwakamatsu, kitakami, nagaokakyo]) await report.part(`the story of ${story.name}`, () => story(server, browser, report));
});
