// The door to personal data. Gate alone makes a Permit (one record) or a Scope (many records), inside the
// transaction that uses it. Both map rows through a Seal, and only a Seal makes a Personal<T>.
//
//   auto permit = gate.read(household_id);                       // Result<Permit<HouseholdTag>>: 404 when not known
//   auto name = permit->one<Named>(R"sql(SELECT pii_name FROM household WHERE id = $permit)sql", {}, map);
//   auto scope = gate.scope<CaseTag>();                          // all cases that this viewer may know
//   scope.list<Line>(R"sql(SELECT c.id, c.number FROM support_case c WHERE {scope:c.id} LIMIT 51)sql", {}, map);
//
// In list SQL the first column is the id of the scoped record, so that each disclosed record enters the trail.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/model.hpp"
#include "access/rules.hpp"
#include "access/trail.hpp"
#include "base/personal.hpp"
#include "db/tx.hpp"

namespace kasane::access {

class Gate;

/// Makes Personal values for one record: already masked for this viewer.
class Seal {
 public:
  Personal<std::string> text(const db::Row& row, int column, Topic topic) const;
  /// Topics of this record that the viewer sees.
  bool shows(Topic topic) const { return visible_.has_all(topic); }

 private:
  friend class Door;
  explicit Seal(Topics visible) : visible_(visible) {}
  Topics visible_;
};

/// One row behind a permit or scope: plain columns as in db::Row, personal ones (pii_…) through personal().
class SealedRow {
 public:
  Personal<std::string> personal(int column, Topic topic) const { return seal_.text(row_, column, topic); }
  bool shows(Topic topic) const { return seal_.shows(topic); }
  std::int64_t i64(int c) const { return row_.i64(c); }
  std::optional<std::int64_t> opt_i64(int c) const { return row_.opt_i64(c); }
  std::string text(int c) const { return row_.text(c); }
  std::optional<std::string> opt_text(int c) const { return row_.opt_text(c); }
  bool boolean(int c) const { return row_.boolean(c); }
  Date date(int c) const { return row_.date(c); }
  std::optional<Date> opt_date(int c) const { return row_.opt_date(c); }
  bool is_null(int c) const { return row_.is_null(c); }
  template <class Tag>
  Id<Tag> id(int c) const { return Id<Tag>(row_.i64(c)); }

 private:
  friend class Door;
  SealedRow(const db::Row& row, Seal seal) : row_(row), seal_(seal) {}
  const db::Row& row_;
  Seal seal_;
};

using RowFn = std::function<void(const SealedRow&)>;

// The one class that holds the key to personal columns (db::PersonalKey).
class Door {
 public:
  static void one(db::ReadTx& tx, std::string_view sql, db::Params params, std::int64_t id, Topics visible, const RowFn& fn);
  static std::int64_t run(db::WriteTx& tx, std::string_view sql, db::Params params, std::int64_t id);
  static void many(db::ReadTx& tx, std::string_view sql, db::Params params, const class ScopeTerms& terms, Trail& trail, const RowFn& fn);
  /// The text without a key, for Seal.
  static std::string personal_text(const db::Row& row, int column, bool& null);
};

/// Leave to do one act to one record, for as long as the transaction lives.
template <class Tag>
class Permit {
 public:
  Id<Tag> id() const { return id_; }
  const SubjectFacts& facts() const { return facts_; }
  const Verdict& verdict() const { return verdict_; }
  bool shows(Topic topic) const { return verdict_.visible.has_all(topic); }
  Act act() const { return act_; }

