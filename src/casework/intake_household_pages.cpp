// Tying a notice, an intake or a referral to a household: one that the viewer finds among those it knows, or a new one
// registered on the spot. Search words are posted, never part of an address.
#include <algorithm>
#include <functional>

#include "casework/household_choice.hpp"
#include "casework/intake_forms.hpp"
#include "casework/intake_pages.hpp"
#include "casework/intake_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/pages_parts.hpp"
#include "casework/referral_service.hpp"
#include "people/rules.hpp"
#include "people/search.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using programme::Ctx;

constexpr Roles kTiers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

/// What is to be tied, and how.
struct Subject {
  std::string path;         // of this page, within the city
  std::string back;         // of the record
  std::string about;        // "相談受付"
  std::string current;      // entry of the navigation
  std::int64_t version = 0;
  std::string area;
  form::Answers known;      // what is known of the person, for registering
  std::function<Result<>(db::WriteTx&, access::Gate&, const access::Actor&, HouseholdId, std::optional<PersonId>, std::int64_t)> tie;
};

form::Form new_household_form(const Ctx& ctx) {
  form::Form f{"tie_new_household", 1, {}};
  f.fields.push_back(parts::with_hint(parts::text_field("label", "世帯の呼び名"), "入れないときは、姓に「家」を付けます。"));
  f.fields.push_back(parts::text_field("family", "本人の姓"));
  f.fields.push_back(parts::text_field("given", "本人の名"));
  f.fields.push_back(parts::text_field("kana", "ふりがな"));
  form::Field birth = parts::text_field("birth", "生年月日");
  birth.kind = form::Kind::partial_date;
  birth.hint = "年だけ、年月だけでもかまいません。";
  f.fields.push_back(std::move(birth));
  f.fields.push_back(parts::choice_field("sex", "性別", parts::city_table(ctx, "sexes")));
  if (auto areas = parts::areas(ctx)) f.fields.push_back(parts::choice_field("area", "地区", areas));
  f.fields.push_back(parts::in_group(parts::text_field("address", "住所"), "連絡先"));
  f.fields.push_back(parts::in_group(parts::text_field("phone", "電話"), "連絡先"));
  f.fields.push_back(parts::in_group(parts::text_field("safe", "安全に連絡できる方法"), "連絡先"));
  return f;
}

/// Written in kana alone: 「よしこ」. In UTF-8 both kana stand from E3 81 80 to E3 83 BF.
bool in_kana(std::string_view name) {
  if (name.size() % 3 != 0) return false;
  for (std::size_t at = 0; at < name.size(); at += 3)
    if (name[at] != '\xE3' || name[at + 1] < '\x81' || name[at + 1] > '\x83') return false;
  return true;
}

/// "阿曽 一郎" as two fields. Of a name without a space, kana alone are what somebody is called by, as who calls says it;
/// the rest are family names.
void begin_with_name(form::Answers& a, const std::string& name) {
  std::size_t space = name.find(' ');
  std::size_t wide = name.find("　");
  if (space == std::string::npos && wide == std::string::npos) {
    parts::set_text(a, in_kana(name) ? "given" : "family", name);
    return;
  }
  const std::size_t at = std::min(space, wide);
  parts::set_text(a, "family", name.substr(0, at));
  parts::set_text(a, "given", name.substr(at + (at == wide ? 3 : 1)));
}

form::Answers begin_with(const Subject& subject) {
  form::Answers a;
  begin_with_name(a, subject.known.text("person_name"));
  parts::set_text(a, "kana", subject.known.text("person_kana"));
  parts::set_text(a, "sex", subject.known.text("person_sex"));
  parts::set_some(a, "birth", subject.known.partial_date("person_birth"));
  parts::set_text(a, "address", subject.known.text("person_address"));
  parts::set_text(a, "phone", subject.known.text("person_phone"));
  parts::set_text(a, "safe", subject.known.text("person_safe"));
  parts::set_text(a, "area", subject.area);
  return a;
}

people::NewHousehold household_in(const form::Answers& a) {
  people::NewHousehold in;
  in.label = a.text("label");
  in.area = a.text("area");
  in.address = a.text("address");
  in.phone = a.text("phone");
  people::NewPerson person;
  person.fields.family = a.text("family");
  person.fields.given = a.text("given");
  person.fields.kana = a.text("kana");
  person.fields.birth = a.partial_date("birth");
  person.fields.sex = a.text("sex");
  person.contact = {a.text("address"), a.text("phone"), a.text("safe")};
  if (person.contact.safe.empty()) person.contact = {};
  if (!person.fields.family.empty() || !person.fields.given.empty()) in.persons.push_back(std::move(person));
  return in;
}

