#include "consent/other_law_store.hpp"

#include <algorithm>

namespace kasane::consent::store {

void put_other_law(db::WriteTx& tx, AgendaItemId item, const OtherLawRow& row) {
  tx.run(R"sql(INSERT INTO other_law_item (item_id, basis, topics) VALUES ($1, $2, $3)
           ON CONFLICT (item_id) DO UPDATE SET basis = excluded.basis, topics = excluded.topics)sql",
         db::params(item, row.basis, static_cast<std::int64_t>(row.topics.bits())));
  tx.run(R"sql(DELETE FROM other_law_person WHERE item_id = $1)sql", db::params(item));
  for (const PersonId person : row.persons)
    tx.run(R"sql(INSERT INTO other_law_person (item_id, person_id, expectant) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql",
           db::params(item, person, std::int64_t{std::ranges::find(row.expectant, person) != row.expectant.end() ? 1 : 0}));
}

std::optional<OtherLawRow> load_other_law(db::ReadTx& tx, AgendaItemId item) {
  auto row = tx.one<OtherLawRow>(R"sql(SELECT basis, topics FROM other_law_item WHERE item_id = $1)sql", db::params(item), [](const db::Row& r) {
    return OtherLawRow{r.text(0), access::Topics(static_cast<std::uint32_t>(r.i64(1))), {}, {}};
  });
  if (row)
    tx.each(R"sql(SELECT person_id, expectant FROM other_law_person WHERE item_id = $1 ORDER BY person_id)sql", db::params(item), [&](const db::Row& r) {
      row->persons.push_back(r.id<PersonTag>(0));
      if (r.boolean(1)) row->expectant.push_back(r.id<PersonTag>(0));
    });
  return row;
}

}  // namespace kasane::consent::store