  /// Rows that hang on the record ($permit is its id). Personal columns are masked by the record's verdict.
  template <class T, class F>
  std::vector<T> list(db::PermitSql sql, db::Params params, F&& map) const {
    std::vector<T> out;
    Door::one(*tx_, sql.text(), std::move(params), id_.value, verdict_.visible, [&](const SealedRow& row) { out.push_back(map(row)); });
    return out;
  }
  template <class T, class F>
  std::optional<T> one(db::PermitSql sql, db::Params params, F&& map) const {
    std::optional<T> out;
    Door::one(*tx_, sql.text(), std::move(params), id_.value, verdict_.visible, [&](const SealedRow& row) { if (!out) out = map(row); });
    return out;
  }
  /// INSERT, UPDATE or DELETE of what hangs on the record; needs a permit to write, create or decide. Rows changed.
  std::int64_t run(db::WriteTx& tx, db::PermitSql sql, db::Params params) const {
    if (act_ != Act::write && act_ != Act::create && act_ != Act::decide) throw std::logic_error("a permit to read does not write");
    return Door::run(tx, sql.text(), std::move(params), id_.value);
  }

 private:
  friend class Gate;
  Permit(db::ReadTx& tx, Id<Tag> id, Act act, SubjectFacts facts, Verdict verdict)
      : tx_(&tx), id_(id), act_(act), facts_(std::move(facts)), verdict_(std::move(verdict)) {}
  db::ReadTx* tx_;
  Id<Tag> id_;
  Act act_;
  SubjectFacts facts_;
  Verdict verdict_;
};

/// The predicate of one viewer for one kind, as SQL terms.
class ScopeTerms {
 public:
  /// Replaces every {scope:alias.column}; appends the parameters.
  std::string expand(std::string_view sql, db::Params& params) const;
  Topics needs;
  SubjectKind kind{};
  std::vector<std::int64_t> parties;  // empty: sees nothing
  std::int64_t account = 0;
  bool any_shield = false;
  bool small_reach = false;
  Date today;
};

/// Leave to list, search or count many records of one kind. Rows show only topics in `needs`.
template <class Tag>
class Scope {
 public:
  template <class T, class F>
  std::vector<T> list(db::ScopeSql sql, db::Params params, F&& map) const {
    std::vector<T> out;
    Door::many(*tx_, sql.text(), std::move(params), terms_, *trail_, [&](const SealedRow& row) { out.push_back(map(row)); });
    return out;
  }
  /// A count or another single number: nothing is noted but that it was asked. The SQL stops at a LIMIT of its own.
  std::int64_t count(db::ScopeSql sql, db::Params params) const {
    std::int64_t n = 0;
    Trail unused;
    Door::many(*tx_, sql.text(), std::move(params), terms_, unused, [&](const SealedRow& row) { n = row.i64(0); });
    return n;
  }

 private:
  friend class Gate;
  Scope(db::ReadTx& tx, Trail& trail, ScopeTerms terms) : tx_(&tx), trail_(&trail), terms_(std::move(terms)) {}
  db::ReadTx* tx_;
  Trail* trail_;
  ScopeTerms terms_;
};

/// Remembers for a minute whether a set of parties reaches few records of a kind (then lists start from the reach)
/// or many (then each row of the list is probed). Only the speed depends on it. One per city; thread-safe.
class ReachSizes {
 public:
  bool small(db::ReadTx& tx, SubjectKind kind, const std::vector<std::int64_t>& parties, UtcMs now);

 private:
  struct Entry {
    UtcMs at;
    bool small;
  };
  std::mutex mutex_;
  std::map<std::pair<SubjectKind, std::vector<std::int64_t>>, Entry> entries_;
};

/// What a new record is.
struct NewSubject {
  std::int64_t root = 0;           // 0: the record is its own root (a household, or a record before one is known)
  AgencyId holder;                 // one of the viewer's agencies
  std::optional<PersonId> person;
  Topics topics = Topic::basic;
  Sharing sharing = Sharing::own;
};

struct Explanation;

/// Decides for one viewer within one transaction. Cheap to make; loads the viewer's shields once.
class Gate {
 public:
  /// `sizes` (may be null) remembers how much each party reaches, to choose the shape of list SQL.
  Gate(db::ReadTx& tx, const Viewer& viewer, UtcMs now, Trail& trail, ReachSizes* sizes = nullptr);

