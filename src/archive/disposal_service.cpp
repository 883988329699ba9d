#include "archive/disposal_service.hpp"

#include <algorithm>
#include <map>

#include "access/audit_notes.hpp"
#include "archive/keepers.hpp"
#include "due/service.hpp"
#include "programme/account_store.hpp"

namespace kasane::archive {

namespace {

constexpr const char* kApprove = "disposal.approve";
constexpr int kDaysToApprove = 14;

tl::unexpected<Error> stale() { return fail(ErrorCode::stale, "ほかの人が先に変えました。いまの内容を確かめて、もう一度行ってください。"); }

std::string number_of(FiscalYear year, std::int64_t serial) {
  std::string digits = std::to_string(serial);
  digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
  const std::string era = std::to_string(year.year - 2018);
  return "廃棄R" + (era.size() < 2 ? "0" + era : era) + "-" + digits;
}

/// Kinds of records at a root, counted by the class that they go with there.
std::map<RetentionClass, std::int64_t> classes_at(const std::vector<store::KindCount>& counts, const store::Ended& root) {
  std::map<RetentionClass, std::int64_t> found;
  for (const store::KindCount& k : counts) {
    if (k.root != root.root) continue;
    RetentionClass what = retention_of(k.kind);
    if (what == RetentionClass::base) continue;
    if (what == RetentionClass::case_file && !root.had_case) what = RetentionClass::intake;
    found[what] += k.records;
  }
  // Written down, and nothing was ever done: it goes as a consultation, with its persons.
  if (found.empty())
    for (const store::KindCount& k : counts)
      if (k.root == root.root) found[RetentionClass::intake] += k.records;
  return found;
}

std::string staff_name(db::ReadTx& tx, const std::optional<AccountId>& id) {
  if (!id) return {};
  const auto row = programme::account_by_id(tx, *id);
  return row ? row->display_name : std::string();
}

bool had_case(const store::Line& line) { return line.what != RetentionClass::intake; }

/// Whether a list tells the viewer of somebody from whom a shield keeps it. Where all is gone nothing is told any more.
bool kept_from(db::ReadTx& tx, access::Gate& gate, DisposalId id) {
  const auto lines = store::lines(tx, id);
  return std::ranges::any_of(lines, [&](const store::Line& l) { return gate.kept_from_somebody(l.root); });
}

/// Whether this keeper of the section may know of the list.
bool may_know(db::ReadTx& tx, AccountId keeper, const store::Disposal& d, UtcMs now) {
  const access::Viewer viewer = viewer_of(tx, keeper, d.agency, office_day(now));
  access::Trail unused;
  access::Gate gate(tx, viewer, now, unused);
  return !kept_from(tx, gate, d.id);
}

tl::unexpected<Error> unknown(access::Gate& gate, DisposalId id) {
  gate.trail().denied(SubjectKind::disposal, id.value);
  return fail(ErrorCode::not_found, "見つかりません。");
}

/// What is listed was looked at, though it shows no name.
void note_roots(db::ReadTx& tx, access::Gate& gate, const std::vector<store::Line>& lines) {
  std::vector<HouseholdId> roots;
  for (const store::Line& l : lines) roots.emplace_back(l.root);
  if (roots.empty()) return;
  for (const SubjectRef& root : store::roots_of(tx, roots)) gate.trail().note(root.kind, root.id);
}

Result<store::Disposal> open(db::ReadTx& tx, access::Gate& gate, DisposalId id) {
  if (kept_from(tx, gate, id)) return unknown(gate, id);
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::load(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  if (found->state != "proposed") return fail(ErrorCode::conflict, "この廃棄の一覧は、もう閉じています。");
  return *std::move(found);
}

void note(db::WriteTx& tx, const char* kind, DisposalId id, Date on, const access::Actor& actor) {
  access::note_act(tx, {kind, on, id.value, {}, {SubjectKind::disposal, id.value}, "", "", {}}, actor);
}

/// Words of searches of a year that lies back further than the city's shortest period: whom they were about, where they found
/// nobody, is not known, and nothing that old is asked for any more.
bool too_old(const programme::Municipality& m, FiscalYear year, Date today) {
  const auto set = periods(m);
  if (set.empty()) return false;
  return keep_until(year.last(), std::ranges::min_element(set, {}, &Period::years)->years) < today;
}

/// The owner section as which the program itself acts when it disposes again.
access::Viewer keeper_of(const programme::City& city) {
  access::Viewer viewer;
  viewer.posts.push_back({PostId(), city.directory.id(city.municipality.owner_sections.at(0)), Role::city_officer});
  return viewer;
}

}  // namespace

bool keeps_files(const access::Gate& gate, const Settings& city) {
  return std::ranges::any_of(gate.viewer().posts, [&](const access::Post& p) {
    const std::string& code = city.dir.code(p.agency);
    return access::roles_for(SubjectKind::disposal, access::Act::create).has(p.role) &&
           std::ranges::find(city.m.owner_sections, code) != city.m.owner_sections.end();
  });
}

std::vector<store::Line> due_lines(db::ReadTx& tx, access::Gate& gate, const Settings& city, int limit) {
  const Date today = gate.today();
  const auto set = periods(city.m);
  std::vector<store::Line> lines;
  if (set.empty()) return lines;
  const int fewest = std::ranges::min_element(set, {}, &Period::years)->years;
  auto roots = store::ended(tx, FiscalYear{FiscalYear::of(today).year - fewest - 1}.last(), today, limit);
  std::erase_if(roots, [&](const store::Ended& e) { return gate.kept_from_somebody(e.root); });
  std::vector<HouseholdId> ids;
  for (const store::Ended& e : roots) ids.emplace_back(e.root);
  if (ids.empty()) return lines;
  const auto counts = store::kinds(tx, ids);
  const auto handed = store::handed(tx, ids);
  const auto listed = store::waiting(tx);
  for (const store::Ended& root : roots)
    for (const auto& [what, records] : classes_at(counts, root)) {
      const Period* period = find(set, what);
      if (period == nullptr || listed.contains({root.root, std::string(code_of(what))})) continue;
      Date ended_on = root.on;
      if (what == RetentionClass::disclosure)
        for (const store::RootDay& h : handed)
          if (h.root == root.root) ended_on = h.on;
      const Date until = keep_until(ended_on, period->years);
      if (until < today) lines.push_back({root.root, what, root.label, ended_on, until, period->basis, records, "listed"});
    }
  note_roots(tx, gate, lines);
  return lines;
}

std::string key_of(const store::Line& line) { return id_text(line.root) + "_" + std::string(code_of(line.what)); }

Result<DisposalId> propose_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const std::vector<std::string>& keys) {
  if (!keeps_files(gate, city)) return fail(ErrorCode::not_permitted, "廃棄の一覧は、所管課の担当か課長が作ります。");
  std::vector<store::Line> chosen;
  for (const store::Line& line : due_lines(tx, gate, city))
    if (std::ranges::find(keys, key_of(line)) != keys.end()) chosen.push_back(line);
  if (chosen.empty()) return invalid("line", "廃棄するものを選んでください。");
  const auto agency = gate.acting_agency(SubjectKind::disposal, access::Act::create);
  const auto permit = gate.create<DisposalTag>(tx, {0, agency.value_or(actor.agency), {}, access::Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const FiscalYear year = FiscalYear::of(gate.today());
  store::Disposal d;
  d.id = permit->id();
  d.number = number_of(year, store::next_disposal_serial(tx, year));
  d.agency = permit->facts().holder;
  d.state = "proposed";
  d.proposed_by = actor.account;
  d.proposed_on = gate.today();
  store::add(tx, d);
  for (const store::Line& line : chosen) store::add_line(tx, d.id, line);
  note(tx, "disposal.proposed", d.id, gate.today(), actor);
  for (const AccountId keeper : keepers_of(tx, d.agency, gate.today()))
    if (keeper != actor.account && may_know(tx, keeper, d, actor.now))
      due::await(tx, {kApprove, keeper.value, d.id.value, {SubjectKind::disposal, d.id.value}, gate.today().plus_days(kDaysToApprove)}, actor.now);
  return d.id;
}

Result<> withdraw_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisposalId id, std::int64_t version) {
  const auto found = open(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!store::set_withdrawn(tx, id, version)) return stale();
  note(tx, "disposal.withdrawn", id, gate.today(), actor);
  due::settle(tx, {SubjectKind::disposal, id.value}, "", actor);
  return {};
}

Result<> approve_disposal(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisposalId id, std::int64_t version) {
  const auto found = open(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (found->proposed_by == actor.account) return fail(ErrorCode::conflict, "一覧を作った人は、自分の一覧を承認できません。別の担当か課長が承認してください。");
  if (!keeps_files(gate, city)) return fail(ErrorCode::not_permitted, "廃棄の承認は、所管課の担当か課長が行います。");
  if (!store::set_done(tx, id, version, actor.account, actor.now)) return stale();
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  // The list is no longer waiting, so its own lines are due again unless something has happened to them since.
  std::vector<std::string> still_due;
  for (const store::Line& line : due_lines(tx, gate, city)) still_due.push_back(key_of(line));
  for (const store::Line& line : store::lines(tx, id)) {
    const bool due = std::ranges::find(still_due, key_of(line)) != still_due.end();
    if (due) store::remove(tx, *permit, line.root, line.what, had_case(line));
    store::set_line(tx, id, line, due ? "done" : "left_out");
  }
  store::renew_search(tx, *permit);
  note(tx, "disposal.done", id, gate.today(), actor);
  due::settle(tx, {SubjectKind::disposal, id.value}, "", actor);
  return {};
}

Result<> may_sweep(db::ReadTx& tx, access::Gate& gate, DisposalId id, std::int64_t version) {
  if (kept_from(tx, gate, id)) return unknown(gate, id);
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto found = store::load(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  if (found->state != "done") return fail(ErrorCode::conflict, "まだ廃棄していません。");
  if (found->version != version) return stale();
  return {};
}

namespace {

// What is to be forgotten is written down first: words that are gone without that are taken for tampering.
void forget_words(programme::City& city, db::Database& file, const access::ForgottenWords& what, UtcMs now) {
  if (what.searches.empty()) return;
  city.db().write([&](db::WriteTx& tx) {
    access::Trail trail;
    trail.action(access::kWordsForgotten, access::Act::write);
    trail.detail(access::detail_of(what));
    access::audit_write(tx, AccountId(0), trail, now);
  });
  store::forget_words(file, what.searches);
}

}  // namespace

void sweep(programme::City& city, DisposalId id, UtcMs now) {
  struct Found {
    std::set<std::int64_t> ids;
    std::optional<UtcMs> since;
  };
  const Found found = city.db().read([&](db::ReadTx& tx) { return Found{store::removed(tx, id), store::first_act(tx)}; });
  if (found.since)
    for (int year = FiscalYear::of(office_day(*found.since)).year; year <= FiscalYear::of(office_day(now)).year; ++year) {
      db::Database& file = city.audit.file_for(start_of(FiscalYear{year}.first()));
      const bool all = too_old(city.municipality, FiscalYear{year}, office_day(now));
      forget_words(city, file, {year, all ? store::all_searches(file) : store::searches_about(file, found.ids)}, now);
      file.checkpoint();
    }
  city.db().write([&](db::WriteTx& tx) {
    store::forget_removed(tx, id);
    store::set_swept(tx, id, now);
  });
  city.db().checkpoint();
}

std::vector<store::Disposal> disposals(db::ReadTx& tx, access::Gate& gate, int limit) {
  auto all = store::disposals(gate, limit);
  std::erase_if(all, [&](const store::Disposal& d) { return kept_from(tx, gate, d.id); });
  return all;
}

Result<DisposalView> disposal(db::ReadTx& tx, access::Gate& gate, DisposalId id) {
  if (kept_from(tx, gate, id)) return unknown(gate, id);
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto facts = store::load(*permit);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  DisposalView view;
  view.proposed_by = staff_name(tx, facts->proposed_by);
  view.approved_by = staff_name(tx, facts->approved_by);
  view.facts = *std::move(facts);
  view.lines = store::lines(tx, id);
  note_roots(tx, gate, view.lines);
  return view;
}

Result<std::string> dispose_again(programme::City& city, const std::vector<LogLine>& log, UtcMs now) {
  if (city.municipality.owner_sections.empty()) return fail(ErrorCode::conflict, "この市の設定には所管課がありません。");
  const access::Viewer viewer = keeper_of(city);
  DisposalId id;
  const auto done = city.db().write([&](db::WriteTx& tx) -> Result<std::string> {
    access::Trail trail;
    trail.action("disposal.again", access::Act::write);
    access::Gate gate(tx, viewer, now, trail);
    const access::Actor actor{viewer.account, viewer.posts.front().agency, now};
    const auto permit = gate.create<DisposalTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    const FiscalYear year = FiscalYear::of(gate.today());
    store::Disposal d;
    id = d.id = permit->id();
    d.number = number_of(year, store::next_disposal_serial(tx, year));
    d.agency = actor.agency;
    d.state = "proposed";
    d.proposed_on = gate.today();
    store::add(tx, d);
    for (const LogLine& l : log) {
      const store::Line line{l.root, l.what, "再度の廃棄 " + l.number, gate.today(), gate.today(), "廃棄の控え", 0, "done"};
      store::add_line(tx, d.id, line);
      store::remove(tx, *permit, l.root, l.what, had_case(line));
    }
    store::set_done(tx, d.id, 1, viewer.account, now);
    store::renew_search(tx, *permit);
    note(tx, "disposal.done", d.id, gate.today(), actor);
    access::audit_write(tx, viewer.account, trail, now);
    return d.number;
  });
  if (done) sweep(city, id, now);
  return done;
}

Result<LegalHoldId> hold(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, const std::string& reason) {
  if (reason.empty()) return invalid("reason", "廃棄を止める理由を入れてください。");
  const auto agency = gate.acting_agency(SubjectKind::legal_hold, access::Act::create, household.value);
  if (!agency) return fail(ErrorCode::not_permitted, "廃棄を止めるのは、市の担当か課長です。");
  const auto permit = gate.create<LegalHoldTag>(tx, {household.value, *agency, {}, access::Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  store::add_hold(tx, *permit, household, reason, gate.today(), actor.account);
  access::note_act(tx, {"hold.set", gate.today(), household.value, {}, {SubjectKind::legal_hold, permit->id().value}, "", "", {}}, actor);
  return permit->id();
}

Result<> release(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, LegalHoldId id, std::int64_t version) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!store::end_hold(tx, id, version, gate.today(), actor.account)) return stale();
  access::note_act(tx, {"hold.ended", gate.today(), permit->facts().root, {}, {SubjectKind::legal_hold, id.value}, "", "", {}}, actor);
  return {};
}

}  // namespace kasane::archive