/// The service names its faults after its own form ("p1_family"); here the fields have no number.
std::vector<FieldError> renamed(std::vector<FieldError> faults) {
  for (FieldError& f : faults)
    if (f.field.rfind("p1_", 0) == 0) f.field.erase(0, 3);
  return faults;
}

html::PostButton tie_button(const Ctx& ctx, const Subject& s, HouseholdId household, const std::optional<PersonId>& person, const std::string& about) {
  html::NameValues hidden = {{"step", "link"}, {"household", id_text(household)}, {"version", std::to_string(s.version)}};
  if (person) hidden.push_back({"person", id_text(*person)});
  return ctx.post(s.path, {.label = "結びつける", .look = html::Look::secondary, .name = {}, .value = {}, .about = about}, std::move(hidden));
}

struct Shown {
  std::string query;
  std::optional<people::SearchResult> hits;
  form::Answers typed;
  bool typed_given = false;
  std::vector<FieldError> errors;
  int status = 200;
};

web::Reply show(Ctx& ctx, const Subject& s, Shown shown) {
  html::Page page;
  page.title = "世帯に結びつける";
  page.current = s.current;
  page.crumbs = {{s.about, ctx.url(s.back)}, {page.title, ""}};
  const auto tie = [&](HouseholdId household, const std::optional<PersonId>& person, const std::string& number) {
    return html::post_button(tie_button(ctx, s, household, person, number));
  };
  page.main.add(household_choice(ctx, {s.path, shown.query, std::move(shown.hits), "見つかりませんでした。下で新しく登録できます。", tie}));
  std::string draft = "tie-" + s.back.substr(1);
  std::replace(draft.begin(), draft.end(), '/', '-');
  html::FormFrame frame = ctx.frame(s.path, draft);
  frame.hidden.push_back({"step", "new"});
  frame.version = std::to_string(s.version);
  form::Answers answers = shown.typed;
  Html from_draft;
  if (!shown.typed_given) {
    const auto typed = ctx.draft(draft);
    answers = typed ? form::parse(new_household_form(ctx), *typed).answers : begin_with(s);
    if (typed) from_draft = programme::draft_note(ctx, draft, s.path);
  }
  page.main.add(html::section("新しい世帯として登録する", html::group({from_draft, html::form_page(new_household_form(ctx), answers, shown.errors,
                                                                                     {std::move(frame), "登録して結びつける", ctx.url(s.back), {}, {}})})));
  return ctx.show(std::move(page), shown.status);
}

web::Reply failed(Ctx& ctx, const Subject& s, const Error& error) {
  if (!parts::belongs_on_form(error)) return ctx.error(error);
  Shown shown;
  shown.errors = renamed(parts::faults_of(error));
  shown.status = parts::status_of(error);
  return show(ctx, s, std::move(shown));
}

web::Reply link_existing(Ctx& ctx, const Subject& s) {
  const auto household = parts::id_given<HouseholdTag>(ctx, "household");
  if (!household) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  const auto person = parts::id_given<PersonTag>(ctx, "person");
  auto done = ctx.command("household.tie", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto tied = s.tie(tx, gate, actor, *household, person, parts::posted_version(ctx)); !tied) return tl::unexpected(tied.error());
    return ctx.url(s.back);
  });
  return done ? ctx.go(*done) : failed(ctx, s, done.error());
}

