#include "meeting/gathering_service.hpp"

#include "base/crypto.hpp"
#include "base/japanese.hpp"
#include "meeting/common_issue_store.hpp"
#include "meeting/gathering_rules.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/small_number_rules.hpp"

namespace kasane::meeting {

namespace {

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }
Error not_a_role() { return {ErrorCode::not_permitted, "開く機関の担当と、市の担当が扱います。", {}}; }
bool meets(const access::Gate& gate) { return gate.role_may(SubjectKind::meeting_session, access::Act::read); }

bool may_change(const access::Gate& gate, const Gathering& g) {
  const Roles roles = gate.viewer().roles();
  return roles.has(Role::city_officer) || (roles.meets(kGatheringMakers) && gate.viewer().in_agency(g.agency));
}

/// A gathering that was not cancelled and that the viewer may change.
Result<Gathering> changeable(db::ReadTx& tx, access::Gate& gate, GatheringId id) {
  if (!meets(gate)) return tl::unexpected(unknown());
  auto g = store::gathering(tx, id);
  if (!g) return tl::unexpected(unknown());
  if (!may_change(gate, *g)) return tl::unexpected(not_a_role());
  if (g->state == GatheringState::cancelled) return fail(ErrorCode::conflict, "この集まりは取りやめになりました。");
  return *std::move(g);
}

Result<> saved(bool done) {
  if (!done) return tl::unexpected(saved_by_other());
  return {};
}

GatheringText tidied(const GatheringText& typed) {
  GatheringText in = typed;
  for (std::string* text : {&in.title, &in.theme, &in.place, &in.for_whom, &in.invitation}) *text = std::string(trim(*text));
  return in;
}

Result<> known_issue(db::ReadTx& tx, const std::optional<CommonIssueId>& id, const char* field) {
  if (id && !store::issue(tx, *id)) return invalid(field, "共通の課題を一覧から選んでください。");
  return {};
}

/// A link was made, and none takes answers any more.
bool is_over(const Gathering& g, Date today) {
  return g.survey_serial > 0 && (!g.survey_open || !g.survey_until || *g.survey_until < today || g.state == GatheringState::cancelled);
}

std::string hash_of(std::string_view token) { return to_hex(sha256(token)); }
std::string browser_hash(const std::string& key, GatheringId id, std::string_view browser) {
  return to_hex(keyed_hash(key, "survey-browser:" + id_text(id) + ":" + std::string(browser)));
}

std::optional<CommonIssue> issue_of(db::ReadTx& tx, const std::optional<CommonIssueId>& id) { return id ? store::issue(tx, *id) : std::nullopt; }

}  // namespace

Result<GatheringId> plan_gathering(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const GatheringText& typed) {
  if (!gate.viewer().roles().meets(kGatheringMakers)) return tl::unexpected(not_a_role());
  Gathering g;
  g.text = tidied(typed);
  if (auto faults = faults_of(city.m, g.text); !faults.empty()) return invalid(std::move(faults));
  if (auto known = known_issue(tx, g.text.issue, "issue"); !known) return tl::unexpected(known.error());
  g.id = fresh_id<GatheringTag>();
  g.agency = actor.agency;
  store::insert_gathering(tx, g);
  return g.id;
}

Result<> change_gathering(db::WriteTx& tx, access::Gate& gate, const Settings& city, GatheringId id, std::int64_t version, const GatheringText& typed) {
  if (const auto g = changeable(tx, gate, id); !g) return tl::unexpected(g.error());
  const GatheringText in = tidied(typed);
  if (auto faults = faults_of(city.m, in); !faults.empty()) return invalid(std::move(faults));
  if (auto known = known_issue(tx, in.issue, "issue"); !known) return known;
  return saved(store::set_gathering(tx, id, version, in));
}

Result<> cancel_gathering(db::WriteTx& tx, access::Gate& gate, GatheringId id, std::int64_t version) {
  const auto g = changeable(tx, gate, id);
  if (!g) return tl::unexpected(g.error());
  if (g->state == GatheringState::held) return fail(ErrorCode::conflict, "もう開かれています。");
  return saved(store::set_gathering_state(tx, id, version, GatheringState::cancelled));
}

