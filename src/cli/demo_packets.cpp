#include "cli/demo_packets.hpp"

#include "meeting/guest_service.hpp"
#include "meeting/packet_service.hpp"

namespace kasane::cli::invented {

namespace {

struct Coming {
  Home at;
  SessionId session;
  AgendaItemId item;
  Date on;
};

/// An item of the 支援会議 of next week.
Coming coming(World& w, Who who, const std::vector<Face>& faces, const char* address, const char* ground, const char* reason, const char* question) {
  w.days_ago(6, 10);
  Coming c{home(w, who, {"", address, ""}, faces), {}, {}, w.today().plus_days(8)};
  w.days_ago(4, 10);
  c.session = sitting(w, who, {conference(w)}, c.on, "10:00");
  c.item = item_by_hand(w, who, c.session, conference(w), c.at, ground, reason, question);
  return c;
}

void let_in_by_link(World& w, Who who, const Coming& c, const char* name, const char* office, const char* answer) {
  const auto handed = w.as(who, "guest.invite", [&](auto& tx, auto& gate, const auto& actor) {
    return meeting::invite_guest(tx, gate, actor, settings(w), w.city().key, c.item, {meeting::GuestKind::outside, name, office, w.now_on(), c.on.plus_days(7)});
  });
  w.days_ago(2, 15);
  w.as(who, "guest.type_answer", [&](auto& tx, auto& gate, const auto& actor) -> Result<> { return meeting::type_answer(tx, gate, actor, handed.id, answer); });
}

void summarise(World& w, Who who, const Coming& c, const char* text) {
  w.as(who, "packet.summary", [&](auto& tx, auto& gate, const auto& actor) -> Result<> { return meeting::write_summary(tx, gate, actor, settings(w), c.item, 0, text); });
}

}  // namespace

void run_packets(World& w) {
  if (w.city().slug == "nagaokakyo") {
    const Coming c = coming(w, "coordinator", {{"木架", "志乃", "きかけ しの", 71, "female", "self"}, {"木架", "航", "きかけ わたる", 12, "male", "grandchild"}}, "架空町6-2", "early_system",
                            "祖母と二人の暮らしで、学校を休む日が増えている。", "学校と家を、だれがどうつなぐか。");
    ask_to(w, "coordinator", c.item, "korei_kaigo", meeting::Scope::section);
    // The section that collects gets the part about the arrears and nothing else.
    const AgendaItemId arrears = item_by_hand(w, "coordinator", c.session, conference(w), c.at, "early_system", "水道の料金の支払いが止まっている。", "分けて払う相談を、どこで受けるか。");
    ask_to(w, "coordinator", arrears, "zei_ryo_choshu", meeting::Scope::section);
    let_in_by_link(w, "coordinator", c, "架空 典子", "架空小学校", "週に2日ほど休む。給食のある日は来ることが多い。");
  }
  if (w.city().slug == "kawachinagano") {
    const Coming c = coming(w, "coordinator2", {{"奥架", "茂", "おくかけ しげる", 84, "male", "self"}, {"奥架", "晃", "おくかけ あきら", 55, "male", "child"}}, "架空町梅2-1", "",
                            "受診が途切れ、訪ねても会えない。", "受診をどうすすめるか。");
    ask_to(w, "coordinator2", c.item, "ishikai", meeting::Scope::summary);
    summarise(w, "coordinator2", c, "受診が途切れた高齢の親と、同居する子。受診のすすめ方と、急ぐ目安を教えてほしい。");
  }
}

}  // namespace kasane::cli::invented
