// 長岡京, 中小路家 (5): 水道課 has no account, so the section enters its asking; the head refuses it, grants another on paper,
// both stand in the yearly list. Before, the 支援会議 asked the general support centre one question.
#include "cli/demo_grounds.hpp"

#include "consent/cooperation_service.hpp"
#include "consent/provision_service.hpp"

namespace kasane::cli::invented {

namespace {

consent::Settings settings(World& w) { return {w.m(), w.city().directory}; }

template <class F>
void step(World& w, Who who, const char* action, F&& f) {
  w.as(who, action, [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
    if (auto done = f(tx, gate, actor); !done) return tl::unexpected(done.error());
    return true;
  });
}

void cooperation_answered(World& w, const Home& at, PersonId about) {
  w.days_ago(40);
  const CooperationRequestId id = w.as("coordinator", "cooperation.ask", [&](auto& tx, auto& gate, const auto& actor) {
    consent::NewCooperation in;
    in.body = w.m().body_for(programme::BodyFunction::support_conference_106_6)->code;
    in.to = w.agency("sogo_seikatsu");
    in.household = at.id;
    in.person = about;
    in.question = "この一年に、料金の支払いの相談を受けていますか。";
    in.due_on = w.now_on().plus_days(14);
    return consent::ask_for_cooperation(tx, gate, actor, settings(w), in);
  });
  w.days_ago(36);
  step(w, "window2", "cooperation.answer", [&](auto& tx, auto& gate, const auto& actor) {
    return consent::answer_cooperation(tx, gate, actor, id, {1, false, "春に一度、電話で相談を受けました。", w.now_on()});
  });
  w.days_ago(35, 9);
  step(w, "coordinator", "cooperation.read", [&](auto& tx, auto& gate, const auto& actor) { return consent::read_cooperation(tx, gate, actor, id); });
}

ProvisionId asked(World& w, const char* section, const char* about, const char* items, const char* reason_class, const char* reason) {
  return w.as("officer", "provision.ask", [&](auto& tx, auto& gate, const auto& actor) {
    return consent::ask_for_provision(tx, gate, actor, settings(w),
                                      {actor.agency, section, about, items, reason_class, reason, "kojin_69_2_2", w.now_on(), w.now_on().plus_months(1),
                                       programme::RecipientKind::city});
  });
}

}  // namespace

void run_grounds(World& w, const Home& at, PersonId about) {
  cooperation_answered(w, at, about);
  w.days_ago(20);
  const ProvisionId water = asked(w, "水道課", "中小路 環さん", "住所", "duty", "料金の書類が届かない。");
  w.days_ago(18);
  step(w, "head", "provision.decide", [&](auto& tx, auto& gate, const auto& actor) {
    consent::ProvisionDecision no;
    no.version = 1;
    no.answer = "支援の相談で知った住所は、料金の書類のためには使えません。届出の住所で確かめてください。";
    return consent::decide_provision(tx, gate, actor, settings(w), water, no);
  });
  const ProvisionId fire = asked(w, "防災担当", "避難に手助けがいる人", "歩行の状態", "safety", "大雨の前に、避難の手助けを確かめたい。");
  w.days_ago(17);
  step(w, "head", "provision.decide", [&](auto& tx, auto& gate, const auto& actor) {
    consent::ProvisionDecision yes;
    yes.version = 1;
    yes.grant = true;
    yes.basis_key = "kojin_69_2_2";
    yes.items = "歩行の状態";
    yes.from = w.now_on();
    yes.until = w.now_on().plus_days(30);
    yes.harm_checked = true;
    yes.harm_reason = "避難の手助けのためだけに使い、期間のあとは返してもらう。";
    yes.answer = "紙で渡した。";
    return consent::decide_provision(tx, gate, actor, settings(w), fire, yes);
  });
}

}  // namespace kasane::cli::invented
