// The small scripts in a real browser, against a server that is played here, and their pure parts.
//   node --test ui/test/islands.test.mjs      (after tools/ui_build.mjs; CHROMIUM names another browser)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

async function load(file) {
  const made = await esbuild.build({ entryPoints: [path.join(root, "ui/src", file)], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].text).toString("base64")}`);
}

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
});
after(() => browser.close());

/** A page with `body`, our script, a fast clock in the test's hand, and a played server. */
async function open(body, { drafts = () => ({ status: 204 }), post = () => ({ status: 200, body: "ok" }), answers = {} } = {}) {
  const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo" });
  const page = await context.newPage();
  const seen = { drafts: [], posts: [] };
  await page.clock.install({ time: new Date("2026-11-22T10:32:00+09:00") });
  await page.route("**/*", (route) => {
    const request = route.request();
    const name = new URL(request.url()).pathname;
    if (name === "/app.js") return route.fulfill({ body: readFileSync(path.join(root, "ui/dist/app.js")), contentType: "text/javascript" });
    if (name === "/drafts") {
      seen.drafts.push(new URLSearchParams(request.postData() ?? ""));
      const answer = drafts(seen.drafts.length);
      return answer === "no network" ? route.abort("internetdisconnected") : route.fulfill(answer);
    }
    if (answers[name]) return route.fulfill(answers[name](request));
    if (request.method() === "POST") {
      seen.posts.push(new URLSearchParams(request.postData() ?? ""));
      return route.fulfill(post());
    }
    return route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'" },
      body: `<!DOCTYPE html><html lang="ja"><head><title>x</title></head><body>${body}<script defer src="/app.js"></script></body></html>`,
    });
  });
  await page.goto("http://kasane.test/page");
  return { page, seen, close: () => context.close() };
}

const draft_form = `<form method="post" action="/save" data-draft="intake-1" data-draft-url="/drafts">
  <input type="hidden" name="csrf" value="t"><input type="hidden" name="command_id" value="c1">
  <textarea name="about"></textarea><button type="submit">保存する</button>
  <p role="status" data-draft-state></p></form>`;

const state = (page) => page.textContent("[data-draft-state]");
const until = (page, words) => page.waitForFunction((w) => document.querySelector("[data-draft-state]").textContent.includes(w), words);

test("dates are understood in both calendars, and impossible ones are not", async () => {
  const { read_date, words_of } = await load("wareki.ts");
  const words = (typed) => { const date = read_date(typed); return date ? words_of(date) : null; };
  assert.equal(words("R8.11.22"), "令和8年11月22日（日）・2026年");
  assert.equal(words("2026/11/22"), "令和8年11月22日（日）・2026年");
  assert.equal(words("２０２６１１２２"), "令和8年11月22日（日）・2026年");
  assert.equal(words("令和元年5月1日"), "令和元年5月1日（水）・2019年");
  assert.equal(words("昭和18年4月"), "昭和18年4月・1943年");
  assert.equal(words("S18"), "昭和18年・1943年");
  assert.equal(words("昭和64年1月7日"), "昭和64年1月7日（土）・1989年");
  for (const wrong of ["", "平成31年5月1日", "昭和64年1月8日", "令和8年13月1日", "2026-02-30", "8/11/22", "あした"]) assert.equal(words(wrong), null, wrong);
});

test("a mark goes to the head of the paragraph, replaces another, and is taken away by itself", async () => {
  const { marking } = await load("marking.ts");
  const marks = ["【本人】", "【事実】"];
  const text = "一\n【本人】二";
  assert.deepEqual(marking(text, 0, "【事実】", marks), { from: 0, to: 0, text: "【事実】" });
  assert.deepEqual(marking(text, 7, "【事実】", marks), { from: 2, to: 6, text: "【事実】" });
  assert.deepEqual(marking(text, 2, "【本人】", marks), { from: 2, to: 6, text: "" });
  assert.deepEqual(marking("\n二", 0, "【本人】", marks), { from: 0, to: 0, text: "【本人】" });
});

test("what is typed is kept on the server and nowhere in the browser", async () => {
  const { page, seen, close } = await open(draft_form);
  await page.fill("textarea", "カーテンが閉まったまま");
  await page.clock.runFor(2_100);
  await until(page, "下書きを保存しました 10:32");
  assert.equal(seen.drafts.length, 1);
  const sent = Object.fromEntries(seen.drafts[0]);
  assert.deepEqual(sent, { csrf: "t", command_id: "c1", about: "カーテンが閉まったまま", draft: "intake-1" });
  const stored = await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie]);
  assert.deepEqual(stored, [0, 0, 0, ""]);
  await close();
});

test("a draft that could not be sent is tried again until it is kept", async () => {
  const { page, seen, close } = await open(draft_form, { drafts: (nth) => (nth === 1 ? "no network" : { status: 204 }) });
  await page.fill("textarea", "あ");
  await page.clock.runFor(2_100);
  await until(page, "まだ保存できていません");
  await page.clock.runFor(6_000);
  await until(page, "下書きを保存しました");
  assert.equal(seen.drafts.length, 2);
  await close();
});

test("who was logged out is told how to go on without losing the text", async () => {
  const { page, close } = await open(draft_form, { drafts: () => ({ status: 303, headers: { location: "/login" } }) });
  await page.fill("textarea", "あ");
  await page.clock.runFor(2_100);
  await until(page, "ログインし直して");
  await close();
});

test("nothing is sent while an input method is composing", async () => {
  const { page, seen, close } = await open(draft_form);
  await page.focus("textarea");
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "かーてん", selectionStart: 4, selectionEnd: 4 });
  await page.clock.runFor(10_000);
  assert.equal(seen.drafts.length, 0);
  await client.send("Input.insertText", { text: "カーテン" });
  await page.clock.runFor(2_100);
  await until(page, "下書きを保存しました");
  assert.equal(seen.drafts[0].get("about"), "カーテン");
  await close();
});

test("leaving with unsaved text is asked about, sending the form is not", async () => {
  const { page, close } = await open(draft_form, { drafts: () => ({ status: 500 }) });
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); void dialog.accept(); });
  await page.locator("textarea").pressSequentially("あ");
  await page.goto("http://kasane.test/elsewhere");
  assert.deepEqual(asked, ["beforeunload"]);
  await page.locator("textarea").pressSequentially("い");
  await Promise.all([page.waitForURL("**/save"), page.click("button")]);
  assert.equal(asked.length, 1);
  await close();
});

test("a form that is sent already is not sent again", async () => {
  const { page, seen, close } = await open(draft_form, { post: () => ({ status: 204 }) });
  await page.fill("textarea", "あ");
  await page.dblclick("button");
  assert.equal(await page.getAttribute("button", "aria-disabled"), "true");
  await page.keyboard.press("Enter");
  assert.equal(seen.posts.length, 1);
  await page.clock.runFor(21_000);
  assert.equal(await page.getAttribute("button", "aria-disabled"), null);
  await close();
});

const marks_page = `<form method="post"><k-marks><div class="marks" hidden>
  <button type="button" data-mark="【本人】">本人の話</button><button type="button" data-mark="【事実】">事実</button></div>
  <textarea name="record">一\n二</textarea></k-marks></form>`;

test("Alt and a digit mark the paragraph, and Ctrl+Z takes it back", async () => {
  const { page, close } = await open(marks_page);
  await page.focus("textarea");
  await page.evaluate(() => document.querySelector("textarea").setSelectionRange(3, 3));
  await page.keyboard.press("Alt+Digit2");
  assert.equal(await page.inputValue("textarea"), "一\n【事実】二");
  await page.keyboard.type("三");
  assert.equal(await page.inputValue("textarea"), "一\n【事実】二三");
  await page.click("text=本人の話");
  assert.equal(await page.inputValue("textarea"), "一\n【本人】二三");
  await page.keyboard.press("Control+z");
  assert.equal(await page.inputValue("textarea"), "一\n【事実】二三");
  await close();
});

test("Alt and a digit do nothing inside a composition", async () => {
  const { page, close } = await open(marks_page);
  await page.focus("textarea");
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "さん", selectionStart: 2, selectionEnd: 2 });
  await page.keyboard.press("Alt+Digit1");
  assert.ok(!(await page.inputValue("textarea")).includes("【本人】"));
  await close();
});

test("a dependent field shows with its answer and keeps what was typed", async () => {
  const { page, close } = await open(`<form method="post">
    <input type="radio" name="way" value="phone" checked><input type="radio" name="way" value="visit">
    <k-when data-name="way" data-value="visit"><p class="when-note">「方法」が「訪問」のとき</p><input name="place" value="自宅"></k-when>
    <k-when data-name="place" data-value="自宅"><input name="room"></k-when></form>`);
  assert.equal(await page.isVisible("[name=place]"), false);
  assert.equal(await page.isVisible("[name=room]"), false);
  await page.check("[value=visit]");
  assert.equal(await page.isVisible("[name=place]"), true);
  assert.equal(await page.isVisible("[name=room]"), true);
  assert.equal(await page.isVisible(".when-note"), false);
  assert.equal(await page.inputValue("[name=place]"), "自宅");
  await close();
});

test("a date box shows what was understood, and doubts only when it is left", async () => {
  const { page, close } = await open(`<form><k-date><input id="d"><output for="d"></output></k-date><input id="e"></form>`);
  await page.locator("#d").pressSequentially("R8.11.22");
  assert.equal(await page.textContent("output"), "令和8年11月22日（日）・2026年");
  await page.fill("#d", "R8.13");
  assert.equal(await page.textContent("output"), "");
  await page.locator("#d").press("Tab");
  assert.equal(await page.textContent("output"), "日付として読めません。");
  await close();
});

test("folded parts stay as they were over a reload, and links open them", async () => {
  const { page, close } = await open(`<details id="a"><summary>A</summary>a</details>
    <details id="b"><summary>B</summary><input id="f-x"></details><a href="#f-x">x</a>`);
  await page.click("summary >> nth=0");
  await page.waitForFunction(() => history.state?.open_parts?.a === true);
  await page.reload();
  assert.equal(await page.evaluate(() => document.getElementById("a").open), true);
  await page.click("a");
  assert.equal(await page.evaluate(() => document.getElementById("b").open), true);
  await close();
});

test("the list of faults has the focus when the page opens", async () => {
  const { page, close } = await open(`<div id="error-summary" role="alert" tabindex="-1"><a href="#f-x">x</a></div>`);
  assert.equal(await page.evaluate(() => document.activeElement.id), "error-summary");
  await close();
});

test("the timer says how long an item takes, and when it takes too long", async () => {
  const { timer_words, wait_before } = await load("live_words.ts");
  assert.equal(timer_words(0, 15), "0分たちました（予定 15分）");
  assert.equal(timer_words(15, 15), "15分たちました（予定 15分）");
  assert.equal(timer_words(18, 15), "18分たちました（予定の15分を3分すぎています）");
  assert.equal(timer_words(4, 0), "4分たちました");
  assert.deepEqual([0, 1, 2, 10, 50].map(wait_before), [2_000, 4_000, 8_000, 30_000, 30_000]);
});

const sitting = (number, notes, key = "a") => `<div data-live-events="/events" data-live-number="${number}" data-live-here="/live">
  <p role="status" data-live-state></p><p data-live-reload><a href="/live">最新にする</a></p>
  <div id="live-notes" data-live="list"><ul>${notes.map((n) => `<li>${n}</li>`).join("")}</ul></div>
  <div id="live-write" data-live="form" data-live-key="${key}"><form method="post" action="/live/notes/point">
    <input type="hidden" name="command_id" value="c${number}"><textarea name="point_text"></textarea><button type="submit">足す</button></form></div></div>`;

/** A sitting whose server says once that it has moved to `number`, and then shows `notes`. */
async function follow({ number, notes, key, post }) {
  let told = false;
  let ready;
  const may_tell = new Promise((resolve) => (ready = resolve));
  const opened = await open(sitting(1, ["はじめの要点"]), {
    answers: {
      "/events": () => {
        const body = told ? "retry: 600000\n\n" : `retry: 50\n\nid: ${number}\nevent: change\ndata: ${number}\n\n`;
        if (told) ready();
        told = may_tell.allowed === true || told;
        return { contentType: "text/event-stream", body: may_tell.allowed ? body : "retry: 50\n\n" };
      },
      "/live": () => ({ contentType: "text/html; charset=utf-8", body: sitting(number, notes, key) }),
      ...(post ? { "/live/notes/point": post } : {}),
    },
  });
  return { ...opened, tell: () => (may_tell.allowed = true) };
}

test("a change fills the list anew and leaves what is being typed alone", async () => {
  const { page, tell, close } = await follow({ number: 2, notes: ["はじめの要点", "ほかの人の要点"], key: "b" });
  await page.fill("textarea", "書きかけ");
  tell();
  await page.locator("#live-notes li", { hasText: "ほかの人の要点" }).waitFor();
  assert.equal(await page.inputValue("textarea"), "書きかけ");
  assert.match(await page.textContent("[data-live-state]"), /ほかの人が書き足しました|^$/);
  assert.match(await page.textContent("#live-write"), /会議が先へ進みました/);
  assert.equal(await page.locator("[data-live-reload]").isHidden(), true);
  await close();
});

test("an untouched form follows, and no list is put in its place while an input method is open", async () => {
  const { page, tell, close } = await follow({ number: 2, notes: ["新しい要点"], key: "b" });
  await page.locator("textarea").dispatchEvent("compositionstart");
  tell();
  await page.clock.runFor(3_000);
  assert.match(await page.textContent("#live-notes"), /はじめの要点/);
  await page.locator("textarea").dispatchEvent("compositionend");
  await page.locator("#live-notes li", { hasText: "新しい要点" }).waitFor();
  assert.equal(await page.locator("#live-write").getAttribute("data-live-key"), "b");
  await close();
});

test("a line that could not be sent stays, and is sent as the same command again", async () => {
  const sent = [];
  const { page, close } = await follow({ number: 2, notes: ["はじめの要点", "わたしの要点"], post: (request) => {
    sent.push(new URLSearchParams(request.postData() ?? ""));
    return sent.length === 1 ? { status: 503, body: "" } : { contentType: "text/html; charset=utf-8", body: sitting(2, ["はじめの要点", "わたしの要点"]) };
  } });
  await page.fill("textarea", "わたしの要点");
  await page.click("button");
  await page.waitForFunction(() => document.querySelector("[data-live-state]").textContent.includes("送れませんでした"));
  assert.equal(await page.inputValue("textarea"), "わたしの要点");
  await page.click("button");
  await page.locator("#live-notes li", { hasText: "わたしの要点" }).waitFor();
  assert.equal(await page.inputValue("textarea"), "");
  assert.deepEqual(sent.map((s) => s.get("command_id")), ["c1", "c1"]);
  await close();
});