web::Reply register_new(Ctx& ctx, const Subject& s) {
  auto parsed = form::parse(new_household_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, s, {.query = {}, .hits = {}, .typed = std::move(parsed.answers), .typed_given = true, .errors = std::move(parsed.errors), .status = 422});
  auto done = ctx.command("household.tie", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = people::register_household(tx, gate, actor, household_in(parsed.answers));
    if (!made) return tl::unexpected(made.error());
    const std::optional<PersonId> person = made->persons.empty() ? std::nullopt : std::optional(made->persons.front());
    if (auto tied = s.tie(tx, gate, actor, made->household, person, parts::posted_version(ctx)); !tied) return tl::unexpected(tied.error());
    return ctx.url(s.back);
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show(ctx, s, {.query = {}, .hits = {}, .typed = std::move(parsed.answers), .typed_given = true,
                       .errors = renamed(parts::faults_of(done.error())), .status = parts::status_of(done.error())});
}

web::Reply answer_post(Ctx& ctx, const Subject& s) {
  const std::string_view step = ctx.req.posted_value("step").value_or("");
  if (step == "link") return link_existing(ctx, s);
  if (step == "new") return register_new(ctx, s);
  Shown shown;
  shown.query = std::string(ctx.req.posted_value("q").value_or(""));
  shown.hits = ctx.read("household.search", [&](db::ReadTx& tx, access::Gate& gate) { return people::search(tx, gate, shown.query); });
  return show(ctx, s, std::move(shown));
}

Result<Subject> subject_of_notice(Ctx& ctx) {
  const auto id = ctx.id<NoticeTag>();
  if (!id) return tl::unexpected(id.error());
  auto n = ctx.read("notice.page", [&](db::ReadTx& tx, access::Gate& gate) { return notice(tx, gate, *id); });
  if (!n) return tl::unexpected(n.error());
  Subject s;
  s.path = "/notices/" + id_text(*id) + "/household";
  s.back = "/notices/" + id_text(*id);
  s.about = ctx.m().wording("notice", "気づき");
  s.current = "notices";
  s.version = n->version;
  s.area = n->area;
  s.tie = [id = *id](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, std::optional<PersonId>,
                     std::int64_t version) { return link_notice(tx, gate, actor, id, version, household); };
  return s;
}

Result<Subject> subject_of_intake(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  if (!id) return tl::unexpected(id.error());
  auto i = ctx.read("intake.page", [&](db::ReadTx& tx, access::Gate& gate) { return intake(tx, gate, *id); });
  if (!i) return tl::unexpected(i.error());
  Subject s;
  s.path = "/intakes/" + id_text(*id) + "/household";
  s.back = "/intakes/" + id_text(*id);
  s.about = ctx.m().wording("intake", "相談受付");
  s.current = "intake";
  s.version = i->version;
  s.known = intake_forms::sheet_answers(*i);
  s.tie = [&ctx, id = *id](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, std::optional<PersonId> person,
                           std::int64_t version) {
    return set_intake_household(tx, gate, actor, parts::in_city(ctx), id, version, household, person);
  };
  return s;
}

Result<Subject> subject_of_referral(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return tl::unexpected(id.error());
  auto r = ctx.read("referral.page", [&](db::ReadTx& tx, access::Gate& gate) { return referral(tx, gate, *id); });
  if (!r) return tl::unexpected(r.error());
  Subject s;
  s.path = "/referrals/" + id_text(*id) + "/household";
  s.back = "/referrals/" + id_text(*id);
  s.about = ctx.m().wording("referral", "つなぎ");
  s.current = "referrals";
  s.version = r->version;
  s.tie = [&ctx, id = *id](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, std::optional<PersonId> person,
                           std::int64_t) { return set_referral_household(tx, gate, actor, parts::in_city(ctx), id, household, person); };
  return s;
}

template <Result<Subject> (*subject_of)(Ctx&)>
web::Reply page_of(Ctx& ctx) {
  auto s = subject_of(ctx);
  return s ? show(ctx, *s, {}) : ctx.error(s.error());
}
template <Result<Subject> (*subject_of)(Ctx&)>
web::Reply post_of(Ctx& ctx) {
  auto s = subject_of(ctx);
  return s ? answer_post(ctx, *s) : ctx.error(s.error());
}

}  // namespace

void add_household_choice_routes(programme::Router& router) {
  router.get("/notices/{id}/household", web::Need::of(kTiers), page_of<subject_of_notice>);
  router.post("/notices/{id}/household", web::Need::of(kTiers), post_of<subject_of_notice>);
  router.get("/intakes/{id}/household", web::Need::of(kTiers), page_of<subject_of_intake>);
  router.post("/intakes/{id}/household", web::Need::of(kTiers), post_of<subject_of_intake>);
  router.get("/referrals/{id}/household", web::Need::of(kTiers), page_of<subject_of_referral>);
  router.post("/referrals/{id}/household", web::Need::of(kTiers), post_of<subject_of_referral>);
}

}  // namespace kasane::casework
