// 河内長野, 楠本家: a girl who cares for her grandmother. One queue of two bodies, the girl's own view apart from her mother's
// copy, a lawyer for one item and until a day, a doctor for a summary without names, 確認 by four 課長, a visit that counts for
// two services and once in the total, and a common issue without a name.
import { counts, links, open, place, press, put, run, words } from "./lib.mjs";
import { byHand, call, caseOf, cast, confirm, family, fromWaiting, hold, home, invite, linkWith, onPaper, read, result, row, steps, swear, unknown } from "./story.mjs";

const name = family("楠本");
const mother = `${name} 直子`;
const girl = `${name} 沙希`;
const ownWord = "朝は学校に間に合いたい";
const city = "kawachinagano";
const plus = (before, after, code) => (after[code] ?? NaN) - (before[code] ?? NaN);

await run(async (server, browser, report) => {
  const { check, must } = steps(report, "河内長野");
  let people = await cast(server, browser, city, ["window", "coordinator", "coordinator2", "worker", "adviser", "member", "head", "head2", "head3", "head4", "window3"]);
  const { window: aikku, coordinator: council, coordinator2: section, worker, adviser, member: doctor, head, head2, head3, head4, window3: stranger } = people;
  const quiet = () => {
    for (const [role, session] of Object.entries(people)) check(`nothing leaves the origin, the console stays empty: ${role}`, session.faults.length === 0, session.faults.join("\n  "));
  };
  const before = await counts(head);

  // --- (1) a school tells あいっく; one queue, taken once
  const house = await home(aikku, [{ family: name, given: "直子", kana: "くすもと なおこ", birth: "1980", sex: "female", relation: "self" },
                                   { family: name, given: "フミ", kana: "くすもと ふみ", birth: "1947", sex: "female", relation: "mother" },
                                   { family: name, given: "沙希", kana: "くすもと さき", birth: "2011", sex: "female", relation: "child" }]);
  must("1: あいっく knows the household", house.at.startsWith("/households/") && Boolean(house.number), await words(aikku));
  await open(aikku, `/intakes/new?household=${house.id}`);
  await put(aikku, { summary: "祖母の世話をして、朝は遅れて登校する。", about: "care", consulter: "担任の先生", consulter_relation: "agency" });
  must("1: what the school told is kept", (await press(aikku, "受付を保存する")) === 200, await words(aikku));
  await open(aikku, `/referrals/new?kind=collaboration&household=${house.id}`);
  await put(aikku, { person: mother, passing: "spoken_consent", heard_by: "滝畑", reasons: "複数サービスが入っているが、連携ができていない、お互いの動きがわからない", text: "介護の窓口と学校が別々に見ている。" });
  must("1: it is sent with the reason 「お互いの動きがわからない」", (await press(aikku, "保存してつなぐ")) === 200 && (await words(aikku)).includes("お互いの動きがわからない"), await words(aikku));
  const referral = place(aikku);
  for (const [who, side] of [["社協", council], ["市", section]]) {
    await open(side, "/referrals");
    must(`1: the 推進員 of ${who} sees it in the one queue`, (await row(side, house.label).count()) === 1, await words(side));
  }
  await open(section, referral);
  must("1: the one at the city takes it", (await press(section, "わたしが受ける")) === 200, await words(section));
  const atCouncil = await read(council, referral);
  check("1: the one at 社協 sees who has it", atCouncil.includes("長野 耕一"), atCouncil);
  check("1: and cannot take it a second time", (await council.page.getByRole("button", { name: "わたしが受ける" }).count()) === 0 && (await council.page.getByRole("link", { name: "返事をする" }).count()) === 0, atCouncil);
  await open(section, referral);
  await press(section, "返事をする");
  await put(section, { outcome: "accept", subjects: mother, owner: "地域福祉高齢課", text: "市の推進員が受けました。" });
  must("1: it is answered", (await press(section, "返事を送る")) === 200, await words(section));
  await open(council, "/referrals");
  check("1: nothing waits for 社協 any more", (await row(council, house.label).count()) === 0, await words(council));
  const aCase = await caseOf(section, house.at);
  must("1: there is a case", Boolean(aCase), await words(section));

  // --- (2) the mother for herself, the girl's own view apart
  await open(section, `${house.at}/consents`);
  await put(section, { person: mother, application: "agree", sharing: "agree", how: "paper" });
  must("2: the mother agrees for herself", (await press(section, "保存する")) === 200, await words(section));
  check("2: for nobody else", !(await words(section)).split("申込みと同意を書く")[0].includes("沙希"), await words(section));
  await open(section, `${aCase}/team`);
  await put(section, { agency: "社会福祉協議会", role: "member", what: "CSWが家を訪ね、居場所に一緒に行く" }, "section:has(#join) form");
  must("2: the CSW joins", (await press(section, "チームに加える")) === 200, await words(section));
  await open(aikku, aCase);
  await open(aikku, `${aCase}/assessment`);
  const voices = (await links(aikku.page, /\/voices\//))[2];  // mother, grandmother, girl
  must("2: あいっく can write the girl's own view", Boolean(voices), await words(aikku));
  await open(aikku, voices);
  await put(aikku, { text: `「ばあちゃんは好き。でも${ownWord}」` });
  must("2: which is kept apart", (await press(aikku, "保存する")) === 200 && (await words(aikku)).includes(ownWord), await words(aikku));
  await open(section, `${aCase}/plans/new`);
  await put(section, {
    persons: mother, names: ["outreach", "participation"], wishes: "夜勤の日も、家のことを娘だけに任せないようにしたい。", direction: "介護の手を増やす。", review_on: server.day(120), approach: "accompany",
    goal_1_text: "週に2日、朝の介護を別の人に頼む", goal_1_term: "short",
    role_1_agency: "社会福祉協議会", role_1_what: "CSWが家を訪ね、居場所に一緒に行く",
    role_2_agency: "あいっく", role_2_what: "娘の話を聞く", role_2_topic: "child", role_2_home: "out",
  });
  must("2: the plan is drawn up", (await press(section, "保存する")) === 200 && place(section).startsWith("/plans/"), await words(section));
  const plan = place(section);
  const copy = await onPaper(section, `${plan}/home-copy`);
  check("2: the mother's copy is her plan", copy.includes("朝の介護を別の人に頼む") && copy.includes("居場所に一緒に行く"), copy);
  check("2: the girl's own view is not on it, nor that somebody listens to her", !copy.includes(ownWord) && !copy.includes("娘の話を聞く"), copy);
  const sheet = await read(section, `${house.at}/sheet`);
  check("2: the girl's own view is not on the 連携シート", sheet.includes(name) && !sheet.includes(ownWord), sheet);
  const pdf = await section.page.pdf({ format: "A4", preferCSSPageSize: true });
  const pages = Number(pdf.toString("latin1").match(/\/Type \/Pages\s+\/Count (\d+)/)?.[1]);
  check("2: the 連携シート is one A4", pages === 1, `${pages} pages`);
  check("2: it bears the city's name for it", sheet.includes("連携シート"), sheet);
  for (const [who, session] of [["生活困窮者自立相談支援員", stranger], ["生活福祉課長", head2], ["医師会", doctor]])
    check(`2: without a ground there is none: ${who}`, await unknown(session, `${house.at}/sheet`), await words(session));

  // --- (3) ケース会議 with a lawyer; a doctor
  const conference = await call(section, "shien_kaigi", server.day(), "10:00");
  const other = await byHand(section, conference, { body: "shien_kaigi", household_number: house.number, question: "学校との連絡のしかた。", reason: "早めに話し合いたい。" });
  const item = await byHand(section, conference, { body: "shien_kaigi", household_number: house.number, question: "祖母の契約を、だれの名前でするか。", reason: "祖母の契約の扱い。" });
  must("3: two items are before the ケース会議", item.startsWith("/items/") && other.startsWith("/items/") && item !== other, await words(section));
  must("3: a lawyer is appointed to one of them until a day",
       (await invite(section, item, { 医師会地域連携室: "summary" }, { adviser_login: `${city}-adviser`, adviser_appointed_on: server.day(), adviser_until: server.day(10) })) === 200, await words(section));
  must("3: he opens it", (await swear(adviser, item)) === 200 && (await words(adviser)).includes("祖母の契約"), await words(adviser));
  check("3: not the other", await unknown(adviser, other), await words(adviser));
  check("3: nor the household", await unknown(adviser, house.at), await words(adviser));
  check("3: the doctor's office cannot open the item", await unknown(doctor, item), await words(doctor));
  await open(section, `${item}/packets`);
  await put(section, { summary: "高齢の人の契約を、家族のだれの名前で行うかを話し合います。" }, "main form[action$='/summary']");
  must("3: a summary is written for the doctor", (await press(section, "要約を保存する")) === 200, await words(section));
  await open(doctor, conference);
  const summary = await linkWith(doctor, "要約", "/summaries/");
  must("3: the doctor's office finds it", Boolean(summary), await words(doctor));
  must("3: on the duty of secrecy", (await swear(doctor, summary)) === 200, await words(doctor));
  const summed = await words(doctor);
  check("3: it names nobody", summed.includes("契約") && !summed.includes(name) && !summed.includes(house.number), summed);
  must("3: the ケース会議 is held", (await hold(section, conference, ["地域福祉高齢課", "社会福祉協議会", "あいっく"])) === 200, await words(section));
  for (const one of [item, other]) must("3: what was found is written", (await result(section, one, { policy: "地域包括支援センターと相談して進める。" })) === 200, await words(section));
  must("3: the minutes are confirmed", (await confirm(section, conference)) === 200, await words(section));

  // --- (4) 支援調整会議: four 課長, 確認
  await open(section, plan);
  await press(section, "提出する");
  await put(section, { agreed: mother });
  must("4: the plan is submitted", (await press(section, "提出する")) === 200 && place(section) === plan, await words(section));
  const sitting = await call(section, "shien_chosei", server.day(), "14:00");
  const planItem = await fromWaiting(section, sitting, house.label);
  must("4: it is before the 支援調整会議", planItem.startsWith("/items/"), await words(section));
  must("4: the four 課長 are asked along", (await invite(section, planItem, { 生活福祉課: "item", 障がい福祉課: "item", 子ども子育て課: "item" })) === 200, await words(section));
  for (const [who, session] of Object.entries({ 地域福祉高齢課長: head, 生活福祉課長: head2, 障がい福祉課長: head3, 子ども子育て課長: head4 })) {
    check(`4: ${who} reads it`, (await swear(session, planItem)) === 200 && (await words(session)).includes("朝の介護を別の人に頼む"), await words(session));
    check(`4: and works on no case: ${who}`, (await open(session, `${house.at}/records/new`)) === 404);
  }
  must("4: it is held with them", (await hold(section, sitting, ["地域福祉高齢課", "社会福祉協議会", "生活福祉課", "障がい福祉課", "子ども子育て課"])) === 200, await words(section));
  must("4: they find it adequate", (await result(section, planItem, { finding_1: "adequate" })) === 200, await words(section));
  must("4: the minutes are confirmed", (await confirm(section, sitting)) === 200, await words(section));
  const [itemPaper, minutes, planPage] = [await onPaper(section, `${planItem}/sheet`), await read(section, `${sitting}/minutes`), await read(section, plan)];
  for (const [where, shown] of [["the paper", itemPaper], ["the minutes", minutes], ["the plan", planPage]])
    check(`4: ${where} says 確認, not 承認`, shown.includes("確認") && !shown.includes("承認"), shown);
  await open(head, `${plan}/decide`);
  must("4: the city's decision is its own step", (await press(head, "決定する")) === 200, await words(head));
  await open(worker, `${house.at}/records/new`);
  await put(worker, { text: "【事実】居場所に二人で来た。", method: "home_visit", outcome: "met", services: ["outreach", "participation"], sharing: "team" });
  must("4: the CSW's one visit does both services", (await press(worker, "保存する")) === 200, await words(worker));
  const after = await counts(head);
  for (const code of ["contacts", "contacts_outreach", "contacts_participation"]) check(`4: it counts once: ${code}`, plus(before, after, code) === 1, `${before[code]} -> ${after[code]}`);

  // --- (5) レビュー会議: a common issue without a name
  const review = await call(section, "review_kaigi", server.day(), "16:00");
  const looked = await byHand(section, review, { body: "review_kaigi", household_number: house.number, question: "夜に話を聞く人がいない。" });
  must("5: the case is looked at in the quarterly review", looked.startsWith("/items/"), await words(section));
  must("5: the review is held", (await hold(section, review, ["地域福祉高齢課", "社会福祉協議会"])) === 200, await words(section));
  must("5: what was said is kept", (await result(section, looked, { note: "夜に話を聞く人がいない。" })) === 200, await words(section));
  const form = "main form[action$='/common-issues']";
  await put(section, { title_1: `${name}さんの夜`, field_1: "child", kind_1: "resource" }, form);
  check("5: a title with a name is refused", (await press(section, "共通の課題に加える", form)) === 422, await words(section));
  const title = `介護をする子どもが朝に休める手がない ${name.slice(-4)}番`;
  await put(section, { title_1: title, field_1: "child", kind_1: "resource" }, form);
  must("5: one without is taken", (await press(section, "共通の課題に加える", form)) === 200, await words(section));
  const issue = await linkWith(section, title, "/common-issues/");
  check("5: the way back opens to the 推進員 with the ground", (await read(section, issue)).includes(house.label), await words(section));
  for (const [who, session] of [["医師会", doctor], ["弁護士", adviser]]) {
    const shown = await read(session, issue);
    check(`5: ${who} reads the issue without the way back`, shown.includes(title) && !shown.includes(house.label) && !shown.includes("/items/") && (await linkWith(session, "", "/items/")) === undefined, shown);
  }
  await open(section, `${aCase}/edit`);
  await put(section, { watching: "yes" });
  must("5: 伴走: the case goes on without an end", (await press(section, "保存する")) === 200 && (await read(section, aCase)).includes("伴走"), await words(section));
  quiet();
  for (const session of Object.values(people)) await session.context.close();

  // --- afterwards: the lawyer's days are over; nobody is pressed to close
  await server.later(11);
  people = await cast(server, browser, city, ["adviser", "coordinator2"]);
  check("3: after its end date the lawyer's item is as one that never was", await unknown(people.adviser, item), await words(people.adviser));
  quiet();
  for (const session of Object.values(people)) await session.context.close();
  await server.later(220);
  people = await cast(server, browser, city, ["coordinator2"]);
  const line = await read(people.coordinator2, "/today");
  check("5: after most of a year nothing asks for the closure", !/終結/.test(line), line);
  check("5: on the case neither", !/終結を急|終結の期限|終結してください/.test(await read(people.coordinator2, aCase)), await words(people.coordinator2));
  quiet();
}, [city]);
