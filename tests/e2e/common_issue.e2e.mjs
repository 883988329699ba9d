// 河内長野: from the quarterly review meeting to a rulebook. A case is looked at, a common issue is drawn from it without
// names, the plenary gives it to the working group, the working group answers it with a rule; the way back opens to who
// may open the item and to nobody else. Then a study meeting about it, with a survey that anybody with the link answers.
import { links, login, open, put, press, run, words, place } from "./lib.mjs";
import { today, lineLink } from "./story.mjs";

const title = "夜に電話で相談できるところがない";

/** Calls a sitting of one body today; gives its address. */
async function call(session, body) {
  await open(session, "/meetings/new");
  await put(session, { bodies: body, held_on: today, place: "市役所" });
  await press(session, "予定に入れる");
  return place(session);
}

async function begin(session, sitting, agencies) {
  await open(session, sitting);
  await put(session, { manner: "sitting", present: agencies }, `main form[action$='/held']`);
  await press(session, "開催済みにする", `main form[action$='/held']`);
}

/** The address of the sitting's only item. */
async function onlyItem(session, sitting) {
  await open(session, sitting);
  return session.page.$eval("section:has(#agenda) a[href*='/items/']", (a) => new URL(a.href).pathname.replace(/^\/[^/]+/, ""));
}

await run(async (server, browser, report) => {
  const as = (role) => login(browser, server.origin, "kawachinagano", role);
  const [city, stranger] = [await as("coordinator2"), await as("member")];
  const check = (name, good, detail) => report.check(name, good, detail);

  // --- the review meeting
  const aCase = await lineLink(city, "/cases", "cases", "楠本");
  await open(city, aCase);
  const household = (await links(city.page, /\/households\/[0-9a-z]{13}$/))[0];
  await open(city, household);
  const householdNumber = (await words(city)).match(/世R\d+-\d+/)?.[0];
  const review = await call(city, "review_kaigi");
  await open(city, `${review}/items/new`);
  await put(city, { body: "review_kaigi", household_number: householdNumber, question: "どこに相談すればよいか分からない夜がある。" }, "main form[action$='/items']:has([name=household_number])");
  await press(city, "議題に足す");
  check("the review meeting treats the case", /\/items\//.test(place(city)), await words(city));
  const item = place(city);
  await begin(city, review, ["地域福祉高齢課"]);
  await open(city, item);
  await put(city, { outcome: "treated", note: "夜の相談先がない。" }, "main form[action$='/outcome']");
  await press(city, "結果を保存する");
  check("it asks for common issues right after the result", (await words(city)).includes("この話から見えた共通の課題"), await words(city));
  await put(city, { title_1: "楠本さんの夜の電話", field_1: "poverty", kind_1: "resource" }, "main form[action$='/common-issues']");
  const refused = await press(city, "共通の課題に加える", "main form[action$='/common-issues']");
  check("a text with a name is refused", refused === 422 && (await words(city)).includes("だれのことかが分かる"), await words(city));
  await put(city, { title_1: title, text_1: "仕事のあとに相談したい人が、どこにもつながらない。" }, "main form[action$='/common-issues']");
  await press(city, "共通の課題に加える", "main form[action$='/common-issues']");
  check("the issue stands on the item", (await words(city)).includes(title), await words(city));
  const issue = await city.page.$eval("a[href*='/common-issues/']", (a) => new URL(a.href).pathname.replace(/^\/[^/]+/, ""));

  // --- the way back
  await open(city, issue);
  check("the way back is open to who may open the item", (await words(city)).includes("楠本"), await words(city));
  await open(stranger, issue);
  const theirs = await words(stranger);
  check("and to nobody else", theirs.includes(title) && !theirs.includes("楠本") && theirs.includes("5世帯未満"), theirs);
  check("whom the item does not open to either", (await open(stranger, item)) === 404);

  // --- plenary
  const plenary = await call(city, "zentai_kaigi");
  check("the plenary sees what waits for it", (await words(city)).includes(title), await words(city));
  await press(city, new RegExp(`^議題にする.*${title}`, "s"));
  await begin(city, plenary, ["地域福祉高齢課", "社会福祉協議会"]);
  await open(city, await onlyItem(city, plenary));
  await put(city, { step: "carried", to_body: "working", said: "ワーキングで考える。" }, "main form[action$='/common-issue']");
  await press(city, "結果を保存する", "main form[action$='/common-issue']");
  await open(city, `${plenary}/plenary`);
  const paper = await words(city);
  check("the plenary's paper names the issue and nobody", paper.includes(title) && !paper.includes("楠本") && paper.includes("＊"), paper);

  // --- working group
  const group = await call(city, "working");
  check("the working group gets it", (await words(city)).includes(title), await words(city));
  await press(city, new RegExp(`^議題にする.*${title}`, "s"));
  await begin(city, group, ["地域福祉高齢課"]);
  await open(city, await onlyItem(city, group));
  await put(city, { step: "answered", answer_kind: "rule", answer_name: "相談支援連携のルールブック", answer_text: "夜の電話は輪番で受ける。" }, "main form[action$='/common-issue']");
  await press(city, "結果を保存する", "main form[action$='/common-issue']");
  await open(city, issue);
  const all = await words(city);
  check("the issue became a rule and keeps its whole way", ["相談支援連携のルールブック", "全体の会議に出した", "受け持つところを決めた", "楠本"].every((w) => all.includes(w)), all);

  // --- a study meeting with a survey
  await open(city, "/gatherings/new");
  await put(city, { kind: "study", title: "夜の相談を考える勉強会", held_on: today, body: "benkyokai" });
  await press(city, "予定に入れる");
  const gathering = place(city);
  await press(city, "アンケートの入口を開く");
  const survey = await city.page.$eval("main a[href*='/survey/']", (a) => a.getAttribute("href"));
  const anybody = await browser.newContext({ locale: "ja-JP", baseURL: server.origin });
  const page = await anybody.newPage();
  await page.goto(survey);
  await page.getByLabel("とてもそう思う").first().check();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "送る" }).click()]);
  check("anybody with the link answers without a name", (await page.locator("main").innerText()).includes("お答えを受け取りました"));
  await page.goto(survey);
  check("once from each browser", (await page.locator("main").innerText()).includes("お答えを受け取りました"));
  await anybody.close();
  await open(city, gathering);
  await press(city, "入口を閉じる");
  check("few answers are not told", (await words(city)).includes("5件未満"), await words(city));

  check("nothing left the origin or failed in the browser", [city, stranger].every((s) => s.faults.length === 0), [city, stranger].flatMap((s) => s.faults).join("\n"));
  for (const s of [city, stranger]) await s.context.close();
});
