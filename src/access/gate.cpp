// Gate, Seal and Door: the only code that turns facts into permits and personal columns into Personal values.
#include <algorithm>

#include "access/permit.hpp"

namespace kasane::access {

namespace {

/// Replaces $permit by the next free parameter number.
std::string with_permit(std::string_view sql, std::size_t given) {
  static constexpr std::string_view kToken = "$permit";
  const std::string number = "$" + std::to_string(given + 1);
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t hit = sql.find(kToken, at);
    if (hit == std::string_view::npos) {
      out += sql.substr(at);
      break;
    }
    out += sql.substr(at, hit - at);
    out += number;
    at = hit + kToken.size();
  }
  return out;
}

}  // namespace

Personal<std::string> Seal::text(const db::Row& row, int column, Topic topic) const {
  if (!visible_.has_all(topic)) return Personal<std::string>::masked();
  bool null = false;
  std::string text = Door::personal_text(row, column, null);
  return null ? Personal<std::string>() : Personal<std::string>(std::move(text));
}

std::string Door::personal_text(const db::Row& row, int column, bool& null) {
  null = row.is_null(column, db::PersonalKey());
  return null ? std::string() : std::string(row.raw_text(column, db::PersonalKey()));
}

void Door::one(db::ReadTx& tx, std::string_view sql, db::Params params, std::int64_t id, Topics visible, const RowFn& fn) {
  const std::string text = with_permit(sql, params.size());
  params.add(id);
  tx.each_personal(text, params, [&](const db::Row& row) { fn(SealedRow(row, Seal(visible))); }, db::PersonalKey());
}

std::int64_t Door::run(db::WriteTx& tx, std::string_view sql, db::Params params, std::int64_t id) {
  const std::string text = with_permit(sql, params.size());
  params.add(id);
  return tx.run_personal(text, params, db::PersonalKey());
}

void Door::many(db::ReadTx& tx, std::string_view sql, db::Params params, const ScopeTerms& terms, Trail& trail, const RowFn& fn) {
  if (terms.parties.empty()) return;
  const std::string text = terms.expand(sql, params);
  const Seal seal(terms.needs);
  tx.each_personal(text, params, [&](const db::Row& row) {
    if (!row.is_null(0)) trail.listed(terms.kind, row.i64(0));
    fn(SealedRow(row, seal));
  }, db::PersonalKey());
}

Gate::Gate(db::ReadTx& tx, const Viewer& viewer, UtcMs now, Trail& trail, ReachSizes* sizes)
    : tx_(tx), viewer_(viewer), now_(now), today_(office_day(now)), trail_(trail), sizes_(sizes) {}

std::optional<AgencyId> Gate::acting_agency(SubjectKind kind, Act act) const {
  const Roles allowed = roles_for(kind, act);
  for (const Post& post : viewer_.posts)
    if (allowed.has(post.role)) return post.agency;
  return std::nullopt;
}

std::optional<AgencyId> Gate::acting_agency(SubjectKind kind, Act act, std::int64_t root) const {
  const Roles allowed = roles_for(kind, act);
  std::vector<AgencyId> own;
  for (const Post& post : viewer_.posts)
    if (allowed.has(post.role) && std::find(own.begin(), own.end(), post.agency) == own.end()) own.push_back(post.agency);
  if (own.empty()) return std::nullopt;
  if (own.size() == 1) return own.front();
  const auto first_of = [&](const std::vector<std::int64_t>& parties) -> std::optional<AgencyId> {
    for (AgencyId a : own)
      if (std::find(parties.begin(), parties.end(), a.value) != parties.end()) return a;
    return std::nullopt;
  };
  const auto party = [](const db::Row& r) { return r.i64(0); };
  if (auto a = first_of(tx_.list<std::int64_t>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(root), party))) return a;
  if (auto a = first_of(tx_.list<std::int64_t>(R"sql(SELECT party_id FROM access_team WHERE root_id = $1 AND valid_from <= $2 AND valid_until >= $2)sql",
                                               db::params(root, today_), party)))
    return a;
  if (auto a = first_of(tx_.list<std::int64_t>(R"sql(SELECT party_id FROM access_reach WHERE root_id = $1 AND valid_from <= $2 AND valid_until >= $2)sql",
                                               db::params(root, today_), party)))
    return a;
  return own.front();
}

