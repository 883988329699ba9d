// The window's day without scripts: an intake is taken, its household registered, screened, and a record written —
// the same pages, answered by the server alone, with what was typed given back when something is missing.
import { login, open, place, press, put, run, words } from "./lib.mjs";

const family = `湯野浜${String(Date.now()).slice(-4)}`;
const summary = `${family}さん。家賃が二か月おくれ、仕事も先月で終わった。`;

await run(async (server, browser, report) => {
  const counsellor = await login(browser, server.origin, "tsuruoka", "window3", { javaScriptEnabled: false });
  const must = (name, good, detail) => {
    if (!good) throw new Error(`it ends at: ${name}\n${detail ?? ""}`);
    report.check(name, true);
  };

  await open(counsellor, "/intakes/new");
  await put(counsellor, { taken_on: "令和八年の秋", summary, about: ["rent_loan", "job_search"] });
  must("a day that is none is told", (await press(counsellor, "受付を保存する")) === 422, await words(counsellor));
  must("what was typed is still there", (await counsellor.page.locator("[name=summary]").inputValue()) === summary && (await counsellor.page.locator("[name=about][value=rent_loan]").isChecked()) &&
       (await counsellor.page.locator("[name=taken_on]").inputValue()) === "令和八年の秋");
  must("the summary of faults leads to the field", (await counsellor.page.locator(".error-summary a, [role=alert] a").first().getAttribute("href"))?.startsWith("#"));
  const [year, month, day] = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date()).split("-").map(Number);
  await put(counsellor, { taken_on: `R${year - 2018}.${month}.${day}` });
  must("the intake is kept", (await press(counsellor, "受付を保存する")) === 200 && (await words(counsellor)).includes(summary), await words(counsellor));
  const intake = place(counsellor);

  must("the page for its household opens", (await press(counsellor, "世帯に結びつける")) === 200);
  await put(counsellor, { family, given: "進", kana: "ゆのはま すすむ", sex: "male" }, "main form:has([name=family])");
  must("the household is registered", (await press(counsellor, "登録して結びつける")) === 200 && (await words(counsellor)).includes(`${family}家`), await words(counsellor));
  const household = (await counsellor.page.locator("main a[href*='/households/']").first().getAttribute("href"));

  await open(counsellor, `${intake}/screening`);
  await put(counsellor, { result: "own_support" });
  must("the screening is kept", (await press(counsellor, await counsellor.page.locator("main form button").first().innerText())) === 200, await words(counsellor));

  must("the record form opens from the intake", (await open(counsellor, intake)) === 200 && (await press(counsellor, "支援を記録する")) === 200, await words(counsellor));
  await put(counsellor, { method: "office", text: "" });
  must("a record without a word is not taken", (await press(counsellor, "保存する")) === 422);
  await put(counsellor, { text: "【事実】来所。家賃の相談先を一緒に確かめた。\n\n【本人】「早く働きたい」", outcome: "met" });
  must("the record is kept", (await press(counsellor, "保存する")) === 200, await words(counsellor));
  await open(counsellor, `${household}/records`);
  const list = await words(counsellor);
  must("the list has it, with its parts told apart", list.includes("家賃の相談先を一緒に確かめた") && list.includes("「早く働きたい」") && !list.includes("【事実】"), list);
  report.check("nothing leaves the origin, the console stays empty", counsellor.faults.length === 0, counsellor.faults.join("\n  "));
});
