// 北上, 及川家: below the threshold first, connected two months later, a start before the decision, a bundle of two plans,
// closed with main contact and time-boxed reading, open again after five months under the same number. The months pass by
// starting the program again, days ahead, on the same data.
import { counts, open, place, press, put, run, words } from "./lib.mjs";
import { call, cast, confirm, family, fromWaiting, hold, home, invite, linkWith, read, result, row, steps, swear, takeUp, unknown } from "./story.mjs";

const name = family("及川");
const father = `${name} 誠二`;
const son = `${name} 春人`;
const plus = (before, after, code) => (after[code] ?? NaN) - (before[code] ?? NaN);
const city = "kitakami";

await run(async (server, browser, report) => {
  const { check, must } = steps(report, "北上");
  let people = {};
  const quiet = () => {
    for (const [role, session] of Object.entries(people)) check(`nothing leaves the origin, the console stays empty: ${role}`, session.faults.length === 0, session.faults.join("\n  "));
  };
  /** Days pass; whoever goes on signs in again. */
  const later = async (days, roles) => {
    quiet();
    for (const session of Object.values(people)) await session.context.close();
    await server.later(days);
    people = await cast(server, browser, city, roles);
    return people;
  };

  // --- (1) the core members' monthly sitting: below the threshold
  people = await cast(server, browser, city, ["officer", "core", "coordinator", "member"]);
  let { officer, core, coordinator: swc, member } = people;
  const before = await counts(officer);
  const house = await home(officer, [{ family: name, given: "誠二", kana: "おいかわ せいじ", birth: "1974", sex: "male", relation: "self" },
                                     { family: name, given: "春人", kana: "おいかわ はると", birth: "2004", sex: "male", relation: "child" }]);
  must("1: one section knows the household", house.at.startsWith("/households/") && Boolean(house.number), await words(officer));
  await open(officer, `${house.at}/conference-requests/new`);
  await put(officer, { ground: await officer.page.locator("main form [name=ground]").evaluateAll((all) => [...(all[0].options ?? all)].map((o) => o.value).find((v) => v.includes("held_apart"))), reason: "工場が閉まった。家賃の相談に一度来たきり。" });
  must("1: and brings it as a piece of what is known", (await press(officer, "求める")) === 200, await words(officer));
  const first = await call(officer, "shien_kaigi", server.day());
  const firstItem = await fromWaiting(officer, first, house.label);
  must("1: it is on the core members' agenda", firstItem.startsWith("/items/"), await words(officer));
  must("1: 長寿介護課 is asked along", (await invite(officer, firstItem, { 福祉部長寿介護課: "item" }, { question: "家賃の相談に一度来たきり。どこまで関わるか。" })) === 200, await words(officer));
  must("1: which opens it there", (await swear(core, firstItem)) === 200, await words(core));
  await open(core, `${firstItem}/preparation`);
  await put(core, { text: "祖母の介護の相談で、春人さんが昼夜逆だと聞いている。" }, "main form[action$='/answer']");
  must("1: the second section brings its piece", (await press(core, "ひとことを加える", "main form[action$='/answer']")) === 200, await words(core));
  const both = await read(officer, `${firstItem}/preparation`);
  must("1: both pieces lie side by side", both.includes("昼夜逆") && (await read(core, firstItem)).includes("家賃の相談"), await words(core));
  must("1: the sitting is held", (await hold(officer, first, ["福祉部地域福祉課", "福祉部長寿介護課", "北上市社会福祉協議会"])) === 200, await words(officer));
  await open(officer, firstItem);
  must("1: it is 気になるケース: discussed, 接続不要, with 助言 and a dated next look",
       (await result(officer, firstItem, { connect: "not_needed", below_threshold: "concern", advice: "いまの窓口で、父の仕事の話から聞いていく。", next_look: server.day(60) })) === 200, await words(officer));
  const said = await words(officer);
  check("1: so it stands on the item", said.includes("つながない") && said.includes("気になるケース") && said.includes("父の仕事の話から"), said);
  must("1: the minutes are confirmed", (await confirm(officer, first)) === 200, await words(officer));
  check("1: no case was opened", !(await read(swc, "/cases")).includes(house.label) && !(await read(officer, "/cases")).includes(house.label));
  const discussed = await counts(officer);
  check("1: no plan is counted", Object.keys(before).filter((c) => /plan/.test(c) && !/conference|held|meeting/.test(c)).every((c) => plus(before, discussed, c) === 0));
  check("1: the source keeps it", (await open(officer, `${house.at}/records/new`)) === 200, await words(officer));
  const nextLook = await read(officer, "/today");
  check("1: the next look is dated, and awaits who keeps it", nextLook.includes("つながなかった世帯をもう一度見る"), nextLook);
  check("1: a section that was not asked knows no household", await unknown(member, house.at), await words(member));

  // --- (2) two months later: connected
  ({ officer, core, coordinator: swc, member } = await later(61, ["officer", "coordinator", "coordinator2", "member", "window"]));
  const swc2 = () => people.coordinator2;
  const dueNow = await read(officer, "/today");
  check("2: two months later the look is due", (await row(officer, house.label).innerText()).includes("期限を1日過ぎています"), dueNow);
  check("2: nobody has asked for a signature yet", !(await read(officer, `${house.at}/consents`)).includes("有効"));
  await open(officer, `${house.at}/conference-requests/new`);
  await put(officer, { ground: await officer.page.locator("main form [name=ground]").evaluateAll((all) => [...(all[0].options ?? all)].map((o) => o.value).find((v) => v.includes("no_consent"))), reason: "貯金がなくなり、家賃が払えない。" });
  await press(officer, "求める");
  const second = await call(officer, "shien_kaigi", server.day());
  const secondItem = await fromWaiting(officer, second, house.label);
  must("2: it comes before the core members again", secondItem.startsWith("/items/"), await words(officer));
  must("2: held with 多機関協働", (await hold(officer, second, ["福祉部地域福祉課", "福祉部長寿介護課", "北上市社会福祉協議会"])) === 200, await words(officer));
  must("2: 接続要", (await result(officer, secondItem, { connect: "needed", subjects: father, policy: "父の利用申込みをもらい、仕事と家計を一緒に進める。" })) === 200, await words(officer));
  must("2: the minutes are confirmed", (await confirm(officer, second)) === 200, await words(officer));
  check("2: the look is done", !(await read(officer, "/today")).includes("つながなかった世帯をもう一度見る"), await words(officer));
  await open(swc, "/cases");
  const aCase = await linkWith(swc, house.label, "/cases/");
  must("2: only now 社協 has a case", Boolean(aCase), await words(swc));
  await open(swc, aCase);
  const number = (await words(swc)).match(/R\d\d-\d{4}/)?.[0];
  check("2: before consent", (await words(swc)).includes("同意前") && Boolean(number), await words(swc));
  check("2: only now 利用申込み is sought", (await read(swc, "/today")).includes("同意をたずねる"), await words(swc));
  const early = await call(swc, "kobetsu_shien", server.day(), "15:00");
  await open(swc, `${aCase}/team`);
  await put(swc, { agency: "暮らしの自立支援センターきたかみ", role: "member", what: "家計の相談を受ける" }, "section:has(#join) form");
  must("2: 暮らしの自立支援センター joins", (await press(swc, "チームに加える")) === 200, await words(swc));
  await open(swc, `${house.at}/consents`);
  await put(swc, { person: father, application: "agree", sharing: "agree", how: "paper" });
  must("2: the father signs", (await press(swc, "保存する")) === 200, await words(swc));
  await put(swc, { person: son, application: "refuse", sharing: "refuse", how: "paper" });
  must("2: the son does not", (await press(swc, "保存する")) === 200 && (await words(swc)).includes("断"), await words(swc));

  // --- (3) 参加支援 for the father before the decision
  await open(swc, `${aCase}/early-start`);
  await put(swc, { service: "participation", agency: "北上市社会福祉協議会", reason: "early", free_reason: "面接の日が決まっている。" });
  must("3: 参加支援 starts before the decision", (await press(swc, "決定の前に始める")) === 200 && (await words(swc)).includes("早期に関わる必要がある場合"), await words(swc));
  const waiting = await read(swc, early);
  check("3: it is on the next 個別支援会議 for ratification", (await row(swc, house.label, "section:has(#waiting)").allInnerTexts()).some((l) => l.includes("決定前")), waiting);
  ({ officer, coordinator: swc, member } = await later(62, ["officer", "coordinator", "coordinator2", "member", "window", "head"]));
  const overdue = await read(swc, `${aCase}/early-start`);
  check("3: after two months it is overdue, and shown so", overdue.includes("を過ぎています"), overdue);
  await open(swc2(), `${house.at}/records/new`);
  await put(swc2(), { text: "【事実】面接に同行した。翌週から週2日。", method: "accompany", person: father, services: "participation" });
  must("3: overdue does not block: the work goes on", (await press(swc2(), "保存する")) === 200, await words(swc2()));

  // --- (4) a bundle of two plans
  const content = (what, agency, more = {}) => ({ persons: father, wishes: "もう一度、朝に出かけたい。", direction: what, review_on: server.day(90), goal_1_text: what, goal_1_term: "long", role_1_agency: agency, role_1_what: what, ...more });
  await open(swc, aCase);
  await press(swc, "支援プランを書く");
  await put(swc, content("家計表を一緒に見る", "暮らしの自立支援センターきたかみ"));
  must("4: 多機関協働 writes its plan", (await press(swc, "保存する")) === 200 && place(swc).startsWith("/plans/"), await words(swc));
  const whole = place(swc);
  await open(swc2(), aCase);
  await press(swc2(), "支援プランを書く");
  must("4: the contractor finds the way to a plan of its own", (await press(swc2(), "参加支援プランを書く")) === 200, await words(swc2()));
  await put(swc2(), content("受け入れ先の見学に同行する", "北上市社会福祉協議会"));
  must("4: and writes it", (await press(swc2(), "保存する")) === 200 && place(swc2()).startsWith("/plans/") && (await words(swc2())).includes("参加支援プラン"), await words(swc2()));
  const part = place(swc2());
  await open(swc, whole);
  await press(swc, "提出する");
  await put(swc, { agreed: father, with: part.split("/").pop() });
  must("4: the two are submitted as a bundle", (await press(swc, "提出する")) === 200 && (await read(swc, part)).includes("提出"), await words(swc));

  const sitting = await call(swc, ["kobetsu_shien", "chiiki_care"], server.day(), "13:30");
  const first4 = await fromWaiting(swc, sitting, house.label);
  const second4 = await fromWaiting(swc, sitting, house.label);
  must("4: the bundle is one item, the early start another", first4.startsWith("/items/") && second4.startsWith("/items/") && first4 !== second4, `${first4} ${second4}`);
  const bundle = (await read(swc, first4)).includes("家計表") ? first4 : second4;
  const ratify = bundle === first4 ? second4 : first4;
  check("4: both plans are in the one packet", (await read(swc, bundle)).includes("家計表を一緒に見る") && (await words(swc)).includes("受け入れ先の見学に同行する"), await words(swc));
  await open(swc, sitting);
  must("4: without the city it cannot be held", (await hold(swc, sitting, ["北上市社会福祉協議会", "暮らしの自立支援センターきたかみ"])) === 422 && (await words(swc)).includes("市の参加"), await words(swc));
  check("4: what was ticked is still ticked", (await swc.page.locator("main form[action$='/held'] [name=present]:checked").count()) === 2);
  must("4: with the city it is held", (await hold(swc, sitting, ["北上市社会福祉協議会", "福祉部地域福祉課", "暮らしの自立支援センターきたかみ"])) === 200, await words(swc));
  await open(swc, bundle);
  const labels = await swc.page.locator("main form[action$='/outcome']").innerText();
  const [good, back] = /参加支援プラン1/.test(labels) ? ["2", "1"] : ["1", "2"];
  check("4: the form names each plan by its kind", labels.includes(`参加支援プラン${back}`), labels);
  must("4: one 適切, one 差戻し, in one sitting",
       (await result(swc, bundle, { [`finding_${good}`]: "adequate", [`finding_${back}`]: "send_back", [`finding_text_${back}`]: "見学の回数と、体の負担を書き足す。" })) === 200, await words(swc));
  must("4: the start before the decision is ratified", (await result(swc, ratify, { agree: "yes" })) === 200, await words(swc));
  must("4: the minutes are confirmed", (await confirm(swc, sitting)) === 200, await words(swc));
  check("4: the ratification stands with the start", (await read(swc, `${aCase}/early-start`)).includes("に確認"), await words(swc));
  const returned = await read(swc2(), part);
  check("4: the contractor's plan is a draft again", returned.includes("差戻し") && returned.includes("案を直す"), returned);
  must("4: and the way to what is to be mended", (await press(swc2(), "会議の意見、直すところを読む")) === 200 && (await words(swc2())).includes("体の負担"), await words(swc2()));
  const others = await read(member, sitting);
  check("4: the 地域ケア会議 in the next slice sees nothing of slice one", !others.includes(name) && !others.includes("家計表"), others);
  for (const item of [bundle, ratify]) check("4: its people cannot tell the item from one that never was", await unknown(member, item), await words(member));
  await open(people.head, `${whole}/decide`);
  must("4: the city decides on the one that was adequate", (await press(people.head, "決定する")) === 200, await words(people.head));

  // --- (5) closed, and open again after five months
  await open(swc, `${aCase}/closure`);
  await put(swc, { reason: "resolved", main_contact: "暮らしの自立支援センターきたかみ", watch_channel: "月1回の電話", access_until: server.day(120), note: "仕事が続いている。" });
  must("5: the closure is put to the sitting", (await press(swc, "会議に提案する")) === 200 && (await words(swc)).includes("会議の判断を待っています"), await words(swc));
  const last = await call(swc, "kobetsu_shien", server.day(), "16:00");
  const closing = await fromWaiting(swc, last, house.label);
  must("5: it is an item", closing.startsWith("/items/"), await words(swc));
  must("5: the sitting is held", (await hold(swc, last, ["北上市社会福祉協議会", "福祉部地域福祉課"])) === 200, await words(swc));
  must("5: and agrees", (await result(swc, closing, { agree: "yes" })) === 200, await words(swc));
  must("5: the minutes are confirmed", (await confirm(swc, last)) === 200, await words(swc));
  const closed = await read(swc, aCase);
  check("5: the case is closed, with a main contact", closed.includes("終結") && closed.includes("暮らしの自立支援センターきたかみ"), closed);
  check("5: it may still be read", (await open(swc, house.at)) === 200);
  check("5: but not written in", (await open(swc, `${aCase}/plans/new`)) !== 200);
  check("5: the main contact keeps it", (await open(people.window, house.at)) === 200, await words(people.window));

  ({ coordinator: swc } = await later(150, ["coordinator", "officer", "member"]));
  const contact = people.officer;
  check("5: the reading of 社協 was boxed in time and is over", await unknown(swc, aCase), await words(swc));
  must("5: the section that holds the household opens it again", (await open(contact, `${aCase}/reopen`)) === 200, await words(contact));
  await put(contact, { trigger: "surroundings" });
  must("5: with the reason", (await press(contact, "再開する")) === 200, await words(contact));
  const again = await read(contact, aCase);
  check("5: under the same number", again.includes(number), again);
  check("5: the consent has lapsed: before consent", again.includes("同意前"), again);
  check("5: its history is kept", again.includes("1回目") && again.includes("2回目") && again.includes("取り巻く環境の変化"), again);
  await open(contact, `/referrals/new?household=${house.id}`);
  await put(contact, { to: "北上市社会福祉協議会", person: father, passing: "spoken_consent", heard_by: "口内", text: "また相談したいと電話があった。社協に伝えてよいとのこと。" });
  must("5: before consent 社協 is told with the father's word", (await press(contact, "つなぐ")) === 200, await words(contact));
  must("5: which takes it up", (await takeUp(swc, place(contact), { text: "前のつづきから伺います。" })) === 200, await words(swc));
  const back5 = await read(swc, aCase);
  check("5: the same case, with what was done in it", back5.includes(number) && back5.includes("同意前") && back5.includes("1回目"), back5);
  check("5: and the old plan", (await open(swc, whole)) === 200 && (await words(swc)).includes("家計表を一緒に見る"), await words(swc));
  check("5: consent is asked for anew", (await read(swc, "/today")).includes("同意をたずねる"), await words(swc));
  check("5: the lapsed one says so", (await read(swc, `${house.at}/consents`)).includes("期限切れ"), await words(swc));
  check("5: who never had a part still knows nothing", await unknown(people.member, aCase), await words(people.member));
  quiet();
}, [city]);