// What any agency of the viewer is kept from, the viewer is kept from as one person: also where the post there is no case
// role (構成員) or another act is asked for. So each shield stands here for the account, which is a party whenever there is one.
const std::vector<ShieldFact>& Gate::shields() {
  if (!shields_) {
    shields_.emplace();
    std::vector<std::int64_t> parties;
    for (const Post& p : viewer_.posts) parties.push_back(p.agency.value);
    parties.push_back(viewer_.account.value);
    for (std::int64_t party : parties)
      tx_.each(R"sql(SELECT d.person_id, d.topics, d.valid_from, d.valid_until FROM access_shield d WHERE d.party_id = $1
                       AND NOT EXISTS (SELECT 1 FROM access_shield_exempt e WHERE e.source_id = d.source_id AND e.account_id = $2))sql",
               db::params(party, viewer_.account.value), [&](const db::Row& r) {
                 shields_->push_back({viewer_.account.value, r.id<PersonTag>(0), Topics(static_cast<std::uint32_t>(r.i64(1))), r.date(2), r.date(3)});
               });
  }
  return *shields_;
}

// One statement whether the record is unknown or merely out of reach, so that time tells nothing either.
std::optional<std::pair<SubjectFacts, std::vector<ReachFact>>> Gate::facts_of(SubjectKind kind, std::int64_t id,
                                                                              const std::vector<std::int64_t>& parties) {
  std::optional<SubjectFacts> facts;
  std::vector<ReachFact> reaches;
  tx_.each(R"sql(SELECT s.root_id, s.holder_id, s.person_id, s.topics, s.sharing,
              r.party_id, r.root_id, r.person_id, r.topics, r.valid_from, r.valid_until, r.ground, r.ground_id
            FROM access_subject s
            LEFT JOIN access_reach r ON r.root_id IN (s.root_id, s.id)
            WHERE s.id = $1 AND s.kind = $2)sql",
           db::params(id, static_cast<std::int64_t>(kind)), [&](const db::Row& r) {
             if (!facts) {
               facts.emplace();
               facts->kind = kind;
               facts->id = id;
               facts->root = r.i64(0);
               facts->holder = r.id<AgencyTag>(1);
               if (auto p = r.opt_i64(2)) facts->person = PersonId(*p);
               facts->topics = Topics(static_cast<std::uint32_t>(r.i64(3)));
               facts->sharing = static_cast<Sharing>(r.i64(4));
             }
             if (r.is_null(5)) return;
             if (std::find(parties.begin(), parties.end(), r.i64(5)) == parties.end()) return;
             ReachFact reach{r.i64(5), r.i64(6), std::nullopt, Topics(static_cast<std::uint32_t>(r.i64(8))),
                             r.date(9), r.date(10), static_cast<GroundKind>(r.i64(11)), r.i64(12)};
             if (r.i64(7) != 0) reach.person = PersonId(r.i64(7));
             reaches.push_back(reach);
           });
  if (!facts) return std::nullopt;
  return std::pair(*facts, std::move(reaches));
}

// Shields are read before it is known whether there is such a record: what is hidden takes as many statements, and so as
// long, as what never was.
Verdict Gate::look(SubjectKind kind, std::int64_t id, Act act) {
  const auto parties = parties_for(viewer_, kind, act);
  const auto& kept_from = shields();
  const auto known = facts_of(kind, id, parties);
  if (!known) return {};
  return access::decide(parties, act, known->first, known->second, kept_from, today_);
}

Result<std::pair<SubjectFacts, Verdict>> Gate::verdict(SubjectKind kind, std::int64_t id, Act act) {
  const auto parties = parties_for(viewer_, kind, act);
  const auto& kept_from = shields();
  const auto known = facts_of(kind, id, parties);
  if (known) {
    const Verdict v = access::decide(parties, act, known->first, known->second, kept_from, today_);
    if (v.allowed) {
      trail_.opened(kind, id);
      return std::pair(known->first, v);
    }
  }
  trail_.denied(kind, id);
  if (act != Act::read && look(kind, id, Act::read).allowed)
    return fail(ErrorCode::not_permitted, "この操作は、記録の保有機関または担当の役割の方が行えます。");
  return fail(ErrorCode::not_found, "見つかりません。");
}

