// What was typed and what was asked for are there again: after a fault, on another day's form of the same kind, on going back.
import { login, open, press, put, run, words } from "./lib.mjs";

const summary = `眠れない日が続く（${String(Date.now()).slice(-4)}）`;

await run(async (server, browser, report) => {
  const counsellor = await login(browser, server.origin, "tsuruoka", "window3");
  const page = counsellor.page;
  const kept = () => page.waitForResponse((reply) => new URL(reply.url()).pathname.endsWith("/drafts") && reply.status() === 204);
  const typed = () => page.locator("[name=summary]").inputValue();

  await open(counsellor, "/intakes/new");
  report.check("a new form says nothing of drafts", !(await words(counsellor)).includes("下書きの続きです"));
  await put(counsellor, { taken_on: "令和八年の秋", summary });
  const saved = kept();
  report.check("a day that is none is told", (await press(counsellor, "受付を保存する")) === 422, await words(counsellor));
  await saved;
  report.check("what is shown again is kept at once, untouched", (await typed()) === summary);
  await open(counsellor, "/today");
  await open(counsellor, "/intakes/new");
  report.check("the story is there again", (await typed()) === summary);
  report.check("and says from when it is", /\d\d:\d\dの下書きの続きです/.test(await words(counsellor)), await words(counsellor));
  await press(counsellor, "捨てて新しく書く");
  report.check("it can be left for another person's", (await typed()) === "" && !(await words(counsellor)).includes("下書きの続きです"), await words(counsellor));

  // The draft cannot be kept: whoever leaves is asked first.
  await page.route("**/drafts", (route) => route.abort());
  await put(counsellor, { taken_on: "令和八年の秋", summary });
  await press(counsellor, "受付を保存する");
  await page.locator("[name=summary]").click();
  let asked = false;
  page.once("dialog", (dialog) => {
    asked = dialog.type() === "beforeunload";
    return dialog.accept();
  });
  await page.goto(`${server.origin}/tsuruoka/today`);
  report.check("who leaves a form whose words are kept nowhere is asked", asked);
  await page.unroute("**/drafts");

  await open(counsellor, "/households");
  await put(counsellor, { q: "世R" }, "main form");
  await press(counsellor, "さがす");
  const found = await words(counsellor);
  const address = decodeURIComponent(page.url());
  report.check("no word of the search stands in the address", !address.includes("世R"), address);
  await open(counsellor, "/today");
  await page.goBack();
  report.check("going back shows what was found", (await words(counsellor)) === found, await words(counsellor));
});
