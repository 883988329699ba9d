#include "people/store.hpp"

#include <unordered_map>

#include "db/param.hpp"

namespace kasane::people {

using access::SealedRow;
using access::Topic;

namespace {

/// '' in the database: not known.
std::string or_blank(const std::optional<Date>& date) { return date ? date->iso() : std::string(); }
std::string or_blank(const std::optional<PartialDate>& date) { return date ? date->text() : std::string(); }

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ",") + code;
  return text;
}

std::vector<std::string> parted(const std::string& text) {
  std::vector<std::string> codes;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    codes.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return codes;
}

Member member_of(const SealedRow& r) {
  Member m;
  m.person = r.id<PersonTag>(0);
  m.membership = r.id<MembershipTag>(1);
  m.membership_version = r.i64(2);
  m.name = r.personal(3, Topic::basic);
  m.kana = r.personal(4, Topic::basic);
  m.birth = r.personal(5, Topic::basic);
  m.sex = r.text(6);
  m.deceased_on = r.opt_date(7);
  m.relation = r.text(8);
  m.lives_in = r.boolean(9);
  m.from = Date::from_iso(r.text(10));
  m.until = r.opt_date(11);
  return m;
}

PersonContact contact_of(const SealedRow& r, int first) {
  return {r.personal(first, Topic::contact), r.personal(first + 1, Topic::contact), r.personal(first + 2, Topic::contact), r.i64(first + 3)};
}

HouseholdLabel label_of(const SealedRow& r) { return {r.id<HouseholdTag>(0), r.text(1), r.personal(2, Topic::basic)}; }
PersonName name_of(const SealedRow& r) { return {r.id<PersonTag>(0), r.personal(1, Topic::basic), r.personal(2, Topic::basic)}; }

}  // namespace

std::int64_t next_serial(db::WriteTx& tx, FiscalYear year) {
  tx.run(R"sql(INSERT INTO household_serial (fiscal_year, last) VALUES ($1, 1)
           ON CONFLICT (fiscal_year) DO UPDATE SET last = household_serial.last + 1)sql",
         db::params(year.year));
  return tx.number(R"sql(SELECT last FROM household_serial WHERE fiscal_year = $1)sql", db::params(year.year));
}

void insert_household(db::WriteTx& tx, const HouseholdPermit& permit, const std::string& number, const std::string& label,
                      const std::string& area, Date made_on) {
  permit.run(tx, R"sql(INSERT INTO household (id, number, pii_label, area_code, made_on, version) VALUES ($permit, $1, $2, $3, $4, 1))sql",
             db::params(number, label, area, made_on));
}

bool insert_household_contact(db::WriteTx& tx, const HouseholdPermit& permit, const std::string& address, const std::string& phone) {
  return permit.run(tx, R"sql(INSERT INTO household_contact (household_id, pii_address, pii_phone, version) VALUES ($permit, $1, $2, 1)
                              ON CONFLICT (household_id) DO NOTHING)sql",
                    db::params(address, phone)) == 1;
}

void insert_person(db::WriteTx& tx, const PersonPermit& permit, const PersonFields& f) {
  permit.run(tx, R"sql(INSERT INTO person (id, pii_family, pii_given, pii_kana, pii_birth, sex, deceased_on, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, 1))sql",
             db::params(f.family, f.given, f.kana, or_blank(f.birth), f.sex, f.deceased_on));
}

bool insert_person_contact(db::WriteTx& tx, const PersonPermit& permit, const ContactFields& c) {
  return permit.run(tx, R"sql(INSERT INTO person_contact (person_id, pii_address, pii_phone, pii_safe, version) VALUES ($permit, $1, $2, $3, 1)
                              ON CONFLICT (person_id) DO NOTHING)sql",
                    db::params(c.address, c.phone, c.safe)) == 1;
}

MembershipId insert_membership(db::WriteTx& tx, HouseholdId household, PersonId person, const MembershipFields& f) {
  const auto id = fresh_id<MembershipTag>();
  tx.run(R"sql(INSERT INTO membership (id, household_id, person_id, relation, lives_in, valid_from, valid_until, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 1))sql",
         db::params(id, household, person, f.relation, std::int64_t{f.lives_in ? 1 : 0}, or_blank(f.from), f.until));
  return id;
}

bool update_household(db::WriteTx& tx, const HouseholdPermit& permit, const HouseholdEdit& edit) {
  return permit.run(tx, R"sql(UPDATE household SET pii_label = $1, area_code = $2, version = version + 1 WHERE id = $permit AND version = $3)sql",
                    db::params(edit.label, edit.area, edit.version)) == 1;
}