  const Viewer& viewer() const { return viewer_; }
  UtcMs now() const { return now_; }
  Date today() const { return today_; }
  Trail& trail() { return trail_; }

  /// ErrorCode::not_found when the record does not exist or the viewer may not know it, alike.
  template <class Tag>
  Result<Permit<Tag>> read(Id<Tag> id) { return open(id, Act::read); }
  /// not_found when not known; not_permitted when known but not to be changed by this viewer.
  template <class Tag>
  Result<Permit<Tag>> write(Id<Tag> id) { return open(id, Act::write); }
  /// As write, for heads who decide.
  template <class Tag>
  Result<Permit<Tag>> decide(Id<Tag> id) { return open(id, Act::decide); }
  /// Registers a new record and gives leave to fill it. not_permitted when no post of the viewer in `holder` may
  /// make this kind; not_found when the root is not known to the viewer.
  template <class Tag>
  Result<Permit<Tag>> create(db::WriteTx& tx, NewSubject what) { return create(tx, fresh_id<Tag>(), std::move(what)); }
  template <class Tag>
  Result<Permit<Tag>> create(db::WriteTx& tx, Id<Tag> id, NewSubject what) {
    auto facts = register_new(tx, Tag::kind, id.value, what);
    if (!facts) return tl::unexpected(facts.error());
    return Permit<Tag>(tx, id, Act::create, *facts, {true, kAllTopics, Why::holder, {}});
  }
  /// All records of a kind that the viewer may know, for lists, search and counts alike.
  template <class Tag>
  Scope<Tag> scope(Topics needs = Topic::basic, Act act = Act::list) { return Scope<Tag>(tx_, trail_, terms(Tag::kind, needs, act)); }
  /// Whether the viewer may do this at all (for showing a button; the door still decides).
  template <class Tag>
  bool may(Id<Tag> id, Act act) { return look(Tag::kind, id.value, act).allowed; }
  /// The decision about one record taken apart into its rules and grounds (access/explain.hpp); nothing when there is
  /// no such record. Looks only at facts, opens nothing and notes nothing.
  std::optional<Explanation> explain(std::int64_t id, Act act);
  /// Whether the viewer is kept from somebody of this root in some topic.
  bool kept_from_somebody(std::int64_t root);
  /// Whether some post of the viewer may do this to records of the kind.
  bool role_may(SubjectKind kind, Act act) const { return !parties_for(viewer_, kind, act).empty(); }
  /// The viewer's agency in which it may do this; the first where it has several. Nothing when none.
  std::optional<AgencyId> acting_agency(SubjectKind kind, Act act) const;
  /// The same for something below `root`: of several own agencies the one that holds the root, else one in its team,
  /// else one that reaches it; so that a record of a worker with two posts is held where the household is known.
  std::optional<AgencyId> acting_agency(SubjectKind kind, Act act, std::int64_t root) const;

 private:
  template <class Tag>
  Result<Permit<Tag>> open(Id<Tag> id, Act act) {
    auto found = verdict(Tag::kind, id.value, act);
    if (!found) return tl::unexpected(found.error());
    return Permit<Tag>(tx_, id, act, found->first, found->second);
  }
  Result<std::pair<SubjectFacts, Verdict>> verdict(SubjectKind kind, std::int64_t id, Act act);
  Verdict look(SubjectKind kind, std::int64_t id, Act act);
  std::optional<std::pair<SubjectFacts, std::vector<ReachFact>>> facts_of(SubjectKind kind, std::int64_t id, const std::vector<std::int64_t>& parties);
  Result<SubjectFacts> register_new(db::WriteTx& tx, SubjectKind kind, std::int64_t id, const NewSubject& what);
  ScopeTerms terms(SubjectKind kind, Topics needs, Act act);
  const std::vector<ShieldFact>& shields();

  db::ReadTx& tx_;
  const Viewer& viewer_;
  UtcMs now_;
  Date today_;
  Trail& trail_;
  ReachSizes* sizes_;
  std::optional<std::vector<ShieldFact>> shields_;
};

}  // namespace kasane::access
