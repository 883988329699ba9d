#include "casework/intake_service.hpp"

#include <algorithm>

#include "casework/case_service.hpp"
#include "casework/intake_rules.hpp"
#include "casework/intake_store.hpp"
#include "casework/notice_rules.hpp"
#include "casework/notice_service.hpp"
#include "casework/team_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

constexpr int kPerPage = 50;

Error stale() { return {ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }

bool sensitive(const InCity& city, AgencyId agency) {
  const programme::Agency* a = city.m.agency(city.dir.code(agency));
  return a != nullptr && a->sensitive;
}

bool ever_named_abuse(const Intake& i) { return i.abuse_named || i.abuse_taken_back_on; }

bool may_create_in(const access::Viewer& viewer, AgencyId agency) {
  const Roles allowed = access::roles_for(SubjectKind::intake, access::Act::create);
  return std::any_of(viewer.posts.begin(), viewer.posts.end(),
                     [&](const access::Post& p) { return p.agency == agency && allowed.has(p.role); });
}

bool works_in(db::ReadTx& tx, AccountId account, AgencyId agency, Date today) {
  const auto all = colleagues(tx, agency, today);
  return std::any_of(all.begin(), all.end(), [&](const Colleague& c) { return c.id == account; });
}

Result<> check_person(db::ReadTx& tx, const std::optional<HouseholdId>& household, const std::optional<PersonId>& person) {
  if (!person) return {};
  if (!household || !people::is_member(tx, *household, *person)) return invalid("person", "本人は、この世帯の人から選んでください。");
  return {};
}

/// The look that was waited for has happened: somebody talks to the people now.
Result<> look_from_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewIntake& in) {
  auto from = notice(tx, gate, *in.notice);
  if (!from) return tl::unexpected(from.error());
  std::int64_t version = from->version;
  if (from->state == NoticeState::open) {
    const Look look{.on = std::max(in.content.taken_on, from->received_on), .result = LookResult::support, .note = {}, .look_again = {}, .new_owner = {}};
    if (auto looked = look_at_notice(tx, gate, actor, city, *in.notice, version, look); !looked) return looked;
    ++version;
  }
  if (in.household && (from->state == NoticeState::open || from->state == NoticeState::looked))
    return link_notice(tx, gate, actor, *in.notice, version, *in.household);
  return {};
}

void follow_root(db::WriteTx& tx, SubjectRef subject, HouseholdId household) {
  access::move_to_root(tx, subject, household.value);
  due::move_to_root(tx, subject, household.value);
}

}  // namespace