bool update_household_contact(db::WriteTx& tx, const HouseholdPermit& permit, const HouseholdEdit& edit) {
  return permit.run(tx, R"sql(UPDATE household_contact SET pii_address = $1, pii_phone = $2, version = version + 1
                              WHERE household_id = $permit AND version = $3)sql",
                    db::params(edit.address, edit.phone, edit.contact_version)) == 1;
}

bool update_person(db::WriteTx& tx, const PersonPermit& permit, const PersonFields& f, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE person SET pii_family = $1, pii_given = $2, pii_kana = $3, pii_birth = $4, sex = $5, deceased_on = $6,
                              version = version + 1 WHERE id = $permit AND version = $7)sql",
                    db::params(f.family, f.given, f.kana, or_blank(f.birth), f.sex, f.deceased_on, version)) == 1;
}

bool update_person_contact(db::WriteTx& tx, const PersonPermit& permit, const ContactFields& c, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE person_contact SET pii_address = $1, pii_phone = $2, pii_safe = $3, version = version + 1
                              WHERE person_id = $permit AND version = $4)sql",
                    db::params(c.address, c.phone, c.safe, version)) == 1;
}

bool update_membership(db::WriteTx& tx, MembershipId id, const MembershipFields& f, std::int64_t version) {
  return tx.run(R"sql(UPDATE membership SET relation = $1, lives_in = $2, valid_from = $3, valid_until = $4, version = version + 1
                  WHERE id = $5 AND version = $6)sql",
                db::params(f.relation, std::int64_t{f.lives_in ? 1 : 0}, or_blank(f.from), f.until, id, version)) == 1;
}

// A membership that began on that day or later ends with its own first day.
void end_memberships(db::WriteTx& tx, PersonId person, Date on) {
  tx.run(R"sql(UPDATE membership SET version = version + 1,
             valid_until = CASE WHEN valid_from > $2 THEN valid_from ELSE $2 END
           WHERE person_id = $1 AND (valid_until IS NULL OR valid_until >= $3))sql",
         db::params(person, on.plus_days(-1), on));
}

HouseholdView load_household(const HouseholdPermit& permit) {
  auto view = permit.one<HouseholdView>(
      R"sql(SELECT h.number, h.pii_label, h.area_code, h.made_on, h.version, c.pii_address, c.pii_phone, c.version
            FROM household h LEFT JOIN household_contact c ON c.household_id = h.id WHERE h.id = $permit)sql",
      {}, [](const SealedRow& r) {
        HouseholdView v;
        v.number = r.text(0);
        v.label = r.personal(1, Topic::basic);
        v.area = r.text(2);
        v.made_on = r.date(3);
        v.version = r.i64(4);
        v.address = r.personal(5, Topic::contact);
        v.phone = r.personal(6, Topic::contact);
        v.shows_contact = r.shows(Topic::contact);
        if (v.shows_contact) v.contact_version = r.opt_i64(7).value_or(0);
        return v;
      });
  HouseholdView out = view ? std::move(*view) : HouseholdView{};
  out.id = permit.id();
  out.holder = permit.facts().holder;
  return out;
}

std::string household_number_of(const HouseholdPermit& permit) {
  return permit.one<std::string>(R"sql(SELECT number FROM household WHERE id = $permit)sql", {}, [](const SealedRow& r) { return r.text(0); })
      .value_or("");
}

std::vector<Member> load_members(access::Gate& gate, HouseholdId household) {
  auto members = gate.scope<PersonTag>(Topic::basic).list<Member>(
      R"sql(SELECT p.id, m.id, m.version, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana, p.pii_birth, p.sex, p.deceased_on,
              m.relation, m.lives_in, m.valid_from, m.valid_until
            FROM membership m JOIN person p ON p.id = m.person_id
            WHERE m.household_id = $1 AND {scope:p.id} ORDER BY m.id LIMIT 200)sql",
      db::params(household), member_of);
  // How somebody is reached is of another protection class: a scope of its own decides whose is shown.
  gate.scope<PersonTag>(Topic::contact).list<bool>(
      R"sql(SELECT k.person_id, k.pii_address, k.pii_phone, k.pii_safe, k.version
            FROM membership m JOIN person_contact k ON k.person_id = m.person_id
            WHERE m.household_id = $1 AND {scope:k.person_id} LIMIT 200)sql",
      db::params(household), [&](const SealedRow& r) {
        for (Member& m : members)
          if (m.person == r.id<PersonTag>(0)) m.contact = contact_of(r, 1);
        return true;
      });
  return members;
}