Result<SubjectFacts> Gate::register_new(db::WriteTx& tx, SubjectKind kind, std::int64_t id, const NewSubject& what) {
  const Roles allowed = roles_for(kind, Act::create);
  // The holder is an agency of the viewer's, but for what is made for somebody else to look into.
  const bool for_others = kind == SubjectKind::notice || kind == SubjectKind::referral || kind == SubjectKind::task ||
                          kind == SubjectKind::agenda_item || kind == SubjectKind::advice || kind == SubjectKind::meeting_note;
  const bool may = std::any_of(viewer_.posts.begin(), viewer_.posts.end(),
                               [&](const Post& p) { return allowed.has(p.role) && (for_others || p.agency == what.holder); });
  if (!may) return fail(ErrorCode::not_permitted, "この記録を作る役割がありません。");
  // A record below another one: the maker must know that one.
  const std::int64_t root = what.root == 0 ? id : what.root;
  if (root != id) {
    const auto parent = tx.one<std::int64_t>(R"sql(SELECT kind FROM access_subject WHERE id = $1)sql", db::params(root),
                                             [](const db::Row& r) { return r.i64(0); });
    if (!parent || !look(static_cast<SubjectKind>(*parent), root, Act::read).allowed) {
      trail_.denied(kind, root);
      return fail(ErrorCode::not_found, "見つかりません。");
    }
  }
  const SubjectFacts facts{kind, id, root, what.holder, what.person, what.topics, what.sharing};
  tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
         db::params(id, static_cast<std::int64_t>(kind), root, what.holder.value,
                    what.person ? std::optional(what.person->value) : std::nullopt,
                    static_cast<std::int64_t>(what.topics.bits()), static_cast<std::int64_t>(what.sharing)));
  trail_.note(kind, id);
  return facts;
}

ScopeTerms Gate::terms(SubjectKind kind, Topics needs, Act act) {
  ScopeTerms t;
  t.needs = needs;
  t.kind = kind;
  t.parties = parties_for(viewer_, kind, act);
  t.account = viewer_.account.value;
  t.any_shield = !shields().empty();
  t.small_reach = sizes_ != nullptr && !t.parties.empty() && sizes_->small(tx_, kind, t.parties, now_);
  // After the account, agencies of posts that may not do this: their shields count, what they hold and reach does not.
  if (t.any_shield && !t.parties.empty())
    for (const Post& post : viewer_.posts)
      if (std::find(t.parties.begin(), t.parties.end(), post.agency.value) == t.parties.end()) t.parties.push_back(post.agency.value);
  t.today = today_;
  return t;
}

bool ReachSizes::small(db::ReadTx& tx, SubjectKind kind, const std::vector<std::int64_t>& parties, UtcMs now) {
  constexpr UtcMs kRemember = 60'000;
  constexpr std::int64_t kFew = 400;
  const auto key = std::pair(kind, parties);
  {
    const std::lock_guard lock(mutex_);
    const auto it = entries_.find(key);
    if (it != entries_.end() && now - it->second.at < kRemember) return it->second.small;
  }
  std::int64_t found = 0;
  for (std::int64_t party : parties) {
    tx.each(R"sql(SELECT count(*) FROM (SELECT 1 AS x FROM access_subject WHERE holder_id = $1 AND kind = $2 LIMIT 400) AS held)sql",
            db::params(party, static_cast<std::int64_t>(kind)), [&](const db::Row& r) { found += r.i64(0); });
    tx.each(R"sql(SELECT count(*) FROM (SELECT 1 AS x FROM access_reach WHERE party_id = $1 LIMIT 400) AS reached)sql",
            db::params(party), [&](const db::Row& r) { found += r.i64(0); });
  }
  const std::lock_guard lock(mutex_);
  if (entries_.size() > 10'000) entries_.clear();
  entries_[key] = {now, found < kFew};
  return found < kFew;
}

}  // namespace kasane::access