Result<> hold_gathering(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id, std::int64_t version, const std::vector<AttendanceLine>& lines) {
  const auto g = changeable(tx, gate, id);
  if (!g) return tl::unexpected(g.error());
  auto faults = faults_of(lines);
  if (g->text.held_on > gate.today()) faults.push_back({"people_1", "開く日が来てから入力してください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  if (auto done = saved(store::set_gathering_state(tx, id, version, GatheringState::held)); !done) return done;
  store::set_attendance(tx, id, lines);
  if (g->state != GatheringState::held)
    access::note_act(tx, {"gathering.held", g->text.held_on, id.value, {}, {SubjectKind::statistic, id.value}, std::string(code_of(g->text.kind)), {}, {}}, actor);
  return {};
}

Result<> conclude_gathering(db::WriteTx& tx, access::Gate& gate, const Settings& city, GatheringId id, std::int64_t version, const GatheringOutcome& typed) {
  const auto g = changeable(tx, gate, id);
  if (!g) return tl::unexpected(g.error());
  if (g->state != GatheringState::held) return fail(ErrorCode::conflict, "開いたあとに書けます。");
  GatheringOutcome in = typed;
  in.outcome = std::string(trim(in.outcome));
  in.next_step = std::string(trim(in.next_step));
  if (in.outcome.empty()) return invalid("outcome", "集まりから生まれたことを入力してください。");
  if (!in.body.empty() && city.m.body(in.body) == nullptr) return invalid("outcome_body", "会議を一覧から選んでください。");
  if (auto known = known_issue(tx, in.issue, "outcome_issue"); !known) return known;
  return saved(store::set_gathering_outcome(tx, id, version, in));
}

Result<MaterialId> add_material(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GatheringId id, const std::string& typed, const std::string* bytes) {
  if (const auto g = changeable(tx, gate, id); !g) return tl::unexpected(g.error());
  const std::string title(trim(typed));
  std::vector<FieldError> faults;
  if (title.empty() || count_characters(title) > 100) faults.push_back({"material_title", "資料の名前を、100字までで入力してください。"});
  if (bytes == nullptr || bytes->empty()) faults.push_back({"file", "ファイルを選んでください。"});
  else if (bytes->size() > kLargestMaterial) faults.push_back({"file", "8MBまでのファイルを選んでください。"});
  else if (!material_kind(*bytes)) faults.push_back({"file", "PDF、PNG、JPEG、Word・Excel・PowerPoint（マクロなし）のどれかを選んでください。"});
  if (store::materials(tx, id).size() >= static_cast<std::size_t>(kMostMaterials)) faults.push_back({"file", "資料は" + std::to_string(kMostMaterials) + "件までです。"});
  if (!faults.empty()) return invalid(std::move(faults));
  return store::insert_material(tx, id, {title, std::string(material_kind(*bytes)->type), *bytes}, actor.agency, gate.today());
}

Result<> drop_material(db::WriteTx& tx, access::Gate& gate, GatheringId id, MaterialId material) {
  if (const auto g = changeable(tx, gate, id); !g) return tl::unexpected(g.error());
  if (!store::drop_material(tx, id, material)) return tl::unexpected(unknown());
  return {};
}

Result<> open_survey(db::WriteTx& tx, access::Gate& gate, const Settings& city, const std::string& key, GatheringId id, std::int64_t version) {
  const auto g = changeable(tx, gate, id);
  if (!g) return tl::unexpected(g.error());
  if (is_over(*g, gate.today()) && store::count_answers(tx, id) >= small_number(city.m))
    return fail(ErrorCode::conflict, "アンケートは締め切られ、まとめが出ています。もう一度は開けません。");
  const std::string hash = hash_of(survey_token(key, id, g->survey_serial + 1));
  return saved(store::open_survey(tx, id, version, hash, std::max(gate.today(), g->text.held_on).plus_days(kSurveyDays)));
}

Result<> close_survey(db::WriteTx& tx, access::Gate& gate, GatheringId id, std::int64_t version) {
  if (const auto g = changeable(tx, gate, id); !g) return tl::unexpected(g.error());
  if (auto done = saved(store::close_survey(tx, id, version)); !done) return done;
  store::forget_browsers(tx, id);
  return {};
}

Result<GatheringView> gathering_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, GatheringId id) {
  if (!meets(gate)) return tl::unexpected(unknown());
  auto g = store::gathering(tx, id);
  if (!g) return tl::unexpected(unknown());
  GatheringView view;
  view.gathering = *std::move(g);
  view.attendance = store::attendance(tx, id);
  view.materials = store::materials(tx, id);
  // While it runs, two looks would tell what was answered between them.
  view.survey_over = is_over(view.gathering, gate.today());
  if (view.survey_over) view.survey = told_results(store::survey_answers(tx, id), small_number(city.m));
  view.theme_issue = issue_of(tx, view.gathering.text.issue);
  view.outcome_issue = issue_of(tx, view.gathering.outcome_issue);
  view.may_change = may_change(gate, view.gathering) && view.gathering.state != GatheringState::cancelled;
  return view;
}

std::vector<Gathering> gatherings_of(db::ReadTx& tx, access::Gate& gate, FiscalYear year) {
  if (!meets(gate)) return {};
  return store::gatherings(tx, year.first(), year.last());
}

Result<store::Content> material_of(db::ReadTx& tx, access::Gate& gate, GatheringId id, MaterialId material) {
  if (!meets(gate)) return tl::unexpected(unknown());
  auto found = store::material(tx, id, material);
  if (!found) return tl::unexpected(unknown());
  return *std::move(found);
}

std::string survey_token(const std::string& key, GatheringId id, std::int64_t serial) {
  return to_base64url(keyed_hash(key, "survey:" + id_text(id) + ":" + std::to_string(serial)));
}

std::optional<OpenSurvey> open_survey_of(db::ReadTx& tx, const std::string& key, std::string_view token, std::string_view browser, Date today) {
  const auto id = store::survey_of(tx, hash_of(token), today);
  if (!id) return std::nullopt;
  const auto g = store::gathering(tx, *id);
  return OpenSurvey{*id, g->text.title, g->text.held_on, !browser.empty() && store::has_answered(tx, *id, browser_hash(key, *id, browser))};
}

Result<> answer_survey(db::WriteTx& tx, const std::string& key, std::string_view token, std::string_view browser, const SurveyAnswer& answer, Date today) {
  const auto survey = open_survey_of(tx, key, token, browser, today);
  if (!survey) return tl::unexpected(unknown());
  if (browser.empty()) return fail(ErrorCode::conflict, "このページを開き直してから、もう一度お答えください（クッキーを使える設定が要ります）。");
  if (auto faults = faults_of(answer); !faults.empty()) return invalid(std::move(faults));
  if (store::count_answers(tx, survey->id) >= kMostAnswers) return fail(ErrorCode::conflict, "答えの数がいっぱいになりました。");
  if (!store::mark_browser(tx, survey->id, browser_hash(key, survey->id, browser))) return fail(ErrorCode::conflict, "このブラウザーからは、もうお答えいただいています。");
  SurveyAnswer kept = answer;
  kept.text = std::string(trim(kept.text));
  store::insert_answer(tx, survey->id, kept);
  return {};
}

}  // namespace kasane::meeting
