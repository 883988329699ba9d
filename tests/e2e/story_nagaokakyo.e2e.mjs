// 長岡京, 中小路家: a woman with an outpatient history and a boy who stays away from school. Partners for a visit only for those
// on the ground, one sitting of two bodies, the sections that collect for the arrears alone, a consent that leaves education
// out, one person who does all three services, a withdrawal with its list, and 水道課's 目的外利用協議.
import { answer, counts, open, place, press, put, run, words } from "./lib.mjs";
import { byHand, call, caseOf, cast, confirm, family, fromWaiting, hold, home, invite, onPaper, read, result, row, steps, swear, takeUp, unknown } from "./story.mjs";

const name = family("中小路");
const mother = `${name} 玉恵`;
const boy = `${name} 岳斗`;
const history = ["精神科", "通院", "服薬", "メンタル"];
const collectors = "税・料の徴収等にかかる部局";
const city = "nagaokakyo";
const plus = (before, after, code) => (after[code] ?? NaN) - (before[code] ?? NaN);
const hints = (shown) => history.filter((h) => shown.includes(h)).join("、");

await run(async (server, browser, report) => {
  const { check, must } = steps(report, "長岡京");
  const quiet = () => {
    for (const [role, session] of Object.entries(people)) check(`nothing leaves the origin, the console stays empty: ${role}`, session.faults.length === 0, session.faults.join("\n  "));
  };
  let people = await cast(server, browser, city, ["window", "window2", "window3", "coordinator", "member", "tax", "officer"]);
  let { window: centre, window2: support, window3: education, coordinator: link, member: disability, tax, officer } = people;

  // --- (1) 西地域包括 tells くらし連携担当
  const house = await home(centre, [{ family: name, given: "玉恵", kana: "なかこうじ たまえ", birth: "1982-09", sex: "female", relation: "self" },
                                    { family: name, given: "岳斗", kana: "なかこうじ たけと", birth: "2017", sex: "male", relation: "child" }], { address: "架空8丁目3" });
  must("1: 西地域包括 knows the household", house.at.startsWith("/households/") && Boolean(house.number), await words(centre));
  await open(centre, `${house.at}/issues/new`);
  await put(centre, { person: mother, code: "mental_health", certainty: "confirmed", treatment: "stopped", note: "精神科への通院が途切れている。" });
  must("1: and her history", (await answer(centre, () => centre.page.locator("main form button[type=submit], main form button:not([type])").last().click())) === 200, await words(centre));
  await open(centre, `/referrals/new?kind=collaboration&household=${house.id}`);
  check("1: whoever is on the ground is told whom to take along on a visit", (await words(centre)).includes("訪問のときに一緒に動ける相手"), await words(centre));
  await put(centre, { person: mother, passing: "spoken_consent", heard_by: "井ノ内", reasons: "several_services", text: "子が学校を休みがち。水道の料金が遅れている。" });
  must("1: くらし連携担当 is told", (await press(centre, "保存してつなぐ")) === 200, await words(centre));
  must("1: and takes it", (await takeUp(link, place(centre), { subjects: mother, owner: "地域福祉連携室", text: "受けました。" })) === 200, await words(link));
  const aCase = await caseOf(link, house.at);
  must("1: there is a case", Boolean(aCase), await words(link));
  await open(centre, `/referrals/new?household=${house.id}`);
  await put(centre, { to: "子育て支援課", person: boy, passing: "spoken_consent", heard_by: "井ノ内", text: "学校を休みがちなことについて、相談できる人を探している。" });
  must("1: education is told of the boy", (await press(centre, "つなぐ")) === 200, await words(centre));
  const notice = place(centre);
  const received = await read(education, notice);
  must("1: education has the notice", received.includes("休みがち"), received);
  check("1: it holds no hint of the history", hints(received) === "", received);
  must("1: and takes it up", (await takeUp(education, notice, { text: "学校に確かめます。" })) === 200, await words(education));
  await open(education, `/referrals/new?household=${house.id}`);
  check("1: no partners for a visit are suggested there", !(await words(education)).includes("訪問のときに") && hints(await words(education)) === "", await words(education));
  /** All that education can look at: it must not move when the mother agrees to sharing without it. */
  const theirs = async () => {
    const seen = {};
    for (const where of [house.at, `${house.at}/sheet`, `${house.at}/records`, `${house.at}/consents`, "/notices", "/referrals", "/tasks"]) seen[where.replace(house.id, "世帯")] = await read(education, where);
    return seen;
  };

  // --- (2) the monthly sitting, 支援会議 segment
  const before = await counts(officer);
  const sitting = await call(link, ["shien_kaigi", "juso_kaigi"], server.day(), "10:00");
  must("2: two bodies sit at once", sitting.startsWith("/meetings/"), await words(link));
  const ground = { body: "shien_kaigi", household_number: house.number, ground_code: "early_system" };
  const item = await byHand(link, sitting, { ...ground, question: "どの窓口から近づくか。", reason: "早めに役割を決めておきたい。" });
  must("2: on the ground 早期に支援体制の検討を進めるケース", item.startsWith("/items/") && (await words(link)).includes("早期に支援体制の検討を進めるケース"), await words(link));
  const arrears = await byHand(link, sitting, { ...ground, question: "水道の料金の支払いの相談をどこで受けるか。", reason: "料金が遅れている。" });
  must("2: the arrears are an item of their own", arrears.startsWith("/items/") && arrears !== item, await words(link));
  must("2: a section of 健康福祉部 is asked along", (await invite(link, item, { 障がい福祉課: "item" })) === 200, await words(link));
  must("2: 税 is asked along for the arrears only", (await invite(link, arrears, { [collectors]: "item" })) === 200, await words(link));
  const idea = await byHand(link, sitting, { body: "juso_kaigi", question: "夜に開いている居場所が足りない。" });
  must("2: the other body has an item of its own", idea.startsWith("/items/"), await words(link));
  must("2: 障がい福祉課 opens its item", (await swear(disability, item)) === 200, await words(disability));
  must("2: 税 opens the arrears", (await swear(tax, arrears)) === 200, await words(tax));
  const theirItem = await words(tax);
  check("2: marked not to be used for collection", theirItem.includes("徴収") && theirItem.includes("使えません"), theirItem);
  check("2: with nothing of the history or the boy's school", hints(theirItem) === "" && !theirItem.includes("休みがち"), theirItem);
  check("2: on paper too", (await onPaper(tax, `${arrears}/sheet`)).includes("徴収"), await words(tax));
  for (const where of [item, house.at, aCase]) check(`2: ${where.split("/")[1]} is unknown to 税`, await unknown(tax, where), await words(tax));
  await open(link, `${arrears}/packets`);
  must("2: the slice of 税 ends", (await press(link, "この議題を終える")) === 200, await words(link));
  check("2: and its paper is closed", await unknown(tax, arrears), await words(tax));
  must("2: the sitting is held", (await hold(link, sitting, ["地域福祉連携室", "障がい福祉課", collectors, "西地域包括支援センター"])) === 200, await words(link));
  must("2: 支援方針", (await result(link, item, { policy: "くらし連携担当が訪ね、障がい福祉課に相談しながら進める。" })) === 200, await words(link));
  must("2: what became of the arrears", (await result(link, arrears, { policy: "支払いを分ける相談に同行する。" })) === 200, await words(link));
  must("2: the other body's item", (await result(link, idea, { note: "次の全体の場に出す。" })) === 200, await words(link));
  must("2: the minutes are confirmed", (await confirm(link, sitting)) === 200, await words(link));
  const sat = await counts(officer);
  check("4: the sitting counts one for each body", plus(before, sat, "held_support_conference_106_6") === 1 && plus(before, sat, "held_plan_decision") === 1, JSON.stringify(sat));
  quiet();
  for (const session of Object.values(people)) await session.context.close();

  // --- (3) three weeks later she agrees, without education
  await server.later(21);
  people = await cast(server, browser, city, ["window", "window2", "window3", "coordinator", "officer", "head", "member"]);
  ({ window: centre, window2: support, window3: education, coordinator: link, officer, member: disability } = people);
  const { head } = people;
  const stood = await theirs();
  check("3: without consent the 重層的支援会議 cannot take it yet", (await (async () => {
    const next = await call(link, ["shien_kaigi", "juso_kaigi"], server.day(7), "10:00");
    await byHand(link, next, { body: "juso_kaigi", household_number: house.number, question: "プラン案。" });
    const shown = await words(link);
    return !place(link).startsWith("/items/") && shown.includes("同意");
  })()), await words(link));
  await open(link, `${house.at}/consents`);
  await put(link, { person: mother, application: "agree", sharing: "agree", how: "paper", exception_1: "子育て支援課" });
  must("3: 情報共有同意, not with education", (await press(link, "保存する")) === 200 && (await words(link)).includes("共有しない機関 子育て支援課"), await words(link));
  await open(link, `${aCase}/team`);
  await put(link, { agency: "総合生活支援センター", role: "member", what: "昼の過ごし方を一緒にさがす", person: mother }, "section:has(#join) form");
  must("3: 総合生活支援センター joins the team", (await press(link, "チームに加える")) === 200, await words(link));
  check("3: and reads on her consent", (await read(support, house.at)).includes(mother), await words(support));
  await open(link, aCase);
  await press(link, "支援プランを書く");
  await put(link, {
    persons: mother, names: ["outreach", "participation"], wishes: "朝起きられる日を増やしたい。", direction: "訪ねながら、通院の再開と昼の過ごし方を一緒に決める。", review_on: server.day(90), approach: "accompany",
    goal_1_text: "一度、通院を再開する", goal_1_term: "short", goal_1_topic: "health",
    role_1_agency: "地域福祉連携室", role_1_what: "訪ねて話を聞く", role_1_service: "outreach",
    role_2_agency: "地域福祉連携室", role_2_what: "出かける日に同行する", role_2_service: "participation",
    role_3_agency: "総合生活支援センター", role_3_what: "昼の居場所を案内する",
  });
  must("3: one plan names plan, outreach and participation", (await press(link, "保存する")) === 200 && place(link).startsWith("/plans/"), await words(link));
  const plan = place(link);
  await press(link, "提出する");
  await put(link, { agreed: mother });
  must("3: it is submitted", (await press(link, "提出する")) === 200 && place(link) === plan, await words(link));
  const next = await call(link, ["shien_kaigi", "juso_kaigi"], server.day(), "10:00");
  const planItem = await fromWaiting(link, next, house.label);
  must("3: the same case is in the other segment of the next sitting", planItem.startsWith("/items/") && (await words(link)).includes("重層的支援会議") && (await words(link)).includes("同意"), await words(link));
  check("3: under the same number", (await read(link, aCase)).includes("準備中") || (await words(link)).includes("R08-"), await words(link));
  await open(link, planItem);
  const seenBy = await link.page.locator("section:has(#attendees)").innerText();
  check("3: education is not proposed", !seenBy.includes("子育て支援課"), seenBy);
  check("3: and refused when asked along by hand", (await invite(link, planItem, { 子育て支援課: "item" })) === 422 && (await words(link)).includes("本人が共有しないと決めた機関"), await words(link));
  check("3: education cannot tell the item from one that never was", await unknown(education, planItem), await words(education));
  check("3: nor the plan", await unknown(education, plan), await words(education));

  // --- (4) プラン案 協議・決定; nobody hands over to herself
  must("4: the sitting is held", (await hold(link, next, ["地域福祉連携室", "総合生活支援センター", "西地域包括支援センター"])) === 200, await words(link));
  must("4: 協議・決定", (await result(link, planItem, { finding_1: "adequate" })) === 200 && (await words(link)).includes("協議・決定"), await words(link));
  must("4: the minutes are confirmed", (await confirm(link, next)) === 200, await words(link));
  await open(head, `${plan}/decide`);
  must("4: the city decides", (await press(head, "決定する")) === 200, await words(head));
  await open(link, "/referrals");
  check("4: nothing waits for herself to answer", (await row(link, house.label).count()) === 0, await words(link));
  check("4: nor is anything handed over among her tasks of today", !/つなぎに返事|つなぎの返事|担当する機関を決める|進み具合を答える/.test(await row(link, house.label).innerText().catch(() => "")), await words(link));
  const waits = await read(link, "/today");
  check("4: on her day there is one line of the household at most", (await row(link, house.label).count()) <= 1 && !/つなぎに返事/.test(await row(link, house.label).innerText().catch(() => "")), waits);
  await open(link, `/referrals/new?household=${house.id}`);
  check("4: she is not offered herself to pass it on to", !(await link.page.locator("main form [name=to] option").allInnerTexts()).includes("地域福祉連携室"), await words(link));
  await open(link, `${house.at}/records/new`);
  await put(link, { text: "【事実】居場所まで一緒に歩いた。", method: "accompany", person: mother, sharing: "team" });
  const asked = await link.page.locator("main form [name=services]").count();
  if (asked > 0) await put(link, { services: ["outreach", "participation"] });
  must("4: her one visit is written once, for both services", (await press(link, "保存する")) === 200, await words(link));
  const visited = await counts(officer);
  check("4: and counted for both, once in the total", asked > 0 && ["contacts", "contacts_outreach", "contacts_participation"].every((c) => plus(sat, visited, c) === 1), JSON.stringify(visited));
  const now = await theirs();
  // That the section goes on working with the household is known in the team: where its case stands and the day of its last contact.
  const withoutCase = (shown) => shown.split("\n").filter((l) => !/地域福祉連携室|^強い$|作成日|^最後の連絡$|^R[0-9.]+$/.test(l.trim())).join("\n").replace(/同意前|準備中|支援中/g, "");
  for (const [where, was] of Object.entries(stood)) check(`3: education sees nothing new at ${where}`, withoutCase(now[where]) === withoutCase(was),
    `new: ${withoutCase(now[where]).split("\n").filter((l) => !withoutCase(was).split("\n").includes(l)).join(" | ")}\ngone: ${withoutCase(was).split("\n").filter((l) => !withoutCase(now[where]).split("\n").includes(l)).join(" | ")}`);
  check("3: and no hint of the history anywhere", hints(Object.values(now).join("\n")) === "", hints(Object.values(now).join("\n")));

  // --- (5) she withdraws; 水道課 asks
  await open(link, `${house.at}/consents`);
  const sharing = link.page.locator("main tr", { hasText: "情報共有同意" }).getByRole("link", { name: "取り消す" }).first();
  await link.page.goto(await sharing.getAttribute("href"));
  await put(link, { reason: "いまは、そっとしておいてほしい。" });
  must("5: she takes her consent back", (await press(link, "同意を取り消す")) === 200, await words(link));
  const list = await words(link);
  check("5: a list shows what went out, and to whom", list.includes("総合生活支援センター") && !list.includes("子育て支援課"), list);
  const consents = await read(link, `${house.at}/consents`);
  check("5: it stands with the consent: agencies and papers", consents.includes("それまでに伝わっていた先") && consents.includes("渡っていた会議の資料"), consents);
  for (const where of [house.at, aCase, plan, planItem]) check(`5: sharing stops at once: ${where.split("/")[1]}`, await unknown(support, where), await words(support));
  const marked = await read(link, plan);
  check("5: the plan stays, marked", marked.includes("昼の居場所を案内する") && /取り消|取消/.test(marked), marked);
  const third = await call(link, ["shien_kaigi", "juso_kaigi"], server.day(10), "10:00");
  const waiting = await read(link, third);
  check("5: and is on the next agenda", (await row(link, house.label, "section:has(#waiting)").allInnerTexts()).some((l) => /取り消|取消/.test(l)), waiting);
  const markedItem = await fromWaiting(link, third, house.label);
  must("5: where it can be put", markedItem.startsWith("/items/"), await words(link));
  check("5: without anything new being shared", await unknown(support, markedItem), await words(support));

  await open(officer, "/provisions/new");
  await put(officer, { holder: "地域福祉連携室", about: `${mother}さん`, items: "住所", reason_class: "duty", reason: "料金の書類が届かない。", basis: "kojin_69_2_2", outside: "水道課", outside_kind: "city" });
  must("5: 水道課's 協議 is entered", (await press(officer, "協議を求める")) === 200, await words(officer));
  const provision = place(officer);
  const number = (await words(officer)).match(/協議 (\d+-\d+)/)?.[1];
  check("5: with a number", Boolean(number), await words(officer));
  await open(head, `${provision}/decide`);
  await put(head, { decision: "refuse", answer: "支援の相談で知った住所は、料金の書類のためには使えません。" });
  must("5: it is refused, with the reason", (await press(head, "答えを決める")) === 200 && (await words(head)).includes("使えません"), await words(head));
  const ledger = await read(head, "/provisions");
  const line = ledger.split("\n").find((l) => l.startsWith(number ?? "-")) ?? "";
  check("5: it is in the yearly list, by number, section, item and decision", line.includes("水道課") && line.includes("住所") && line.includes("認めない"), ledger);
  check("5: with its article", line.includes("69条2項"), line);
  check("5: which names nobody", !ledger.includes(name), ledger);
  check("5: on paper too", !(await onPaper(head, "/provisions/sheet")).includes(name) && (await words(head)).includes("水道課"));
  for (const session of [support, education]) check("5: others do not know of it", await unknown(session, provision), await words(session));
  quiet();
}, [city]);
