// A new colleague without scripts: an administrator makes the account and hands over what the page shows once, the colleague
// changes it before anything else opens, works, comes back after days with a form still open, and loses nothing of it.
import { login, open, place, press, put, run, words } from "./lib.mjs";

const own = "かささぎ と 七つの橋";
const summary = "電話。月末の家賃のことで、来週また話したいとのこと。";

async function signIn(session, name, secret) {
  await put(session, { login: name, password: secret });
  return press(session, "サインイン");
}

await run(async (server, browser, report) => {
  const must = (name, good, detail) => {
    if (!good) throw new Error(`it ends at: ${name}\n${detail ?? ""}`);
    report.check(name, true);
  };
  const plain = { javaScriptEnabled: false };
  const admin = await login(browser, server.origin, "tsuruoka", "admin", plain);
  await open(admin, "/accounts/new");
  must("no password is asked for", (await admin.page.locator("main [name=password]").count()) === 0);
  await put(admin, { login: "tsuruoka-new", display_name: "田川 ひかり", agency: "nikokoro", role: "1", from: server.day(-1) });
  must("the account is made", (await press(admin, "保存する")) === 200, await words(admin));
  const first = (await words(admin)).match(/[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}/)?.[0];
  must("its first password is shown", Boolean(first), await words(admin));
  await press(admin, "この利用者の画面へ");
  must("and not again", !(await words(admin)).includes(first));

  const context = await browser.newContext({ locale: "ja-JP", baseURL: server.origin, ...plain });
  const fresh = { page: await context.newPage(), city: "tsuruoka", origin: server.origin, faults: [] };
  await open(fresh, "/signin");
  await signIn(fresh, "tsuruoka-new", first);
  must("the first password leads to its change", place(fresh) === "/me/password", fresh.page.url());
  await open(fresh, "/intakes/new");
  must("and nowhere else", place(fresh) === "/me/password", fresh.page.url());
  await put(fresh, { present: first, fresh: "tsuruoka2026", repeated: "tsuruoka2026" });
  must("one that is guessed first is refused at its field", (await press(fresh, "パスワードを変える")) === 422 && (await words(fresh)).includes("組み合わせて"), await words(fresh));
  must("and none comes back", (await fresh.page.locator("main input[type=password]").evaluateAll((all) => all.every((e) => e.value === ""))));
  await put(fresh, { present: first, fresh: own, repeated: own });
  must("a good one is taken", (await press(fresh, "パスワードを変える")) === 200 && place(fresh) === "/today", fresh.page.url());

  await open(fresh, "/intakes/new");
  await put(fresh, { taken_on: server.day(0), summary });
  await server.later(3);
  must("what is sent after days asks to sign in again", (await press(fresh, "受付を保存する")) === 403 && (await words(fresh)).includes("失われていません"), await words(fresh));
  must("a slip of the pen loses nothing", (await signIn(fresh, "tsuruoka-new", "かささぎ と 八つの橋")) === 422);
  must("the right one goes on", (await signIn(fresh, "tsuruoka-new", own)) === 200 && (await words(fresh)).includes("続ける"), await words(fresh));
  must("the intake is kept with all that was typed", (await press(fresh, "続ける")) === 200 && (await words(fresh)).includes(summary), await words(fresh));

  const auditor = await login(browser, server.origin, "tsuruoka", "auditor", plain);
  await open(auditor, "/audit");
  const seen = await words(auditor);
  must("the auditor reads what was given and changed", ["田川 ひかりに「相談員」の役割を渡した", "田川 ひかりの利用者IDを作った", "田川 ひかりが自分のパスワードを変えた"].every((line) => seen.includes(line)), seen);
}, ["tsuruoka"]);