Result<IntakeId> take_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, const NewIntake& in) {
  if (!may_create_in(gate.viewer(), in.agency)) return fail(ErrorCode::not_permitted, "この窓口で相談受付を作る役割がありません。");
  if (in.household)
    if (auto known = gate.read(*in.household); !known) return tl::unexpected(known.error());
  if (auto fits = check_person(tx, in.household, in.person); !fits) return tl::unexpected(fits.error());
  auto faults = faults_of(in.content, gate.today());
  if (in.content.receiver && !works_in(tx, in.content.receiver, in.agency, gate.today()))
    faults.push_back({"receiver", "受付者は、この窓口の職員から選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));

  auto permit = gate.create<IntakeTag>(
      tx, {.root = in.household ? in.household->value : 0, .holder = in.agency, .person = in.person, .topics = access::Topic::basic,
           .sharing = sharing_of(in.household.has_value(), in.person.has_value(), in.content.abuse_named, sensitive(city, in.agency))});
  if (!permit) return tl::unexpected(permit.error());
  intake_store::add(tx, *permit, in);
  if (in.notice)
    if (auto looked = look_from_intake(tx, gate, actor, city, in); !looked) return tl::unexpected(looked.error());
  if (in.household) people::on_party_serves(tx, {*in.household, in.person, in.agency.value}, actor);
  due::await(tx, {.kind = "intake.judge", .party = in.agency.value, .root = permit->facts().root, .subject = {SubjectKind::intake, permit->id().value},
                  .due_on = look_by(city.m.rules.days, in.content.taken_on, in.content.abuse_named)}, actor.now);
  access::note_act(tx, {.kind = "intake.taken", .held_on = in.content.taken_on, .root = permit->facts().root, .person = in.person,
                        .subject = {SubjectKind::intake, permit->id().value}, .code = {}, .service = {}, .undoes = {}}, actor);
  return permit->id();
}

Result<Intake> intake(db::ReadTx&, access::Gate& gate, IntakeId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = intake_store::read(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return *std::move(found);
}

Result<> change_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id, std::int64_t version,
                       const IntakeContent& in) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto before = intake_store::read(*permit);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  if (before->version != version) return tl::unexpected(stale());
  auto faults = faults_of(in, gate.today());
  if (in.receiver && in.receiver != before->receiver && !works_in(tx, in.receiver, before->agency, gate.today()))
    faults.push_back({"receiver", "受付者は、この窓口の職員から選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  // Once abuse was named it stays named, unless its holder says why that was a mistake. Either way the intake stays with
  // its window, also when the household becomes known later: a correction opens nothing to anybody.
  const bool taken_back = before->abuse_named && !in.abuse_named && !in.not_abuse_because.empty();
  IntakeContent kept = in;
  kept.abuse_named = in.abuse_named || (before->abuse_named && !taken_back);
  if (!intake_store::change(tx, *permit, version, kept)) return tl::unexpected(stale());
  if (taken_back) {
    intake_store::take_back_abuse(tx, *permit, gate.today(), in.not_abuse_because);
    access::note_act(tx, {.kind = "intake.abuse_taken_back", .held_on = gate.today(), .root = permit->facts().root, .person = before->person,
                          .subject = {SubjectKind::intake, id.value}, .code = {}, .service = {}, .undoes = {}}, actor);
  }
  if (kept.abuse_named || ever_named_abuse(*before) || sensitive(city, before->agency)) access::set_sharing(tx, {SubjectKind::intake, id.value}, access::Sharing::own);
  return {};
}

Result<> set_intake_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id, std::int64_t version,
                              HouseholdId household, std::optional<PersonId> person) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (auto known = gate.read(household); !known) return tl::unexpected(known.error());
  auto before = intake_store::read(*permit);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  if (before->version != version) return tl::unexpected(stale());
  if (before->household && *before->household != household) return fail(ErrorCode::conflict, "この相談受付は、もう別の世帯に結びついています。");
  if (auto fits = check_person(tx, household, person); !fits) return fits;
  if (!intake_store::set_household(tx, *permit, version, household, person)) return tl::unexpected(stale());

  const SubjectRef subject{SubjectKind::intake, id.value};
  follow_root(tx, subject, household);
  if (person) access::set_person(tx, subject, *person);
  people::on_party_serves(tx, {household, person, before->agency.value}, actor);
  access::set_sharing(tx, subject, sharing_of(true, person.has_value(), ever_named_abuse(*before), sensitive(city, before->agency)));
  if (before->notice) {
    const auto from = notice(tx, gate, *before->notice);
    if (from && (from->state == NoticeState::open || from->state == NoticeState::looked))
      return link_notice(tx, gate, actor, *before->notice, from->version, household);
  }
  return {};
}

namespace {

/// What the judgement leaves to be done by a day. An earlier one is answered by this one.
void keep_due(db::WriteTx& tx, const access::Actor& actor, const Intake& before, std::int64_t root, const Screening& in) {
  const SubjectRef self{SubjectKind::intake, before.id.value};
  for (const char* kind : {"intake.judge", "intake.contact", "consent.seek"}) due::settle(tx, self, kind, actor);
  if (!in.next_on) return;
  // Where the 本人 is known it awaits that person's consent, so that recording the consent settles it.
  if (in.result == ScreeningResult::no_consent_yet)
    due::await(tx, {.kind = "consent.seek", .party = before.agency.value, .root = root,
                    .subject = before.person ? SubjectRef{SubjectKind::person, before.person->value} : self, .due_on = *in.next_on}, actor.now);
  if (in.result == ScreeningResult::own_support)
    due::await(tx, {.kind = "intake.contact", .party = before.agency.value, .root = root, .subject = self, .due_on = *in.next_on}, actor.now);
}

}  // namespace

Result<> screen_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, IntakeId id, std::int64_t version, const Screening& in) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto before = intake_store::read(*permit);
  if (!before) return fail(ErrorCode::not_found, "見つかりません。");
  if (before->version != version) return tl::unexpected(stale());
  if (auto faults = faults_of(in, before->taken_on, gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (!intake_store::set_screening(tx, *permit, version, in)) return tl::unexpected(stale());

  keep_due(tx, actor, *before, permit->facts().root, in);
  access::note_act(tx, {.kind = "intake.screened", .held_on = in.on, .root = permit->facts().root, .person = before->person,
                        .subject = {SubjectKind::intake, id.value}, .code = std::string(code_of(in.result)), .service = {}, .undoes = {}}, actor);
  return {};
}

Result<CaseId> open_case_from_intake(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const InCity& city, IntakeId id,
                                     const CaseFromIntake& in) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto from = intake_store::read(*permit);
  if (!from) return fail(ErrorCode::not_found, "見つかりません。");
  if (!city.m.is_collaboration_operator(city.dir.code(from->agency)))
    return fail(ErrorCode::not_permitted, "ケースは多機関協働の担当機関が開きます。つなぎを送ってください。");
  if (!from->household) return fail(ErrorCode::conflict, "先に世帯に結びつけてください。");

  NewCase what = new_case_for(city.m, *from->household, gate.today());
  what.category = in.category;
  what.owner = in.owner;
  if (in.owner_by) what.owner_by = in.owner_by;
  what.subjects = in.subjects;
  what.originating = from->agency;
  what.coordinating = from->agency;
  what.before_consent = std::none_of(in.subjects.begin(), in.subjects.end(),
                                     [&](PersonId p) { return consent::sharing_stands(tx, p, gate.today()); });
  return open_case(tx, gate, actor, what);
}

namespace {

std::string key_text(const IntakeLine& last) { return last.taken_on.iso() + "." + id_text(last.id); }

std::optional<intake_store::ListKey> key_of(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto day = Date::from_iso(text.substr(0, dot));
  const auto id = parse_id_text(text.substr(dot + 1));
  if (!day || !id) return std::nullopt;
  return intake_store::ListKey{*day, *id};
}

void add_labels(db::ReadTx& tx, access::Gate& gate, std::vector<IntakeLine>& lines) {
  std::vector<HouseholdId> ids;
  for (const IntakeLine& l : lines)
    if (l.household) ids.push_back(*l.household);
  if (ids.empty()) return;
  auto labels = people::household_labels(tx, gate, ids);
  for (IntakeLine& l : lines)
    if (l.household)
      if (const auto it = labels.find(*l.household); it != labels.end()) l.label = it->second.label;
}

}  // namespace

IntakePage intakes(db::ReadTx& tx, access::Gate& gate, bool unscreened, std::string_view from) {
  IntakePage page;
  page.lines = intake_store::list(gate, unscreened, key_of(from), kPerPage + 1);
  if (page.lines.size() > kPerPage) {
    page.lines.resize(kPerPage);
    page.next = key_text(page.lines.back());
  }
  add_labels(tx, gate, page.lines);
  return page;
}

std::vector<IntakeLine> intakes_about(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return intake_store::about(gate, household, kPerPage);
}

}  // namespace kasane::casework