std::vector<HomeLine> load_homes(access::Gate& gate, const std::vector<HouseholdId>& ids, Date day) {
  const db::Param list = db::id_list(ids);
  auto homes = gate.scope<HouseholdTag>(Topic::basic).list<HomeLine>(
      R"sql(SELECT h.id, h.number FROM household h WHERE h.id IN {ids:$1} AND {scope:h.id})sql", db::params(list), [](const SealedRow& r) {
        HomeLine home;
        home.id = r.id<HouseholdTag>(0);
        home.number = r.text(1);
        return home;
      });
  std::unordered_map<HouseholdId, HomeLine*> by_home;
  for (HomeLine& home : homes) by_home[home.id] = &home;
  gate.scope<HouseholdTag>(Topic::contact).list<bool>(
      R"sql(SELECT c.household_id, c.pii_address, c.pii_phone FROM household_contact c WHERE c.household_id IN {ids:$1} AND {scope:c.household_id})sql",
      db::params(list), [&](const SealedRow& r) {
        const auto home = by_home.find(r.id<HouseholdTag>(0));
        if (home == by_home.end()) return false;
        home->second->address = r.personal(1, Topic::contact);
        home->second->phone = r.personal(2, Topic::contact);
        return true;
      });
  gate.scope<PersonTag>(Topic::basic).list<bool>(
      R"sql(SELECT p.id, m.id, m.version, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana, p.pii_birth, p.sex, p.deceased_on,
              m.relation, m.lives_in, m.valid_from, m.valid_until, m.household_id
            FROM membership m JOIN person p ON p.id = m.person_id
            WHERE m.household_id IN {ids:$1} AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2) AND p.deceased_on IS NULL
              AND {scope:p.id} ORDER BY m.id)sql",
      db::params(list, day), [&](const SealedRow& r) {
        const auto home = by_home.find(r.id<HouseholdTag>(12));
        if (home == by_home.end()) return false;
        home->second->members.push_back(member_of(r));
        return true;
      });
  gate.scope<PersonTag>(Topic::contact).list<bool>(
      R"sql(SELECT k.person_id, m.household_id, k.pii_address, k.pii_phone, k.pii_safe, k.version
            FROM membership m JOIN person p ON p.id = m.person_id JOIN person_contact k ON k.person_id = m.person_id
            WHERE m.household_id IN {ids:$1} AND m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until >= $2) AND p.deceased_on IS NULL
              AND {scope:k.person_id})sql",
      db::params(list, day), [&](const SealedRow& r) {
        const auto home = by_home.find(r.id<HouseholdTag>(1));
        if (home == by_home.end()) return false;
        for (Member& m : home->second->members)
          if (m.person == r.id<PersonTag>(0)) m.contact = contact_of(r, 2);
        return true;
      });
  return homes;
}

std::vector<HouseholdLabel> load_labels(access::Gate& gate, const std::vector<HouseholdId>& ids) {
  return gate.scope<HouseholdTag>(Topic::basic).list<HouseholdLabel>(
      R"sql(SELECT h.id, h.number, h.pii_label FROM household h WHERE h.id IN {ids:$1} AND {scope:h.id})sql",
      db::params(db::id_list(ids)), label_of);
}

std::vector<HouseholdLabel> load_recent(access::Gate& gate, int limit) {
  return gate.scope<HouseholdTag>(Topic::basic).list<HouseholdLabel>(
      R"sql(SELECT h.id, h.number, h.pii_label FROM household h WHERE {scope:h.id} ORDER BY h.id DESC LIMIT $1)sql",
      db::params(limit), label_of);
}

std::optional<HouseholdLabel> load_by_number(access::Gate& gate, const std::string& number) {
  auto found = gate.scope<HouseholdTag>(Topic::basic).list<HouseholdLabel>(
      R"sql(SELECT h.id, h.number, h.pii_label FROM household h WHERE h.number = $1 AND {scope:h.id})sql",
      db::params(number), label_of);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<PersonName> load_names(access::Gate& gate, const std::vector<PersonId>& ids) {
  return gate.scope<PersonTag>(Topic::basic).list<PersonName>(
      R"sql(SELECT p.id, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana FROM person p
            WHERE p.id IN {ids:$1} AND {scope:p.id})sql",
      db::params(db::id_list(ids)), name_of);
}

PersonView load_person(const PersonPermit& permit) {
  auto view = permit.one<PersonView>(
      R"sql(SELECT p.pii_family, p.pii_given, p.pii_kana, p.pii_birth, p.sex, p.deceased_on, p.version,
              c.pii_address, c.pii_phone, c.pii_safe, c.version
            FROM person p LEFT JOIN person_contact c ON c.person_id = p.id WHERE p.id = $permit)sql",
      {}, [](const SealedRow& r) {
        PersonView v;
        v.family = r.personal(0, Topic::basic);
        v.given = r.personal(1, Topic::basic);
        v.kana = r.personal(2, Topic::basic);
        v.birth = r.personal(3, Topic::basic);
        v.sex = r.text(4);
        v.deceased_on = r.opt_date(5);
        v.version = r.i64(6);
        v.shows_contact = r.shows(Topic::contact);
        if (v.shows_contact && !r.is_null(10)) v.contact = contact_of(r, 7);
        return v;
      });
  PersonView out = view ? std::move(*view) : PersonView{};
  out.id = permit.id();
  out.household = HouseholdId(permit.facts().root);
  return out;
}

