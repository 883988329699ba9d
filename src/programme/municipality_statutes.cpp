// Reads the statutes of the nation and of a city, and looks them up.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "programme/municipality_load.hpp"
#include "programme/statutes.hpp"

namespace kasane::programme {

namespace {

constexpr const char* kTable = "statute";
constexpr const char* kColumns = "key,law,article,in_force,allows,holder,harm_check,needs_consent,recipients,topics,min_age,max_age,child_home,evidence,note";

/// The list of choices that every municipality has for its statutes, with the articles themselves behind it. Only
/// read_statutes makes the table of this key.
struct Book : form::CodeTable {
  std::vector<Statute> rows;
};

const Book* book_of(const Municipality& m) {
  const auto found = m.code_lists.find(kTable);
  return found == m.code_lists.end() ? nullptr : static_cast<const Book*>(found->second.table.get());
}

template <class E>
struct Word {
  const char* word;
  E value;
};

constexpr Word<Allows> kAllows[] = {{"consent", Allows::consent},     {"support_conference", Allows::support_conference},
                                    {"cooperation", Allows::cooperation}, {"other_law_meeting", Allows::other_law_meeting},
                                    {"provision", Allows::provision}, {"contract", Allows::contract},
                                    {"decision", Allows::decision},   {"legal_duty", Allows::legal_duty},
                                    {"danger", Allows::danger},       {"past", Allows::past}};
constexpr Word<HolderKind> kHolders[] = {{"anyone", HolderKind::anyone}, {"city", HolderKind::city}, {"contractor", HolderKind::contractor}};
constexpr Word<RecipientKind> kRecipients[] = {{"city", RecipientKind::city}, {"public", RecipientKind::public_body}, {"entrusted", RecipientKind::entrusted}, {"other", RecipientKind::other}};
constexpr Word<bool> kEvidence[] = {{"未確認", false}, {"確認済", true}};
constexpr Word<access::Topic> kTopics[] = {
    {"basic", access::Topic::basic},     {"contact", access::Topic::contact}, {"health", access::Topic::health},
    {"economy", access::Topic::economy}, {"work", access::Topic::work},       {"family", access::Topic::family},
    {"child", access::Topic::child},     {"abuse", access::Topic::abuse},     {"housing", access::Topic::housing},
    {"plan", access::Topic::plan},       {"record", access::Topic::record},   {"meeting", access::Topic::meeting},
    {"tax", access::Topic::tax},         {"participation", access::Topic::participation}};

template <class E, std::size_t N>
std::string all_words(const Word<E> (&list)[N]) {
  std::string all;
  for (const auto& w : list) all += (all.empty() ? "" : " | ") + std::string(w.word);
  return all;
}

/// The value of a word of the list; the first one, with a fault, for any other.
template <class E, std::size_t N>
E value_of(const reading::Row& row, const char* column, const std::string& word, const Word<E> (&list)[N]) {
  for (const auto& w : list)
    if (word == w.word) return w.value;
  if (!word.empty())
    row.findings().fault(row.at(), fmt::format("列 {} に「{}」は使えません", column, word), "次のどれかにしてください: " + all_words(list));
  return list[0].value;
}

Statute statute_of(const reading::Row& row) {
  constexpr int kOldest = 130;
  Statute s;
  s.key = row.needed("key");
  s.law = row.needed("law");
  s.article = row.needed("article");
  s.in_force = row.date("in_force");
  s.allows = value_of(row, "allows", row.needed("allows"), kAllows);
  s.holder = value_of(row, "holder", row.needed("holder"), kHolders);
  s.harm_check = row.yes_no("harm_check").value_or(false);
  s.needs_consent = row.yes_no("needs_consent").value_or(false);
  for (const auto& word : row.list("recipients")) s.recipients.push_back(value_of(row, "recipients", word, kRecipients));
  for (const auto& word : row.list("topics")) s.topics = s.topics | value_of(row, "topics", word, kTopics);
  s.min_age = row.number("min_age", 0, kOldest);
  s.max_age = row.number("max_age", 0, kOldest);
  s.child_home = row.yes_no("child_home").value_or(false);
  s.checked = value_of(row, "evidence", row.needed("evidence"), kEvidence);
  s.note = row.text("note");
  return s;
}

void check(const Statute& s, const reading::Row& row) {
  if (s.checked && !s.in_force)
    row.findings().fault(row.at(), "確認済なのに、条文の版の日付（in_force）がありません", "日付を 2026-04-01 のように書くか、evidence を 未確認 にしてください");
  if (s.min_age && s.max_age && *s.min_age > *s.max_age)
    row.findings().fault(row.at(), "min_age が max_age より大きくなっています", "年齢を入れ替えるか、一方を空にしてください");
  if (s.allows == Allows::other_law_meeting && s.topics.empty())
    row.findings().fault(row.at(), "ほかの法律の会議なのに、扱う内容（topics）がありません", "basic;contact のように、; でつないで書いてください");
}

void read_file(const std::filesystem::path& file, Book& book, reading::Findings& findings) {
  const reading::Table table(file, kColumns, findings);
  for (const auto& row : table.rows()) {
    Statute s = statute_of(row);
    check(s, row);
    const auto twice = std::ranges::find_if(book.rows, [&](const Statute& o) { return o.key == s.key && o.in_force == s.in_force; });
    if (twice != book.rows.end()) {
      findings.fault(row.at(), fmt::format("「{}」の同じ版が二度あります", s.key), "一つを消すか、in_force を条文の版の日付に直してください");
      continue;
    }
    book.rows.push_back(std::move(s));
  }
}

void check_needed(const std::filesystem::path& file, const Book& book, reading::Findings& findings) {
  for (const char* key : {kConsent, kSupportConference, kCooperation, kPlanDecision, kContract, kDangerCity, kDangerContractor})
    if (std::ranges::none_of(book.rows, [&](const Statute& s) { return s.key == key; }))
      findings.fault({file.string(), 0}, fmt::format("根拠「{}」の行がありません", key), "この key の行を足してください");
}

}  // namespace

namespace reading {

void read_statutes(const std::filesystem::path& dir, const std::filesystem::path& national, Municipality& m, Findings& findings) {
  auto book = std::make_shared<Book>();
  book->key = kTable;
  read_file(national / "statutes.csv", *book, findings);
  check_needed(national / "statutes.csv", *book, findings);
  std::error_code error;
  if (std::filesystem::exists(dir / "statutes.csv", error)) read_file(dir / "statutes.csv", *book, findings);
  for (const Statute& s : book->rows)
    if (book->find(s.key) == nullptr) book->codes.push_back({s.key, s.name()});
  CodeList list;
  list.title = "根拠とする条文";
  list.origin = "municipalities/national/statutes.csv";
  list.provisional = std::ranges::any_of(book->rows, [](const Statute& s) { return !s.checked; });
  list.table = std::move(book);
  m.code_lists[kTable] = std::move(list);
}

}  // namespace reading

std::string Statute::versioned_key() const { return key + "@" + (in_force ? in_force->iso() : std::string("未確認")); }

const Statute* statute(const Municipality& m, std::string_view key, Date on) {
  const Book* book = book_of(m);
  const Statute* found = nullptr;
  if (book == nullptr) return found;
  for (const Statute& s : book->rows) {
    if (s.key != key || (s.in_force && *s.in_force > on)) continue;
    if (found == nullptr || !found->in_force || (s.in_force && *s.in_force > *found->in_force)) found = &s;
  }
  return found;
}

std::vector<const Statute*> statutes_for(const Municipality& m, Allows allows, HolderKind holder, Date on) {
  std::vector<const Statute*> all;
  const Book* book = book_of(m);
  if (book == nullptr) return all;
  for (const Statute& s : book->rows) {
    const bool for_holder = s.holder == HolderKind::anyone || holder == HolderKind::anyone || s.holder == holder;
    if (s.allows == allows && for_holder && statute(m, s.key, on) == &s) all.push_back(&s);
  }
  return all;
}

HolderKind holder_kind(const Municipality& m, std::string_view agency) { return m.is_city(agency) ? HolderKind::city : HolderKind::contractor; }

RecipientKind recipient_kind(const Municipality& m, std::string_view code) {
  const Agency* agency = m.agency(code);
  if (agency == nullptr) return RecipientKind::other;
  if (agency->kind == AgencyKind::school_board || agency->kind == AgencyKind::prefecture) return RecipientKind::public_body;
  if (m.is_city(code)) return RecipientKind::city;
  const bool by_contract = agency->operation == OperationForm::contracted || agency->operation == OperationForm::partly_contracted;
  return by_contract || !agency->contractor.empty() || !agency->services.empty() ? RecipientKind::entrusted : RecipientKind::other;
}

std::string_view code_of(RecipientKind kind) {
  for (const auto& w : kRecipients)
    if (w.value == kind) return w.word;
  return {};
}

std::string_view label_of(RecipientKind kind) {
  switch (kind) {
    case RecipientKind::city: return "市の部署";
    case RecipientKind::public_body: return "教育委員会、公営企業、国、県、ほかの市町村など";
    case RecipientKind::entrusted: return "国や自治体の事務の委託を受けた団体";
    case RecipientKind::other: return "そのほか（病院、会社など）";
  }
  return {};
}

std::optional<RecipientKind> parse_recipient_kind(std::string_view code) {
  for (const auto& w : kRecipients)
    if (code == w.word) return w.value;
  return std::nullopt;
}

bool gives_to(const Statute& law, std::optional<RecipientKind> recipient) {
  return law.recipients.empty() || !recipient || std::ranges::find(law.recipients, *recipient) != law.recipients.end();
}

std::string basis_text(const Municipality& m, std::string_view key, Date on) {
  const Statute* found = statute(m, key, on);
  return found == nullptr ? std::string(key) : found->name() + "（" + found->versioned_key() + "）";
}

std::string duty_basis_text(const Municipality& m, std::string_view duty_kind, Date on) {
  const std::string key = "duty_" + std::string(duty_kind);
  return statute(m, key, on) == nullptr ? std::string("通告・通報（どの法律によるかは未確認）") : basis_text(m, key, on);
}

std::string danger_basis_text(const Municipality& m, std::string_view holder, Date on) {
  return basis_text(m, holder_kind(m, holder) == HolderKind::city ? kDangerCity : kDangerContractor, on);
}

const Statute* statute_as_stored(const Municipality& m, std::string_view versioned_key) {
  const Book* book = book_of(m);
  const Statute* newest = nullptr;
  if (book == nullptr) return newest;
  const std::string_view key = versioned_key.substr(0, versioned_key.find('@'));
  for (const Statute& s : book->rows) {
    if (s.versioned_key() == versioned_key) return &s;
    if (s.key == key && (newest == nullptr || !newest->in_force || (s.in_force && *s.in_force > *newest->in_force))) newest = &s;
  }
  return newest;
}

}  // namespace kasane::programme
