// 会津若松, 佐瀬家: a mother who is made to hand over her pension, a son whose own window must not learn of it, two papers on
// two grounds, a copy for the home that leaves no gap, and the son's 開示請求. The household is made here; nothing of the
// demo's is looked at.
import { execFileSync } from "node:child_process";
import { answer, open, place, press, put, run, words } from "./lib.mjs";
import { call, caseOf, cast, confirm, family, fromWaiting, hold, home, invite, leaveOut, onPaper, read, result, row, steps, swear, takeUp, today, unknown } from "./story.mjs";

const name = family("佐瀬");
const mother = `${name} ミツ`;
const son = `${name} 直也`;
// Words that only the mother's side may ever read; each is looked for on every page of the other side.
const secrets = ["年金の通帳", "妹の東山", "昼休みに職場", "虐待対応の状況", "転居先", "かばんの中"];
const leaks = (shown) => secrets.filter((s) => shown.includes(s)).join("、");

await run(async (server, browser, report) => {
  const { check, must } = steps(report, "会津若松");
  const people = await cast(server, browser, "aizuwakamatsu", ["window", "window2", "window3", "coordinator", "worker", "officer", "head", "member", "auditor", "commissioner"]);
  const { window: support, window2: centre, window3: sonsWindow, coordinator: city, worker, officer, head, member, auditor, commissioner } = people;

  // --- before the story: the son is looking for work, and his window knows him
  const house = await home(support, [{ family: name, given: "ミツ", kana: "させ みつ", birth: "1963", sex: "female", relation: "self", safe: "昼休みに職場の電話で" },
                                     { family: name, given: "直也", kana: "させ なおや", birth: "1995", sex: "male", relation: "child" }], { address: "架空町12-3" });
  must("the household is known to 生活サポート相談窓口", house.at.startsWith("/households/") && Boolean(house.number), await words(support));
  await open(support, `/referrals/new?household=${house.id}`);
  await put(support, { to: "第2地域障がい者相談窓口", person: son, passing: "spoken_consent", heard_by: "湊", text: "仕事をさがしたいとのこと。" });
  must("the son's wish for work is passed on with his word", (await press(support, "つなぐ")) === 200, await words(support));
  must("his window takes it up", (await takeUp(sonsWindow, place(support), { text: "仕事の相談を続けます。" })) === 200, await words(sonsWindow));
  await open(sonsWindow, `${house.at}/records/new`);
  await put(sonsWindow, { text: "【事実】仕事の見学に行くと話した。", method: "office", person: son });
  must("and writes its own record", (await press(sonsWindow, "保存する")) === 200, await words(sonsWindow));
  /** All that the son's window can look at: what it reads there must not move when the mother speaks. */
  const theirView = async () => {
    const seen = {};
    for (const where of [house.at, `${house.at}/sheet`, `${house.at}/records`, `${house.at}/consents`, `${house.at}/protection`, "/today", "/notices", "/referrals", "/cases", "/tasks", "/meetings", "/counts"])
      seen[where.replace(house.id, "世帯")] = await read(sonsWindow, where);
    for (const word of [name, mother, son, house.number, "昼休み"]) {
      await open(sonsWindow, "/households");
      await sonsWindow.page.locator("main form input[type=search], main form input[type=text]").first().fill(word);
      await answer(sonsWindow, () => sonsWindow.page.locator("main form button").first().click());
      seen[`search ${word}`] = await words(sonsWindow);
    }
    return seen;
  };
  const before = await theirView();
  /** That the section works with the household may be known in the team; `theCase` lets these pages tell just that. */
  const unmoved = async (when, theCase = false) => {
    const now = await theirView();
    for (const [where, was] of Object.entries(before))
      if (!theCase || !["/households/世帯", "/households/世帯/sheet", "/cases", "/today", "/meetings"].includes(where))
        check(`2: ${when}, the son's window reads at ${where} what it read before`, now[where] === was, `${was}\n--- now ---\n${now[where]}`);
    const all = Object.values(now).join("\n");
    check(`2: ${when}, no word of the mother's side reaches it`, leaks(all) === "" && !all.includes(mother.split(" ")[1] + " "), leaks(all));
  };

  // --- (1) she is made to hand over her pension: offered at once, the reporter hidden, nothing waits
  await open(support, `/intakes/new?household=${house.id}`);
  must("1: the abuse route is offered before anything is written", (await support.page.getByRole("link", { name: "通告・通報へ進む" }).first().isVisible()), await words(support));
  await put(support, { summary: "年金の通帳を息子に渡すよう言われ、本人の名前の借金も増えている。", about: ["violence", "debt"], abuse: "yes", consulter: "妹の東山", consulter_relation: "family" });
  must("1: the consultation is kept", (await press(support, "受付を保存する")) === 200, await words(support));
  const intake = place(support);
  must("1: and the route is offered again, first of all", (await words(support)).includes("通告・通報は、本人の同意や会議を待ちません"), await words(support));
  await press(support, "通告・通報へ進む");
  await put(support, { kind: "other", reported_to: "地域福祉課", person: mother, text: "同居の息子に年金の通帳を渡すよう強いられている。けがはない。", reporter: "妹の東山" }, "main form[action$='/abuse']");
  must("1: the report goes out before consent, agenda or packet", (await press(support, "通告・通報する")) === 200 && (await words(support)).includes("受けた機関の確認待ち"), await words(support));
  const report1 = place(support);
  must("1: it is among what awaits the section today", (await read(city, "/today")).split("\n").some((l) => l.includes("今日まで")) && (await row(city, house.label).innerText()).includes("今日まで"), await words(city));
  await open(city, report1);
  must("1: the section notes that it has it", (await press(city, "受け付けました")) === 200 && (await words(city)).includes("受けた機関が確認済み"), await words(city));
  for (const [who, session] of Object.entries({ "包括": centre, "the son's window": sonsWindow, "the worker of another matter": member, "民生委員": commissioner }))
    check(`1: ${who} cannot tell the report from one that never was`, await unknown(session, report1), await words(session));
  for (const [who, session] of Object.entries({ "包括": centre, "the son's window": sonsWindow })) check(`1: nor the consultation: ${who}`, await unknown(session, intake), await words(session));

  // --- (2) a protection, her consent without the son's window
  await open(support, `${house.at}/protection/new`);
  await put(support, { person: mother, kind: "abuse", opponents: son, reason: "息子に通報と相談を知られないようにする。", informed: "地域福祉課" });
  must("2: the protection begins", (await press(support, "保護を始める")) === 200, await words(support));
  const protection = place(support);
  must("2: the son's window is on the other side by itself", (await words(support)).includes("第2地域障がい者相談窓口"), await words(support));
  check("2: the protection is unknown there", await unknown(sonsWindow, protection), await words(sonsWindow));
  await unmoved("after the report and the protection");
  await open(support, `/referrals/new?kind=collaboration&household=${house.id}`);
  await put(support, { person: mother, passing: "spoken_consent", heard_by: "湊", reasons: "beyond_agency", text: "借金と、親子の間のこと。" });
  must("2: she is brought to the section with her word", (await press(support, "保存してつなぐ")) === 200, await words(support));
  const referral = place(support);
  must("2: the section takes the case", (await takeUp(city, referral, { subjects: mother, owner: "地域福祉課", text: "受けました。昼に会います。" })) === 200, await words(city));
  const aCase = await caseOf(city, house.at);
  must("2: the household has a case", Boolean(aCase), await words(city));
  await open(city, `${aCase}/team`);
  await put(city, { agency: "若松第2地域包括支援センター", role: "member", what: "体の具合をみる", person: mother }, "section:has(#join) form");
  must("2: 包括 joins the team", (await press(city, "チームに加える")) === 200, await words(city));
  await open(city, `${aCase}/team`);
  await put(city, { agency: "地域福祉課", role: "member", what: "虐待対応の状況を確かめる", person: mother, guarded: "yes" }, "section:has(#join) form");
  must("2: and the section for what has to be guarded", (await press(city, "チームに加える")) === 200, await words(city));
  await open(city, `${house.at}/consents`);
  await put(city, { person: mother, application: "agree", sharing: "agree", how: "paper", exceptions: "第2地域障がい者相談窓口" });
  must("2: she agrees to sharing, not with the son's window", (await press(city, "保存する")) === 200 && (await words(city)).includes("共有しない機関 第2地域障がい者相談窓口"), await words(city));
  await open(support, `${house.at}/records/new`);
  await put(support, { text: "【本人】「年金の通帳は、かばんの中に隠している」", method: "phone", person: mother, sharing: "team" });
  must("2: what she says is written", (await press(support, "保存する")) === 200, await words(support));
  const seenByCentre = await read(centre, house.at);
  check("2: 包括 reads her and how to reach her", seenByCentre.includes(mother) && seenByCentre.includes("昼休みに職場"), seenByCentre);
  check("2: 包括 does not read who reported", !seenByCentre.includes("妹の東山"), seenByCentre);
  check("2: the referral of her is unknown to the son's window", await unknown(sonsWindow, referral), await words(sonsWindow));
  for (const where of [aCase, `${aCase}/team`, `${aCase}/assessment`]) {
    await open(sonsWindow, where);
    const shown = await sonsWindow.page.$eval("main", (m) => { const copy = m.cloneNode(true); copy.querySelectorAll("form").forEach((f) => f.remove()); return copy.innerText; });
    check(`2: ${where.replace(/.*\/[0-9a-z]{13}/, "the case") } names nothing of hers there`, leaks(shown) === "" && !shown.includes("ミツ") && !shown.includes("包括支援") && !shown.includes("虐待"), shown);
  }

  // --- (3) two sittings' matters: the son's without consent, the mother's on hers with a 司法書士
  const conference = await call(city, "shien_kaigi");
  await open(city, `${house.at}/conference-requests/new`);
  await put(city, { person: son, reason: "息子にはまだ会えていない。仕事の支援を、どの窓口が続けるか。" });
  await city.page.locator("main form [name=ground]").first().evaluate((e) => (e.tagName === "SELECT" ? (e.value = [...e.options].find((o) => o.value.includes("no_consent")).value) : document.querySelector("main form [name=ground][value*=no_consent]").click()));
  must("3: the son's part is asked for, of him alone", (await press(city, "求める")) === 200, await words(city));
  const sonsItem = await fromWaiting(city, conference, house.label);
  must("3: the son's part is on the 支援会議 without consent", sonsItem.startsWith("/items/"), await words(city));
  must("3: his window is asked along to it", (await invite(city, sonsItem, { 第2地域障がい者相談窓口: "item" })) === 200, await words(city));
  must("3: 包括, which helps her, is proposed too and taken off his part", (await leaveOut(city, sonsItem, "若松第2地域包括支援センター")) === 200, await words(city));
  must("3: it opens there, on the duty of secrecy", (await swear(sonsWindow, sonsItem)) === 200, await words(sonsWindow));
  const sonsPaper = await onPaper(sonsWindow, `${sonsItem}/sheet`);
  check("3: its paper names 法106条の6 and nothing of hers", sonsPaper.includes("106条の6") && leaks(sonsPaper) === "" && !sonsPaper.includes("過度の苦情"), `${leaks(sonsPaper)}\n${sonsPaper}`);
  must("3: the 支援会議 is held", (await hold(city, conference, ["地域福祉課", "第2地域障がい者相談窓口"])) === 200, await words(city));
  must("3: its 支援方針 is written", (await result(city, sonsItem, { policy: "障がい者の相談窓口が、仕事の話を入り口に会い続ける。" })) === 200, await words(city));
  must("3: its minutes are confirmed", (await confirm(city, conference)) === 200, await words(city));

  await open(city, `${aCase}/plans/new`);
  await put(city, {
    persons: mother, wishes: "自分の年金は、自分で使いたい。", direction: "借金を整理し、体をみてもらう。", review_on: server.day(90),
    goal_1_text: "年金を自分で管理して暮らす", goal_1_term: "long", goal_1_topic: "economy",
    goal_2_text: "転居先の候補を二つ見る", goal_2_term: "short", goal_2_topic: "housing", goal_2_home: "out",
    goal_3_text: "一度受診する", goal_3_term: "short", goal_3_topic: "health",
    role_1_agency: "生活サポート相談窓口", role_1_what: "借金の整理を手伝う", role_1_topic: "economy",
    role_2_agency: "地域福祉課", role_2_what: "虐待対応の状況を確かめる", role_2_topic: "abuse",
    role_3_agency: "若松第2地域包括支援センター", role_3_what: "受診に付きそう", role_3_topic: "health",
  });
  must("3: her plan is drawn up", (await press(city, "保存する")) === 200 && place(city).startsWith("/plans/"), await words(city));
  const plan = place(city);
  await open(city, `${plan}/edit`);
  await put(city, { role_4_who: "司法書士", role_4_what: "手続きの相談を受ける" });
  must("3: the 司法書士 has a part in it", (await press(city, "保存する")) === 200, await words(city));
  await press(city, "提出する");
  await put(city, { agreed: mother });
  must("3: the plan is submitted", (await press(city, "提出する")) === 200 && place(city) === plan, await words(city));
  const deciding = await call(city, "juso_kaigi", today, "14:00");
  const hersItem = await fromWaiting(city, deciding, house.label);
  must("3: her part is on the 重層的支援会議", hersItem.startsWith("/items/") && hersItem !== sonsItem, await words(city));
  check("3: on her consent", (await words(city)).includes("同意"), await words(city));
  must("3: 包括 is asked along", (await invite(city, hersItem, { 若松第2地域包括支援センター: "item" })) === 200, await words(city));
  await open(city, `${hersItem}/guests`);
  await put(city, { name: "羽鳥 司", office: "司法書士事務所", apart: "yes" });
  must("3: the 司法書士 is let in by a link", (await press(city, "リンクを作る")) === 200, await words(city));
  const [guestCode, guestAddress] = await city.page.evaluate(() => [...document.querySelectorAll("main dd")].slice(0, 2).map((e) => e.textContent.trim()));
  const outside = await browser.newContext({ locale: "ja-JP", baseURL: server.origin });
  const guest = { page: await outside.newPage(), city: "aizuwakamatsu" };
  await guest.page.goto(new URL(guestAddress).pathname);
  await guest.page.locator("main input:not([type=hidden])").first().fill(guestCode);
  await answer(guest, () => guest.page.locator("main form button").first().click());
  for (let n = 0; n < 2 && (await guest.page.locator("main form[action$='/secrecy'] button").count()) > 0; ++n) {
    for (const tick of await guest.page.locator("main form[action$='/secrecy'] input[type=checkbox]").all()) await tick.check();
    await answer(guest, () => guest.page.locator("main form[action$='/secrecy'] button").first().click());
  }
  const guestSees = await guest.page.locator("main").innerText();
  check("3: he reads her plan", guestSees.includes("借金の整理を手伝う"), guestSees);
  check("3: and not the son's matter, nor who reported", !guestSees.includes("仕事の支援を、どの窓口") && !guestSees.includes("妹の東山"), guestSees);
  await outside.close();
  check("3: the son's window cannot tell her item from one that never was", await unknown(sonsWindow, hersItem), await words(sonsWindow));
  check("3: nor her plan", await unknown(sonsWindow, plan), await words(sonsWindow));
  check("3: 包括 has no part in the son's item", await unknown(centre, sonsItem), await words(centre));
  const theirAgenda = await read(sonsWindow, `${deciding}/agenda`);
  check("3: the agenda of her sitting tells his window nothing", leaks(theirAgenda) === "" && !theirAgenda.includes(name), theirAgenda);
  must("3: the 重層的支援会議 is held", (await hold(city, deciding, ["地域福祉課", "生活サポート相談窓口", "若松第2地域包括支援センター"])) === 200, await words(city));
  must("3: it finds the plan adequate", (await result(city, hersItem, { finding_1: "adequate" })) === 200, await words(city));
  must("3: its minutes are confirmed", (await confirm(city, deciding)) === 200, await words(city));
  const [hisPaper, herPaper] = [await onPaper(city, `${sonsItem}/sheet`), await onPaper(city, `${hersItem}/sheet`)];
  check("3: two papers on two grounds", hisPaper.includes("106条の6") && !hisPaper.includes("借金の整理") && herPaper.includes("借金の整理") && !herPaper.includes("仕事の支援を、どの窓口"), `${hisPaper}\n-----\n${herPaper}`);
  await open(head, `${plan}/decide`);
  must("3: the city decides", (await press(head, "決定する")) === 200, await words(head));

  // --- (4) the copy for the home leaves no gap
  await open(city, `${plan}/home-copy`);
  check("4: whoever hands it over is warned on the screen", (await words(city)).includes("保護があります"), await words(city));
  const copy = await onPaper(city, `${plan}/home-copy`);
  check("4: it is her plan", copy.includes("年金を自分で管理して暮らす") && copy.includes("一度受診する") && copy.includes("受診に付きそう"), copy);
  check("4: 虐待対応 and 転居 are not on it", !/虐待|転居|暴力/.test(copy), copy);
  const numbers = await city.page.$$eval("main table", (all) => all.map((t) => [...t.querySelectorAll("tbody tr")].map((r) => Number(r.firstElementChild.textContent.trim()))));
  check("4: nothing is numbered past a gap, no row is empty, nothing is blacked out",
        numbers.every((column) => column.every((n, i) => Number.isNaN(n) || n === i + 1)) && !/非表示|省略|＊|■|他\d+件/.test(copy) &&
          (await city.page.$$eval("main tbody tr", (rows) => rows.every((r) => r.textContent.trim() !== ""))), `${JSON.stringify(numbers)}\n${copy}`);
  const [map, theirMap] = [await read(city, house.at), await read(sonsWindow, house.at)];
  check("4: the ecomap shows the section its guarded part, and his window not", map.includes("虐待対応の状況を確かめる") && !theirMap.includes("虐待対応") && !theirMap.includes("包括支援センター"), theirMap);
  const sheet = await onPaper(sonsWindow, `${house.at}/sheet`);
  check("4: his window's 世帯シート agrees with its page", leaks(sheet) === "" && !sheet.includes("包括支援センター") && !sheet.includes("ミツ"), sheet);

  // --- (5) the son asks for what is kept about him
  await open(city, `${house.at}/records/new`);
  await put(city, { text: "【本人】「自分にもできそうだと思った」\n\n【第三者】母は、年金の通帳を隠していると話した。", method: "office", person: son, sharing: "own" });
  must("5: the section has a record about him", (await press(city, "保存する")) === 200, await words(city));
  await open(officer, "/disclosures/new");
  await put(officer, { number: house.number });
  await press(officer, "次へ");
  await put(officer, { person: son, asker: "self", identity: "my_number_card" });
  must("5: his 開示請求 is taken", (await press(officer, "受けて、記録を集める")) === 200 && place(officer).startsWith("/disclosures/"), await words(officer));
  const disclosure = place(officer);
  await press(officer, "部分ごとに仕分ける");
  const parts = await words(officer);
  check("5: his own words are there, to be opened", parts.includes("自分にもできそうだと思った") && parts.includes("提案: 開示"), parts);
  check("5: what is hers alone is not among the parts", !parts.includes("かばんの中") && !parts.includes("自分の年金は、自分で使いたい") && !parts.includes("昼休みに職場"), parts);
  const proposals = await officer.page.$$eval("main .panel, main [class*=panel]", (all) => all.map((p) => p.innerText));
  check("5: her word within his record is for thought, not open", proposals.some((p) => p.includes("年金の通帳を隠している") && p.includes("要検討")), parts);
  for (let n = 1; await officer.page.locator(`main [name=decision_${n}]`).count(); ++n) {
    const panel = officer.page.locator("main .panel, main [class*=panel]").filter({ has: officer.page.locator(`[name=decision_${n}]`) }).last();
    const shown = await panel.innerText();
    await put(officer, shown.includes("提案: 開示") ? { [`decision_${n}`]: "open" } : { [`decision_${n}`]: "withheld", [`ground_${n}`]: "78-1-2" });
  }
  must("5: every part is decided", (await press(officer, "ここまでの仕分けを保存する")) === 200, await words(officer));
  must("5: one proposes", (await press(officer, "この仕分けを案として出す")) === 200 && (await words(officer)).includes("承認は、案を出した人とは別"), await words(officer));
  await open(head, disclosure);
  must("5: another approves the whole set", (await press(head, "すべてを承認して決定する")) === 200, await words(head));
  await open(officer, disclosure);
  const download = await Promise.all([officer.page.waitForEvent("download"), officer.page.getByRole("link", { name: "交付する紙（PDF）" }).click().catch(() => {})]).then(([d]) => d.path());
  const pdf = execFileSync("pdftotext", ["-layout", download, "-"], { encoding: "utf8" });
  check("5: the paper holds his words", pdf.replace(/\s/g, "").includes("自分にもできそうだと思った"), pdf);
  check("5: her statements and who reported are withheld", !/年金の通帳|妹の|東山|かばん|昼休み|虐待|通報|転居/.test(pdf.replace(/\s/g, "")), pdf);
  check("5: who may not know of requests does not know this one", await unknown(sonsWindow, disclosure), await words(sonsWindow));
  const verified = server.command?.("audit", "verify", "aizuwakamatsu");
  check("5: the chain of looks verifies", verified === undefined || verified.code === 0, verified?.text);
  check("5: and the look at it is in it", /開示/.test(await read(auditor, "/audit")), await words(auditor));

  // --- (6) 過度の苦情, for those who visit; 進行管理
  await open(support, `${house.at}/safety`);
  await put(support, { codes: "excessive_complaints", note: "長い電話が続くことがある。二人で行く。" });
  must("6: the note for visits is written", (await press(support, "保存する")) === 200, await words(support));
  const told = { "生活サポート相談窓口": support, "包括": centre, "地域の支援員": worker };
  const untold = { "市の担当": officer, "課長": head };
  for (const [who, session] of Object.entries(told)) {
    const shown = await read(session, house.at);
    check(`6: ${who} reads 過度の苦情 before visiting`, shown.includes("過度の苦情"), shown);
    check(`6: but not on paper: ${who}`, !(await onPaper(session, house.at)).includes("過度の苦情") && !(await onPaper(session, `${house.at}/sheet`)).includes("過度の苦情"));
  }
  for (const [who, session] of Object.entries(untold)) check(`6: ${who} does not`, !(await read(session, house.at)).includes("過度の苦情"), await words(session));
  for (const item of [sonsItem, hersItem]) check("6: it is in no packet", !(await read(city, item)).includes("過度の苦情") && !(await onPaper(city, `${item}/sheet`)).includes("過度の苦情"));
  const listed = await read(city, "/cases");
  check("6: the case is one line of the list of 進行管理", listed.split("\n").filter((l) => l.includes(house.label)).length === 1 && listed.includes("支援中"), listed);
  await unmoved("at the end of the story", true);
  for (const [role, session] of Object.entries(people)) check(`nothing leaves the origin, the console stays empty: ${role}`, session.faults.length === 0, session.faults.join("\n  "));
}, ["aizuwakamatsu"]);