PersonName load_name(const PersonPermit& permit) {
  auto name = permit.one<PersonName>(
      R"sql(SELECT p.id, p.pii_family || ' ' || p.pii_given AS pii_name, p.pii_kana FROM person p WHERE p.id = $permit)sql", {}, name_of);
  return name ? std::move(*name) : PersonName{};
}

std::optional<StoredMembership> load_membership(db::ReadTx& tx, MembershipId id) {
  return tx.one<StoredMembership>(
      R"sql(SELECT household_id, person_id, relation, lives_in, valid_from, valid_until, version FROM membership WHERE id = $1)sql",
      db::params(id), [](const db::Row& r) {
        StoredMembership m;
        m.household = r.id<HouseholdTag>(0);
        m.person = r.id<PersonTag>(1);
        m.fields = {r.text(2), r.boolean(3), Date::from_iso(r.text(4)), r.opt_date(5)};
        m.version = r.i64(6);
        return m;
      });
}

bool belongs(db::ReadTx& tx, HouseholdId household, PersonId person) {
  return tx.exists(R"sql(SELECT 1 FROM membership WHERE household_id = $1 AND person_id = $2 LIMIT 1)sql", db::params(household, person));
}

bool still_belongs(db::ReadTx& tx, HouseholdId household, PersonId person, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM membership WHERE household_id = $1 AND person_id = $2
                     AND (valid_until IS NULL OR valid_until >= $3) LIMIT 1)sql",
                   db::params(household, person, today));
}

// The service has decided by posts and reach that this viewer may see the note: a reach for safety alone must not open
// the household, so that it does not show in the permit's own topics. Hence the mask of the household itself.
std::optional<StoredSafety> load_safety(const HouseholdPermit& permit) {
  return permit.one<StoredSafety>(
      R"sql(SELECT pii_codes, pii_note, set_on, version, ground_source FROM household_safety WHERE household_id = $permit)sql", {},
      [](const SealedRow& r) {
        StoredSafety s;
        s.note.codes = parted(r.personal(0, Topic::basic).shown());
        s.note.note = r.personal(1, Topic::basic);
        s.note.set_on = r.date(2);
        s.note.version = r.i64(3);
        s.ground_source = r.i64(4);
        return s;
      });
}

bool any_reaches(db::ReadTx& tx, std::int64_t root, const std::vector<AgencyId>& agencies, access::Topics topics, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM access_reach r WHERE r.root_id = $1 AND r.party_id IN {ids:$2} AND (r.topics & $3) = $3
                     AND r.valid_from <= $4 AND r.valid_until >= $4 LIMIT 1)sql",
                   db::params(root, db::id_list(agencies), static_cast<std::int64_t>(topics.bits()), today));
}

bool any_in_team(db::ReadTx& tx, std::int64_t root, const std::vector<AgencyId>& agencies, Date today) {
  return tx.exists(R"sql(SELECT 1 FROM access_team t WHERE t.root_id = $1 AND t.party_id IN {ids:$2}
                     AND t.valid_from <= $3 AND t.valid_until >= $3 LIMIT 1)sql",
                   db::params(root, db::id_list(agencies), today));
}

bool insert_safety(db::WriteTx& tx, const HouseholdPermit& permit, const SafetyEdit& edit, std::int64_t ground_source,
                   const access::Actor& actor) {
  return permit.run(tx, R"sql(INSERT INTO household_safety (household_id, pii_codes, pii_note, set_on, set_by, ground_source, version)
                              VALUES ($permit, $1, $2, $3, $4, $5, 1) ON CONFLICT (household_id) DO NOTHING)sql",
                    db::params(joined(edit.codes), edit.note, office_day(actor.now), actor.account, ground_source)) == 1;
}

bool update_safety(db::WriteTx& tx, const HouseholdPermit& permit, const SafetyEdit& edit, const access::Actor& actor) {
  return permit.run(tx, R"sql(UPDATE household_safety SET pii_codes = $1, pii_note = $2, set_on = $3, set_by = $4, version = version + 1
                              WHERE household_id = $permit AND version = $5)sql",
                    db::params(joined(edit.codes), edit.note, office_day(actor.now), actor.account, edit.version)) == 1;
}

bool delete_safety(db::WriteTx& tx, const HouseholdPermit& permit, std::int64_t version) {
  return permit.run(tx, R"sql(DELETE FROM household_safety WHERE household_id = $permit AND version = $1)sql", db::params(version)) == 1;
}

}  // namespace kasane::people
